// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli import` from outside: exact output, exit status, the files; and `run` of a Postman file as
// it is.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include "postmanshop.h"

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

class Place
{
public:
    QString path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }
    QString write(const char* name, const std::string& text) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(text)) < 0)
            qFatal("cannot write %s", name);
        return path(name);
    }
    CommandResult import(const QStringList& arguments, const std::string& input = {}) const
    {
        CommandInput with;
        with.standardInput = input;
        return runCommand(QStringList{QStringLiteral("import")} + arguments +
                              QStringList{QStringLiteral("--to"), path("api")},
                          with);
    }
    std::string said(const std::string& what) const { return what + " into " + toUtf8(path("api")) + "\n"; }

private:
    QTemporaryDir m_folder;
};

} // namespace

class TestImport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void writesATreeAndListsWhatItLeavesOut();
    void oneDocumentOnStandardOutput();
    void commandLinesFromStandardInput();
    void environmentsJoinACollection();
    void fromAServer();
    void wrongUsageIsStatusTwo_data();
    void wrongUsageIsStatusTwo();
    void neverOverwrites();
    void runsAPostmanFileAsItIs();
};

void TestImport::writesATreeAndListsWhatItLeavesOut()
{
    const Place place;
    const auto result = place.import(
        {place.write("shop.json", shop), QStringLiteral("--environment"), place.write("local.json", local)});
    QCOMPARE(result.out, place.said("imported 2 requests, 0 folders, 1 environment"));
    QCOMPARE(
        result.err,
        std::string("left out: Log in: test script, line 2: beep();: scripts are not run, and this has no "
                    "capture or check that means the same\n"
                    "left out: Log in: the value of {{password}}: it looks like a secret, which no file "
                    "holds: give it when you run (--env-var password=…)\n"));
    QCOMPARE(result.status, 0);
    QCOMPARE(readFile(place.path("api/log-in.yml")),
             std::string(
                 "info:\n  name: Log in\n  type: http\n  seq: 1\n\nhttp:\n  method: POST\n"
                 "  url: '{{host}}/login'\n  body:\n    type: json\n    data: |-\n"
                 "      {\"password\": \"{{password}}\"}\n  auth: inherit\n\nruntime:\n  scripts:\n"
                 "    - type: tests\n      code: |\n"
                 "        // Postman's test script. It is not run: what means the same here stands in the\n"
                 "        // checks and captures. Delete it when nothing of it is missed.\n"
                 "        // pm.environment.set('t', pm.response.json().token);\n        // beep();\n"
                 "  actions:\n    - type: set-variable\n      phase: after-response\n      selector:\n"
                 "        expression: res.body.token\n        method: jsonq\n      variable:\n"
                 "        name: t\n        scope: runtime\n"));
    QCOMPARE(
        readFile(place.path("api/environments/local.yml")),
        std::string(
            "name: local\n\nvariables:\n  - name: host\n    value: '%'\n  - secret: true\n    name: pin\n"
            "  - secret: true\n    name: password\n"));
}

void TestImport::oneDocumentOnStandardOutput()
{
    const Place place;
    const auto result = place.import({place.write("shop.json", shop), QStringLiteral("--json")});
    const auto document = json::parse(result.out);
    QVERIFY(document);
    QCOMPARE(document->root().find("collection")->string(), std::string("Shop"));
    QCOMPARE(document->root().find("requests")->integer(), std::optional<std::int64_t>(2));
    QCOMPARE(document->root().find("leftOut")->size(), std::size_t{2});
    QCOMPARE(place.import({place.path("shop.json"), QStringLiteral("--quiet")}).err.find("left out"),
             std::string::npos);
}

void TestImport::commandLinesFromStandardInput()
{
    const Place place;
    const auto first =
        place.import({QStringLiteral("-")}, "curl -sX PUT https://a.example/x -d '{\"a\": 1}'\n");
    QCOMPARE(first.out, place.said("imported 1 request, 0 folders, 0 environments"));
    QCOMPARE(first.err, std::string());
    const auto second =
        place.import({QStringLiteral("-"), QStringLiteral("--format"), QStringLiteral("curl")},
                     "curl https://a.example/x -H 'X-Api-Key: live-1' -F f=@a.png");
    QCOMPARE(second.out, place.said("imported 1 request, 0 folders, 1 environment"));
    QCOMPARE(readFile(place.path("api/x-2.yml")),
             std::string("info:\n  name: /x\n  type: http\n  seq: 2\n\nhttp:\n  method: POST\n"
                         "  url: https://a.example/x\n  headers:\n    - name: X-Api-Key\n"
                         "      value: '{{x-api-key}}'\n  body:\n    type: multipart-form\n    data:\n"
                         "      - name: f\n        type: file\n        value:\n          - a.png\n"));
    QVERIFY(QFile::exists(place.path("api/x.yml")));
}

