// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli run` from outside, against the demo API: exact output, exit status, the reports' files.

#include <core/store/folder.h>
#include <demo/demoapi.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/paths.h>
#include <support/signals.h>

#include <QtCore/qfile.h>
#include <QtCore/qfileinfo.h>
#include <QtCore/qregularexpression.h>
#include <QtNetwork/qtcpserver.h>
#include <QtTest/qtest.h>

#include <csignal>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const char* const login = R"(info: {name: Log in, type: http, seq: 1, tags: [smoke]}
http:
  method: POST
  url: "{{host}}/login"
  body: {type: json, data: '{"username": "demo", "password": "{{password}}"}'}
runtime:
  assertions:
    - {expression: res.status, operator: eq, value: "200"}
    - {expression: res.body.token, operator: isString}
  actions:
    - type: set-variable
      phase: after-response
      selector: {expression: res.body.token, method: jsonq}
      variable: {name: token, scope: runtime}
)";

const char* const profile = R"(info: {name: Profile, type: http, seq: 2}
http:
  method: GET
  url: "{{host}}/protected"
  headers: [{name: Authorization, value: "{{token}}"}]
runtime:
  assertions:
    - {expression: res.status, operator: eq, value: "200"}
    - {expression: res.body.message, operator: contains, value: protected}
)";

const char* const stranger = R"(info: {name: Stranger, type: http, seq: 3}
http: {method: GET, url: "{{host}}/protected"}
runtime:
  assertions: [{expression: res.status, operator: eq, value: "200"}]
)";

class Shop : public CollectionFolder
{
public:
    Shop()
    {
        if (!m_server.start())
            qFatal("the demo API does not start");
        write("environments/local.yml", "name: local\nvariables:\n  - {name: host, value: " + m_server.url() +
                                            "}\n  - {secret: true, name: password}\n");
        write("login.yml", login);
        write("profile.yml", profile);
    }

    CommandResult run(const QStringList& more = {}, const std::string& below = {}) const
    {
        const QString path = toQString(root + below);
        return runCommand(QStringList{QStringLiteral("run"), path, QStringLiteral("--env"),
                                      QStringLiteral("local"), QStringLiteral("--env-var"),
                                      QStringLiteral("password=demo")} +
                          more);
    }
    QString file(const char* name) const { return toQString(path(name)); }

private:
    demo::DemoServer m_server;
};

/// Without the times.
std::string timeless(const std::string& text)
{
    QString result = toQString(text);
    result.replace(QRegularExpression(QStringLiteral("[0-9.]+ (ms|s)\n")), QStringLiteral("T\n"));
    return toUtf8(result);
}

} // namespace

class TestRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void printsEachRequestAndASummary();
    void rulesForNothingAreToldOnce();
    void aFailedCheckIsStatusOne();
    void runsAFolderOrARequest();
    void nobodyAnswersIsStatusThree();
    void nothingButForeignKindsIsStatusFour();
    void anEnvFileElsewhereIsStatusTwo();
    void wrongUsageIsStatusTwo_data();
    void wrongUsageIsStatusTwo();
    void writesReports();
    void aReportThatCannotBeWrittenLosesNoOther();
    void oneDocumentOnStandardOutput();
    void readsDataAndEnvFiles();
    void theLastOfSeveralValuesCounts();
    void readsNoVariableOfTheProcessOnItsOwn();
    void aSignalLeavesAReport_data();
    void aSignalLeavesAReport();
    void theDemoCollectionPasses();
};

void TestRun::printsEachRequestAndASummary()
{
    const Shop shop;
    const auto result = shop.run();
    QCOMPARE(timeless(result.out), std::string("passed   login.yml  200  T\npassed   profile.yml  200  T\n"
                                               "2 passed, 0 failed, 0 skipped\n"));
    QCOMPARE(result.err, std::string());
    QCOMPARE(result.status, 0);
    QCOMPARE(shop.run({QStringLiteral("--quiet")}).out, std::string("2 passed, 0 failed, 0 skipped\n"));
}

void TestRun::rulesForNothingAreToldOnce()
{
    const Shop shop;
    shop.write(
        ".claimcheck/connections.yaml",
        "connections:\n  - {path: gone, httpVersion: '1.1'}\n  - {path: login.yml, httpVersion: '1.1'}\n");
    const std::string ofConnections =
        "claimcheck-cli: warning: the rule for gone in .claimcheck/connections.yaml "
        "names no request or folder (delete it, or mend its path)\n";
    const auto result = shop.run();
    QCOMPARE(result.err, ofConnections);
    QCOMPARE(result.status, 0);
    QCOMPARE(shop.run({QStringLiteral("--quiet")}).err, std::string());

    // The whole collection fails for checks that are made nowhere, which says it already.
    shop.write(".claimcheck/checks.yaml", "requests:\n  gone.yml: {schema: {inline: {type: object}}}\n");
    shop.write(".claimcheck/matrix.yaml",
               "requests:\n  gone.yml: {expect: {anonymous: deny}}\n"); // no part of a run
    const auto whole = shop.run();
    QCOMPARE(whole.err, ofConnections);
    QCOMPARE(whole.status, 1);
    const auto one = shop.run({}, "/login.yml");
    QCOMPARE(one.err, ofConnections +
                          "claimcheck-cli: warning: the rule for gone.yml in .claimcheck/checks.yaml "
                          "names no request (delete it, or mend its path)\n");
    QCOMPARE(one.status, 0);
}

