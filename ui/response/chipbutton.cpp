// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/chipbutton.h>

#include <QtGui/qpainter.h>

#include <response/moodroles.h>
#include <theme/theme.h>

namespace claimcheck::ui {

ChipButton::ChipButton(const QString& text, Mood mood, QWidget* parent)
    : QAbstractButton(parent), m_mood(mood)
{
    setText(text);
    setAccessibleName(text);
    setFont(monoFont());
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize ChipButton::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + space::small * 2, metrics.height() + space::small};
}

void ChipButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() || underMouse() ? QPen(colour(textRole(m_mood))) : QPen(Qt::NoPen));
    painter.setBrush(colour(fillRole(m_mood)));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::radius, space::radius);
    painter.setPen(colour(textRole(m_mood)));
    painter.setFont(font());
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace claimcheck::ui
