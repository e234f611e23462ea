// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The access matrix in the window: who signs in for it, what is recorded, and that it is held against what is
// expected.

#include "accessshop.h"

#include <store/matrix.h>
#include <support/result.h>
#include <workbench/accesstest.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using test::Access;
using workbench::AccessTest;
using State = AccessTest::State;

class TestAccessTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingGoesOutBeforeTheRun();
    void whatIsObservedIsRecordedAndHeldAgainst();
    void sarifNamesFilesAsTheRepositoryDoes();
    void goesInTheOrderOfARun();
    void nobodySignsInWhoIsNotAskedFor();
    void aFileThatCannotBeReadIsSaid();
    void withoutAnExpectationThereIsNothingToTest();
    void anotherEnvironmentEndsThePreparation_data();
    void anotherEnvironmentEndsThePreparation();
    void whatIsHeldBackIsLetGoBySending();
    void saysWhyHarmlessRequestsAreLeftOut();
    void saysWhenOnlyMethodsAreInTheWay();
    void objectsAreSetAndAskedFor();
    void objectsAreNotWrittenOverOthersChanges();
};

void TestAccessTest::nothingGoesOutBeforeTheRun()
{
    Access a;
    QCOMPARE(a.access.columns(), (std::vector<std::string>{"anonymous", "alice", "bob"}));
    a.access.prepare({.rate = 0, .isEveryCell = true});
    QVERIFY(a.reaches(State::Ready));
    QVERIFY(a.access.requests() > 0);
    QVERIFY(a.access.hostsToConfirm().empty());
    QCOMPARE(a.asked("/login"), std::size_t(2));
    QCOMPARE(a.asked("/me") + a.asked("/open"), std::size_t(0));
    a.access.stop();
    QVERIFY(a.access.state() == State::Idle);
}

void TestAccessTest::whatIsObservedIsRecordedAndHeldAgainst()
{
    Access a;
    QVERIFY(a.test(true));
    QVERIFY(a.access.report()->wasAnswered);
    QVERIFY(a.cell("me.yml", "alice")->verdict == audit::Verdict::Allowed);
    QVERIFY(a.cell("me.yml", "anonymous")->verdict == audit::Verdict::Denied);
    QVERIFY_RESULT(a.access.recordObserved());
    const auto file = store::readMatrix(a.shop.folder.root);
    QVERIFY_RESULT(file);
    const collection::MatrixRow* row = findRow(file->matrix, "me.yml");
    QVERIFY(row != nullptr);
    QVERIFY(accessOf(row->expected, "alice")->access == collection::Access::Allow);
    QVERIFY(accessOf(row->expected, "anonymous")->access == collection::Access::Deny);
    QVERIFY(audit::findingsOf(*a.access.report()).empty());

    // bob is not meant to get it.
    QVERIFY_RESULT(a.access.expect("me.yml", "bob", {collection::Access::Deny, 0}));
    QVERIFY(a.test(false));
    const auto findings = audit::findingsOf(*a.access.report());
    QCOMPARE(findings.size(), std::size_t(1));
    QCOMPARE(findings.front().cell->identity, std::string("bob"));
    QVERIFY(findings.front().cell->fit == audit::Fit::TooMuch);
    for (const char* format : {"table", "json", "sarif", "junit", "html"})
        QVERIFY2(audit::findMatrixFormat(format)->write(*a.access.report()).find("t-bob-") ==
                     std::string::npos,
                 format);
}

void TestAccessTest::sarifNamesFilesAsTheRepositoryDoes()
{
    Access a;
    QVERIFY(QDir(a.shop.folder.parent()).mkpath(QStringLiteral(".git")));
    QVERIFY_RESULT(a.access.expect("me.yml", "bob", {collection::Access::Deny, 0}));
    QVERIFY(a.test(false));
    QCOMPARE(a.access.report()->folder, std::string("api"));
    const std::string sarif = audit::matrixSarif(*a.access.report());
    QVERIFY2(sarif.find("\"uri\": \"api/me.yml\"") != std::string::npos, sarif.c_str());
}

/// As the command line has it, so that two reports of the same matrix are the same: folders come first.
void TestAccessTest::goesInTheOrderOfARun()
{
    Access a;
    a.shop.folder.write("orders/list.yml",
                        "info: {name: List, type: http}\nhttp: {method: GET, url: \"{{host}}/list\"}\n");
    QVERIFY_RESULT(a.shop.workbench.openCollection(a.shop.folder.root));
    a.shop.workbench.selectEnvironment("local");
    a.access.load();
    QVERIFY(a.test(true));
    QCOMPARE(a.access.report()->rows.size(), std::size_t(3));
    QCOMPARE(a.access.report()->rows.front().name, std::string("orders/list.yml"));
}

