// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a token stands in an answer: found by itself, or a way into the body, a header, a cookie.

#pragma once

#include <QtWidgets/qwidget.h>

class QLineEdit;

namespace claimcheck::ui {

class ChevronBox;

class PlaceField : public QWidget
{
    Q_OBJECT
public:
    /// `none`: what it says where no place is named.
    PlaceField(const QString& objectName, const QString& title, const QString& none,
               QWidget* parent = nullptr);

    /// As the file has it; of a header or cookie without a name what stands in front of it.
    QString text() const;
    void setText(const QString& text);

Q_SIGNALS:
    void edited();

private:
    void showKind();

    ChevronBox* m_where;
    QLineEdit* m_name;
};

} // namespace claimcheck::ui
