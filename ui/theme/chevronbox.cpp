// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/chevronbox.h>

#include <QtGui/qpainter.h>

#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

QString sheet()
{
    return QStringLiteral("QComboBox::drop-down { border: none; width: %1px; }").arg(space::large);
}

} // namespace

ChevronBox::ChevronBox(QWidget* parent) : QComboBox(parent)
{
    setStyleSheet(sheet());
}

void ChevronBox::setTextColour(const QColor& colour)
{
    const QString wanted = sheet() + QStringLiteral("QComboBox { color: %1; }").arg(colour.name());
    if (styleSheet() != wanted)
        setStyleSheet(wanted);
}

void ChevronBox::paintEvent(QPaintEvent* event)
{
    QComboBox::paintEvent(event);
    QPainter painter(this);
    painter.setOpacity(isEnabled() ? 1 : 0.45);
    QRect mark(0, 0, 12, 12);
    mark.moveCenter(QPoint(width() - 12, rect().center().y()));
    icon(QStringLiteral("chevron-down")).paint(&painter, mark);
}

} // namespace claimcheck::ui