void TestRun::aFailedCheckIsStatusOne()
{
    const Shop shop;
    shop.write("stranger.yml", stranger);
    const auto result = shop.run();
    QCOMPARE(timeless(result.out),
             std::string("passed   login.yml  200  T\npassed   profile.yml  200  T\n"
                         "failed   stranger.yml  403  T\n         res.status eq 200: it is 403\n"
                         "         note: No token was sent: the request has no Authorization header.\n"
                         "2 passed, 1 failed, 0 skipped\n"));
    QCOMPARE(result.status, 1);
    const auto bailed =
        shop.run({QStringLiteral("--bail"), QStringLiteral("--iterations"), QStringLiteral("2")});
    QVERIFY(bailed.out.ends_with("2 passed, 1 failed, 3 skipped\n"));
}

void TestRun::runsAFolderOrARequest()
{
    const Shop shop;
    shop.write("more/a.yml", login);
    QCOMPARE(timeless(shop.run({}, "/more").out),
             std::string("passed   more/a.yml  200  T\n1 passed, 0 failed, 0 skipped\n"));
    QCOMPARE(timeless(shop.run({}, "/login.yml").out),
             std::string("passed   login.yml  200  T\n1 passed, 0 failed, 0 skipped\n"));
    QVERIFY(shop.run(words("--tag smoke")).out.ends_with("2 passed, 0 failed, 0 skipped\n"));
    QVERIFY(shop.run(words("--exclude-tag smoke"), "/more").status == 2);
}

void TestRun::nobodyAnswersIsStatusThree()
{
    QTcpServer closed;
    closed.listen(QHostAddress::LocalHost);
    const QString host = QStringLiteral("host=http://127.0.0.1:%1").arg(closed.serverPort());
    closed.close();
    const Shop shop;
    const auto result = shop.run({QStringLiteral("--env-var"), host});
    QCOMPARE(result.status, 3);
    QVERIFY(result.out.ends_with("0 passed, 2 failed, 0 skipped\n"));
}

void TestRun::nothingButForeignKindsIsStatusFour()
{
    const Shop shop;
    shop.write("g/a.yml", "info: {name: G, type: graphql, tags: [graph]}\ngraphql: {url: x}\n");
    const auto result = shop.run({}, "/g");
    QCOMPARE(result.status, 4);
    QVERIFY2(result.out.ends_with("\n0 passed, 0 failed, 1 skipped\n"), result.out.c_str());
    QCOMPARE(result.err,
             std::string("nothing was run: all that is there was skipped, and the report says why\n"));
    QCOMPARE(shop.run(words("--tag graph")).status, 4);
    QCOMPARE(shop.run().status, 0);
    QCOMPARE(shop.run(words("--tag other")).status, 2);
}

void TestRun::anEnvFileElsewhereIsStatusTwo()
{
    const Shop shop;
    shop.write("../elsewhere.env", "A=1\n");
    QVERIFY(QFile::link(shop.file("../elsewhere.env"), shop.file(".env")));
    const auto result = shop.run();
    QCOMPARE(result.status, 2);
    QCOMPARE(result.err,
             std::string("claimcheck-cli: cannot use the .env file .env: it lies outside of the collection's "
                         "folder, by its path or through a link (copy it into the folder; the command line "
                         "takes one of elsewhere with --env-file)\n"));
}

