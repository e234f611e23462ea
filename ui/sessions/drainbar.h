// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A bar that drains with a session: full when it began, empty when it is over. What it shows stands beside it
// in words, too.

#pragma once

#include <QtWidgets/qwidget.h>

#include <theme/theme.h>

class QPainter;

namespace claimcheck::ui {

/// A round track, filled from the left as far as `share` of it.
void paintDrain(QPainter& painter, const QRectF& track, double share, Role role);

class DrainBar : public QWidget
{
    Q_OBJECT
public:
    explicit DrainBar(QWidget* parent = nullptr);

    void setShare(double share, Role role);
    double share() const { return m_share; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_share = 0;
    Role m_role = Role::Muted;
};

} // namespace claimcheck::ui
