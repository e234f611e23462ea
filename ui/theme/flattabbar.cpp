// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <theme/flattabbar.h>

#include <QtCore/qvariant.h>
#include <QtGui/qaction.h>
#include <QtGui/qevent.h>
#include <QtGui/qpainter.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qtoolbutton.h>

#include <theme/morebutton.h>
#include <theme/tabwords.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int longestLine = 320; ///< px of a title in the menu

} // namespace

FlatTabBar::FlatTabBar(QWidget* parent)
    : QTabBar(parent), m_more(new MoreButton(this)), m_menu(new QMenu(m_more))
{
    setDrawBase(false);
    setExpanding(false);
    setElideMode(Qt::ElideMiddle);
    setUsesScrollButtons(false);
    setFocusPolicy(Qt::TabFocus);
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

void FlatTabBar::setTabVisible(int index, bool visible)
{
    if (visible != isTabVisible(index))
        QTabBar::setTabVisible(index, visible);
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
    const int top = (space::tabs - tabWords::underline - size.height()) / 2;
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
    QRect rect = tabRect(index).adjusted(leftGap(index), 0, -m_fit.gap, -tabWords::underline);
    const QRect mark(rect.left(), tabRect(index).bottom() + 1 - tabWords::underline, rect.width(),
                     tabWords::underline);
    if (const QWidget* button = tabButton(index, RightSide))
        rect.setRight(rect.right() - tabWords::widthOf(*button) - space::tiny);
    if (extra.isUnsaved) {
        drawUnsavedMark(&painter, rect);
        rect.setRight(rect.right() - unsavedMark - tabWords::gap);
    }
    const auto draw = [&](const QString& text, const QFont& font, const QColor& pen) {
        if (text.isEmpty() || rect.width() <= 0)
            return;
        painter.setFont(font);
        painter.setPen(pen);
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text);
        rect.setLeft(rect.left() + tabWords::widthOf(text, font) + tabWords::gap);
    };
    draw(extra.lead, tabWords::smallBold(), colour(extra.leadRole));
    draw(shownText(index), chosen ? boldFont() : uiFont(), colour(chosen ? Role::Text : Role::Muted));
    if (showsDetail(index))
        draw(extra.detail, captionFont(), colour(extra.detailRole));
    if (chosen)
        painter.fillRect(mark, colour(Role::Accent));
    if (chosen && hasFocus() && m_byKey) {
        painter.setPen(colour(Role::Accent));
        painter.drawRect(tabRect(index).adjusted(1, 3, -2, -tabWords::underline - 3));
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