void TestAccessTest::nobodySignsInWhoIsNotAskedFor()
{
    Access a;
    QVERIFY_RESULT(a.access.expect("me.yml", "alice", {collection::Access::Allow, 0}));
    QVERIFY(a.test(false));
    QCOMPARE(a.asked("/login"), std::size_t(1));
    QVERIFY(a.cell("me.yml", "alice")->fit == audit::Fit::AsExpected);
    QVERIFY(a.cell("me.yml", "bob") == nullptr);
}

void TestAccessTest::aFileThatCannotBeReadIsSaid()
{
    Access a;
    a.shop.folder.write(store::matrixFile, "matrix:\n  me.yml: {alice: perhaps}\n");
    a.access.load();
    QVERIFY(a.access.problem());
    QVERIFY(a.access.matrix().rows.empty());
}

void TestAccessTest::withoutAnExpectationThereIsNothingToTest()
{
    Access a;
    a.access.prepare({.rate = 0});
    QVERIFY(a.access.problem());
    QVERIFY(a.access.state() == State::Idle);
    QCOMPARE(a.asked("/login"), std::size_t(0));
}

void TestAccessTest::anotherEnvironmentEndsThePreparation_data()
{
    QTest::addColumn<bool>("whileSigningIn");
    QTest::newRow("at once") << false;
    QTest::newRow("while somebody signs in") << true;
}

/// A token of the first one would have gone out in the requests of the second.
void TestAccessTest::anotherEnvironmentEndsThePreparation()
{
    QFETCH(bool, whileSigningIn);
    Access a;
    const test::RawServer other([](const test::Seen&) { return test::ok("{}"); });
    a.shop.folder.write("environments/other.yml",
                        "name: other\nvariables:\n  - {name: host, value: \"" + other.url("") + "\"}\n");
    QVERIFY_RESULT(a.shop.workbench.openCollection(a.shop.folder.root));
    a.shop.workbench.selectEnvironment("local");
    const auto chooseOther = [&] {
        if (a.shop.workbench.environment() != "other" && a.access.state() == State::SigningIn)
            a.shop.workbench.selectEnvironment("other");
    };
    if (whileSigningIn) // queued: not from inside of the identity that tells it
        connect(
            &a.shop.identities(), &workbench::Identities::changed, &a.access,
            [&] {
                if (a.shop.state("alice").isBusy)
                    chooseOther();
            },
            Qt::QueuedConnection);
    a.access.prepare({.rate = 0, .isEveryCell = true});
    if (!whileSigningIn)
        chooseOther();
    QTRY_VERIFY(a.access.problem());
    QCOMPARE(a.access.problem()->kind, ErrorKind::Cancelled);
    QCOMPARE(a.access.problem()->why, std::string("another environment was chosen"));
    QVERIFY(a.access.state() == State::Idle);
    QCOMPARE(a.access.requests(), std::size_t(0));
    QVERIFY(a.asked("/login") <= 1);
    QCOMPARE(other.connections, 0);
    if (whileSigningIn)
        return;
    a.shop.workbench.selectEnvironment("local");
    a.access.prepare({.rate = 0, .isEveryCell = true});
    QVERIFY(a.reaches(State::Ready));
}

/// Where there is nobody to ask: the error names a way that there is.
void TestAccessTest::whatIsHeldBackIsLetGoBySending()
{
    Access a;
    const test::RawServer other([](const test::Seen&) { return test::ok("{}"); });
    a.shop.folder.write("away.yml", "info: {name: Away, type: http}\nhttp: {method: GET, url: \"" +
                                        other.url("/x") + "\"}\n");
    QVERIFY_RESULT(a.shop.workbench.openCollection(a.shop.folder.root));
    a.shop.workbench.selectEnvironment("local");
    QVERIFY_RESULT(a.access.expect("away.yml", "alice", {collection::Access::Allow, 0}));
    a.access.prepare({.rate = 0});
    QTRY_VERIFY(a.access.problem());
    QCOMPARE(a.access.problem()->kind, ErrorKind::Refused);
    QCOMPARE(a.access.problem()->fix,
             std::string("send this request once as alice and allow it there, then test again"));
    a.shop.letGo({"local", "session alice"}, http::originOf(other.url()));
    a.shop.letGo({"local", "password"}, http::originOf(other.url()));
    a.access.prepare({.rate = 0});
    QVERIFY(a.reaches(State::Ready));
    QCOMPARE(other.connections, 0);
}

