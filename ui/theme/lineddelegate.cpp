// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/lineddelegate.h>

#include <QtGui/qpainter.h>
#include <QtWidgets/qapplication.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int styleMargin = 3; ///< what Fusion leaves before an item's text

} // namespace

LinedDelegate::LinedDelegate(int inset, QObject* parent) : QStyledItemDelegate(parent), m_inset(inset) {}

void LinedDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    QStyleOptionViewItem inner = option;
    inner.state &= ~(QStyle::State_Selected | QStyle::State_MouseOver);
    initStyleOption(&inner, index);
    // The style would fill what is shifted, and leave a gap.
    const QBrush ground = option.state.testFlag(QStyle::State_Selected) ? QBrush(colour(Role::Selection))
                                                                        : inner.backgroundBrush;
    if (ground.style() != Qt::NoBrush)
        painter->fillRect(option.rect, ground);
    inner.backgroundBrush = {};
    const bool isRight = (index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0;
    const int shift = m_inset - styleMargin;
    inner.rect.adjust(isRight ? 0 : shift, 0, isRight ? -shift : 0, 0);
    const QStyle* const style = inner.widget == nullptr ? QApplication::style() : inner.widget->style();
    style->drawControl(QStyle::CE_ItemViewItem, &inner, painter, inner.widget);
    drawHairline(painter, option.rect);
}

QSize LinedDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    // Behind the last text stays what is left before the first.
    const bool isLast = index.column() == index.model()->columnCount(index.parent()) - 1;
    const int right = isLast ? m_inset - 2 * styleMargin : space::tiny;
    return QStyledItemDelegate::sizeHint(option, index) + QSize(m_inset + right, 0);
}

} // namespace claimcheck::ui
