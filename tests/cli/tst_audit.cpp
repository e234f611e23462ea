// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `audit` from outside, against the demo API and its careless twin: what it finds, how it says it, how it
// ends.

#include <core/store/folder.h>
#include <demo/demoapi.h>
#include <json/document.h>
#include <listen/listenerthread.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/result.h>

#include <QtCore/qdir.h>
#include <QtCore/qelapsedtimer.h>
#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtNetwork/qtcpserver.h>
#include <QtTest/qtest.h>

#include <algorithm>
#include <map>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

std::vector<std::string> classesIn(const std::string& report)
{
    std::vector<std::string> names;
    const auto document = json::parse(report);
    if (!document)
        return {"no JSON: " + report};
    for (const json::Value& finding : document->root().find("findings")->items())
        if (const std::string name = finding.find("class")->string();
            std::ranges::find(names, name) == names.end())
            names.push_back(name);
    std::ranges::sort(names);
    return names;
}

} // namespace

class TestAudit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void findsTheMistakesOfTheCarelessTwin();
    void findsThatNothingIsVerified();
    void theCarefulRoutesAreClean();
    void findsThePublishedSecret();
    void saysWhatItWouldSend();
    void thePlanIsJsonToo();
    void choosesAttacks();
    void sarifNamesFilesAsTheRepositoryDoes();
    void writesEveryFormat();
    void readsACollection();
    void reportsHoldNoToken();
    void namesHoldNoSecret();
    void endsWith4WhenNothingCanBeTold();
    void oneRouteThatTellsIsEnough();
    void endsWith3WhenNobodyAnswers();
    void givesUpAfterItsTime();
    void refusesOtherMachines();
    void refusesWrongUsage_data();
    void refusesWrongUsage();

private:
    std::string login(const char* path) const;
    /// `audit` of a path of the demo, as fast as it goes.
    CommandResult audit(const char* path, const std::string& token, const QStringList& options = {}) const;
    QString at(const char* path) const { return text(m_server.url()) + QString::fromUtf8(path); }
    QString write(const char* name, const std::string& content) const;

    demo::DemoServer m_server;
    QTemporaryDir m_folder;
    std::string m_careless;
};

void TestAudit::initTestCase()
{
    QVERIFY_RESULT(m_server.start());
    m_careless = login("/careless/login");
    QVERIFY(!m_careless.empty());
    const CommandResult keys = runCommand(words("send GET") + QStringList{at("/.well-known/jwks.json")});
    QVERIFY(!write("jwks.json", keys.out).isEmpty());
}

QString TestAudit::write(const char* name, const std::string& content) const
{
    const QString path = m_folder.filePath(QString::fromUtf8(name));
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content.c_str()) >= 0 ? path : QString();
}

std::string TestAudit::login(const char* path) const
{
    const CommandResult result =
        runCommand(words("login --user demo --password-stdin --print token --url") + QStringList{at(path)},
                   {"demo", {}});
    return result.out.substr(0, result.out.find('\n'));
}

CommandResult TestAudit::audit(const char* path, const std::string& token, const QStringList& options) const
{
    return runCommand(words("audit --rate 0 --token - --url") + QStringList{at(path)} + options, {token, {}});
}

void TestAudit::findsTheMistakesOfTheCarelessTwin()
{
    const CommandResult result =
        audit("/careless/protected", m_careless,
              words("--json --key") + QStringList{m_folder.filePath(QStringLiteral("jwks.json"))});
    QCOMPARE(result.status, 1);
    QCOMPARE(
        classesIn(result.out),
        (std::vector<std::string>{"alg-none", "alg-none-case", "embedded-jwk", "expired-accepted",
                                  "hs-key-confusion", "iss-array", "kid-path-traversal", "malformed-exp",
                                  "missing-aud", "missing-iss", "nbf-ignored", "wrong-aud", "wrong-iss"}));
    const auto document = json::parse(result.out);
    QVERIFY(*document->root().find("requests")->integer() <= 300);
    const json::Value route = document->root().find("routes")->items().front();
    QCOMPARE(route.find("control")->find("good")->integer(), 200);
    QCOMPARE(route.find("control")->find("withoutToken")->integer(), 401);
}

