// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The runner without a widget: the form as options, results as rows, a run that is stopped, its reports.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <state/runcontrol.h>
#include <support/data.h>

#include <QtCore/qfileinfo.h>
#include <QtTest/qabstractitemmodeltester.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::ui;
using test::RawServer;
using test::Seen;

namespace {

run::RequestResult result(run::Status status, double milliseconds, std::uint64_t bytes = 10)
{
    run::RequestResult made;
    made.path = "a.yml";
    made.method = "GET";
    made.url = "http://h/a";
    made.status = status;
    made.answer = 200;
    made.milliseconds = milliseconds;
    made.bytes = bytes;
    return made;
}

class Fixture
{
public:
    Fixture()
        : server([](const Seen& seen) {
              return seen.target() == "/silent" ? test::Answer{} : test::ok(R"({"a":1})");
          })
    {
        write("good.yml", 1, "/good", "200");
        write("bad.yml", 2, "/bad", "204");
    }
    void write(const std::string& path, int seq, const std::string& target, const std::string& status) const
    {
        folder.write(path,
                     "info: {name: x, type: http, seq: " + std::to_string(seq) +
                         "}\nhttp: {method: GET, url: \"" + server.url(target) +
                         "\"}\nruntime: {assertions: [{expression: res.status, operator: eq, value: \"" +
                         status + "\"}]}\n");
    }
    bool runToEnd(const RunForm& form = {})
    {
        const auto started = control.start(form, folder.open());
        return started && QTest::qWaitFor([&] { return !control.isRunning(); }, 20'000);
    }

    test::CollectionFolder folder;
    RawServer server;
    RunControl control;
};

} // namespace

class TestRunControl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTags();
    void makesOptions();
    void refusesWhatCannotBeRun();
    void showsResultsAndReports();
    void saysThatNothingWasRun();
    void keepsWhatFailed();
    void showsFailuresOnly();
    void tipsAreMarkupThatReadsAsText();
    void takesThousandsOfResults();
    void stops();
    void startsAnew();
    void forgetsWhatIsRunning();
};

void TestRunControl::readsTags()
{
    QCOMPARE(tagsIn(" smoke, , a b ,"), (std::vector<std::string>{"smoke", "a b"}));
    QCOMPARE(tagsIn(""), std::vector<std::string>());
}

void TestRunControl::makesOptions()
{
    const Fixture fixture;
    fixture.folder.write("rows.csv", "a,b\n1,2\n3,4\n");
    fixture.folder.write(".env", "NAME=value\n");
    fixture.folder.write(".claimcheck/checks.yaml", "requests: {good.yml: {schema: {inline: true}}}\n");
    RunForm form{"good.yml", "x,y", "z", "", 7, fixture.folder.path("rows.csv"), 3, 20, true};
    const auto options = runOptions(form, fixture.folder.open());
    QVERIFY_RESULT(options);
    QCOMPARE(options->selection.path, std::string("good.yml"));
    QCOMPARE(options->selection.tags, (std::vector<std::string>{"x", "y"}));
    QCOMPARE(options->selection.excludedTags, (std::vector<std::string>{"z"}));
    QCOMPARE(options->data.size(), std::size_t(2));
    QCOMPARE(options->jobs, 3);
    QVERIFY(options->delay == Milliseconds(20));
    QVERIFY(options->bail);
    QCOMPARE(options->outermost.front().name, std::string("NAME"));
    QVERIFY(options->checks.requests.contains("good.yml"));
}

void TestRunControl::refusesWhatCannotBeRun()
{
    Fixture fixture;
    fixture.folder.write("empty.csv", "a,b\n");
    const collection::Collection collection = fixture.folder.open();
    RunForm form;
    form.dataFile = fixture.folder.path("empty.csv");
    QCOMPARE(fixture.control.start(form, collection).error().why, std::string("it has no rows"));
    form.dataFile = "/nowhere.csv";
    QVERIFY(!fixture.control.start(form, collection));
    QVERIFY(!fixture.control.start({.folder = "none"}, collection));
    QVERIFY(!fixture.control.start({.tags = "none"}, collection));
    QVERIFY(!fixture.control.isRunning());
    QCOMPARE(fixture.control.exportReport("junit", fixture.folder.path("r.xml")).error().kind,
             ErrorKind::Usage);
}