void TestImport::environmentsJoinACollection()
{
    const Place place;
    const QString file = place.write("local.json", local);
    const auto alone = place.import({file});
    QCOMPARE(alone.status, 2);
    QCOMPARE(alone.err,
             "claimcheck-cli: cannot import into " + toUtf8(place.path("api")) +
                 ": it is an environment, and there is no collection (import the collection first, then "
                 "its environments into the same folder)\n");
    QCOMPARE(place.import({place.write("shop.json", shop), QStringLiteral("--quiet")}).status, 0);
    QCOMPARE(place.import({file}).out, place.said("imported 0 requests, 0 folders, 1 environment"));
    QVERIFY(readFile(place.path("api/environments/local.yml")).find("4711") == std::string::npos);
}

void TestImport::fromAServer()
{
    RawServer server([](const Seen& seen) {
        return seen.target() == "/shop.json" ? ok(shop)
                                             : Answer{"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"};
    });
    const Place place;
    const auto missing = place.import({toQString(server.url("/gone"))});
    QCOMPARE(missing.status, 2);
    QVERIFY2(missing.err.find("the server answers 404") != std::string::npos, missing.err.c_str());
    QCOMPARE(place.import({toQString(server.url("/shop.json"))}).status, 0);
    QCOMPARE(place.import({QStringLiteral("http://127.0.0.1:1/x")}).status, 3);
}

void TestImport::wrongUsageIsStatusTwo_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("error");
    QTest::newRow("neither") << "hello"
                             << "it is neither a Postman file (JSON) nor a cURL command line";
    QTest::newRow("broken JSON") << "{\"item\": [}"
                                 << "line 1, column 11";
    QTest::newRow("no item") << "{}"
                             << "it is no Postman collection";
    QTest::newRow("format 1") << R"({"requests": []})"
                              << "export it as version 2.1";
    QTest::newRow("no URL") << "curl -v"
                            << "it has no URL";
}

void TestImport::wrongUsageIsStatusTwo()
{
    QFETCH(QString, text);
    QFETCH(QString, error);
    const Place place;
    const auto result = place.import({QStringLiteral("-")}, toUtf8(text));
    QCOMPARE(result.status, 2);
    QCOMPARE(result.out, std::string());
    QVERIFY2(result.err.find(toUtf8(error)) != std::string::npos, result.err.c_str());
    QVERIFY(!QFile::exists(place.path("api")));
}

void TestImport::neverOverwrites()
{
    const Place place;
    const QString file = place.write("shop.json", shop);
    QCOMPARE(place.import({file}).status, 0);
    const auto again = place.import({file});
    QCOMPARE(again.status, 2);
    QVERIFY2(again.err.find("there is a collection already") != std::string::npos, again.err.c_str());
    QDir(place.path("api")).removeRecursively();
    QDir().mkpath(place.path("api/mine"));
    QVERIFY(place.import({file}).err.find("there is something of that name already") != std::string::npos);
}

void TestImport::runsAPostmanFileAsItIs()
{
    RawServer server([](const Seen& seen) {
        const bool isKnown = seen.target() != "/orders" || seen.has("uthorization: Bearer abc\r\n");
        return isKnown ? ok(R"({"token":"abc"})") : Answer{"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"};
    });
    const Place place;
    std::string text = shop;
    text.replace(text.find(R"(,"beep();")"), 10, "");
    std::string environment = local;
    environment.replace(environment.find('%'), 1, server.url(""));
    const QStringList run{QStringLiteral("run"), place.write("shop.json", text),
                          QStringLiteral("--environment"), place.write("local.json", environment)};
    const auto result = runCommand(run);
    QVERIFY2(result.out.ends_with("2 passed, 0 failed, 0 skipped\n"), result.out.c_str());
    QCOMPARE(result.err, std::string());
    QCOMPARE(server.seen.size(), std::size_t{2});
    QCOMPARE(server.seen[0].body, std::string(R"({"password": "hunter2"})"));
    QVERIFY(server.seen[1].has("uthorization: Bearer abc\r\n"));
    place.write("shop.json", shop);
    const auto skipped = runCommand(run);
    QVERIFY2(skipped.out.find("script not run") != std::string::npos, skipped.out.c_str());
    QCOMPARE(skipped.err,
             std::string(
                 "note: 1 thing of this file could not be carried over; claimcheck-cli import lists it\n"));
    const auto wrong = runCommand({QStringLiteral("run"), place.write("x.json", "{}")});
    QCOMPARE(wrong.status, 2);
    const auto curl =
        runCommand({QStringLiteral("run"), place.write("x.sh", "curl " + server.url("/y") + "\n")});
    QVERIFY2(curl.out.ends_with("1 passed, 0 failed, 0 skipped\n"), curl.out.c_str());
}

QTEST_GUILESS_MAIN(TestImport)
#include "tst_import.moc"
