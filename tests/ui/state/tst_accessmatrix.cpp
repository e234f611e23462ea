// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The access matrix as a table: what is expected and what was observed, the objects of others in a row of
// their own, and the words for requests, identities and expectations, which are the same in each place.

#include <state/accessmatrix.h>

#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::ui;
using audit::Fit;
using audit::Verdict;
using collection::Access;

namespace {

collection::Collection shop()
{
    collection::Collection made;
    for (const char* path : {"me.yml", "order.yml"}) {
        collection::Item item;
        item.path = path;
        item.entry.method = "GET";
        item.entry.name = std::string(path) == "me.yml" ? "Who am I" : "An order";
        made.root.items.push_back(item);
    }
    return made;
}

collection::Matrix matrix()
{
    collection::Matrix made;
    made.rows.push_back({"me.yml", {{"alice", {Access::Allow, 200}}, {"anonymous", {Access::Deny, 0}}}});
    collection::MatrixRow order{"order.yml", {{"alice", {Access::Allow, 0}}}};
    order.objects = collection::OwnedObjects{"id", {{"alice", "1"}, {"bob", "2"}}, {}};
    made.rows.push_back(order);
    return made;
}

audit::MatrixCell cell(const char* identity, Fit fit, Verdict verdict, int status, const char* owner = "")
{
    audit::MatrixCell made;
    made.identity = identity;
    made.owner = owner;
    made.fit = fit;
    made.verdict = verdict;
    made.status = status;
    made.why = "because";
    return made;
}

} // namespace

class TestAccessMatrix : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatIsExpected();
    void saysWhatWasObserved();
    void callsAThingByOneName();
    void stepsThroughExpectations();
};

void TestAccessMatrix::saysWhatIsExpected()
{
    AccessMatrix model;
    QAbstractItemModelTester tester(&model);
    model.setMatrix(shop(), matrix(), {"anonymous", "alice", "bob"});
    QCOMPARE(model.rowCount(), 3); // me, order, and others' objects
    QCOMPARE(model.index(2, 0).data().toString().trimmed(),
             QStringLiteral("the objects of other identities"));
    QCOMPARE(model.columnCount(), 4);
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("deny"));
    QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("allow 200"));
    QCOMPARE(model.index(0, 3).data().toString(), QString());
    QVERIFY(model.isEditable(model.index(0, 3)));
    QVERIFY(!model.isEditable(model.index(0, 0)));
    // Nobody may have what is others', unless the file says so.
    QVERIFY(!model.isEditable(model.index(2, 3)));
    QCOMPARE(model.index(2, 3).data().toString(), QStringLiteral("deny"));
    QCOMPARE(model.requestAt(model.index(2, 3)), std::string("order.yml"));
    QCOMPARE(model.identityAt(model.index(1, 2)), std::string("alice"));
    QVERIFY(model.identityAt({}).empty() && model.requestAt({}).empty());
}

void TestAccessMatrix::saysWhatWasObserved()
{
    AccessMatrix model;
    model.setMatrix(shop(), matrix(), {"anonymous", "alice", "bob"});
    audit::MatrixReport report;
    report.identities = {"anonymous", "alice", "bob"};
    audit::MatrixRowReport me;
    me.name = "me.yml";
    me.cells = {cell("anonymous", Fit::AsExpected, Verdict::Denied, 401),
                cell("alice", Fit::AsExpected, Verdict::Allowed, 200)};
    audit::MatrixRowReport order;
    order.name = "order.yml";
    order.cells = {cell("bob", Fit::AsExpected, Verdict::Denied, 404, "carol"),
                   cell("bob", Fit::TooMuch, Verdict::Allowed, 200, "alice")};
    order.cells.back().curl = "curl -si http://a/orders/1";
    order.cells.back().expected = collection::ExpectedAccess{Access::Deny, 0};
    report.rows = {me, order};
    model.setReport(report);
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("✓ denied (401)"));
    // Of several objects the one counts that should not have been given.
    const QModelIndex others = model.index(2, 3);
    QCOMPARE(others.data().toString(), QStringLiteral("✗ allowed (200), expected: deny"));
    QCOMPARE(others.data(AccessMatrix::fitRole).toInt(), static_cast<int>(Fit::TooMuch));
    QVERIFY(!model.index(1, 3).data(AccessMatrix::fitRole).isValid()); // bob's own was not asked for
    const QString detail = model.detail(others);
    QVERIFY2(detail.contains(QStringLiteral("bob on the object of alice")), qPrintable(detail));
    QVERIFY2(detail.contains(QStringLiteral("API1:2023")), qPrintable(detail));
    QVERIFY2(detail.contains(QStringLiteral("Send it again: curl -si http://a/orders/1")),
             qPrintable(detail));
    QVERIFY(model.index(2, 3).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("as bob")));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.detail(others).isEmpty());
}

void TestAccessMatrix::callsAThingByOneName()
{
    AccessMatrix model;
    model.setMatrix(shop(), matrix(), {"anonymous", "alice", "bob"});
    const auto header = [&](int column) { return model.headerData(column, Qt::Horizontal).toString(); };
    QCOMPARE(header(1), QStringLiteral("Nobody (no token)"));
    QCOMPARE(header(2), QStringLiteral("alice"));
    QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("GET Who am I"));
    QCOMPARE(model.detail(model.index(0, 1)),
             QStringLiteral("GET Who am I as nobody (no token)\nExpected: deny"));
    QCOMPARE(model.detail(model.index(0, 2)), QStringLiteral("GET Who am I as alice\nExpected: allow 200"));
    QCOMPARE(model.detail(model.index(1, 1)),
             QStringLiteral("GET An order as nobody (no token)\nExpected: anything"));
    QCOMPARE(model.detail(model.index(2, 3)), QStringLiteral("GET An order as bob\nExpected: deny"));
    QCOMPARE(model.index(0, 1).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("GET Who am I as nobody (no token): deny"));
    audit::MatrixReport report;
    audit::MatrixRowReport order;
    order.name = "order.yml";
    order.cells = {cell("anonymous", Fit::Unset, Verdict::Denied, 401),
                   cell("anonymous", Fit::Unset, Verdict::Denied, 401, "alice")};
    report.rows = {order};
    model.setReport(report);
    const QString own = model.detail(model.index(1, 1));
    QVERIFY2(own.contains(QStringLiteral("\nnobody (no token): •")), qPrintable(own));
    const QString others = model.detail(model.index(2, 1));
    QVERIFY2(others.contains(QStringLiteral("\nnobody (no token) on the object of alice: •")),
             qPrintable(others));
    QVERIFY2(!others.contains(QStringLiteral("anonymous")), qPrintable(others));
}

void TestAccessMatrix::stepsThroughExpectations()
{
    collection::ExpectedAccess expected;
    for (const Access next : {Access::Allow, Access::Deny, Access::Any}) {
        expected = nextExpected(expected);
        QVERIFY(expected.access == next);
    }
}

QTEST_GUILESS_MAIN(TestAccessMatrix)
#include "tst_accessmatrix.moc"