void TestAudit::findsThatNothingIsVerified()
{
    const CommandResult result = audit("/careless/decoded", m_careless, words("--attacks signature-ignored"));
    QCOMPARE(result.status, 1);
    QVERIFY2(result.out.find("critical signature-ignored: The signature is not checked") != std::string::npos,
             result.out.c_str());
}

void TestAudit::theCarefulRoutesAreClean()
{
    const QStringList key =
        words("--json --key") + QStringList{m_folder.filePath(QStringLiteral("jwks.json"))};
    for (const char* flavour : {"/rs256", "/es256", "/eddsa"}) {
        const std::string prefix(flavour);
        const CommandResult result =
            audit((prefix + "/protected").c_str(), login((prefix + "/login").c_str()), key);
        QCOMPARE(classesIn(result.out), std::vector<std::string>());
        QVERIFY2(result.status == 0, result.err.c_str());
    }
}

void TestAudit::findsThePublishedSecret()
{
    const CommandResult result = audit("/protected", login("/login"), words("--raw --json"));
    QCOMPARE(classesIn(result.out), std::vector<std::string>{"weak-hmac-secret"});
    QCOMPARE(result.status, 1);
    QVERIFY(result.out.find("your_secret_key") == std::string::npos);
}

void TestAudit::saysWhatItWouldSend()
{
    const CommandResult result = audit("/careless/protected", m_careless, words("--dry-run"));
    QCOMPARE(result.status, 0);
    QVERIFY2(result.out.starts_with("GET " + m_server.url() + "/careless/protected: about "),
             result.out.c_str());
    QVERIFY(result.out.find("\n  expired-accepted       not run: needs the signing key\n") !=
            std::string::npos);
    QVERIFY(result.out.find("\n  alg-none               5  Says that the token is not signed") !=
            std::string::npos);
}

void TestAudit::thePlanIsJsonToo()
{
    const QString path = m_folder.filePath(QStringLiteral("plan.json"));
    for (const char* options : {"--dry-run --json", "--dry-run --format json --output FILE"}) {
        QStringList given = words(options);
        given.replaceInStrings(QStringLiteral("FILE"), path);
        const CommandResult result = audit("/careless/protected", m_careless, given);
        QCOMPARE(result.status, 0);
        QCOMPARE(result.out.empty(), given.contains(path));
        const auto document = json::parse(given.contains(path) ? readFile(path) : result.out);
        QVERIFY_RESULT(document);
        const json::Value route = document->root().find("routes")->items().front();
        QCOMPARE(route.find("request")->string(), "GET " + m_server.url() + "/careless/protected");
        QCOMPARE(*route.find("requests")->integer(), *document->root().find("requests")->integer());
        std::map<std::string, std::string> planned;
        for (const json::Value& each : route.find("attacks")->items()) {
            const auto why = each.find("why");
            planned[each.find("attack")->string()] =
                std::to_string(*each.find("requests")->integer()) + (why ? " " + why->string() : "");
        }
        QCOMPARE(planned["alg-none"], "5");
        QVERIFY2(planned["expired-accepted"].starts_with("0 needs the signing key"),
                 planned["expired-accepted"].c_str());
    }
}

void TestAudit::choosesAttacks()
{
    const CommandResult one = audit("/careless/protected", m_careless, words("--json --attacks alg-none"));
    QCOMPARE(classesIn(one.out), std::vector<std::string>{"alg-none"});
    const CommandResult rest = audit("/careless/protected", m_careless,
                                     words("--json --except alg-none,alg-none-case,embedded-jwk"));
    const std::vector<std::string> built = classesIn(rest.out); // on the one that is left
    QCOMPARE(built.size(), std::size_t(9));
    QVERIFY(std::ranges::find(built, "kid-path-traversal") != built.end());
    QVERIFY(rest.out.find("\"attack\": \"alg-none\"") == std::string::npos);
}