void TestRunControl::showsResultsAndReports()
{
    Fixture fixture;
    QSignalSpy changes(&fixture.control, &RunControl::changed);
    QVERIFY(fixture.runToEnd());
    QVERIFY(changes.size() >= 2);
    RunResults& results = fixture.control.results();
    const QAbstractItemModelTester tester(&results);
    QCOMPARE(results.rowCount(), 2);
    QCOMPARE(results.index(0, RunResults::ResultColumn).data().toString(), QStringLiteral("Passed"));
    QCOMPARE(results.index(1, RunResults::RequestColumn).data().toString(), QStringLiteral("bad.yml"));
    QCOMPARE(results.index(1, RunResults::StatusColumn).data().toString(), QStringLiteral("200"));
    QVERIFY(resultText(*results.resultAt(results.index(1, 0)))
                .contains(QStringLiteral("✗ res.status eq 204: it is 200")));
    QVERIFY(fixture.control.summary().startsWith(QStringLiteral("1 passed · 1 failed · ")));
    const std::string file = fixture.folder.path("report.xml");
    QVERIFY_RESULT(fixture.control.exportReport("junit", file));
    QVERIFY(test::readFile(toQString(file)).find("tests=\"2\" failures=\"1\"") != std::string::npos);
    QCOMPARE(QFileInfo(toQString(file)).permissions() & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
    QVERIFY(!fixture.control.exportReport("pdf", file));
    QVERIFY(!fixture.control.exportReport("junit", "/nowhere/at/all"));
}

void TestRunControl::saysThatNothingWasRun()
{
    Fixture fixture;
    fixture.folder.write("g/a.yml", "info: {name: G, type: graphql}\ngraphql: {url: x}\n");
    RunForm form;
    form.folder = "g";
    QVERIFY(fixture.runToEnd(form));
    QVERIFY(fixture.control.summary().startsWith(
        QStringLiteral("0 passed · 0 failed · 1 skipped · nothing was run · ")));
}

void TestRunControl::keepsWhatFailed()
{
    Fixture fixture;
    QVERIFY(fixture.runToEnd());
    RunResults& results = fixture.control.results();
    QVERIFY(!results.exchangeAt(results.index(0, 0)));
    const RunResults::Exchange failed = results.exchangeAt(results.index(1, 0));
    QVERIFY(failed);
    QCOMPARE(failed->response->body.read(), std::string(R"({"a":1})"));
    RunResults many;
    const auto exchange = std::make_shared<const http::Exchange>();
    many.add(result(run::Status::Failed, 1, mostKeptBytes + 1), exchange); // too large
    for (std::size_t i = 0; i < mostKeptExchanges + 1; ++i)
        many.add(result(run::Status::Failed, 1), exchange);
    many.flush();
    QVERIFY(!many.exchangeAt(many.index(0, 0)));
    QVERIFY(many.exchangeAt(many.index(1, 0)));
    QVERIFY(!many.exchangeAt(many.index(many.rowCount() - 1, 0)));
}

void TestRunControl::showsFailuresOnly()
{
    RunResults results;
    const QAbstractItemModelTester tester(&results);
    results.add(result(run::Status::Passed, 5), nullptr);
    results.add(result(run::Status::Failed, 7), nullptr);
    QCOMPARE(results.rowCount(), 0); // not before flush()
    results.flush();
    results.showFailuresOnly(true);
    QCOMPARE(results.rowCount(), 1);
    results.add(result(run::Status::Skipped, 0), nullptr);
    results.add(result(run::Status::Failed, 9), nullptr);
    results.flush();
    QCOMPARE(results.rowCount(), 2);
    results.showFailuresOnly(false);
    QCOMPARE(results.rowCount(), 4);
    QCOMPARE(results.count(run::Status::Failed), std::size_t(2));
    QCOMPARE(results.latencies(), (std::vector<double>{5, -7, 0, -9}));
    results.clear();
    QCOMPARE(results.rowCount(), 0);
    QCOMPARE(results.count(), std::size_t(0));
}

void TestRunControl::tipsAreMarkupThatReadsAsText()
{
    RunResults results;
    run::RequestResult made = result(run::Status::Failed, 1);
    made.url = "http://h/a?x=1&y=<b>2</b>";
    made.error = "it broke";
    results.add(made, nullptr);
    results.flush();
    QCOMPARE(results.index(0, RunResults::RequestColumn).data(Qt::ToolTipRole).toString(),
             QStringLiteral("<qt>GET http://h/a?x=1&amp;y=&lt;b&gt;2&lt;/b&gt;<br>it broke</qt>"));
}

/// Rows come in groups, however many results there are.
void TestRunControl::takesThousandsOfResults()
{
    RunResults results;
    QSignalSpy inserted(&results, &QAbstractItemModel::rowsInserted);
    for (int i = 0; i < 2000; ++i)
        results.add(result(run::Status::Passed, i), nullptr);
    results.flush();
    results.flush();
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(results.rowCount(), 2000);
}

void TestRunControl::stops()
{
    Fixture fixture;
    fixture.write("first.yml", 0, "/silent", "200");
    QVERIFY_RESULT(fixture.control.start({}, fixture.folder.open()));
    QVERIFY(QTest::qWaitFor([&] { return !fixture.server.seen.empty(); }, 20'000));
    fixture.control.stop();
    QVERIFY(QTest::qWaitFor([&] { return !fixture.control.isRunning(); }, 20'000));
    QVERIFY(fixture.control.report()->isInterrupted);
    QCOMPARE(fixture.control.results().count(run::Status::Skipped), std::size_t(3));
}

void TestRunControl::startsAnew()
{
    Fixture fixture;
    QVERIFY(fixture.runToEnd());
    QVERIFY(fixture.runToEnd({.folder = "good.yml"}));
    QCOMPARE(fixture.control.results().count(), std::size_t(1));
    QCOMPARE(fixture.control.total(), std::size_t(1));
}

void TestRunControl::forgetsWhatIsRunning()
{
    Fixture fixture;
    fixture.write("last.yml", 3, "/silent", "200");
    QVERIFY(fixture.control.start({}, fixture.folder.open()));
    QVERIFY(QTest::qWaitFor([&] { return fixture.control.results().count() == 2; }, 20'000));
    QSignalSpy changes(&fixture.control, &RunControl::changed);
    fixture.control.clear();
    QCOMPARE(changes.size(), 1);
    QVERIFY(!fixture.control.isRunning());
    QVERIFY(!fixture.control.report());
    QCOMPARE(fixture.control.results().rowCount(), 0);
    QCOMPARE(fixture.control.total(), std::size_t(0));
    QVERIFY(fixture.runToEnd({.folder = "good.yml"}));
    QCOMPARE(fixture.control.results().count(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestRunControl)

#include "tst_runcontrol.moc"
