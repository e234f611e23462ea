// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The collection as a tree: order, paths, files that do not parse.

#include <state/collectionmodel.h>

#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using ui::CollectionModel;

namespace {

collection::Item item(const char* path, const char* method, const char* name)
{
    collection::Item result;
    result.path = path;
    result.entry.method = method;
    result.entry.name = name;
    return result;
}

collection::Collection sample()
{
    collection::Folder inner;
    inner.path = "orders/old";
    inner.name = "Old";
    inner.items = {item("orders/old/a.yml", "GET", "Old one")};
    collection::Folder orders;
    orders.path = "orders";
    orders.name = "Orders";
    orders.folders = {inner};
    orders.items = {item("orders/list.yml", "GET", "List"), item("orders/b.yml", "", "")};
    orders.items[1].problem =
        Error{ErrorKind::Malformed, "cannot read orders/b.yml", "no mapping", "mend it", {}};
    collection::Collection result;
    result.root.folders = {orders};
    result.root.items = {item("ping.yml", "HEAD", "Ping \x1b[31m")};
    return result;
}

} // namespace

class TestCollectionModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isAProperModel()
    {
        CollectionModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCollection(sample());
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void foldersComeFirst()
    {
        CollectionModel model;
        model.setCollection(sample());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(CollectionModel::kindOf(model.index(0, 0)), CollectionModel::Kind::Folder);
        QCOMPARE(model.index(1, 0).data(CollectionModel::MethodRole).toString(), QStringLiteral("HEAD"));
        QVERIFY(!model.index(1, 0).data().toString().contains(QChar(0x1b)));
    }

    void itemsAreFoundByPath()
    {
        CollectionModel model;
        model.setCollection(sample());
        const QModelIndex deep = model.indexOf(QStringLiteral("orders/old/a.yml"));
        QCOMPARE(deep.data().toString(), QStringLiteral("Old one"));
        QCOMPARE(deep.parent().data().toString(), QStringLiteral("Old"));
        QVERIFY(!model.indexOf(QStringLiteral("orders/none.yml")).isValid());
        QVERIFY(!model.indexOf(QString()).isValid());
    }

    void saysWhatIsNotSaved()
    {
        CollectionModel model;
        model.setCollection(sample());
        const QString path = QStringLiteral("orders/old/a.yml");
        const QSignalSpy changed(&model, &CollectionModel::dataChanged);
        model.setUnsaved({path, QStringLiteral("gone.yml")});
        QCOMPARE(changed.size(), 1);
        const QModelIndex row = model.indexOf(path);
        QCOMPARE(changed[0][0].toModelIndex(), row);
        QVERIFY(row.data(CollectionModel::UnsavedRole).toBool());
        QCOMPARE(row.data(Qt::AccessibleTextRole).toString(), QStringLiteral("GET Old one, not saved"));
        QVERIFY(row.data(Qt::ToolTipRole).toString().contains(QStringLiteral("Not saved")));
        QVERIFY(!row.parent().data(CollectionModel::UnsavedRole).toBool());
        QVERIFY(!model.index(1, 0).data(CollectionModel::UnsavedRole).toBool());
        model.setCollection(sample()); // read anew: the tabs are as they were
        QVERIFY(model.indexOf(path).data(CollectionModel::UnsavedRole).toBool());
        model.setUnsaved({});
        QVERIFY(!model.indexOf(path).data(CollectionModel::UnsavedRole).toBool());
        QCOMPARE(model.indexOf(path).data(Qt::AccessibleTextRole).toString(), QStringLiteral("GET Old one"));
    }

    void foldersForNewRequests()
    {
        CollectionModel model;
        model.setCollection(sample());
        const auto folder = [&model](const char* path) {
            return CollectionModel::folderOf(model.indexOf(QString::fromLatin1(path)));
        };
        QCOMPARE(folder("orders"), QStringLiteral("orders"));
        QCOMPARE(folder("orders/list.yml"), QStringLiteral("orders"));
        QCOMPARE(folder("ping.yml"), QString());
        QCOMPARE(CollectionModel::folderOf({}), QString());
    }

    void brokenFilesStayVisibleWithTheirReason()
    {
        CollectionModel model;
        model.setCollection(sample());
        const QModelIndex broken = model.indexOf(QStringLiteral("orders/b.yml"));
        QCOMPARE(CollectionModel::kindOf(broken), CollectionModel::Kind::BrokenFile);
        QCOMPARE(broken.data().toString(), QStringLiteral("b.yml"));
        QVERIFY(broken.data(Qt::ToolTipRole).toString().contains(QStringLiteral("no mapping")));
    }
};

QTEST_GUILESS_MAIN(TestCollectionModel)
#include "tst_collectionmodel.moc"