void TestAudit::writesEveryFormat()
{
    const auto report = [&](const char* format) {
        return audit("/careless/protected", m_careless,
                     words("--attacks alg-none --format") + QStringList{QString::fromUtf8(format)});
    };
    QVERIFY(report("table").out.find("  accepted     5/5   alg-none") != std::string::npos);
    QVERIFY(report("json").out.starts_with("{\n  \"routes\": ["));
    QVERIFY(report("sarif").out.find("\"version\": \"2.1.0\"") != std::string::npos);
    QVERIFY(report("junit").out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"));
    QVERIFY(report("html").out.starts_with("<!DOCTYPE html>"));

    const QString path = m_folder.filePath(QStringLiteral("audit.html"));
    const CommandResult file = audit("/careless/protected", m_careless,
                                     words("--attacks alg-none --format html --output") + QStringList{path});
    QCOMPARE(file.status, 1);
    QCOMPARE(file.out, "");
    QVERIFY2(file.err.find("about 15 requests to 1 route\n") < file.err.find("1 finding (1 critical) in "),
             file.err.c_str());
    QVERIFY(file.err.find("1 finding (1 critical) in ") != std::string::npos);
    QFile written(path);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll().startsWith("<!DOCTYPE html>"));
}

void TestAudit::readsACollection()
{
    QVERIFY(!write("opencollection.yml", "opencollection: 1.0.0\ninfo:\n  name: shop\n").isEmpty());
    const std::string base = m_server.url();
    write("open.yml", "info:\n  name: open\n  type: http\nhttp:\n  method: GET\n  url: " + base + "/\n");
    write("careless.yml",
          "info:\n  name: careless\n  type: http\nhttp:\n  method: GET\n  url: " + base +
              "/careless/protected\n  headers:\n    - name: Authorization\n      value: Bearer "
              "{{token}}\n");
    const CommandResult result =
        runCommand(words("audit --rate 0 --json --attacks alg-none --route careless.yml --token -") +
                       QStringList{m_folder.path()},
                   {m_careless, {}});
    QVERIFY2(result.status == 1, result.err.c_str());
    QCOMPARE(classesIn(result.out), std::vector<std::string>{"alg-none"});
    QVERIFY(result.out.find("\"name\": \"careless.yml\"") != std::string::npos);
    const CommandResult without =
        runCommand(words("audit --rate 0 --route open.yml") + QStringList{m_folder.path()});
    QCOMPARE(without.status, 2);
    QVERIFY2(without.err.find("the request carries no token") != std::string::npos, without.err.c_str());
}

void TestAudit::sarifNamesFilesAsTheRepositoryDoes()
{
    const CollectionFolder folder;
    folder.write("careless.yml", "info: {name: X, type: http}\nhttp: {method: GET, url: \"" + m_server.url() +
                                     "/careless/protected\"}\n");
    const auto report = [&] {
        return runCommand(words("audit --rate 0 --format sarif --attacks alg-none --token -") +
                              QStringList{text(folder.root)},
                          {m_careless, {}})
            .out;
    };
    const std::string alone = report();
    QVERIFY2(alone.find("\"uri\": \"careless.yml\"") != std::string::npos, alone.c_str());
    QVERIFY(QDir(folder.parent()).mkdir(QStringLiteral(".git")));
    const std::string inRepository = report();
    QVERIFY2(inRepository.find("\"uri\": \"api/careless.yml\"") != std::string::npos, inRepository.c_str());
    folder.write(".claimcheck/matrix.yaml", "requests:\n  careless.yml:\n    expect: {anonymous: allow}\n");
    const CommandResult matrix =
        runCommand(words("matrix --rate 0 --format sarif") + QStringList{text(folder.root)});
    QCOMPARE(matrix.status, 1);
    QVERIFY2(matrix.out.find("\"uri\": \"api/careless.yml\"") != std::string::npos, matrix.out.c_str());
}

