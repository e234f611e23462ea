// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A thin line with a piece that runs along it: something is under way, nobody knows how long.

#pragma once

#include <QtCore/qbasictimer.h>
#include <QtWidgets/qwidget.h>

namespace claimcheck::ui {

class BusyBar : public QWidget
{
    Q_OBJECT
public:
    explicit BusyBar(QWidget* parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QBasicTimer m_timer;
    int m_step = 0;
};

} // namespace claimcheck::ui
