// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An exchange without an answer: what happened, why, and what to do, each its own line.

#pragma once

#include <QtWidgets/qwidget.h>

#include <state/responseview.h>

class QLabel;

namespace claimcheck::ui {

class Banner;

class FailurePage : public QWidget
{
    Q_OBJECT
public:
    explicit FailurePage(QWidget* parent = nullptr);

    void setFailure(const Failure& failure);

private:
    Banner* m_banner;
    QLabel* m_why;
    QLabel* m_fix;
    QLabel* m_fixTitle;
};

} // namespace claimcheck::ui