/// Working forgeries are secrets: neither they nor the good token are in a report.
void TestAudit::reportsHoldNoToken()
{
    const std::string signature = m_careless.substr(m_careless.rfind('.') + 1);
    const std::string payload =
        m_careless.substr(m_careless.find('.') + 1, m_careless.rfind('.') - m_careless.find('.') - 1);
    for (const char* format : {"table", "json", "sarif", "junit", "html"}) {
        const CommandResult result = audit("/careless/protected", m_careless,
                                           words("--attacks alg-none,embedded-jwk,token-in-query --format") +
                                               QStringList{QString::fromUtf8(format)});
        QVERIFY2(result.out.find(signature) == std::string::npos, format);
        QVERIFY2(result.out.find(payload) == std::string::npos, format);
        QVERIFY2(result.out.find("$TOKEN") != std::string::npos, format);
    }
}

/// A URL is a route's name: its password and its key are in no report and in no message.
void TestAudit::namesHoldNoSecret()
{
    QString url = at("/careless/protected?api_key=k3y-of-mine");
    url.replace(QStringLiteral("http://"), QStringLiteral("http://me:passw0rd@"));
    for (const char* format : {"table", "json", "sarif", "junit", "html"}) {
        const CommandResult result =
            runCommand(words("audit --rate 0 --attacks alg-none --token - --format") +
                           QStringList{QString::fromUtf8(format), QStringLiteral("--url"), url},
                       {m_careless, {}});
        QVERIFY2(result.out.find("api_key=***") != std::string::npos, result.out.c_str());
        for (const char* secret : {"passw0rd", "k3y-of-mine"})
            QVERIFY2((result.out + result.err).find(secret) == std::string::npos, format);
    }
    const CommandResult refused = runCommand(
        words("audit --url http://me:passw0rd@192.0.2.1/p?api_key=k3y-of-mine --token -"), {m_careless, {}});
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.err.find("cannot audit http://192.0.2.1/p?api_key=***: ") != std::string::npos,
             refused.err.c_str());
}

void TestAudit::endsWith4WhenNothingCanBeTold()
{
    const CommandResult result =
        audit("/careless/protected", m_careless.substr(0, m_careless.size() - 8) + "AAAAAAAA");
    QCOMPARE(result.status, 4);
    QVERIFY2(result.err.find("nothing could be judged") != std::string::npos, result.err.c_str());
    QVERIFY2(result.out.find("not testable: the good token is answered with 401") != std::string::npos,
             result.out.c_str());
}

