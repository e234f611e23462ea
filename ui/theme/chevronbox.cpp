// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/chevronbox.h>

#include <QtGui/qpainter.h>
#include <QtWidgets/qstyle.h>
#include <QtWidgets/qstyleoption.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int leastBoxWidth = 120;

QString sheet()
{
    return QStringLiteral("QComboBox::drop-down { border: none; width: %1px; }").arg(space::large);
}

void paintChevron(QWidget* widget)
{
    QPainter painter(widget);
    painter.setOpacity(widget->isEnabled() ? 1 : 0.45);
    QRect mark(0, 0, 12, 12);
    mark.moveCenter(QPoint(widget->width() - 12, widget->rect().center().y()));
    icon(QStringLiteral("chevron-down")).paint(&painter, mark);
}

/// Of a box without a border, which could not show the focus; one that is typed into has a cursor.
void paintFocus(QWidget* widget)
{
    QPainter painter(widget);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colour(Role::Accent));
    painter.drawRoundedRect(QRectF(widget->rect()).adjusted(0.5, 0.5, -0.5, -0.5), space::radius,
                            space::radius);
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

/// Qt cuts a text that is too long in the middle of a letter.
void ChevronBox::initStyleOption(QStyleOptionComboBox* option) const
{
    QComboBox::initStyleOption(option);
    const QRect field =
        style()->subControlRect(QStyle::CC_ComboBox, option, QStyle::SC_ComboBoxEditField, this);
    const int picture = option->currentIcon.isNull() ? 0 : option->iconSize.width() + space::tiny;
    if (fontMetrics().horizontalAdvance(option->currentText) <= field.width() - picture)
        return;
    option->currentText =
        fontMetrics().elidedText(option->currentText, Qt::ElideRight, qMax(0, field.width() - picture));
    if (option->currentText == QStringLiteral("…")) // which says nothing
        option->currentText.clear();
}

void ChevronBox::paintEvent(QPaintEvent* event)
{
    QComboBox::paintEvent(event);
    paintChevron(this);
    if (hasFocus() && !isEditable() && property("kind").toString() == QLatin1String("bare"))
        paintFocus(this);
}

void letShrink(QComboBox* box)
{
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setMinimumWidth(leastBoxWidth);
}

ChevronButton::ChevronButton(QWidget* parent) : QPushButton(parent)
{
    setAutoDefault(true);
    setKind(this, "menu");
}

/// Of a button with a menu a style sheet's padding is left out of account.
void ChevronButton::initStyleOption(QStyleOptionButton* option) const
{
    QPushButton::initStyleOption(option);
    option->features &= ~QStyleOptionButton::ButtonFeatures(QStyleOptionButton::HasMenu);
}

void ChevronButton::paintEvent(QPaintEvent* event)
{
    QPushButton::paintEvent(event);
    paintChevron(this);
}

} // namespace claimcheck::ui
