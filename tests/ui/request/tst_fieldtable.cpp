// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of headers under mouse and keyboard: a tick takes clicks where it is drawn, and rows are typed
// one behind the other with Tab alone.

#include <request/fieldtable.h>
#include <state/fieldtablemodel.h>
#include <theme/theme.h>

#include <QtTest/qtest.h>
#include <QtWidgets/qapplication.h>
#include <QtWidgets/qlineedit.h>

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
    QLineEdit* editor() const
    {
        for (QLineEdit* edit : table.findChildren<QLineEdit*>(QStringLiteral("fieldEditor")))
            if (edit->isVisible())
                return edit;
        return nullptr;
    }
    /// False: nothing is open to type into.
    bool type(const char* text, Qt::Key then) const
    {
        QLineEdit* edit = editor();
        if (edit == nullptr)
            return false;
        QTest::keyClicks(edit, QString::fromLatin1(text));
        QTest::keyClick(edit, then);
        return true;
    }
};

} // namespace

class TestFieldTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeName::Light); }
    void aTickTakesClicksWhereItIsDrawn();
    void tabGoesFromRowToRow();
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

void TestFieldTable::tabGoesFromRowToRow()
{
    const Table t;
    const_cast<FieldTable&>(t.table).setFocus();
    const_cast<FieldTable&>(t.table).setCurrentIndex(t.model.index(0, FieldTableModel::Name));
    QVERIFY(t.type("A", Qt::Key_Tab));
    QVERIFY(t.type("1", Qt::Key_Tab));
    QVERIFY(t.type("B", Qt::Key_Tab));
    QVERIFY(t.type("2", Qt::Key_Tab));
    QCOMPARE(t.model.fields(), (Fields{{"A", "1", true}, {"B", "2", true}}));
    QVERIFY(t.type("", Qt::Key_Tab)); // the empty row: out of the table
    QVERIFY(t.editor() == nullptr);
    QCOMPARE(t.model.rowCount(), 3);
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