/// Several routes: what some of them tell counts, and a line says which told nothing.
void TestAudit::oneRouteThatTellsIsEnough()
{
    const QTemporaryDir folder;
    const auto add = [&](const char* name, const std::string& content) {
        QFile file(folder.filePath(QString::fromUtf8(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content.c_str()) > 0);
    };
    const auto request = [this](const char* path) {
        return "info:\n  name: it\n  type: http\nhttp:\n  method: GET\n  url: " + m_server.url() + path +
               "\n  headers:\n    - name: Authorization\n      value: Bearer {{token}}\n";
    };
    add("opencollection.yml", "opencollection: 1.0.0\ninfo:\n  name: shop\n");
    add("good.yml", request("/rs256/protected"));
    add("shut.yml", request("/es256/protected"));
    const std::string token = login("/rs256/login");
    const auto run = [&](const char* options) {
        return runCommand(words("audit --rate 0 --attacks alg-none --token - --format junit") +
                              words(options) + QStringList{folder.path()},
                          {token, {}});
    };
    const CommandResult both = run("");
    QVERIFY2(both.status == 0, both.err.c_str());
    QVERIFY2(both.err.find("not testable: " + m_server.url() + "/es256/protected: ") != std::string::npos,
             both.err.c_str());
    QVERIFY(both.out.find("<error") == std::string::npos && both.out.find("<failure") == std::string::npos);
    const CommandResult shut = run("--route shut.yml");
    QCOMPARE(shut.status, 4);
    QVERIFY2(shut.out.find("<error message=\"the good token is answered with 401") != std::string::npos,
             shut.out.c_str());
    add("open.yml", request("/careless/decoded"));
    const CommandResult found = run("");
    QCOMPARE(found.status, 1);
    QVERIFY(found.out.find("<failure") != std::string::npos);
}

void TestAudit::endsWith3WhenNobodyAnswers()
{
    const CommandResult result =
        runCommand(words("audit --rate 0 --url http://127.0.0.1:1/protected --token -"), {m_careless, {}});
    QCOMPARE(result.status, 3);
}

/// A server that takes the connection and says nothing.
void TestAudit::givesUpAfterItsTime()
{
    QTcpServer silent; // the system accepts in its stead
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    QElapsedTimer time;
    time.start();
    const CommandResult result =
        runCommand(words("audit --rate 0 --max-time 0.2 --token - --url") +
                       QStringList{QStringLiteral("http://127.0.0.1:%1/protected").arg(silent.serverPort())},
                   {m_careless, {}});
    QCOMPARE(result.status, 3);
    QVERIFY2(time.elapsed() < 10'000, std::to_string(time.elapsed()).c_str()); // without it: twice 15 s
}

void TestAudit::refusesOtherMachines()
{
    const CommandResult asPath = runCommand(words("audit http://192.0.2.1/protected"));
    QCOMPARE(asPath.status, 2);
    QCOMPARE(asPath.err,
             "claimcheck-cli: cannot audit http://192.0.2.1/protected: an address is no path (give "
             "it with --url)\n");
    const CommandResult result =
        runCommand(words("audit --url http://192.0.2.1/protected --token -"), {m_careless, {}});
    QCOMPARE(result.status, 2);
    QCOMPARE(result.err,
             "claimcheck-cli: cannot audit http://192.0.2.1/protected: it is on another machine, and "
             "forged tokens are an attack there (give --yes when you may test it)\n");
    const CommandResult fast = runCommand(
        words("audit --url http://192.0.2.1/protected --yes --rate 0 --token -"), {m_careless, {}});
    QCOMPARE(fast.status, 2);
    QVERIFY(fast.err.find("0, as fast as it goes, is for this machine alone") != std::string::npos);
}

void TestAudit::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* options, const char* says) {
        QTest::newRow(options) << QString::fromUtf8(options) << QString::fromUtf8(says);
    };
    row("", "one of PATH and --url is needed");
    row("--url http://127.0.0.1:1/", "the request carries no token");
    row("--url http://127.0.0.1:1/ --token - --attacks no-such", "no attack is called no-such");
    row("--url http://127.0.0.1:1/ --token - --method DELETE", "may change something");
    row("--url http://127.0.0.1:1/ --token - --methods TRACE", "--methods");
    row("--url http://127.0.0.1:1/ --token - --token-in nowhere:x", "it names no place");
    row("--url http://127.0.0.1:1/ --token - --token-in cookie:", "it names no place");
    row("--url http://127.0.0.1:1/ --token - --token-in query:", "it names no place");
    row("--url http://127.0.0.1:1/ --token - --format pdf", "--format");
    row("--url http://127.0.0.1:1/ --token - --rate nan", "--rate cannot be used: it is no number");
    row("--url http://127.0.0.1:1/ --token - --rate nan --dry-run", "--rate cannot be used");
    for (const char* rate : {"inf", "-1", "1001", "1e9"})
        row((std::string("--url http://127.0.0.1:1/ --token - --rate=") + rate).c_str(),
            "--rate cannot be used: it is not between 0 and 1000 requests a second");
    row("--url http://127.0.0.1:1/ --token - --rate fast", "--rate");
    row("--url http://192.0.2.1/ --token - --yes --rate 6",
        "other machines are asked at most 5 times a second");
    row("--url http://127.0.0.1:1/ --token - --env local", "--env");
    row("--url http://127.0.0.1:1/ --token - --env-var a=b", "--env-var");
    row("--url http://127.0.0.1:1/ --token - --route a.yml", "--route");
    row("--url http://127.0.0.1:1/ --token - --raw --token-in cookie:jwt", "--token-in");
}

void TestAudit::refusesWrongUsage()
{
    QFETCH(QString, options);
    QFETCH(QString, says);
    const CommandResult result =
        runCommand(words("audit") + options.split(u' ', Qt::SkipEmptyParts), {m_careless, {}});
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.find(says.toStdString()) != std::string::npos, result.err.c_str());
}

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
