// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/housestyle.h>

#include <QtGui/qpainter.h>
#include <QtGui/qpainterpath.h>
#include <QtWidgets/qstyleoption.h>

#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

/// A chevron whose middle stroke points by `degrees` from "down".
void drawChevron(QPainter* painter, const QRect& rect, const QColor& pen, qreal degrees)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(QRectF(rect).center());
    painter->rotate(degrees);
    painter->setPen(QPen(pen, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPainterPath path(QPointF(-3.5, -1.75));
    path.lineTo(0, 1.75);
    path.lineTo(3.5, -1.75);
    painter->drawPath(path);
    painter->restore();
}

void drawTick(QPainter* painter, const QRectF& box, const QColor& pen)
{
    painter->setPen(QPen(pen, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QPainterPath path(box.topLeft() + QPointF(box.width() * 0.25, box.height() * 0.53));
    path.lineTo(box.topLeft() + QPointF(box.width() * 0.43, box.height() * 0.70));
    path.lineTo(box.topLeft() + QPointF(box.width() * 0.76, box.height() * 0.32));
    painter->drawPath(path);
}

/// Between two rows a line with a dot at its beginning, around a row a frame.
void drawDropPlace(QPainter* painter, const QRect& rect)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colour(Role::Accent), 2));
    painter->setBrush(Qt::NoBrush);
    const QRectF place(rect);
    if (rect.height() > 2) {
        painter->drawRoundedRect(place.adjusted(-space::tiny + 1, 1, -1, -1), space::radius, space::radius);
    } else if (rect.width() > 0) { // its height is 0
        painter->drawLine(place.topLeft() + QPointF(6, 0), place.topRight());
        painter->drawEllipse(place.topLeft() + QPointF(4, 0), 2.5, 2.5);
    }
    painter->restore();
}

void drawBox(QPainter* painter, const QStyleOption* option, qreal roundness)
{
    const bool on = option->state.testFlag(QStyle::State_On);
    const bool partly = option->state.testFlag(QStyle::State_NoChange);
    const bool enabled = option->state.testFlag(QStyle::State_Enabled);
    const int side = qMin(12, qMin(option->rect.width(), option->rect.height()));
    QRectF box(0, 0, side - 1, side - 1);
    box.moveCenter(QRectF(option->rect).center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setOpacity(enabled ? 1 : 0.5);
    const bool filled = on || partly;
    const bool focused = option->state.testFlag(QStyle::State_HasFocus);
    painter->setPen(colour(filled || focused ? Role::Accent : Role::Muted));
    if (focused) { // the ring, also around one that is filled already
        painter->setBrush(Qt::NoBrush);
        const QRectF ring = box.adjusted(-2, -2, 2, 2);
        painter->drawRoundedRect(ring, ring.width() * roundness, ring.height() * roundness);
    }
    painter->setBrush(colour(filled ? Role::Accent : Role::Surface));
    painter->drawRoundedRect(box, box.width() * roundness, box.height() * roundness);
    if (on && roundness < 0.5)
        drawTick(painter, box, colour(Role::OnAccent));
    if (filled && !on)
        painter->fillRect(QRectF(box.left() + 3, box.center().y() - 0.75, box.width() - 6, 1.5),
                          colour(Role::OnAccent));
    if (on && roundness >= 0.5) {
        painter->setBrush(colour(Role::OnAccent));
        painter->drawEllipse(box.center(), 2.5, 2.5);
    }
    painter->restore();
}

} // namespace

HouseStyle::HouseStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void HouseStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                               const QWidget* widget) const
{
    const bool enabled = option->state.testFlag(State_Enabled);
    const QColor mark = colour(enabled ? Role::Muted : Role::Line);
    switch (element) {
    case PE_IndicatorArrowDown:
    case PE_IndicatorSpinDown:
        return drawChevron(painter, option->rect, mark, 0);
    case PE_IndicatorArrowUp:
    case PE_IndicatorSpinUp:
        return drawChevron(painter, option->rect, mark, 180);
    case PE_IndicatorArrowLeft:
        return drawChevron(painter, option->rect, mark, 90);
    case PE_IndicatorArrowRight:
        return drawChevron(painter, option->rect, mark, -90);
    case PE_IndicatorBranch:
        if (option->state.testFlag(State_Children))
            drawChevron(painter, option->rect, mark, option->state.testFlag(State_Open) ? 0 : -90);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return drawBox(painter, option, 0.22);
    case PE_IndicatorRadioButton:
        return drawBox(painter, option, 0.5);
    case PE_IndicatorItemViewItemDrop:
        return drawDropPlace(painter, option->rect);
    case PE_FrameFocusRect:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

int HouseStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return 16;
    case PM_SplitterWidth:
        return 1;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int HouseStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                          QStyleHintReturn* returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_ItemView_ActivateItemOnSingleClick:
    case SH_ComboBox_Popup: // a list under the box, not a menu over it
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace claimcheck::ui
