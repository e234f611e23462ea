// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A bar with more tabs than fit: nothing is cut without need, the chosen tab is seen, and the keyboard
// reaches the others.

#include <QtGui/qaction.h>
#include <QtGui/qimage.h>
#include <QtGui/qpixmap.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qtoolbutton.h>

#include <theme/flattabbar.h>
#include <theme/theme.h>
#include <theme/widgets.h>

using namespace claimcheck::ui;

namespace {

/// As in the request editor.
struct Narrow
{
    QWidget window;
    FlatTabBar* bar = new FlatTabBar(&window);
    QToolButton* more = bar->findChild<QToolButton*>(QStringLiteral("moreTabs"));

    explicit Narrow(int chosen = 0)
    {
        for (const char* title :
             {"Params", "Headers", "Body", "Auth", "Checks", "Variables", "Settings", "Docs", "Examples"})
            bar->addTab(QLatin1String(title));
        bar->setCount(1, 24);
        bar->setDetail(3, QStringLiteral("raw token"));
        bar->setCurrentIndex(chosen);
        window.resize(2000, 40);
        window.show();
        resize(420);
    }
    void resize(int width) { bar->resize(width, space::tabs); }
    int inBar() const
    {
        int found = 0;
        for (int index = 0; index < bar->count(); ++index)
            found += bar->isInBar(index) ? 1 : 0;
        return found;
    }
    QStringList menu() const
    {
        Q_EMIT more->menu()->aboutToShow();
        QStringList lines;
        for (const QAction* line : more->menu()->actions())
            lines.append(line->text());
        return lines;
    }
};

/// As in the request pane: titles of any length, each with a button that closes it.
struct Open
{
    QWidget window;
    FlatTabBar* bar = new FlatTabBar(&window);

    explicit Open(const QStringList& titles)
    {
        window.resize(3000, 40);
        window.show();
        for (const QString& title : titles) {
            const int index = bar->addTab(title);
            bar->setTabButton(index, QTabBar::RightSide,
                              flatButton(QStringLiteral("close"), QStringLiteral("Close"), title));
            bar->setLead(index, QStringLiteral("GET"), Role::Get);
        }
        bar->resize(bar->sizeHint());
    }
    QWidget* button(int index) const { return bar->tabButton(index, QTabBar::RightSide); }
    bool isWhole(int index) const { return bar->shownText(index) == bar->tabText(index); }
    /// Above the line under the chosen one.
    int accentPixels(int index) const
    {
        const QRect place = bar->tabRect(index).adjusted(0, 0, 0, -6);
        const QImage image = bar->grab(place).toImage();
        int found = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                found += image.pixelColor(x, y) == colour(Role::Accent) ? 1 : 0;
        return found;
    }
};

const QString longTitle = QStringLiteral("Orders of one customer with all lines and payments");

bool isWhole(const Narrow& narrow, int index)
{
    const QRect place = narrow.bar->tabRect(index);
    const int words = QFontMetrics(boldFont()).horizontalAdvance(narrow.bar->tabText(index));
    const int end = narrow.more->isHidden() ? narrow.bar->width() : narrow.more->x();
    return place.left() >= 0 && place.width() >= words + 2 * space::tiny && place.right() < end;
}

} // namespace

