// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A run in the window takes secrets from where a single request does: keychain, allowed variables of the
// process, what the user types; and it asks before one goes to a new place.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <keychain/memory.h>
#include <state/runcontrol.h>
#include <workbench/secrets.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::ui;
using workbench::Remember;

namespace {

const std::string word = "s3cret-word";

struct Fixture
{
    Fixture() : server([](const test::Seen&) { return test::ok("{}"); })
    {
        auto own = std::make_unique<keychain::MemoryKeychain>();
        keychain = own.get();
        secrets.setKeychain(std::move(own));
        control.setSecrets(&secrets);
        folder.write("environments/local.yml",
                     "name: local\nvariables:\n  - {secret: true, name: password}\n");
        write("a.yml", "/{{password}}");
        QObject::connect(&control, &RunControl::secretsWanted,
                         [this](const auto& question) { wanted.push_back(question); });
        QObject::connect(&control, &RunControl::releaseWanted, [this](const auto& question) {
            releases.push_back(question);
            if (answers)
                answers();
        });
    }
    void write(const std::string& path, const std::string& target) const
    {
        folder.write(path, "info: {name: x, type: http}\nhttp: {method: GET, url: \"" + server.url(target) +
                               "\"}\n");
    }
    void start(int iterations = 1, int jobs = 1)
    {
        QVERIFY_RESULT(
            control.start({.environment = "local", .iterations = iterations, .jobs = jobs}, folder.open()));
    }
    bool isOver()
    {
        return QTest::qWaitFor([this] { return !control.isRunning(); }, 20'000);
    }
    void letGo()
    {
        store::Permissions permissions = secrets.permissions();
        permissions.release(folder.root, {"local", "password", http::originOf(server.url())});
        secrets.setPermissions(std::move(permissions));
    }
    std::string firstError() { return control.results().resultAt(control.results().index(0, 0))->error; }

    test::CollectionFolder folder;
    test::RawServer server;
    workbench::Secrets secrets;
    keychain::MemoryKeychain* keychain = nullptr;
    RunControl control;
    std::vector<workbench::SecretQuestion> wanted;
    std::vector<workbench::ReleaseQuestion> releases;
    std::function<void()> answers;
};

} // namespace

class TestRunSecrets : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesWhatTheKeychainHolds();
    void takesAnAllowedVariableOfTheProcess();
    void asksForWhatIsMissing();
    void runsWithoutWhatIsNotGiven();
    void asksNothingThatTheRunCaptures();
    void stopsWhileItAsks();
    void asksOnceForAllThatAskTheSame_data();
    void asksOnceForAllThatAskTheSame();
    void stopsWhileAPlaceIsAskedAbout();
};

void TestRunSecrets::takesWhatTheKeychainHolds()
{
    Fixture f;
    f.keychain->write(keychain::entryOf(f.folder.root, "local", "password"), Secret(word), this,
                      [](const Result<void>&) {});
    f.letGo();
    f.start();
    QVERIFY(f.control.isRunning());
    QVERIFY(f.isOver());
    QCOMPARE(f.server.seen.at(0).target(), "/" + word);
    QVERIFY(f.wanted.empty() && f.releases.empty());
    QCOMPARE(f.secrets.redactor().clean("x " + word), std::string("x [left out]"));
    QVERIFY(f.control.report()->results.at(0).url.find(word) == std::string::npos);
}

void TestRunSecrets::takesAnAllowedVariableOfTheProcess()
{
    Fixture f;
    f.write("a.yml", "/{{process.env.SHOP_API_KEY}}");
    qputenv("SHOP_API_KEY", "opaque-process-9");
    f.start();
    QVERIFY(f.isOver());
    QVERIFY(f.server.seen.empty()); // nobody has allowed it
    store::Permissions permissions;
    permissions.allow(f.folder.root, "SHOP_API_KEY", true);
    permissions.release(f.folder.root, {"", "process.env.SHOP_API_KEY", http::originOf(f.server.url())});
    f.secrets.setPermissions(permissions);
    f.start();
    QVERIFY(f.isOver());
    QCOMPARE(f.server.seen.at(0).target(), std::string("/opaque-process-9"));
    qunsetenv("SHOP_API_KEY");
}

