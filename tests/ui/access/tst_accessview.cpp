// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The columns of the access matrix: an identity as wide as what stands there, the rest for the requests.

#include <access/accessview.h>
#include <theme/theme.h>

#include <QtGui/qstandarditemmodel.h>
#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qheaderview.h>

using namespace claimcheck::ui;

namespace {

struct Shown
{
    explicit Shown(int columns = 4) : model(3, columns)
    {
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 0; column < columns; ++column)
                say(row, column, column == 0 ? QStringLiteral("GET Orders") : QStringLiteral("allow"));
        view.setModel(&model);
        view.resize(1200, 300);
        view.show();
        view.fit();
    }
    void say(int row, int column, const QString& text)
    {
        model.setItem(row, column, new QStandardItem(text));
    }
    int wanted(int column) const
    {
        const QAbstractItemView* const any = &view; // which lets others ask
        return any->sizeHintForColumn(column);
    }

    QStandardItemModel model;
    AccessView view;
};

} // namespace

class TestAccessView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void whatIsLeftGoesToTheRequests();
    void anIdentityIsAsWideAsItsWords();
    void noRequestIsSqueezedAway();
    void whoMadeAColumnWiderKeepsIt();
};

void TestAccessView::whatIsLeftGoesToTheRequests()
{
    Shown s;
    QVERIFY(QTest::qWaitForWindowExposed(&s.view));
    for (const int width : {1200, 700}) {
        s.view.resize(width, 300);
        QTRY_COMPARE(s.view.horizontalHeader()->length(), s.view.viewport()->width());
        QCOMPARE(s.view.columnWidth(3), s.view.columnWidth(1)); // none is wide for standing last
        QVERIFY(s.view.columnWidth(0) > s.view.columnWidth(3));
    }
}

void TestAccessView::anIdentityIsAsWideAsItsWords()
{
    Shown s;
    QVERIFY(QTest::qWaitForWindowExposed(&s.view));
    s.say(1, 2, QStringLiteral("✗ denied (403), expected: allow"));
    s.say(2, 3, QString(400, u'x'));
    s.view.fit();
    QVERIFY(s.view.columnWidth(2) > s.view.columnWidth(1));
    QVERIFY(s.view.columnWidth(2) >= s.wanted(2));
    // One that is without end does not take it all.
    QVERIFY(s.view.columnWidth(3) < s.wanted(3));
    QVERIFY(s.view.columnWidth(3) <= 320);
}

void TestAccessView::noRequestIsSqueezedAway()
{
    Shown s(20);
    QVERIFY(QTest::qWaitForWindowExposed(&s.view));
    s.say(0, 0, QStringLiteral("GET A name that is longer than most"));
    s.view.resize(500, 300);
    s.view.fit();
    QVERIFY(s.view.horizontalHeader()->length() > s.view.viewport()->width()); // it is scrolled
    QVERIFY(s.view.columnWidth(0) >= 160);
    QVERIFY(s.view.columnWidth(0) <= 320);
}

void TestAccessView::whoMadeAColumnWiderKeepsIt()
{
    Shown s;
    QVERIFY(QTest::qWaitForWindowExposed(&s.view));
    s.view.horizontalHeader()->resizeSection(1, 217);
    s.view.resize(900, 300);
    s.view.fit();
    QCOMPARE(s.view.columnWidth(1), 217);
    // Until there are others.
    s.model.setColumnCount(5);
    s.view.fit();
    QVERIFY(s.view.columnWidth(1) < 217);
    QTRY_COMPARE(s.view.horizontalHeader()->length(), s.view.viewport()->width());
}

QTEST_MAIN(TestAccessView)
#include "tst_accessview.moc"
