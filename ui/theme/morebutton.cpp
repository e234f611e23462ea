// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/morebutton.h>

#include <QtGui/qpainter.h>
#include <QtWidgets/qstyle.h>
#include <QtWidgets/qstyleoption.h>

#include <theme/tabwords.h>
#include <theme/theme.h>

namespace claimcheck::ui {
namespace {

constexpr int chevron = 12;

} // namespace

MoreButton::MoreButton(QWidget* parent) : QToolButton(parent)
{
    setText(tr("More"));
}

QSize MoreButton::sizeHint() const
{
    return {2 * space::small + tabWords::widthOf(text(), uiFont()) + space::tiny + chevron, space::row};
}

void MoreButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QStyleOptionToolButton frame;
    initStyleOption(&frame);
    frame.text.clear();
    frame.icon = QIcon();
    style()->drawComplexControl(QStyle::CC_ToolButton, &frame, &painter, this);
    painter.setFont(uiFont());
    painter.setPen(colour(underMouse() || hasFocus() ? Role::Text : Role::Muted));
    const QRect words = rect().adjusted(space::small, 0, 0, 0);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, text());
    QRect mark(0, 0, chevron, chevron);
    mark.moveCenter(words.center());
    mark.moveLeft(words.left() + tabWords::widthOf(text(), uiFont()) + space::tiny);
    ui::icon(QStringLiteral("chevron-down")).paint(&painter, mark);
}

} // namespace claimcheck::ui
