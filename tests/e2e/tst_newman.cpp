// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Postman's own runner (npm newman, pinned) beside ours on the same Postman collection and the same server:
// the same requests with the same results, run as it is and imported into a folder first.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/paths.h>

#include "newmancollections.h"

#include <QtCore/qdir.h>
#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

/// The target and the authorisation come back in the answer, so that checks can look at them.
Answer answer(const Seen& seen)
{
    const std::string end = "Content-Type: application/json\r\nX-One: Two\r\nConnection: close\r\n";
    if (seen.target() == "/login")
        return ok(R"({"data":{"token":"opaque-1","id":7},"items":[{"n":1}]})", end);
    const bool isKnown = seen.has("uthorization: Bearer opaque-1\r\n");
    if (seen.target().starts_with("/secret") && !isKnown)
        return {"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"};
    if (seen.target().starts_with("/new"))
        return {"HTTP/1.1 201 Created\r\nContent-Length: 9\r\n" + end + "\r\n{\"n\": 12}"};
    const std::string known = isKnown ? "true" : "false";
    return ok(R"({"target":")" + seen.target() + R"(","known":)" + known +
                  R"(,"n":5,"s":"abc","z":null,"list":[1,2,3],"empty":[],"o":{"k":"v"}})",
              end);
}

/// "name: +": the request ran and all of its tests hold.
using Results = std::vector<std::string>;

std::string lineOf(const std::string& name, bool isGood)
{
    return name + (isGood ? ": +" : ": -");
}

class Runners
{
public:
    Runners(const std::string& collection, const std::string& environment) : server(answer)
    {
        write("shop.json", collection);
        write("local.json", environment);
    }

    Results newman() const
    {
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(qEnvironmentVariable("CLAIMCHECK_NODE", QStringLiteral("node")),
                      {testsFolder() + QStringLiteral("/e2e/newman/node_modules/newman/bin/newman.js"),
                       QStringLiteral("run"), QStringLiteral("shop.json"), QStringLiteral("-e"),
                       QStringLiteral("local.json"), QStringLiteral("--env-var"), host(),
                       QStringLiteral("--reporters"), QStringLiteral("json"),
                       QStringLiteral("--reporter-json-export"), QStringLiteral("report.json")});
        if (!process.waitForStarted() || !runToEnd(process, 240'000))
            return {"newman does not run: " + process.readAllStandardError().toStdString()};
        return newmanResults(readFile(path("report.json")));
    }

    Results ours(const QString& where, const QStringList& more) const
    {
        const auto result = runCommand(QStringList{QStringLiteral("run"), where, QStringLiteral("--json"),
                                                   QStringLiteral("--env-var"), host()} +
                                       more);
        Results results;
        const auto document = json::parse(result.out);
        if (!document)
            return {"no JSON from us: " + result.err};
        for (const json::Value& each : document->root().find("requests")->items())
            results.push_back(lineOf(each.find("name")->string(), each.find("result")->string() == "passed"));
        return results;
    }

    QString path(const char* name) const { return folder.filePath(QString::fromUtf8(name)); }
    QString host() const { return QStringLiteral("host=") + toQString(server.url("")); }

    QTemporaryDir folder;
    RawServer server;

private:
    void write(const char* name, const std::string& text) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), static_cast<qint64>(text.size())) < 0)
            qFatal("cannot write the collection");
    }

    static Results newmanResults(const std::string& text)
    {
        Results results;
        const auto document = json::parse(text, {200, 64u * 1024u * 1024u, false});
        const auto run = document ? document->root().find("run") : std::nullopt;
        if (!run)
            return {"no JSON from newman"};
        for (const json::Value& each : run->find("executions")->items()) {
            bool isGood = each.find("response").has_value();
            const auto assertions = each.find("assertions");
            for (const json::Value& one : assertions ? assertions->items() : std::vector<json::Value>())
                isGood = isGood && !one.find("error");
            results.push_back(lineOf(each.find("item")->find("name")->string(), isGood));
        }
        return results;
    }
};

void compare(const Results& newman, const Results& ours)
{
    for (std::size_t i = 0; i < std::min(newman.size(), ours.size()); ++i)
        QVERIFY2(ours[i] == newman[i], ("ours " + ours[i] + ", newman's " + newman[i]).c_str());
    QCOMPARE(ours.size(), newman.size());
}

} // namespace

class TestNewman : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void agreesOnATokenThatIsPassedOn();
    void agreesOnEveryFormOfTest();
};

void TestNewman::initTestCase()
{
    QVERIFY2(QFile::exists(testsFolder() + QStringLiteral("/e2e/newman/node_modules/newman")),
             "its npm packages are missing: run tests/e2e/install.sh");
}

