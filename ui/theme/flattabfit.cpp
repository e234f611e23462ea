// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the tabs of a FlatTabBar are made to fit into its width.

#include <theme/flattabbar.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include <QtWidgets/qtoolbutton.h>

#include <theme/tabwords.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int shortest = 120;         ///< px of a title that gives way to others; no shorter one is cut
constexpr int narrowest = 140;        ///< px of a bar: one tab of a short name, and "More"
constexpr int tightest = space::tiny; ///< beside a tab's words

int sumOf(const std::vector<int>& titles, int most)
{
    int sum = 0;
    for (const int title : titles)
        sum += qMin(title, most);
    return sum;
}

/// The most that each of these titles may take where `excess` px of them have to go; no less than `shortest`.
int mostOfATitle(const std::vector<int>& titles, int excess)
{
    const int whole = sumOf(titles, std::numeric_limits<int>::max());
    int least = shortest;
    int most = titles.empty() ? shortest : *std::max_element(titles.cbegin(), titles.cend());
    while (least < most) {
        const int middle = least + (most - least + 1) / 2;
        if (whole - sumOf(titles, middle) >= excess)
            least = middle;
        else
            most = middle - 1;
    }
    return least;
}

} // namespace

int FlatTabBar::titleWidth(int index) const
{
    return tabWords::widthOf(tabText(index), boldFont());
}

int FlatTabBar::titleRoom(const Fit& tabs, int index) const
{
    return qMin(titleWidth(index), index == currentIndex() ? tabs.chosenTitle : tabs.title);
}

/// Lead, mark and buttons: what a tab in the bar never goes without, beside its title.
int FlatTabBar::besideTitle(int index) const
{
    const Extra extra = extraOf(index);
    int width =
        extra.lead.isEmpty() ? 0 : tabWords::gap + tabWords::widthOf(extra.lead, tabWords::smallBold());
    width += extra.isUnsaved ? tabWords::gap + unsavedMark : 0;
    for (const ButtonPosition side : {LeftSide, RightSide})
        if (const QWidget* button = tabButton(index, side))
            width += tabWords::widthOf(*button) + space::tiny;
    return width;
}

int FlatTabBar::detailWidth(int index) const
{
    const QString detail = extraOf(index).detail;
    return detail.isEmpty() ? 0 : tabWords::gap + tabWords::widthOf(detail, tabWords::smallBold());
}

/// The first tab stays in line with what stands under the bar.
int FlatTabBar::leftGap(int index) const
{
    for (int before = 0; before < index; ++before)
        if (isInBar(before))
            return m_fit.gap;
    return space::small;
}

/// Drops details, the widest first, then narrows the gaps, then the longest titles beside the chosen one, all
/// as little as needed. False: too wide even so.
bool FlatTabBar::squeeze(Fit& tabs, int room) const
{
    int width = 0;
    int gaps = -1; // the first one keeps its width
    std::vector<std::pair<int, int>> details;
    std::vector<int> titles;
    for (int index = 0; index < count(); ++index) {
        if (!isTabVisible(index) || !tabs.inBar[index])
            continue;
        details.emplace_back(detailWidth(index), index);
        if (index != currentIndex())
            titles.push_back(titleWidth(index));
        width += titleWidth(index) + besideTitle(index) + details.back().first + 2 * space::small;
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
    if (width <= room)
        return true;
    tabs.title = mostOfATitle(titles, width - room);
    return width - sumOf(titles, std::numeric_limits<int>::max()) + sumOf(titles, tabs.title) <= room;
}

/// The tabs that stand in the bar where not all can: the chosen one with its whole title, and the first
/// others.
void FlatTabBar::leaveOut(Fit& tabs, int room) const
{
    int width = space::small - tightest;
    const int chosen = currentIndex();
    if (chosen >= 0 && isTabVisible(chosen))
        width += titleWidth(chosen) + besideTitle(chosen) + 2 * tightest;
    for (int index = 0; index < count(); ++index) {
        if (index == chosen || !isTabVisible(index))
            continue;
        width += qMin(shortest, titleWidth(index)) + besideTitle(index) + 2 * tightest;
        tabs.inBar[index] = width <= room; // none follows one that is too much
    }
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
    leaveOut(found, rest);
    const int place = found.inBar.contains(false) ? rest : room;
    if (!squeeze(found, place)) // the chosen one alone, with a long title
        found.chosenTitle = qMax(0, place - besideTitle(currentIndex()) - space::small - tightest);
    return found;
}

/// A tab in the menu is one without a width: QTabBar goes on counting, choosing and moving it.
QSize FlatTabBar::tabSizeHint(int index) const
{
    if (!isInBar(index))
        return {0, space::tabs};
    const int detail = showsDetail(index) ? detailWidth(index) : 0;
    const int words = besideTitle(index) + titleRoom(m_fit, index) + detail;
    return {leftGap(index) + words + m_fit.gap, space::tabs};
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
            width += titleWidth(index) + besideTitle(index) + detailWidth(index) + 2 * space::small;
    return {width, space::tabs};
}

QSize FlatTabBar::minimumSizeHint() const
{
    const QSize wanted = sizeHint();
    return {qMin(wanted.width(), narrowest), wanted.height()};
}

} // namespace claimcheck::ui
