// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the table of an audit shows when one of its cells is chosen: whole rows from the top on.

#include <audits/auditmatrixview.h>
#include <theme/theme.h>

#include <QtGui/qstandarditemmodel.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qscrollbar.h>

using namespace claimcheck::ui;

namespace {

constexpr int routeColumn = 2;

struct Shown
{
    Shown()
    {
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 0; column < model.columnCount(); ++column)
                model.setItem(row, column, new QStandardItem(QString::number(row)));
        view.setModel(&model);
        view.resize(900, 300);
        view.show();
    }
    QModelIndex cell(int row) const { return model.index(row, routeColumn); }
    bool beginsWithAWholeRow() const { return view.rowViewportPosition(view.rowAt(0)) == 0; }
    bool isSeen(int row) const
    {
        const QRect rect = view.visualRect(cell(row));
        return rect.top() >= 0 && rect.bottom() < view.viewport()->height();
    }

    QStandardItemModel model{60, 3};
    AuditMatrixView view;
};

} // namespace

class TestAuditMatrixView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void beginsWithTheFirstRowWhereItCan();
    void beginsWithAWholeRow();
    void staysWhereSomebodyScrolled();
};

void TestAuditMatrixView::beginsWithTheFirstRowWhereItCan()
{
    Shown s;
    QVERIFY(QTest::qWaitForWindowExposed(&s.view));
    s.view.verticalScrollBar()->setValue(s.view.rowHeight(0) / 2);
    s.view.chooseFromTop(s.cell(2));
    QCOMPARE(s.view.currentIndex(), s.cell(2));
    QCOMPARE(s.view.verticalScrollBar()->value(), 0);
    QVERIFY(s.isSeen(2));
}

/// Whatever the height, and however it gets to it: the banner and the evidence come after the choice.
void TestAuditMatrixView::beginsWithAWholeRow()
{
    Shown s;
    QVERIFY(QTest::qWaitForWindowExposed(&s.view));
    s.view.chooseFromTop(s.cell(20));
    for (const int height : {300, 291, 207, 190, 333}) {
        s.view.resize(900, height);
        QTRY_COMPARE(s.view.height(), height);
        QTRY_VERIFY2(s.beginsWithAWholeRow(), qPrintable(QString::number(height)));
        QVERIFY2(s.isSeen(20), qPrintable(QString::number(height)));
    }
}

void TestAuditMatrixView::staysWhereSomebodyScrolled()
{
    Shown s;
    QVERIFY(QTest::qWaitForWindowExposed(&s.view));
    s.view.chooseFromTop(s.cell(20));
    s.view.verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum);
    s.view.resize(900, 250);
    QTRY_COMPARE(s.view.height(), 250);
    QCOMPARE(s.view.verticalScrollBar()->value(), 0);
    QVERIFY(!s.isSeen(20));
    // And so where somebody chose another one.
    s.view.chooseFromTop(s.cell(20));
    s.view.setCurrentIndex(s.cell(40));
    s.view.resize(900, 300);
    QTRY_COMPARE(s.view.height(), 300);
    QVERIFY(!s.isSeen(20));
}

QTEST_MAIN(TestAuditMatrixView)
#include "tst_auditmatrixview.moc"