/// A login that changes something stands first, and is not why there is nothing to test.
void TestAccessTest::saysWhyHarmlessRequestsAreLeftOut()
{
    Access a;
    const test::RawServer other([](const test::Seen&) { return test::ok("{}"); });
    const auto get = [&](const std::string& name) {
        return "info: {name: " + name + ", type: http}\nhttp: {method: GET, url: \"" + other.url("/x") +
               "\"}\n";
    };
    a.shop.folder.write("a-login.yml", "info: {name: Log in, type: http, seq: 1}\nhttp: {method: POST, "
                                       "url: \"{{host}}/login\"}\n");
    a.shop.folder.write("me.yml", get("Me"));
    a.shop.folder.write("open.yml", get("Open"));
    QVERIFY_RESULT(a.shop.workbench.openCollection(a.shop.folder.root));
    a.shop.workbench.selectEnvironment("local");
    a.access.prepare({.rate = 0, .isEveryCell = true});
    QTRY_VERIFY(a.access.problem());
    const Error problem = *a.access.problem();
    const std::string origin = http::originOf(other.url());
    QVERIFY2(problem.why.find(" and 1 more cannot be sent, as it takes ") != std::string::npos &&
                 problem.why.find("session alice") != std::string::npos &&
                 problem.why.find(origin) != std::string::npos,
             problem.why.c_str());
    const auto login = problem.why.find("a-login.yml cannot be sent, as its method may change something");
    QVERIFY2(login != std::string::npos && login > problem.why.find(origin), problem.why.c_str());
    QCOMPARE(problem.fix, std::string("send this request once as alice and allow it there, then test again"));
    QCOMPARE(other.connections, 0);
}

void TestAccessTest::saysWhenOnlyMethodsAreInTheWay()
{
    Access a;
    for (const char* file : {"me.yml", "open.yml"})
        a.shop.folder.write(file, "info: {name: Change, type: http}\nhttp: {method: DELETE, url: "
                                  "\"{{host}}/me\"}\n");
    QVERIFY_RESULT(a.shop.workbench.openCollection(a.shop.folder.root));
    a.shop.workbench.selectEnvironment("local");
    a.access.prepare({.rate = 0, .isEveryCell = true});
    QTRY_VERIFY(a.access.problem());
    QVERIFY2(
        a.access.problem()->why.ends_with(" and 1 more cannot be sent, as its method may change something"),
        a.access.problem()->why.c_str());
    QVERIFY(a.access.problem()->fix.find("methods that may change data") != std::string::npos);
}

/// Everybody gets everything: the objects of others are too much (BOLA).
void TestAccessTest::objectsAreSetAndAskedFor()
{
    Access a;
    a.shop.folder.write("open.yml", "info: {name: Open, type: http}\n"
                                    "http: {method: GET, url: \"{{host}}/open?id={{orderId}}&at={{$guid}}\", "
                                    "headers: [{name: Authorization, value: \"Bearer {{token}}\"}]}\n");
    a.shop.folder.write(store::matrixFile,
                        "requests:\n  me.yml:\n    expect: {alice: allow}\n  open.yml:\n    expect: {alice: "
                        "allow}\n    canary: token-\n");
    a.reopen();
    QCOMPARE(a.access.variablesOf("open.yml"), (std::vector<std::string>{"host", "orderId"}));
    QVERIFY(a.access.variablesOf("nowhere.yml").empty());
    const collection::OwnedObjects objects{"orderId", {{"alice", "1001"}, {"bob", "1002"}}, {}};
    QVERIFY_RESULT(a.access.setObjects("open.yml", objects));
    const collection::MatrixRow* row = findRow(a.access.matrix(), "open.yml");
    QVERIFY(row != nullptr && row->objects == std::optional(objects));
    QVERIFY(a.test(false));
    const auto findings = audit::findingsOf(*a.access.report());
    QVERIFY(std::ranges::any_of(findings, [](const audit::MatrixFinding& finding) {
        return finding.cell->identity == "bob" && finding.cell->owner == "alice" &&
               finding.cell->fit == audit::Fit::TooMuch;
    }));
    QVERIFY(std::ranges::any_of(a.shop.server.seen, [](const test::Seen& seen) {
        return seen.target().starts_with("/open?id=1001&") && seen.has("Authorization: Bearer token-bob-");
    }));

    // What was observed was of other objects.
    QVERIFY_RESULT(a.access.setObjects("open.yml", {"orderId", {{"alice", "2001"}}, {}}));
    QVERIFY(a.access.report());
    QCOMPARE(a.access.report()->rows.size(), std::size_t(1));
    QCOMPARE(a.access.report()->rows.front().name, std::string("me.yml"));
    QVERIFY_RESULT(a.access.setObjects("open.yml", {}));
    QVERIFY(!findRow(a.access.matrix(), "open.yml")->objects);
}

void TestAccessTest::objectsAreNotWrittenOverOthersChanges()
{
    Access a;
    const std::string theirs = "requests:\n  me.yml:\n    expect: {bob: deny}\n";
    a.shop.folder.write(store::matrixFile, theirs);
    const auto refused = a.access.setObjects("me.yml", {"id", {{"alice", "1"}}, {}});
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Refused);
    QCOMPARE(store::readMatrix(a.shop.folder.root)->source, theirs);
    QCOMPARE(a.access.matrix().rows.size(), std::size_t(1)); // and theirs is seen now
    QVERIFY_RESULT(a.access.setObjects("me.yml", {"id", {{"alice", "1"}}, {}}));
    QVERIFY(store::readMatrix(a.shop.folder.root)->source.starts_with(theirs));
}

QTEST_GUILESS_MAIN(TestAccessTest)
#include "tst_accesstest.moc"
