// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/flattabbar.h>

#include <QtCore/qvariant.h>
#include <QtGui/qevent.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qtoolbutton.h>

namespace claimcheck::ui {
namespace {

constexpr int gap = 6; ///< between lead, text and detail
constexpr int underline = 2;
constexpr int longest = 220; ///< px of a tab's text; a longer name is elided

int widthOf(const QString& text, const QFont& font)
{
    return text.isEmpty() ? 0 : QFontMetrics(font).horizontalAdvance(text);
}

QFont smallBold()
{
    QFont font = captionFont();
    font.setWeight(QFont::Bold);
    return font;
}

} // namespace

FlatTabBar::FlatTabBar(QWidget* parent) : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setElideMode(Qt::ElideRight);
    setUsesScrollButtons(true);
    setFocusPolicy(Qt::TabFocus);
}

FlatTabBar::Extra FlatTabBar::extraOf(int index) const
{
    const QVariantList parts = tabData(index).toList();
    if (parts.size() != 4)
        return {};
    return {parts[0].toString(), static_cast<Role>(parts[1].toInt()), parts[2].toString(),
            static_cast<Role>(parts[3].toInt())};
}

void FlatTabBar::setExtra(int index, const Extra& extra)
{
    setTabData(index, QVariantList{extra.lead, static_cast<int>(extra.leadRole), extra.detail,
                                   static_cast<int>(extra.detailRole)});
    // QTabBar measures its tabs anew only when a text or icon changes.
    const QString text = tabText(index);
    setTabText(index, QString());
    setTabText(index, text);
}

void FlatTabBar::setLead(int index, const QString& text, Role role)
{
    Extra extra = extraOf(index);
    extra.lead = text;
    extra.leadRole = role;
    setExtra(index, extra);
}

void FlatTabBar::setDetail(int index, const QString& text, Role role)
{
    Extra extra = extraOf(index);
    extra.detail = text;
    extra.detailRole = role;
    setExtra(index, extra);
}

void FlatTabBar::setCount(int index, qsizetype count)
{
    setDetail(index, count == 0 ? QString() : QString::number(count));
}

QSize FlatTabBar::tabSizeHint(int index) const
{
    const Extra extra = extraOf(index);
    int width = space::small * 2 + qMin(longest, widthOf(tabText(index), boldFont()));
    for (const QString& text : {extra.lead, extra.detail})
        if (!text.isEmpty())
            width += gap + widthOf(text, smallBold());
    for (const ButtonPosition side : {LeftSide, RightSide})
        if (const QWidget* button = tabButton(index, side))
            width += button->sizeHint().width() + space::tiny;
    return {width, space::tabs};
}

QSize FlatTabBar::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

void FlatTabBar::drawTab(QPainter& painter, int index) const
{
    const Extra extra = extraOf(index);
    const bool chosen = index == currentIndex();
    QRect rect = tabRect(index).adjusted(space::small, 0, -space::small, -underline);
    const QRect mark(rect.left(), tabRect(index).bottom() + 1 - underline, rect.width(), underline);
    const auto draw = [&](const QString& text, const QFont& font, const QColor& pen, int most) {
        if (text.isEmpty())
            return;
        painter.setFont(font);
        painter.setPen(pen);
        const QString fitting = QFontMetrics(font).elidedText(text, Qt::ElideRight, most);
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, fitting);
        rect.setLeft(rect.left() + widthOf(fitting, font) + gap);
    };
    draw(extra.lead, smallBold(), colour(extra.leadRole), longest);
    draw(tabText(index), chosen ? boldFont() : uiFont(), colour(chosen ? Role::Text : Role::Muted), longest);
    draw(extra.detail, captionFont(), colour(extra.detailRole), longest);
    if (chosen)
        painter.fillRect(mark, colour(Role::Accent));
    if (chosen && hasFocus() && m_byKey) {
        painter.setPen(colour(Role::Accent));
        painter.drawRect(tabRect(index).adjusted(1, 3, -2, -underline - 3));
    }
}

void FlatTabBar::focusInEvent(QFocusEvent* event)
{
    m_byKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason ||
              event->reason() == Qt::ShortcutFocusReason;
    QTabBar::focusInEvent(event);
}

/// Not under the buttons that scroll.
void FlatTabBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QRegion free(rect());
    for (const QToolButton* button : findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly))
        if (button->isVisible() && button->objectName().startsWith(QLatin1String("Scroll")))
            free -= button->geometry();
    painter.setClipRegion(free);
    for (int index = 0; index < count(); ++index)
        if (isTabVisible(index))
            drawTab(painter, index);
}

} // namespace claimcheck::ui
