// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/busybar.h>

#include <QtGui/qpainter.h>

#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

constexpr int frame = 33; ///< ms
constexpr int steps = 48; ///< of one run along the line

} // namespace

BusyBar::BusyBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize BusyBar::sizeHint() const
{
    return {140, space::tiny};
}

void BusyBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF track = rect();
    painter.setBrush(colour(Role::Line));
    painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
    const qreal piece = track.width() / 3;
    const qreal left = (track.width() + piece) * m_step / steps - piece;
    painter.setBrush(colour(Role::Accent));
    painter.drawRoundedRect(QRectF(left, 0, piece, track.height()).intersected(track), track.height() / 2,
                            track.height() / 2);
}

void BusyBar::timerEvent(QTimerEvent*)
{
    m_step = (m_step + 1) % steps;
    update();
}

void BusyBar::showEvent(QShowEvent*)
{
    m_timer.start(frame, this);
}

void BusyBar::hideEvent(QHideEvent*)
{
    m_timer.stop();
}

} // namespace claimcheck::ui
