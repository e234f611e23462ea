// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bruno's own runner (npm @usebruno/cli, pinned) beside ours on the same collections and the same server:
// the same requests in the same order with the same results, assertion by assertion.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/data.h>
#include <support/paths.h>

#include <QtTest/qtest.h>

#include <algorithm>
#include <array>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const char* const body =
    R"({"n":5,"z":0,"s":"abc","e":"","t":true,"f":false,"nul":null,"a":[1,2,"x"],"ea":[],)"
    R"("o":{"k":1},"eo":{},"big":12345678901234567890,"num":"123","u":"ä€","token":"opaque-1"})";

/// Each answer ends its connection and says so: a client that hopes for a second one would race.
Answer answer(const Seen& seen)
{
    if (seen.target().starts_with("/fail"))
        return {"HTTP/1.1 500 No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"};
    const bool isAllowed =
        seen.has("uthorization: Bearer opaque-1\r\n") || !seen.target().starts_with("/only");
    return isAllowed ? ok(body, "Content-Type: application/json\r\nX-One: Two\r\nConnection: close\r\n")
                     : Answer{"HTTP/1.1 401 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"};
}

/// Of one request: "name: +-+", each assertion passed or not, in order; beside it what its runner says of the
/// exchange, to be read where two runners differ.
struct Result
{
    std::string line;
    std::string exchange = {};
};
using Results = std::vector<Result>;

class Witnesses
{
public:
    Witnesses() : server(answer) {}

    /// On a busy machine a request of Bruno's ends now and then without an answer, and its assertions are
    /// judged on nothing: that is no word on assertions, so that Bruno is asked again.
    Results bruno(const QStringList& more = {}) const
    {
        Results results;
        for (int attempt = 0; attempt < 3; ++attempt) {
            const std::string text = brunoReport(more);
            results = brunoResults(text);
            if (isAnswered(text))
                break;
        }
        return results;
    }

    Results ours(const QStringList& more = {}) const
    {
        const auto result = runCommand(
            QStringList{QStringLiteral("run"), toQString(folder.root), QStringLiteral("--env-var"), host(),
                        QStringLiteral("--env"), QStringLiteral("local"), QStringLiteral("--json")} +
            more);
        return ourResults(result.out);
    }

    QString host() const { return QStringLiteral("host=") + toQString(server.url("")); }

    CollectionFolder folder;
    RawServer server;

private:
    std::string brunoReport(const QStringList& more) const
    {
        const QString program = testsFolder() + QStringLiteral("/e2e/bruno/bru.js");
        const QString report = folder.parent() + QStringLiteral("/bruno.json");
        QFile::remove(report);
        QProcess process;
        process.setWorkingDirectory(toQString(folder.root));
        process.start(qEnvironmentVariable("CLAIMCHECK_NODE", QStringLiteral("node")),
                      QStringList{program, QStringLiteral("run"), QStringLiteral("-r"),
                                  QStringLiteral("--env-var"), host(), QStringLiteral("--env"),
                                  QStringLiteral("local"), QStringLiteral("--reporter-json"), report} +
                          more);
        if (!process.waitForStarted() || !runToEnd(process, 70'000) || !QFile::exists(report))
            return "bru does not run: " + process.readAllStandardError().toStdString();
        return readFile(report);
    }

    static bool isAnswered(const std::string& report)
    {
        const auto document = json::parse(report);
        if (!document)
            return false;
        const std::vector<json::Value> results = document->root().items()[0].find("results")->items();
        return std::all_of(results.begin(), results.end(), [](const json::Value& result) {
            const auto response = result.find("response");
            const auto status = response ? response->find("status") : std::nullopt;
            return status && status->isNumber();
        });
    }

    static Results brunoResults(const std::string& text)
    {
        Results results;
        const auto document = json::parse(text);
        if (!document)
            return {{"no JSON from bru: " + text}};
        for (const json::Value& result : document->root().items()[0].find("results")->items()) {
            std::string line = result.find("name")->string() + ": ";
            for (const json::Value& each : result.find("assertionResults")->items())
                line += each.find("status")->string() == "pass" ? '+' : '-';
            results.push_back({line, exchangeOf(result)});
        }
        return results;
    }

    static std::string exchangeOf(const json::Value& result)
    {
        std::string said;
        for (const char* member : {"error", "response"})
            if (const auto value = result.find(member))
                said += std::string(member) + ": " + std::string(value->text()).substr(0, 400) + "; ";
        return said;
    }

    static Results ourResults(const std::string& text)
    {
        Results results;
        const auto document = json::parse(text);
        if (!document)
            return {{"no JSON from us: " + text}};
        for (const json::Value& result : document->root().find("requests")->items()) {
            std::string line = result.find("name")->string() + ": ";
            for (const json::Value& each : result.find("checks")->items())
                line += each.find("result")->string() == "passed" ? '+' : '-';
            results.push_back({line});
        }
        return results;
    }
};

std::string assertion(const std::string& expression, const std::string& operation, const std::string& value)
{
    return "    - expression: \"" + expression + "\"\n      operator: " + operation + "\n" +
           (value.empty() ? "" : "      value: '" + value + "'\n");
}

std::string request(const std::string& name, int seq, const std::string& target, const std::string& more)
{
    return "info:\n  name: " + name + "\n  type: http\n  seq: " + std::to_string(seq) +
           "\nhttp:\n  method: GET\n  url: \"{{host}}" + target + "\"\n" + more;
}

const std::string runtime = "runtime:\n  assertions:\n";

void compare(const Results& bruno, const Results& ours)
{
    for (std::size_t i = 0; i < std::min(bruno.size(), ours.size()); ++i)
        QVERIFY2(ours[i].line == bruno[i].line,
                 ("ours " + ours[i].line + ", Bruno's " + bruno[i].line + "; " + bruno[i].exchange).c_str());
    QCOMPARE(ours.size(), bruno.size());
}

} // namespace

class TestBruno : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void agreeOnEveryOperator();
    void agreeOnOrderCapturesAndAuthorisation();
    void agreeOnTags();
};

