// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tabs without boxes: the chosen one is underlined in the accent colour. A tab may lead with a word in a
// role's colour ("GET" before a request's name), end in a quiet detail ("8" behind "Headers") and carry the
// mark of what is not saved, right before its close button.
//
// Nothing is cut while there is room. Where the tabs have less than they want, details go first, then the
// gaps narrow, then long titles lose their middle, then the last tabs move into a menu at the end, "More".
// Those stay tabs that the arrow keys reach; the chosen one always stands in the bar, with its whole title as
// long as the bar is wide enough for that. Delete asks to close it where it has a button for that.

#pragma once

#include <limits>

#include <QtCore/qlist.h>
#include <QtWidgets/qtabbar.h>

#include <theme/theme.h>

class QMenu;
class QToolButton;

namespace claimcheck::ui {

class FlatTabBar : public QTabBar
{
    Q_OBJECT
public:
    explicit FlatTabBar(QWidget* parent = nullptr);

    void setLead(int index, const QString& text, Role role);
    void setDetail(int index, const QString& text, Role role = Role::Muted);
    /// Hides QTabBar's, which takes "as before" for "measured", and leaves the tabs where they do not belong.
    void setTabVisible(int index, bool visible);
    /// How many things the page holds; no detail where there are none.
    void setCount(int index, qsizetype count);
    /// The mark stays where a title is cut; who sets it says it in the accessible name, too.
    void setUnsaved(int index, bool unsaved);
    bool isUnsaved(int index) const;

    /// The tab stands in the bar …
    bool isInBar(int index) const;
    /// … with its detail, if it has one.
    bool showsDetail(int index) const;
    /// What is seen of the title now; nothing of a tab in the menu.
    QString shownText(int index) const;

    /// All tabs with all details.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QSize minimumTabSizeHint(int index) const override;

protected:
    QSize tabSizeHint(int index) const override;
    void tabLayoutChange() override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Extra
    {
        QString lead;
        Role leadRole = Role::Muted;
        QString detail;
        Role detailRole = Role::Muted;
        bool isUnsaved = false;

        bool operator==(const Extra&) const = default;
    };
    /// How the tabs are made to fit.
    struct Fit
    {
        QList<bool> inBar;
        QList<bool> detailed;
        int gap = space::small;                            ///< beside a tab's words
        int title = std::numeric_limits<int>::max();       ///< px at most, of each beside the chosen one
        int chosenTitle = std::numeric_limits<int>::max(); ///< px at most, of that

        bool operator==(const Fit&) const = default;
    };
    Extra extraOf(int index) const;
    void setExtra(int index, const Extra& extra);
    int titleWidth(int index) const;
    int titleRoom(const Fit& tabs, int index) const;
    int besideTitle(int index) const;
    int detailWidth(int index) const;
    int leftGap(int index) const;
    Fit fitted(int room) const;
    bool squeeze(Fit& tabs, int room) const;
    void leaveOut(Fit& tabs, int room) const;
    void fit();
    void placeMore();
    void fillMenu();
    void drawTab(QPainter& painter, int index) const;

    QToolButton* m_more;
    QMenu* m_menu; ///< the tabs that do not stand in the bar
    Fit m_fit;
    bool m_byKey = false; ///< the focus came by a key: worth a ring
};

} // namespace claimcheck::ui
