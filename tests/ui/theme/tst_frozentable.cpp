// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A table whose first column stays in sight: it stands in front while the others are scrolled, follows up and
// down, and nothing that is chosen ends behind it.

#include <theme/frozentable.h>
#include <theme/theme.h>
#include <theme/widgets.h>

#include <QtGui/qstandarditemmodel.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qscrollbar.h>

using namespace claimcheck::ui;

namespace {

constexpr int columnCount = 6;
constexpr int columnWidth = 150;

struct Shown
{
    QStandardItemModel model{40, columnCount};
    FrozenTable table;

    explicit Shown(int width)
    {
        setUpTable(&table);
        table.horizontalHeader()->setStretchLastSection(false);
        table.setSelectionBehavior(QAbstractItemView::SelectItems);
        table.setModel(&model);
        for (int column = 0; column < columnCount; ++column)
            table.setColumnWidth(column, columnWidth);
        table.resize(width, 300);
        table.show();
    }
    QTableView* front() { return table.findChild<QTableView*>(QStringLiteral("frozenColumn")); }
    int leftOf(int row, int column) { return table.visualRect(model.index(row, column)).left(); }
};

} // namespace

class TestFrozenTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void standsInFrontOnlyWhileScrolled();
    void nothingChosenEndsBehindIt();
    void followsUpAndDown();
    void aClickOnItChooses();
};

void TestFrozenTable::standsInFrontOnlyWhileScrolled()
{
    Shown wide(columnCount * columnWidth + 60);
    QVERIFY(QTest::qWaitForWindowExposed(&wide.table));
    wide.table.setCurrentIndex(wide.model.index(3, columnCount - 1));
    QVERIFY(!wide.table.isFrozen());

    Shown narrow(400);
    QVERIFY(QTest::qWaitForWindowExposed(&narrow.table));
    QVERIFY(!narrow.table.isFrozen());
    narrow.table.setCurrentIndex(narrow.model.index(3, columnCount - 1));
    QVERIFY(narrow.table.isFrozen());
    QVERIFY(narrow.front()->isVisible());
    QCOMPARE(narrow.front()->width(), columnWidth);
    QCOMPARE(narrow.front()->mapTo(&narrow.table, QPoint()).x(), narrow.table.viewport()->x());
    narrow.table.setColumnWidth(0, columnWidth + 20);
    QCOMPARE(narrow.front()->width(), columnWidth + 20);
    narrow.table.horizontalScrollBar()->setValue(0);
    QVERIFY(!narrow.table.isFrozen());
}

void TestFrozenTable::nothingChosenEndsBehindIt()
{
    Shown w(400);
    QVERIFY(QTest::qWaitForWindowExposed(&w.table));
    w.table.setCurrentIndex(w.model.index(3, columnCount - 1));
    for (int column = columnCount - 2; column > 0; --column) {
        w.table.setCurrentIndex(w.model.index(3, column));
        QVERIFY2(w.leftOf(3, column) >= columnWidth, qPrintable(QString::number(column)));
    }
    w.table.setCurrentIndex(w.model.index(3, columnCount - 1));
    const int scrolled = w.table.horizontalScrollBar()->value();
    w.table.setCurrentIndex(w.model.index(4, 0)); // is in sight already
    QCOMPARE(w.table.horizontalScrollBar()->value(), scrolled);
}

void TestFrozenTable::followsUpAndDown()
{
    Shown w(400);
    QVERIFY(QTest::qWaitForWindowExposed(&w.table));
    w.table.verticalScrollBar()->setValue(60);
    w.table.horizontalScrollBar()->setValue(100);
    QVERIFY(w.table.isFrozen());
    QCOMPARE(w.front()->verticalScrollBar()->value(), 60);
    w.table.setCurrentIndex(w.model.index(39, 2));
    QCOMPARE(w.front()->verticalScrollBar()->value(), w.table.verticalScrollBar()->value());
    w.front()->verticalScrollBar()->setValue(10); // the wheel over it
    QCOMPARE(w.table.verticalScrollBar()->value(), 10);
}

void TestFrozenTable::aClickOnItChooses()
{
    Shown w(400);
    QVERIFY(QTest::qWaitForWindowExposed(&w.table));
    w.table.horizontalScrollBar()->setValue(100);
    const QRect cell = w.front()->visualRect(w.model.index(2, 0));
    QTest::mouseClick(w.front()->viewport(), Qt::LeftButton, {}, cell.center());
    QCOMPARE(w.table.currentIndex(), w.model.index(2, 0));
    QCOMPARE(w.table.horizontalScrollBar()->value(), 100);
}

QTEST_MAIN(TestFrozenTable)
#include "tst_frozentable.moc"
