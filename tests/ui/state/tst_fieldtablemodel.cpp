// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of headers: always an empty row to type into, ticks, problems, removal.

#include <state/fieldtablemodel.h>

#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using claimcheck::collection::Field;
using claimcheck::ui::FieldTableModel;

class TestFieldTableModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAProperModel()
    {
        FieldTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFields({{"Accept", "text/plain", true}});
        model.setData(model.index(1, FieldTableModel::Name), QStringLiteral("X"));
        model.removeRow(0);
    }

    void emptyModelHasOneRowToTypeInto()
    {
        FieldTableModel model;
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.typedRows(), 0);
        QVERIFY(model.index(0, FieldTableModel::Name).data(FieldTableModel::PlaceholderRole).toBool());
        QCOMPARE(model.index(0, FieldTableModel::Name).data(Qt::EditRole).toString(), QString());
        QVERIFY(model.fields().empty());
    }

    void typingIntoTheLastRowMakesANewOneBelow()
    {
        FieldTableModel model;
        const QPersistentModelIndex typedInto(model.index(0, FieldTableModel::Name));
        QVERIFY(model.setData(typedInto, QStringLiteral("Accept")));
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(typedInto.row(), 0); // an open editor stays where it is
        QVERIFY(model.index(1, FieldTableModel::Name).data(FieldTableModel::PlaceholderRole).toBool());
        QCOMPARE(model.fields(), (std::vector<Field>{{"Accept", "", true}}));
    }

    void nothingTypedMakesNoRow()
    {
        FieldTableModel model;
        QVERIFY(!model.setData(model.index(0, FieldTableModel::Value), QString()));
        QCOMPARE(model.rowCount(), 1);
    }

    void clearedRowsAreNoFields()
    {
        FieldTableModel model;
        model.setFields({{"A", "1", true}});
        model.setData(model.index(0, FieldTableModel::Name), QString());
        model.setData(model.index(0, FieldTableModel::Value), QString());
        QVERIFY(model.fields().empty());
        QCOMPARE(model.enabledCount(), 0);
    }

    void ticksSwitchRowsOffAndOn()
    {
        FieldTableModel model;
        model.setFields({{"A", "1", true}, {"B", "2", true}});
        QSignalSpy changed(&model, &FieldTableModel::fieldsChanged);
        QVERIFY(model.setData(model.index(0, FieldTableModel::Enabled), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.enabledCount(), 1);
        QVERIFY(!model.fields()[0].enabled);
        QVERIFY(!model.setData(model.index(2, FieldTableModel::Enabled), Qt::Checked, Qt::CheckStateRole));
    }

    void problemsAreAskedForRowsThatAreOn()
    {
        FieldTableModel model;
        model.setFields({{"bad", "1", true}, {"bad", "1", false}});
        model.setCheck(
            [](const Field& field) { return field.name == "bad" ? QStringLiteral("no") : QString(); });
        const auto problem = [&model](int row) {
            return model.index(row, FieldTableModel::Name).data(FieldTableModel::ProblemRole).toString();
        };
        QCOMPARE(problem(0), QStringLiteral("no"));
        QCOMPARE(problem(1), QString());
        QCOMPARE(problem(2), QString());
        model.setCheck([](const Field& field) { return QString::fromStdString("<b>" + field.name); });
        QCOMPARE(problem(0), QStringLiteral("<b>bad"));
        QCOMPARE(model.index(0, FieldTableModel::Name).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("<qt>&lt;b&gt;bad</qt>"));
    }

    void controlCharactersAreVisibleAndKept()
    {
        FieldTableModel model;
        model.setFields({{"A", "x\ry", true}});
        const QModelIndex value = model.index(0, FieldTableModel::Value);
        QVERIFY(!value.data().toString().contains(u'\r'));
        QCOMPARE(value.data(Qt::EditRole).toString(), QStringLiteral("x\ry"));
    }

    void theLastRowCannotBeRemoved()
    {
        FieldTableModel model;
        model.setFields({{"A", "1", true}});
        QVERIFY(!model.removeRow(1));
        QVERIFY(model.removeRow(0));
        QCOMPARE(model.rowCount(), 1);
    }
};

QTEST_GUILESS_MAIN(TestFieldTableModel)
#include "tst_fieldtablemodel.moc"
