// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/paddeddelegate.h>

#include <QtGui/qpainter.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int padding = 11; ///< with the style's own 3: under the words of the head

} // namespace

void PaddedDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const
{
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, colour(Role::Selection));
    QStyleOptionViewItem inner = option;
    inner.rect.adjust(padding, 0, 0, 0);
    QStyledItemDelegate::paint(painter, inner, index);
    drawHairline(painter, option.rect);
}

} // namespace claimcheck::ui
