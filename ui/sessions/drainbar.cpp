// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/drainbar.h>

#include <QtGui/qpainter.h>

namespace claimcheck::ui {
namespace {

constexpr int drainHeight = 4;

} // namespace

DrainBar::DrainBar(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(drainHeight);
}

void DrainBar::setShare(double share, Role role)
{
    if (share == m_share && role == m_role)
        return;
    m_share = share;
    m_role = role;
    update();
}

void DrainBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(Role::Line));
    const QRectF track(rect());
    const double round = track.height() / 2;
    painter.drawRoundedRect(track, round, round);
    const double filled = track.width() * m_share;
    if (filled < 1)
        return;
    painter.setBrush(colour(m_role));
    painter.drawRoundedRect(QRectF(track.left(), track.top(), filled, track.height()), round, round);
}

} // namespace claimcheck::ui
