// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The mark that removes a row is hit where it stands, by a button that is let go, and no words run under it.

#include <QtGui/qevent.h>
#include <QtTest/qtest.h>

#include <theme/typedcell.h>

using namespace claimcheck::ui;

namespace {

constexpr QRect cell(100, 50, 200, 28);

QMouseEvent mouse(QEvent::Type type, const QPoint& at)
{
    return {type, QPointF(at), QPointF(at), Qt::LeftButton, Qt::LeftButton, Qt::NoModifier};
}

} // namespace

class TestTypedCell : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theMarkIsHitWhereItStands()
    {
        const QPoint mark = removeMarkRect(cell).center();
        QVERIFY(cell.contains(mark));
        QVERIFY(isRemoval(mouse(QEvent::MouseButtonRelease, mark), cell));
    }
    void nothingElseRemoves()
    {
        const QPoint mark = removeMarkRect(cell).center();
        QVERIFY(!isRemoval(mouse(QEvent::MouseButtonPress, mark), cell));
        QVERIFY(!isRemoval(mouse(QEvent::MouseButtonRelease, cell.center()), cell));
        QVERIFY(!isRemoval(QEvent(QEvent::FocusIn), cell));
    }
    void wordsEndInFrontOfTheMark()
    {
        QVERIFY(typedCellWords(cell, true).right() <= removeMarkRect(cell).left());
        QCOMPARE(typedCellWords(cell, false).right(), cell.right());
        QVERIFY(typedCellWords(cell, false).left() > cell.left());
    }
};

QTEST_MAIN(TestTypedCell)
#include "tst_typedcell.moc"
