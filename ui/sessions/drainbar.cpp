// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/drainbar.h>

#include <QtGui/qpainter.h>

namespace claimcheck::ui {
namespace {

constexpr int drainHeight = 4;

} // namespace

void paintDrain(QPainter& painter, const QRectF& track, double share, Role role)
{
    const double round = track.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(Role::Line));
    painter.drawRoundedRect(track, round, round);
    const double filled = track.width() * share;
    if (filled < 1)
        return;
    painter.setBrush(colour(role));
    painter.drawRoundedRect(QRectF(track.left(), track.top(), filled, track.height()), round, round);
}

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
    paintDrain(painter, QRectF(rect()), m_share, m_role);
}

} // namespace claimcheck::ui