void TestRunSecrets::asksForWhatIsMissing()
{
    Fixture f;
    f.letGo();
    f.start();
    QTRY_COMPARE(f.wanted.size(), std::size_t(1));
    QCOMPARE(f.wanted[0].wanted, (std::vector<run::SecretName>{{"local", "password"}}));
    QCOMPARE(f.wanted[0].directory, f.folder.root);
    QVERIFY(f.wanted[0].hasKeychain);
    QVERIFY(f.server.seen.empty());
    f.secrets.give(f.folder.root, "local", "password", Secret(word), Remember::InMemory);
    f.control.resume();
    QVERIFY(f.isOver());
    QCOMPARE(f.server.seen.at(0).target(), "/" + word);
    QCOMPARE(f.wanted.size(), std::size_t(1));
}

void TestRunSecrets::runsWithoutWhatIsNotGiven()
{
    Fixture f;
    f.write("b.yml", "/open");
    f.start();
    QTRY_COMPARE(f.wanted.size(), std::size_t(1));
    f.control.resume();
    QVERIFY(f.isOver());
    QCOMPARE(f.control.results().count(run::Status::Passed), std::size_t(1));
    QCOMPARE(f.control.results().count(run::Status::Failed), std::size_t(1));
}

void TestRunSecrets::asksNothingThatTheRunCaptures()
{
    Fixture f;
    f.folder.write("a.yml", "info: {name: x, type: http, seq: 1}\nhttp: {method: GET, url: \"" +
                                f.server.url("/login") +
                                "\"}\nruntime:\n  actions:\n    - type: set-variable\n      phase: "
                                "after-response\n      selector: {expression: res.status, method: jsonq}\n"
                                "      variable: {name: password, scope: runtime}\n");
    f.folder.write("b.yml", "info: {name: y, type: http, seq: 2}\nhttp: {method: GET, url: \"" +
                                f.server.url("/{{password}}") + "\"}\n");
    f.start();
    QVERIFY(f.isOver());
    QVERIFY(f.wanted.empty());
    QCOMPARE(f.server.seen.at(1).target(), std::string("/200"));
}

void TestRunSecrets::stopsWhileItAsks()
{
    Fixture f;
    f.start();
    QTRY_COMPARE(f.wanted.size(), std::size_t(1));
    f.control.stop();
    QVERIFY(!f.control.isRunning());
    f.control.resume(); // nothing waits
    QVERIFY(!f.control.isRunning());
    QVERIFY(f.server.seen.empty());
}

void TestRunSecrets::asksOnceForAllThatAskTheSame_data()
{
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("allowed") << true;
    QTest::newRow("refused") << false;
}

void TestRunSecrets::asksOnceForAllThatAskTheSame()
{
    QFETCH(bool, isAllowed);
    Fixture f;
    f.secrets.give(f.folder.root, "local", "password", Secret(word), Remember::InMemory);
    f.answers = [&f, isAllowed] {
        QTimer::singleShot(0, &f.control, [&f, isAllowed] {
            if (isAllowed)
                f.letGo();
            if (isAllowed)
                f.control.resume();
            else
                f.control.refuseRelease();
        });
    };
    f.start(6, 3);
    QVERIFY(f.isOver());
    QCOMPARE(f.releases.size(), std::size_t(1));
    QCOMPARE(f.releases[0].directory, f.folder.root);
    QCOMPARE(f.releases[0].release.destination, http::originOf(f.server.url()));
    QCOMPARE(f.server.seen.size(), std::size_t(isAllowed ? 6 : 0));
    QCOMPARE(f.control.results().count(run::Status::Failed), std::size_t(isAllowed ? 0 : 6));
    if (!isAllowed)
        QVERIFY2(f.firstError().find("where that was not sent before") != std::string::npos,
                 f.firstError().c_str());
}

void TestRunSecrets::stopsWhileAPlaceIsAskedAbout()
{
    Fixture f;
    f.secrets.give(f.folder.root, "local", "password", Secret(word), Remember::InMemory);
    f.start(4, 2);
    QTRY_COMPARE(f.releases.size(), std::size_t(1));
    f.control.stop();
    QVERIFY(f.isOver());
    QVERIFY(f.server.seen.empty());
    QVERIFY(f.control.report()->isInterrupted);
    f.control.resume();
    f.control.refuseRelease();
    QCOMPARE(f.releases.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestRunSecrets)
#include "tst_runsecrets.moc"