void TestRun::wrongUsageIsStatusTwo_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("words");
    QTest::newRow("no collection") << "run /"
                                   << "there is no opencollection.yml";
    QTest::newRow("no such path") << "run /nowhere-at-all"
                                  << "cannot run /nowhere-at-all";
    QTest::newRow("an address") << "run http://127.0.0.1:1/x"
                                << "an address is no path (give a collection's path; send takes an address)";
    QTest::newRow("no such environment") << "run DIR --env other"
                                         << "use one of: ";
    QTest::newRow("no such tag") << "run DIR --tag other"
                                 << "there is nothing to run: no request is there, or has these tags (check "
                                    "the path and the tags)";
    QTest::newRow("no such reporter") << "run DIR --reporter pdf=x"
                                      << "there is no reporter of this name";
    QTest::newRow("reporter without a file") << "run DIR --reporter junit="
                                             << "it names no file";
    QTest::newRow("two on standard output") << "run DIR --reporter tap=- --json"
                                            << "two reports";
    QTest::newRow("two in one file") << "run DIR --reporter junit=DIR/r --reporter json=DIR/../api/./r"
                                     << "two reports cannot go to";
    QTest::newRow("a request as report") << "run DIR --reporter json=DIR/login.yml"
                                         << "the run reads this file";
    QTest::newRow("the data as report") << "run DIR --data DIR/rows.csv --reporter tap=DIR/rows.csv"
                                        << "the run reads this file";
    QTest::newRow("the .env file as report") << "run DIR --env-file DIR/my.env --reporter tap=DIR/./my.env"
                                             << "the run reads this file";
    QTest::newRow("the collection's .env file as report") << "run DIR --reporter tap=DIR/.env"
                                                          << "the run reads this file";
    QTest::newRow("an environment's .env file as report")
        << "run DIR --env dotted --reporter tap=DIR/local.env"
        << "the run reads this file";
    QTest::newRow("the authorities as report") << "run DIR --cacert DIR/my.env --reporter tap=DIR/my.env"
                                               << "the run reads this file";
    QTest::newRow("no data file") << "run DIR --data /nowhere.csv"
                                  << "/nowhere.csv";
    QTest::newRow("no pair") << "run DIR --env-var x"
                             << "--env-var";
    QTest::newRow("no iterations") << "run DIR --iterations 0"
                                   << "--iterations";
    QTest::newRow("a report that cannot be written") << "run DIR --reporter junit=/nowhere/x"
                                                     << "/nowhere";
}

void TestRun::wrongUsageIsStatusTwo()
{
    QFETCH(QString, arguments);
    QFETCH(QString, words);
    const Shop shop;
    shop.write("rows.csv", "x\n1\n");
    for (const char* file : {"my.env", "local.env", ".env"})
        shop.write(file, "x=1\n");
    shop.write("environments/dotted.yml", "name: dotted\ndotEnvFilePath: local.env\n");
    const auto result =
        runCommand(arguments.replace(QStringLiteral("DIR"), toQString(shop.root)).split(u' '));
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.find(toUtf8(words)) != std::string::npos, result.err.c_str());
    QCOMPARE(result.out, std::string());
}

void TestRun::writesReports()
{
    const Shop shop;
    const QString xml = shop.file("report.xml");
    const QString page = shop.file("report.html");
    QCOMPARE(shop.run({QStringLiteral("--reporter"), QStringLiteral("junit=") + xml,
                       QStringLiteral("--reporter"), QStringLiteral("html=") + page})
                 .status,
             0);
    const std::string junit = readFile(xml);
    QVERIFY(junit.find("tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"0\"") != std::string::npos);
    for (const std::string& text : {junit, readFile(page)})
        QVERIFY(text.find("eyJ") == std::string::npos);
}

void TestRun::aReportThatCannotBeWrittenLosesNoOther()
{
    const Shop shop;
    const QString kept = toQString(shop.path("kept.xml"));
    const auto result = shop.run({QStringLiteral("--reporter"), QStringLiteral("json=/dev/full"),
                                  QStringLiteral("--reporter"), QStringLiteral("junit=") + kept,
                                  QStringLiteral("--reporter"), QStringLiteral("tap=/dev/null"),
                                  QStringLiteral("--reporter"), QStringLiteral("html=/dev/null")});
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.find("/dev/full") != std::string::npos, result.err.c_str());
    QVERIFY(QFile(kept).size() > 0);
}

void TestRun::oneDocumentOnStandardOutput()
{
    const Shop shop;
    const auto tap = shop.run({QStringLiteral("--reporter"), QStringLiteral("tap=-")});
    QCOMPARE(tap.out,
             std::string("TAP version 14\n1..2\nok 1 - login.yml: Log in\nok 2 - profile.yml: Profile\n# 2 "
                         "passed, 0 failed, 0 skipped\n"));
    QCOMPARE(tap.err, std::string("2 passed, 0 failed, 0 skipped\n"));
    const auto document = json::parse(shop.run({QStringLiteral("--json")}).out);
    QVERIFY(document && document->root().find("passed")->integer() == 2);
}

void TestRun::readsDataAndEnvFiles()
{
    const Shop shop;
    shop.write("data.csv", "user,status\ndemo,200\nnobody,401\n");
    shop.write("pass.env", "password=demo\n");
    shop.write("login.yml", R"(info: {name: Log in, type: http, seq: 1}
http:
  method: POST
  url: "{{host}}/login"
  body: {type: json, data: '{"username": "{{user}}", "password": "{{process.env.password}}"}'}
runtime:
  assertions: [{expression: res.status, operator: eq, value: "{{status}}"}]
)");
    const auto result = runCommand({QStringLiteral("run"), shop.file("login.yml"), QStringLiteral("--env"),
                                    QStringLiteral("local"), QStringLiteral("--env-file"),
                                    shop.file("pass.env"), QStringLiteral("--data"), shop.file("data.csv"),
                                    QStringLiteral("--jobs"), QStringLiteral("2")});
    QVERIFY2(result.out.ends_with("2 passed, 0 failed, 0 skipped\n"), result.out.c_str());
}

