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
#include <QtWidgets/qstyle.h>
#include <QtWidgets/qstyleoption.h>
#include <QtWidgets/qtoolbutton.h>

#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int wordGap = 6; ///< between lead, text and detail
constexpr int underline = 2;
constexpr int shortest = 120;         ///< px of a title that gives way to others; no shorter one is cut
constexpr int longestLine = 320;      ///< px of a title in the menu
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

int widthOf(const QWidget& button)
{
    return button.sizeHint().expandedTo(button.minimumSize()).boundedTo(button.maximumSize()).width();
}

/// "More" with its chevron right behind, in the colour and at the height of the tabs' words; of a text beside
/// an icon Qt leaves a gap between.
class MoreButton : public QToolButton
{
public:
    using QToolButton::QToolButton;

    QSize sizeHint() const override
    {
        return {2 * space::small + widthOf(text(), uiFont()) + space::tiny + chevron, space::row};
    }

protected:
    void paintEvent(QPaintEvent*) override
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
        mark.moveLeft(words.left() + widthOf(text(), uiFont()) + space::tiny);
        ui::icon(QStringLiteral("chevron-down")).paint(&painter, mark);
    }

private:
    static constexpr int chevron = 12;
};

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
    int most = titles.empty() ? shortest : std::ranges::max(titles);
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

FlatTabBar::FlatTabBar(QWidget* parent)
    : QTabBar(parent), m_more(new MoreButton(this)), m_menu(new QMenu(m_more))
{
    setDrawBase(false);
    setExpanding(false);
    setElideMode(Qt::ElideMiddle);
    setUsesScrollButtons(false);
    setFocusPolicy(Qt::TabFocus);
    m_more->setText(tr("More"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setMenu(m_menu);
    setNames(m_more, QStringLiteral("moreTabs"), tr("More tabs"));
    m_more->hide();
    connect(m_menu, &QMenu::aboutToShow, this, &FlatTabBar::fillMenu);
    // Of a tab that comes out of the menu QTabBar sees no other size, and measures none anew.
    connect(this, &QTabBar::currentChanged, this, [this](int index) {
        fit();
        if (QWidget* button = tabButton(index, RightSide))
            setTabOrder(this, button); // it was made last, and would come last
    });
}

FlatTabBar::Extra FlatTabBar::extraOf(int index) const
{
    const QVariantList parts = tabData(index).toList();
    if (parts.size() != 5)
        return {};
    return {parts[0].toString(), static_cast<Role>(parts[1].toInt()), parts[2].toString(),
            static_cast<Role>(parts[3].toInt()), parts[4].toBool()};
}

void FlatTabBar::setExtra(int index, const Extra& extra)
{
    if (extra == extraOf(index))
        return;
    setTabData(index, QVariantList{extra.lead, static_cast<int>(extra.leadRole), extra.detail,
                                   static_cast<int>(extra.detailRole), extra.isUnsaved});
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

void FlatTabBar::setUnsaved(int index, bool unsaved)
{
    Extra extra = extraOf(index);
    extra.isUnsaved = unsaved;
    setExtra(index, extra);
}

bool FlatTabBar::isUnsaved(int index) const
{
    return extraOf(index).isUnsaved;
}

bool FlatTabBar::isInBar(int index) const
{
    return isTabVisible(index) && m_fit.inBar.value(index, true);
}

bool FlatTabBar::showsDetail(int index) const
{
    return isInBar(index) && m_fit.detailed.value(index, true) && !extraOf(index).detail.isEmpty();
}

QString FlatTabBar::shownText(int index) const
{
    if (!isInBar(index))
        return {};
    const QFont font = index == currentIndex() ? boldFont() : uiFont();
    // A pixel more: what is measured in whole pixels may be half of one wider.
    return QFontMetrics(font).elidedText(tabText(index), Qt::ElideMiddle, titleRoom(m_fit, index) + 1);
}

int FlatTabBar::titleWidth(int index) const
{
    return widthOf(tabText(index), boldFont());
}

int FlatTabBar::titleRoom(const Fit& tabs, int index) const
{
    return qMin(titleWidth(index), index == currentIndex() ? tabs.chosenTitle : tabs.title);
}

/// Lead, mark and buttons: what a tab in the bar never goes without, beside its title.
int FlatTabBar::besideTitle(int index) const
{
    const Extra extra = extraOf(index);
    int width = extra.lead.isEmpty() ? 0 : wordGap + widthOf(extra.lead, smallBold());
    width += extra.isUnsaved ? wordGap + unsavedMark : 0;
    for (const ButtonPosition side : {LeftSide, RightSide})
        if (const QWidget* button = tabButton(index, side))
            width += widthOf(*button) + space::tiny;
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
            if (QWidget* button = tabButton(index, side)) {
                button->setVisible(isInBar(index));
                // One stop of the Tab key for each open tab would be too many.
                button->setFocusPolicy(index == currentIndex() ? Qt::TabFocus : Qt::NoFocus);
            }
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
    const int top = (space::tabs - underline - size.height()) / 2;
    m_more->setGeometry(QRect(QPoint(qMin(end, width() - size.width()), top), size));
    m_more->setVisible(leavesOut);
}

void FlatTabBar::fillMenu()
{
    m_menu->clear();
    for (int index = 0; index < count(); ++index) {
        if (!isTabVisible(index) || isInBar(index))
            continue;
        const Extra extra = extraOf(index);
        QStringList words{extra.lead, fontMetrics().elidedText(tabText(index), Qt::ElideMiddle, longestLine),
                          extra.detail, extra.isUnsaved ? tr("(not saved)") : QString()};
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
        rect.setRight(rect.right() - widthOf(*button) - space::tiny);
    if (extra.isUnsaved) {
        drawUnsavedMark(&painter, rect);
        rect.setRight(rect.right() - unsavedMark - wordGap);
    }
    const auto draw = [&](const QString& text, const QFont& font, const QColor& pen) {
        if (text.isEmpty() || rect.width() <= 0)
            return;
        painter.setFont(font);
        painter.setPen(pen);
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text);
        rect.setLeft(rect.left() + widthOf(text, font) + wordGap);
    };
    draw(extra.lead, smallBold(), colour(extra.leadRole));
    draw(shownText(index), chosen ? boldFont() : uiFont(), colour(chosen ? Role::Text : Role::Muted));
    if (showsDetail(index))
        draw(extra.detail, captionFont(), colour(extra.detailRole));
    if (chosen)
        painter.fillRect(mark, colour(Role::Accent));
    if (chosen && hasFocus() && m_byKey) {
        painter.setPen(colour(Role::Accent));
        painter.drawRect(tabRect(index).adjusted(1, 3, -2, -underline - 3));
    }
}

/// The bar's own tabs close by a button; that is for a mouse, this for the keyboard.
void FlatTabBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete && tabButton(currentIndex(), RightSide) != nullptr)
        Q_EMIT tabCloseRequested(currentIndex());
    else
        QTabBar::keyPressEvent(event);
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
