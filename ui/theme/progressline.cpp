// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/progressline.h>

#include <algorithm>

#include <QtGui/qpainter.h>

#include <theme/theme.h>

namespace claimcheck::ui {

ProgressLine::ProgressLine(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(space::tiny);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ProgressLine::setDone(double done)
{
    m_done = std::clamp(done, 0.0, 1.0);
    update();
}

void ProgressLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QRectF track = rect();
    painter.setBrush(colour(Role::Line));
    painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
    track.setWidth(track.width() * m_done);
    painter.setBrush(colour(Role::Accent));
    painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
}

} // namespace claimcheck::ui