void TestRun::theLastOfSeveralValuesCounts()
{
    const Shop shop;
    shop.write("wrong.env", "password=wrong\n");
    shop.write("right.env", "password=wrong\npassword=demo\n");
    const QString wrong = shop.file("wrong.env");
    const QString right = shop.file("right.env");
    const auto statusOf = [&shop](const QStringList& given) {
        return runCommand(words("run --env local --no-keychain") + given +
                          QStringList{shop.file("login.yml")})
            .status;
    };
    const QString variable = QStringLiteral("--env-var");
    const QString file = QStringLiteral("--env-file");
    QCOMPARE(
        statusOf({variable, QStringLiteral("password=wrong"), variable, QStringLiteral("password=demo")}), 0);
    QCOMPARE(
        statusOf({variable, QStringLiteral("password=demo"), variable, QStringLiteral("password=wrong")}), 1);
    QCOMPARE(statusOf({file, wrong, file, right}), 0);
    QCOMPARE(statusOf({file, right, file, wrong}), 1);
}

void TestRun::readsNoVariableOfTheProcessOnItsOwn()
{
    const Shop shop;
    shop.write(
        "login.yml",
        "info: {name: A, type: http}\nhttp: {method: GET, url: \"{{host}}/{{process.env.SHOP_KEY}}\"}\n");
    CommandInput input;
    input.environment = {{QStringLiteral("SHOP_KEY"), QStringLiteral("login")}};
    const QStringList arguments{QStringLiteral("run"), shop.file("login.yml"), QStringLiteral("--env"),
                                QStringLiteral("local")};
    const auto refused = runCommand(arguments, input);
    QCOMPARE(refused.status, 1);
    QVERIFY(refused.out.find("cannot fill in {{process.env.SHOP_KEY}} in the URL") != std::string::npos);
    const Shop other;
    other.write("login.yml",
                "info: {name: A, type: http}\nhttp: {method: GET, url: \"{{host}}/{{page}}\"}\n");
    const auto missing = runCommand(words("run --env local") + QStringList{other.file("login.yml")});
    QVERIFY2(missing.out.find("(give it with --env-var page=VALUE, define it in ") != std::string::npos,
             missing.out.c_str());
    QCOMPARE(runCommand(arguments + words("--allow-process-env SHOP_KEY"), input).status, 0);
}

void TestRun::aSignalLeavesAReport_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("the end of a CI job") << SIGTERM;
}

void TestRun::aSignalLeavesAReport()
{
    QFETCH(int, signal);
    QTcpServer silent; // takes connections, says nothing
    silent.listen(QHostAddress::LocalHost);
    const Shop shop;
    shop.write("first.yml",
               "info: {name: First, type: http, seq: 1}\nhttp: {method: GET, url: \"http://127.0.0.1:" +
                   std::to_string(silent.serverPort()) + "/\"}\n");
    QProcess process;
    process.start(commandLineProgram(),
                  {QStringLiteral("run"), toQString(shop.root), QStringLiteral("--reporter"),
                   QStringLiteral("json=") + shop.file("report.json"), QStringLiteral("--env"),
                   QStringLiteral("local")});
    QTRY_VERIFY_WITH_TIMEOUT(silent.hasPendingConnections(), 20'000);
    QVERIFY(signalChild(static_cast<pid_t>(process.processId()), signal));
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(
        process.readAllStandardOutput().toStdString(),
        std::string(
            "skipped  first.yml  (interrupted)\nskipped  login.yml  (interrupted)\nskipped  profile.yml  "
            "(interrupted)\n0 passed, 0 failed, 3 skipped\n"));
    const auto document = json::parse(readFile(shop.file("report.json")));
    QVERIFY(document && document->root().find("interrupted")->boolean());
}

void TestRun::theDemoCollectionPasses()
{
    demo::DemoServer server;
    const auto port = server.start();
    QVERIFY(port.has_value());
    const auto result = runCommand(
        {QStringLiteral("run"), testsFolder() + QStringLiteral("/../resources/demo"), QStringLiteral("--env"),
         QStringLiteral("demo"), QStringLiteral("--env-var"), toQString("baseUrl=" + server.url())});
    QVERIFY2(result.out.ends_with("15 passed, 0 failed, 0 skipped\n"), result.out.c_str());
    QCOMPARE(result.status, 0);
}

QTEST_GUILESS_MAIN(TestRun)
#include "tst_run.moc"
