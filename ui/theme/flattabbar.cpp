// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/flattabbar.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include <QtCore/qvariant.h>
#include <QtGui/qaction.h>
#include <QtGui/qevent.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qtoolbutton.h>

#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int wordGap = 6; ///< between lead, text and detail
constexpr int underline = 2;
constexpr int longest = 220;          ///< px of a tab's text; a longer name is elided
constexpr int narrowest = 140;        ///< px of a bar: one tab of a short name, and "More"
constexpr int tightest = space::tiny; ///< beside a tab's words

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

FlatTabBar::FlatTabBar(QWidget* parent)
    : QTabBar(parent), m_more(new QToolButton(this)), m_menu(new QMenu(m_more))
{
    setDrawBase(false);
    setExpanding(false);
    setElideMode(Qt::ElideRight);
    setUsesScrollButtons(false);
    setFocusPolicy(Qt::TabFocus);
    m_more->setText(tr("More"));
    m_more->setIcon(icon(QStringLiteral("chevron-down")));
    m_more->setIconSize(QSize(12, 12));
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setLayoutDirection(Qt::RightToLeft); // the chevron behind the word
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setMenu(m_menu);
    m_menu->setLayoutDirection(Qt::LeftToRight);
    setNames(m_more, QStringLiteral("moreTabs"), tr("More tabs"));
    m_more->hide();
    connect(m_menu, &QMenu::aboutToShow, this, &FlatTabBar::fillMenu);
    // Of a tab that comes out of the menu QTabBar sees no other size, and measures none anew.
    connect(this, &QTabBar::currentChanged, this, &FlatTabBar::fit);
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
    if (extra == extraOf(index))
        return;
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

bool FlatTabBar::isInBar(int index) const
{
    return isTabVisible(index) && m_fit.inBar.value(index, true);
}

bool FlatTabBar::showsDetail(int index) const
{
    return isInBar(index) && m_fit.detailed.value(index, true) && !extraOf(index).detail.isEmpty();
}

/// Lead, text and buttons: what a tab in the bar never goes without.
int FlatTabBar::wordsWidth(int index) const
{
    const QString lead = extraOf(index).lead;
    int width = qMin(longest, widthOf(tabText(index), boldFont()));
    width += lead.isEmpty() ? 0 : wordGap + widthOf(lead, smallBold());
    for (const ButtonPosition side : {LeftSide, RightSide})
        if (const QWidget* button = tabButton(index, side))
            width += button->sizeHint().width() + space::tiny;
    return width;
}

int FlatTabBar::detailWidth(int index) const
{
    const QString detail = extraOf(index).detail;
    return detail.isEmpty() ? 0 : wordGap + widthOf(detail, smallBold());
}

/// The first tab stays in line with what stands under the bar.
int FlatTabBar::leftGap(int index) const
{
    for (int before = 0; before < index; ++before)
        if (isInBar(before))
            return m_fit.gap;
    return space::small;
}

/// Drops details, the widest first, then narrows the gaps, both as little as needed. False: too wide even so.
bool FlatTabBar::squeeze(Fit& tabs, int room) const
{
    int width = 0;
    int gaps = -1; // the first one keeps its width
    std::vector<std::pair<int, int>> details;
    for (int index = 0; index < count(); ++index) {
        if (!isTabVisible(index) || !tabs.inBar[index])
            continue;
        details.emplace_back(detailWidth(index), index);
        width += wordsWidth(index) + details.back().first + 2 * space::small;
        gaps += 2;
    }
    std::ranges::stable_sort(details, std::ranges::greater(), &std::pair<int, int>::first);
    for (const auto& [detail, index] : details) {
        if (width <= room)
            break;
        tabs.detailed[index] = false;
        width -= detail;
    }
    for (; width > room && tabs.gap > tightest; --tabs.gap)
        width -= gaps;
    return width <= room;
}

FlatTabBar::Fit FlatTabBar::fitted(int room) const
{
    Fit all;
    all.inBar.fill(true, count());
    all.detailed.fill(true, count());
    Fit found = all;
    if (squeeze(found, room))
        return found;
    found = all;
    const int rest = room - m_more->sizeHint().width();
    int width = space::small - tightest;
    if (currentIndex() >= 0 && isTabVisible(currentIndex()))
        width += wordsWidth(currentIndex()) + 2 * tightest;
    for (int index = 0; index < count(); ++index) {
        if (index == currentIndex() || !isTabVisible(index))
            continue;
        width += wordsWidth(index) + 2 * tightest;
        found.inBar[index] = width <= rest; // none follows one that is too much
    }
    const bool leavesOut = found.inBar.contains(false);
    if (!squeeze(found, leavesOut ? rest : room)) // one alone, with a long name
        found.widest = qMax(0, leavesOut ? rest : room);
    return found;
}

/// A tab in the menu is one without a width: QTabBar goes on counting, choosing and moving it.
QSize FlatTabBar::tabSizeHint(int index) const
{
    if (!isInBar(index))
        return {0, space::tabs};
    const int detail = showsDetail(index) ? detailWidth(index) : 0;
    return {qMin(m_fit.widest, leftGap(index) + wordsWidth(index) + detail + m_fit.gap), space::tabs};
}

QSize FlatTabBar::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

QSize FlatTabBar::sizeHint() const
{
    int width = 0;
    for (int index = 0; index < count(); ++index)
        if (isTabVisible(index))
            width += wordsWidth(index) + detailWidth(index) + 2 * space::small;
    return {width, space::tabs};
}

QSize FlatTabBar::minimumSizeHint() const
{
    const QSize wanted = sizeHint();
    return {qMin(wanted.width(), narrowest), wanted.height()};
}

/// After each layout of QTabBar's: a resize, another text, a tab more.
void FlatTabBar::tabLayoutChange()
{
    QTabBar::tabLayoutChange();
    fit();
}

void FlatTabBar::fit()
{
    const Fit found = fitted(width());
    const bool isOther = found != m_fit;
    m_fit = found;
    placeMore();
    for (int index = 0; index < count(); ++index)
        for (const ButtonPosition side : {LeftSide, RightSide})
            if (QWidget* button = tabButton(index, side))
                button->setVisible(isInBar(index));
    if (isOther)
        setIconSize(iconSize()); // the one way to have QTabBar measure its tabs anew
}

void FlatTabBar::placeMore()
{
    int end = 0;
    bool leavesOut = false;
    for (int index = 0; index < count(); ++index) {
        end += isTabVisible(index) ? tabSizeHint(index).width() : 0;
        leavesOut = leavesOut || (isTabVisible(index) && !isInBar(index));
    }
    const QSize size(m_more->sizeHint().width(), space::row);
    m_more->setGeometry(
        QRect(QPoint(qMin(end, width() - size.width()), (space::tabs - size.height()) / 2), size));
    m_more->setVisible(leavesOut);
}

void FlatTabBar::fillMenu()
{
    m_menu->clear();
    for (int index = 0; index < count(); ++index) {
        if (!isTabVisible(index) || isInBar(index))
            continue;
        const Extra extra = extraOf(index);
        QStringList words{extra.lead, fontMetrics().elidedText(tabText(index), Qt::ElideRight, longest),
                          extra.detail};
        words.removeAll(QString());
        QAction* line = m_menu->addAction(asLabel(words.join(u' ')), this, [this, index] {
            Q_EMIT tabBarClicked(index);
            setCurrentIndex(index);
        });
        line->setEnabled(isTabEnabled(index));
    }
}

void FlatTabBar::drawTab(QPainter& painter, int index) const
{
    const Extra extra = extraOf(index);
    const bool chosen = index == currentIndex();
    QRect rect = tabRect(index).adjusted(leftGap(index), 0, -m_fit.gap, -underline);
    const QRect mark(rect.left(), tabRect(index).bottom() + 1 - underline, rect.width(), underline);
    if (const QWidget* button = tabButton(index, RightSide))
        rect.setRight(rect.right() - button->sizeHint().width() - space::tiny);
    const auto draw = [&](const QString& text, const QFont& font, const QColor& pen) {
        if (text.isEmpty() || rect.width() <= 0)
            return;
        painter.setFont(font);
        painter.setPen(pen);
        // A pixel more: what is measured in whole pixels may be half of one wider.
        const int most = qMin(longest, rect.width() + 1);
        const QString fitting = QFontMetrics(font).elidedText(text, Qt::ElideRight, most);
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, fitting);
        rect.setLeft(rect.left() + widthOf(fitting, font) + wordGap);
    };
    draw(extra.lead, smallBold(), colour(extra.leadRole));
    draw(tabText(index), chosen ? boldFont() : uiFont(), colour(chosen ? Role::Text : Role::Muted));
    if (showsDetail(index))
        draw(extra.detail, captionFont(), colour(extra.detailRole));
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

void FlatTabBar::changeEvent(QEvent* event)
{
    QTabBar::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

void FlatTabBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (int index = 0; index < count(); ++index)
        if (isInBar(index))
            drawTab(painter, index);
}

} // namespace claimcheck::ui
