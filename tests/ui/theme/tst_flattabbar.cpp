// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A bar with more tabs than fit: no word is cut, the chosen tab is seen, and the keyboard reaches the others.

#include <QtGui/qaction.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qmenu.h>
#include <QtWidgets/qtoolbutton.h>

#include <theme/flattabbar.h>
#include <theme/theme.h>

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

    void arrowKeysReachWhatIsInTheMenu()
    {
        Narrow narrow;
        for (int index = 1; index < narrow.bar->count(); ++index) {
            QTest::keyClick(narrow.bar, Qt::Key_Right);
            QCOMPARE(narrow.bar->currentIndex(), index);
            QVERIFY(isWhole(narrow, index));
        }
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
