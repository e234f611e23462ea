// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The slim rail at the left: one icon for each page of the window.

#pragma once

#include <QtWidgets/qwidget.h>

class QButtonGroup;
class QVBoxLayout;

namespace claimcheck::ui {

class Rail : public QWidget
{
    Q_OBJECT
public:
    explicit Rail(QWidget* parent = nullptr);

    /// Pages count from 0 in the order of these calls.
    void addPage(const QString& iconName, const QString& title, const QString& objectName);
    void setCurrent(int page);

Q_SIGNALS:
    void chosen(int page);

private:
    QVBoxLayout* m_column;
    QButtonGroup* m_group;
};

} // namespace claimcheck::ui