class TestFlatTabBar : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }

    void noWordIsCutAtAnyWidth()
    {
        Narrow narrow(1);
        for (int width = narrow.bar->sizeHint().width() + 20; width >= 180; width -= 7) {
            narrow.resize(width);
            for (int index = 0; index < narrow.bar->count(); ++index)
                QVERIFY2(!narrow.bar->isInBar(index) || isWhole(narrow, index),
                         qPrintable(narrow.bar->tabText(index) + u' ' + QString::number(width)));
            QCOMPARE(narrow.more->isHidden(), narrow.inBar() == narrow.bar->count());
            if (!narrow.more->isHidden())
                QVERIFY(narrow.more->geometry().right() < width);
        }
        for (const QToolButton* button : narrow.bar->findChildren<QToolButton*>())
            QVERIFY(button == narrow.more || button->isHidden());
    }

    void detailsGoFirstAndNoMoreThanNeeded()
    {
        Narrow narrow;
        const int whole = narrow.bar->sizeHint().width();
        narrow.resize(whole);
        QVERIFY(narrow.bar->showsDetail(1) && narrow.bar->showsDetail(3));
        narrow.resize(whole - 1);
        QVERIFY(narrow.bar->showsDetail(1) && !narrow.bar->showsDetail(3)); // the widest alone
        QCOMPARE(narrow.inBar(), narrow.bar->count());
        QVERIFY(narrow.more->isHidden());
        narrow.resize(whole);
        QVERIFY(narrow.bar->showsDetail(3));
    }

    void gapsNarrowBeforeATabGoes()
    {
        Narrow narrow;
        narrow.bar->setCount(1, 0);
        narrow.bar->setDetail(3, {});
        const int whole = narrow.bar->sizeHint().width();
        narrow.resize(whole);
        const int before = narrow.bar->tabRect(4).width();
        narrow.resize(whole - 2 * narrow.bar->count());
        QVERIFY(narrow.bar->tabRect(4).width() < before);
        QCOMPARE(narrow.inBar(), narrow.bar->count());
    }

    void theChosenOneIsSeen()
    {
        Narrow narrow;
        QVERIFY(!narrow.bar->isInBar(8));
        narrow.bar->setCurrentIndex(8);
        QVERIFY(narrow.bar->isInBar(8) && isWhole(narrow, 8));
        narrow.bar->setCurrentIndex(0);
        QVERIFY(!narrow.bar->isInBar(8));
    }

    void theMenuHasTheOthers()
    {
        Narrow narrow;
        narrow.resize(300);
        QVERIFY(narrow.more->isVisible());
        QCOMPARE(narrow.more->focusPolicy(), Qt::TabFocus);
        const QStringList lines = narrow.menu();
        QCOMPARE(lines.size(), narrow.bar->count() - narrow.inBar());
        QCOMPARE(lines.constLast(), QStringLiteral("Examples"));
        const QSignalSpy changed(narrow.bar, &QTabBar::currentChanged);
        narrow.more->menu()->actions().constLast()->trigger();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(narrow.bar->currentIndex(), 8);
        QVERIFY(narrow.bar->isInBar(8));
    }

    void aHiddenTabIsNotInTheMenu()
    {
        Narrow narrow;
        narrow.bar->setTabVisible(8, false);
        QVERIFY(!narrow.menu().contains(QStringLiteral("Examples")));
    }

    void aTabSaidToBeSeenOnceMoreMovesNone()
    {
        for (const int width : {520, 500, 480, 470, 460, 440}) {
            Narrow narrow(1);
            narrow.resize(width);
            QVERIFY(isWhole(narrow, 1)); // measured
            narrow.bar->setCount(1, 23);
            narrow.bar->setTabVisible(3, true);
            for (int index = 0; index < narrow.bar->count(); ++index)
                QCOMPARE(narrow.bar->tabRect(index).width(), narrow.bar->minimumTabSizeHint(index).width());
        }
    }

    void arrowKeysReachWhatIsInTheMenu()
    {
        Narrow narrow;
        for (int index = 1; index < narrow.bar->count(); ++index) {
            QTest::keyClick(narrow.bar, Qt::Key_Right);
            QCOMPARE(narrow.bar->currentIndex(), index);
            QVERIFY(isWhole(narrow, index));
        }
    }

    void noTitleIsCutWhereThereIsRoom()
    {
        const Open open({longTitle, QStringLiteral("Log in"), longTitle});
        for (int index = 0; index < open.bar->count(); ++index)
            QVERIFY(open.isWhole(index));
    }

    void longTitlesLoseTheirMiddleBeforeATabGoes()
    {
        const Open open({longTitle, QStringLiteral("Log in"), longTitle});
        open.bar->setCurrentIndex(2);
        open.bar->resize(open.bar->sizeHint().width() - 100, space::tabs);
        QVERIFY(open.isWhole(2)); // the chosen one
        QVERIFY(open.isWhole(1)); // a short one is no gain
        const QString cut = open.bar->shownText(0);
        QVERIFY2(cut.contains(u'…') && cut.startsWith(u'O') && cut.endsWith(u's'), qPrintable(cut));
        open.bar->setCurrentIndex(0);
        QVERIFY(open.isWhole(0) && !open.isWhole(2));
    }

    void theChosenTitleIsWholeAsLongAsItHasRoom()
    {
        const Open open({QStringLiteral("Log in"), longTitle, QStringLiteral("Log out"), longTitle});
        open.bar->setCurrentIndex(3);
        const int least = QFontMetrics(boldFont()).horizontalAdvance(longTitle) + 200; // with lead and "More"
        for (int width = open.bar->sizeHint().width(); width >= least; width -= 13) {
            open.bar->resize(width, space::tabs);
            QVERIFY2(open.isWhole(3), qPrintable(QString::number(width)));
            QVERIFY(open.bar->tabRect(3).right() < width);
            QVERIFY(open.button(3)->isVisible());
            QVERIFY(open.bar->tabRect(3).contains(open.button(3)->geometry()));
        }
        open.bar->resize(200, space::tabs); // too little for it alone
        QVERIFY(open.bar->isInBar(3) && open.bar->shownText(3).contains(u'…'));
        QVERIFY(open.bar->tabRect(3).right() < 200);
    }

    void theMarkStaysWhereATitleIsCut()
    {
        const Open open({longTitle, QStringLiteral("Log in"), longTitle});
        open.bar->setCurrentIndex(1);
        QCOMPARE(open.accentPixels(0), 0);
        open.bar->setUnsaved(0, true);
        QVERIFY(open.bar->isUnsaved(0) && !open.bar->isUnsaved(2));
        const int whole = open.bar->sizeHint().width();
        for (const int width : {whole, whole - 150, whole - 300}) {
            open.bar->resize(width, space::tabs);
            QVERIFY(open.bar->isInBar(0));
            QVERIFY2(open.accentPixels(0) > 12, qPrintable(QString::number(width)));
            QCOMPARE(open.accentPixels(2), 0);
        }
        open.bar->setUnsaved(0, false);
        QCOMPARE(open.accentPixels(0), 0);
    }

    void moreStandsInLineWithTheTabs()
    {
        const Narrow narrow;
        QVERIFY(narrow.more->isVisible());
        constexpr int ofTabs = (space::tabs - 2) / 2; // their underline is no part of their text
        QVERIFY(qAbs(narrow.more->geometry().center().y() - ofTabs) <= 1);
        const int words = QFontMetrics(uiFont()).horizontalAdvance(narrow.more->text());
        QVERIFY(narrow.more->width() < words + 12 + 2 * space::medium); // with the chevron
    }

    void theMenuSaysWhatIsNotSaved()
    {
        Narrow narrow;
        narrow.bar->setUnsaved(8, true);
        QCOMPARE(narrow.menu().constLast(), QStringLiteral("Examples (not saved)"));
    }

    void aTabClosesFromTheKeyboard()
    {
        const Open open({QStringLiteral("Log in"), QStringLiteral("Log out")});
        const QSignalSpy asked(open.bar, &QTabBar::tabCloseRequested);
        open.bar->setCurrentIndex(1);
        QTest::keyClick(open.bar, Qt::Key_Delete);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toInt(), 1);
        QCOMPARE(open.button(1)->focusPolicy(), Qt::TabFocus);
        QCOMPARE(open.button(0)->focusPolicy(), Qt::NoFocus);
        QCOMPARE(open.bar->nextInFocusChain(), open.button(1));
    }

    void tabsWithoutAButtonDoNotClose()
    {
        Narrow narrow;
        const QSignalSpy asked(narrow.bar, &QTabBar::tabCloseRequested);
        QTest::keyClick(narrow.bar, Qt::Key_Delete);
        QCOMPARE(asked.size(), 0);
    }

    void aLongNameAloneIsElided()
    {
        QWidget window;
        FlatTabBar bar(&window);
        bar.addTab(QStringLiteral("A request with a name that goes on and on"));
        bar.resize(150, space::tabs);
        window.show();
        QVERIFY(bar.isInBar(0));
        QCOMPARE(bar.tabRect(0).width(), 150);
    }
};

QTEST_MAIN(TestFlatTabBar)
#include "tst_flattabbar.moc"
