// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A line of plain text that gives way: where there is not enough room its end is left out. Who uses it says
// the whole in a tool tip.

#pragma once

#include <QtWidgets/qlabel.h>

namespace claimcheck::ui {

class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(const QString& text, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;
    /// What is seen of it now.
    QString shownText() const;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace claimcheck::ui