void TestNewman::agreesOnATokenThatIsPassedOn()
{
    const Runners runners(
        collectionOf(login + R"(,{"name":"In","item":[)" +
                     request("known", "/secret", "pm.expect(pm.response.json().known).to.be.true") + "," +
                     parts + R"(]},{"name":"Open","auth":{"type":"noauth"},"item":[)" +
                     request("unknown", "/secret", "pm.response.to.have.status(200)") + "]}," +
                     request("expected 401", "/secret", "pm.response.to.be.unauthorized",
                             R"(,"auth":{"type":"noauth"})")),
        environment);
    const Results newman = runners.newman();
    QCOMPARE(newman.size(), std::size_t{5});
    QCOMPARE(newman.back(), std::string("expected 401: +"));
    compare(newman, runners.ours(runners.path("shop.json"),
                                 {QStringLiteral("--environment"), runners.path("local.json")}));
    const auto imported =
        runCommand({QStringLiteral("import"), runners.path("shop.json"), QStringLiteral("--to"),
                    runners.path("shop"), QStringLiteral("--environment"), runners.path("local.json")});
    QCOMPARE(imported.status, 0);
    compare(newman, runners.ours(runners.path("shop"), words("--env local --env-var password=p")));
}

void TestNewman::agreesOnEveryFormOfTest()
{
    const std::vector<std::string> tests{
        "pm.response.to.have.status(201)",
        "pm.response.to.have.status('Created')",
        "pm.response.to.not.have.status(200)",
        "pm.response.to.be.ok",
        "pm.response.to.be.success",
        "pm.response.to.be.clientError",
        "pm.response.to.be.json",
        "pm.response.to.have.header('X-One')",
        "pm.response.to.have.header('X-One', 'Two')",
        "pm.response.to.have.header('X-Two')",
        "pm.response.to.have.jsonBody('o.k')",
        "pm.response.to.have.jsonBody('o.k', 'w')",
        "pm.expect(pm.response.code).to.be.oneOf([200, 201])",
        "pm.expect(pm.response.code).to.not.be.oneOf([200, 201])",
        "pm.expect(pm.response.json().n).to.eql(5)",
        "pm.expect(pm.response.json().n).to.eql('5')",
        "pm.expect(pm.response.json().n).to.not.equal(5)",
        "pm.expect(pm.response.json().s).to.equal('abc')",
        "pm.expect(pm.response.json().s).to.include('bc')",
        "pm.expect(pm.response.json().list).to.include(3)",
        "pm.expect(pm.response.json().list).to.include('3')",
        "pm.expect(pm.response.json().list).to.be.an('array').that.is.not.empty",
        "pm.expect(pm.response.json().empty).to.be.empty",
        "pm.expect(pm.response.json().list).to.have.lengthOf(3)",
        "pm.expect(pm.response.json().s).to.have.length(2)",
        "pm.expect(pm.response.json().n).to.be.a('number').and.above(4)",
        "pm.expect(pm.response.json().n).to.be.below(5)",
        "pm.expect(pm.response.json().n).to.be.at.least(5).and.at.most(5)",
        "pm.expect(pm.response.json().n).to.be.within(6, 7)",
        "pm.expect(pm.response.json().z).to.be.null",
        "pm.expect(pm.response.json().z).to.not.be.null",
        "pm.expect(pm.response.json().z).to.exist",
        "pm.expect(pm.response.json().gone).to.be.undefined",
        "pm.expect(pm.response.json().gone).to.exist",
        "pm.expect(pm.response.json()).to.have.property('o').that.has.property('k', 'v')",
        "pm.expect(pm.response.json()).to.not.have.property('n')",
        "pm.expect(pm.response.json().s).to.match(/^a.c$/)",
        "pm.expect(pm.response.json().s).to.not.match(/b/)",
        "pm.expect(pm.response.headers.get('x-one')).to.eql('Two')",
        "pm.expect(pm.response.json().list[1] === 2 && pm.response.json().n > 4).to.be.true",
    };
    std::string items;
    for (std::size_t i = 0; i < tests.size(); ++i)
        items += (i > 0 ? "," : "") + request("r" + std::to_string(i) + " " + tests[i].substr(0, 60),
                                              i < 6 ? "/new" : "/", tests[i]);
    const Runners runners(collectionOf(items), environment);
    const Results newman = runners.newman();
    const auto failed = std::count_if(newman.begin(), newman.end(),
                                      [](const std::string& line) { return line.ends_with('-'); });
    QVERIFY2(failed >= 10 && failed <= 30, std::to_string(failed).c_str());
    compare(newman, runners.ours(runners.path("shop.json"),
                                 {QStringLiteral("--env-var"), QStringLiteral("token=x"),
                                  QStringLiteral("--environment"), runners.path("local.json")}));
}

QTEST_GUILESS_MAIN(TestNewman)
#include "tst_newman.moc"