void TestBruno::initTestCase()
{
    QVERIFY2(QFile::exists(testsFolder() + QStringLiteral("/e2e/bruno/node_modules/@usebruno/cli")),
             "its npm packages are missing: run tests/e2e/install.sh");
}

void TestBruno::agreeOnEveryOperator()
{
    constexpr std::array expressions{
        "res.body.n",    "res.body.z",           "res.body.s",           "res.body.e",       "res.body.t",
        "res.body.nul",  "res.body.a",           "res.body.o",           "res.body.big",     "res.body.num",
        "res.body.nope", "res.body.nope.deeper", "res.headers['x-one']", "res.body.a.length"};
    constexpr std::array binary{"eq",         "neq",        "gt",       "gte",         "lt",     "lte",
                                "in",         "notIn",      "contains", "notContains", "length", "matches",
                                "notMatches", "startsWith", "endsWith", "between"};
    constexpr std::array unary{"isEmpty", "isNotEmpty", "isNull",   "isUndefined", "isDefined", "isTruthy",
                               "isFalsy", "isJson",     "isNumber", "isString",    "isBoolean", "isArray"};
    constexpr std::array values{"5", "abc", "\"123\"", "null", "[1, 3, abc]", "/^[a1]/", "0x5", "true", "3"};
    Witnesses witnesses;
    witnesses.folder.write("environments/local.yml", "name: local\nvariables: []\n");
    std::size_t next = 0;
    int seq = 0;
    for (const char* expression : expressions) {
        std::string checks;
        for (const char* operation : unary)
            checks += assertion(expression, operation, "");
        for (const char* operation : binary)
            for (int i = 0; i < 2; ++i)
                checks += assertion(expression, operation, values[next++ % values.size()]);
        const std::string name = "r" + std::to_string(++seq);
        witnesses.folder.write(name + ".yml", request(name, seq, "/", runtime + checks));
    }
    compare(witnesses.bruno(), witnesses.ours());
}

void TestBruno::agreeOnOrderCapturesAndAuthorisation()
{
    Witnesses witnesses;
    const CollectionFolder& folder = witnesses.folder;
    const std::string is200 = runtime + assertion("res.status", "eq", "200");
    folder.write("environments/local.yml", "name: local\nvariables: [{name: want, value: '500'}]\n");
    folder.write("zeta/folder.yml", "info: {name: zeta, type: folder, seq: 1}\n");
    folder.write("zeta/a.yml",
                 request("in zeta", 1, "/a/:id", "  params: [{name: id, value: '7', type: path}]\n" + is200));
    folder.write("alpha/b.yml", request("in alpha", 1, "/b", is200));
    folder.write("early.yml", request("before the login", 1, "/only", is200));
    folder.write("login.yml",
                 request("login", 2, "/login",
                         "runtime:\n  actions:\n    - type: set-variable\n      phase: after-response\n"
                         "      selector: {expression: res.body.token, method: jsonq}\n"
                         "      variable: {name: token, scope: runtime}\n"));
    folder.write("only.yml", request("with the token", 3, "/only",
                                     "  auth: {type: bearer, token: \"{{token}}\"}\n" + is200));
    folder.write("fail.yml", request("a variable", 4, "/fail",
                                     runtime + assertion("res.status", "eq", "{{want}}") +
                                         assertion("res.body", "eq", "no")));
    compare(witnesses.bruno(), witnesses.ours());
}

void TestBruno::agreeOnTags()
{
    Witnesses witnesses;
    witnesses.folder.write("environments/local.yml", "name: local\nvariables: []\n");
    int seq = 0;
    for (const char* tags : {"[smoke]", "[smoke, slow]", "[other]", "[]"}) {
        const std::string name = "t" + std::to_string(++seq);
        witnesses.folder.write(name + ".yml",
                               "info: {name: " + name + ", type: http, seq: " + std::to_string(seq) +
                                   ", tags: " + tags + "}\nhttp: {method: GET, url: \"{{host}}/\"}\n");
    }
    compare(witnesses.bruno(words("--tags smoke,other --exclude-tags slow")),
            witnesses.ours(words("--tag smoke --tag other --exclude-tag slow")));
}

QTEST_GUILESS_MAIN(TestBruno)
#include "tst_bruno.moc"
