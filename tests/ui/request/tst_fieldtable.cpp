// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of headers under the mouse: a tick takes clicks where it is drawn; what has none is never off.

#include <request/fieldtable.h>
#include <state/fieldtablemodel.h>
#include <theme/theme.h>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>

using namespace claimcheck::ui;
using claimcheck::collection::Field;
using Fields = std::vector<Field>;

namespace {

struct Table
{
    FieldTableModel model;
    FieldTable table{&model, QStringLiteral("table"), QStringLiteral("Table")};

    explicit Table(const Fields& fields = {})
    {
        model.setFields(fields);
        table.resize(480, 240);
        table.show();
        QApplication::setActiveWindow(&table);
        if (!QTest::qWaitForWindowExposed(&table))
            qFatal("the table is not shown");
    }
    QRect cell(int row, int column) const { return table.visualRect(model.index(row, column)); }
    void click(const QPoint& place) const { QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, place); }
};

} // namespace

class TestFieldTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aTickTakesClicksWhereItIsDrawn();
    void rowsWithoutATickAreNotGrey();
};

void TestFieldTable::aTickTakesClicksWhereItIsDrawn()
{
    const Table t({{"A", "1", true}, {"B", "2", true}});
    const QRect cell = t.cell(0, FieldTableModel::Enabled);
    t.click({cell.left() + 22, cell.center().y()}); // the middle of the drawn mark: 11 + 3 + 16 / 2
    QCOMPARE(t.model.fields(), (Fields{{"A", "1", false}, {"B", "2", true}}));
    t.click({cell.left() + 27, cell.center().y()});
    QCOMPARE(t.model.fields(), (Fields{{"A", "1", true}, {"B", "2", true}}));
}

/// The values of a path are always sent.
void TestFieldTable::rowsWithoutATickAreNotGrey()
{
    struct Delegate : FieldDelegate
    {
        using FieldDelegate::initStyleOption;
    };
    FieldTableModel model;
    model.setFields({{"id", "7", true}, {"off", "8", false}});
    const auto inkOf = [&model](int row) {
        QStyleOptionViewItem option;
        Delegate().initStyleOption(&option, model.index(row, FieldTableModel::Value));
        return option.palette.color(QPalette::Text);
    };
    QCOMPARE(inkOf(0), colour(Role::Text));
    QCOMPARE(inkOf(1), colour(Role::Muted));
    model.setFixed(true);
    QCOMPARE(inkOf(0), colour(Role::Text));
}

QTEST_MAIN(TestFieldTable)
#include "tst_fieldtable.moc"
