// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks of .claimcheck/checks.yaml in whole runs: tokens under keys of every origin, JSON Schemas, what is
// not there, and files that are broken.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <jose/algorithm.h>
#include <jose/sign.h>
#include <run/runner.h>
#include <store/checks.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;
using test::RawServer;
using test::Seen;

namespace {

const char* const secret = "a-secret-of-at-least-32-bytes-for-hs256";

std::string signedToken(const jose::Key& key, const char* algorithm, const std::string& claims)
{
    jose::SignOptions options;
    options.kid = "k1";
    const auto token = jose::sign(*jose::findAlgorithm(algorithm), key, claims, options);
    return token ? std::string(token->reveal()) : describe(token.error());
}

std::string claimsFor(int seconds)
{
    const auto now = static_cast<std::int64_t>(toUnixSeconds(currentTime()));
    return R"({"sub":"demo","roles":["admin"],"iat":)" + std::to_string(now) + R"(,"exp":)" +
           std::to_string(now + seconds) + "}";
}

/// /login: HMAC in a body; /es: P-256 in a header; /jwks: its public key; /orders: a list; else text.
class Api : public test::CollectionFolder
{
public:
    Api()
        : m_key(*jose::generateKey(*jose::findAlgorithm("ES256"), {.kid = "k1"})),
          server([this](const Seen& seen) { return answer(seen); })
    {
        options.overrides = {{"host", server.url("")}, {"jwtSecret", secret}};
        for (const char* name : {"login", "es", "orders", "text"})
            write(std::string(name) + ".yml", "info: {name: " + std::string(name) +
                                                  ", type: http}\nhttp: {method: GET, url: \"{{host}}/" +
                                                  name + "\"}\n");
        options.selection.path = "login.yml";
    }

    /// "passed" or the reasons of what did not.
    std::string run(const std::string& checks, const std::string& keys = "keys: {}\n")
    {
        write(store::checksFile, checks);
        write(store::keysFile, keys);
        options.checks = store::readChecks(root);
        Runner runner(open(), options);
        bool isFinished = false;
        QObject::connect(&runner, &Runner::finished, [&](const Report& finished) {
            report = finished;
            isFinished = true;
        });
        if (const auto started = runner.start(); !started)
            return "not started: " + describe(started.error());
        if (!QTest::qWaitFor([&] { return isFinished; }, 30'000))
            return "not finished";
        std::string text;
        for (const RequestResult& result : report.results) {
            text += result.error;
            for (const Check& check : result.checks)
                if (check.outcome != Outcome::Passed)
                    text += (text.empty() ? "" : "; ") + check.name + ": " + check.why;
        }
        return text.empty() && report.count(Status::Passed) == report.results.size() ? "passed" : text;
    }
    std::string publicKey() const { return *jose::publicJwk(m_key); }

    int lifetime = 3600;
    std::string orders = R"([{"id":1},{"id":"2"}])";

private:
    test::Answer answer(const Seen& seen) const
    {
        if (seen.target() == "/login")
            return test::ok(R"({"data":{"token":")" +
                            signedToken(jose::secretKey(Secret(secret)), "HS256", claimsFor(lifetime)) +
                            "\"}}");
        if (seen.target() == "/es")
            return {"HTTP/1.1 200 OK\r\nX-Token: " + signedToken(m_key, "ES256", claimsFor(lifetime)) +
                    "\r\nContent-Length: 0\r\n\r\n"};
        if (seen.target() == "/jwks")
            return test::ok(R"({"keys":[)" + publicKey() + "]}");
        return test::ok(seen.target() == "/orders" ? orders : "hello");
    }

    jose::Key m_key;

public:
    RawServer server;
    Options options;
    Report report;
};

/// checks.yaml with one assertion about a request.
std::string oneCheck(const std::string& request, const std::string& token, const std::string& assertion)
{
    return "requests:\n  " + request + ":\n    token: {" + token + "}\n    assertions:\n      - {" +
           assertion + "}\n";
}

std::string of(const char* expression, const char* operation, const char* value = nullptr)
{
    return std::string("expression: ") + expression + ", operator: " + operation +
           (value == nullptr ? std::string() : std::string(", value: \"") + value + "\"");
}

const char* const secretKeyFile = "keys: {server: {secret: jwtSecret}}\n";

} // namespace

class TestOwnChecks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void judgesTokens_data();
    void judgesTokens();
    void saysHowDurationsAreWritten_data();
    void saysHowDurationsAreWritten();
    void verifiesWithKeysOfEveryOrigin();
    void keysComeFromWhereTheyMay();
    void noTokenFailsEveryCheckOfIt();
    void nothingIsSaidOfPartsThatCannotBeRead();
    void schemasNameThePlace();
    void schemaFilesStayInTheFolder();
    void theReasonKeepsItsWords();
    void nothingIsSaidOfTlsWithoutIt();
    void brokenFilesFailEveryRequest();
    void unknownKeysAndRequestsFail();
    void brunosAssertionsStayBrunos();
    void stopsWhileKeysAreFetched();
};

void TestOwnChecks::judgesTokens_data()
{
    QTest::addColumn<std::string>("check");
    QTest::addColumn<std::string>("expected");
    const auto add = [](const std::string& check, const std::string& expected) {
        QTest::newRow(check.c_str()) << check << expected;
    };
    add(of("token.verdict", "eq", "verified"), "passed");
    add(of("token.verdict", "eq", "expired"), "token.verdict eq expired: it is \"verified\"");
    add(of("token.header.alg", "in", "HS256, ES256"), "passed");
    add(of("token.header.alg", "eq", "none"), "token.header.alg eq none: it is \"HS256\"");
    add(of("\"token.claims.roles[0]\"", "eq", "admin"), "passed");
    add(of("token.claims.sub", "eq", "root"), "token.claims.sub eq root: it is \"demo\"");
    add(of("token.claims.missing", "isUndefined"), "passed");
    add(of("token.claims.missing.deeper", "isUndefined"),
        "token.claims.missing.deeper isUndefined: not evaluated: cannot read 'deeper' of undefined");
    add(of("token.claims.missing.deeper", "neq", "admin"),
        "token.claims.missing.deeper neq admin: not evaluated: cannot read 'deeper' of undefined");
    add(of("token.claims.missing.deeper", "isDefined"),
        "token.claims.missing.deeper isDefined: not evaluated: cannot read 'deeper' of undefined");
    add(of("token.verdct", "neq", "expired"),
        "token.verdct neq expired: not evaluated: there is no token.verdct, only verdict, reason, expiresIn, "
        "header, claims, findings");
    add(of("\"token['claim'].roles\"", "neq", "admin"),
        "token['claim'].roles neq admin: not evaluated: cannot read 'roles' of undefined");
    add(of("token.claim", "isUndefined"),
        "token.claim isUndefined: not evaluated: there is no token.claim, only verdict, reason, expiresIn, "
        "header, claims, findings");
    add(of("\"token['verdict']\"", "neq", "expired"), "passed");
    add(of("token.verdict.length", "eq", "8"), "passed");
    add(of("token.verdict", "neq"), "token.verdict neq: not evaluated: the operator neq needs a value");
    add(of("res.status", "neq"), "res.status neq: not evaluated: the operator neq needs a value");
    add(of("token.claims.sub", "neq", ""), "passed");
    add(of("token.verdict", "\"eq verified\""), "passed");
    add(of("token.expiresIn", "gt", "30min"), "passed");
    add(of("token.expiresIn", "between", "30min, 2h"), "passed");
    add(of("token.expiresIn", "lte", "3600"), "passed");
    add(of("token.findings", "notContains", "ALG-NONE"), "passed");
    add(of("res.status", "eq", "200"), "passed");
    add(of("toke.verdict", "eq", "verified"),
        "toke.verdict eq verified: not evaluated: the expression is JavaScript beyond the way to a value");
    add(of("token.verdict", "equals", "verified"),
        "token.verdict equals verified: not evaluated: there is no operator equals");
}

void TestOwnChecks::judgesTokens()
{
    QFETCH(std::string, check);
    Api api;
    QTEST(api.run(oneCheck("login.yml", "at: data.token, key: server", check), secretKeyFile), "expected");
}

void TestOwnChecks::saysHowDurationsAreWritten_data()
{
    QTest::addColumn<std::string>("operation");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<bool>("isTold");
    const auto add = [](const char* operation, const char* value, bool isTold) {
        QTest::addRow("%s %s", operation, value) << std::string(operation) << std::string(value) << isTold;
    };
    add("lt", "1.5h", true);
    add("lt", "-1h", true);
    add("gt", "two hours", true);
    add("eq", "1.5h", true);
    add("between", "1.5h, 2h", true);
    add("between", "2h, 90 minutes", true);
    add("lt", "1min", false);
    add("lt", "-60", false);
    add("lt", "0.5", false);
    add("between", "2h, 3h", false);
    add("startsWith", "1.5h", false);
}

void TestOwnChecks::saysHowDurationsAreWritten()
{
    QFETCH(std::string, operation);
    QFETCH(std::string, value);
    Api api;
    const std::string told = api.run(oneCheck("login.yml", "at: data.token, key: server",
                                              of("token.expiresIn", operation.c_str(), value.c_str())),
                                     secretKeyFile);
    const std::string begin = "token.expiresIn " + operation + " " + value + ": ";
    const std::string why = "the expected value is no duration (write 90s, 5min, 2h 30min or 14d, in whole "
                            "numbers, or seconds, as -60); it is ";
    QVERIFY2(told.starts_with(begin), told.c_str());
    QTEST(told.starts_with(begin + why), "isTold");
}

void TestOwnChecks::verifiesWithKeysOfEveryOrigin()
{
    Api api;
    const std::string verified = of("token.verdict", "eq", "verified");
    QCOMPARE(api.run(oneCheck("login.yml", "key: server", verified), secretKeyFile), std::string("passed"));
    QCOMPARE(api.run(oneCheck("login.yml", "key: server, audience: orders", verified), secretKeyFile),
             std::string("token.verdict eq verified: it is \"rejected by policy\""));
    QCOMPARE(api.run(oneCheck("login.yml", "at: data.token", verified)),
             std::string("token.verdict eq verified: it is \"not verified\"")); // without a key nothing is
    api.options.selection.path = "es.yml";
    const std::string at = "at: \"header:X-Token\", key: server";
    api.write("keys/public.json", api.publicKey());
    QCOMPARE(api.run(oneCheck("es.yml", at, verified), "keys: {server: {file: keys/public.json}}\n"),
             std::string("passed"));
    QCOMPARE(api.run(oneCheck("es.yml", at, verified), "keys: {server: {jwksUrl: \"{{host}}/jwks\"}}\n"),
             std::string("passed"));
    QCOMPARE(api.server.seen.back().target(), std::string("/jwks"));
    QVERIFY(!api.server.seen.back().has("Authorization"));
    QCOMPARE(api.run(oneCheck("es.yml", at, verified),
                     "keys: {server: {file: keys/public.json, algorithms: [RS256]}}\n"),
             std::string("token.verdict eq verified: it is \"rejected by policy\""));
}

void TestOwnChecks::keysComeFromWhereTheyMay()
{
    Api api;
    const std::string check = oneCheck("login.yml", "key: server", of("token.verdict", "isString"));
    const auto why = [&](const std::string& keys) {
        return api.run(check, "keys: {server: {" + keys + "}}\n");
    };
    QVERIFY(why("jwksUrl: http://keys.example/jwks").find("https") != std::string::npos);
    QVERIFY(why("file: ../outside.pem").find("leads out of the collection's folder") != std::string::npos);
    QVERIFY(why("file: none.pem").find("none.pem") != std::string::npos);
    QVERIFY(why("secret: unknownName").find("unknownName") != std::string::npos);
    QCOMPARE(api.server.seen.back().target(), std::string("/login"));
}

void TestOwnChecks::noTokenFailsEveryCheckOfIt()
{
    Api api;
    api.options.selection.path = "text.yml";
    const std::string why =
        "there is no token in the answer: neither in its body nor in a header or cookie (give its place: "
        "at, below token)";
    QCOMPARE(api.run(oneCheck("text.yml", "", of("token.claims.x", "isUndefined"))),
             "token.claims.x isUndefined: " + why);
    QCOMPARE(api.run(oneCheck("text.yml", "", of("token.verdict", "neq", "expired"))),
             "token.verdict neq expired: " + why);
    api.options.selection.path = "login.yml";
    QVERIFY(api.run(oneCheck("login.yml", "at: data.tokem", of("token.verdict", "isString"))) != "passed");
}

/// An opaque token has no claims: that it is not an administrator's is not known.
void TestOwnChecks::nothingIsSaidOfPartsThatCannotBeRead()
{
    Api api;
    api.options.selection.path = "orders.yml";
    api.orders = R"({"data":{"token":"r4nd0mOpaqueValue1234567890abcdef"}})";
    const auto run = [&](const std::string& check) {
        return api.run(oneCheck("orders.yml", "at: data.token, key: server", check), secretKeyFile);
    };
    QCOMPARE(run(of("token.claims.role", "neq", "admin")),
             std::string("token.claims.role neq admin: not evaluated: cannot read 'role' of undefined"));
    QCOMPARE(run(of("token.header.alg", "notIn", "none")),
             std::string("token.header.alg notIn none: not evaluated: cannot read 'alg' of undefined"));
    QCOMPARE(run(of("token.verdict", "eq", "malformed")), std::string("passed"));
    QCOMPARE(run(of("token.claims", "isUndefined")), std::string("passed"));
}

void TestOwnChecks::schemasNameThePlace()
{
    Api api;
    api.options.selection.path = "orders.yml";
    api.write("schemas/orders.json", R"({"items": {"properties": {"id": {"type": "integer"}}}})");
    const std::string byFile = "requests: {orders.yml: {schema: {file: schemas/orders.json}}}\n";
    QCOMPARE(api.run(byFile),
             std::string("schema schemas/orders.json: at /1/id it is a string, not an integer"));
    api.orders = R"([{"id":1}])";
    QCOMPARE(api.run(byFile), std::string("passed"));
    QCOMPARE(api.run("requests:\n  orders.yml:\n    schema:\n      inline: {type: object, required: [id]}\n"),
             std::string("schema: at the top it is an array, not an object"));
    api.orders = R"({"access_token":7,"data":")" + std::string(100, 'e') + "\"}";
    api.write("schemas/orders.json", R"({"properties": {"access_token": {"type": "string"},
                                                        "data": {"pattern": "^a"}}})");
    QCOMPARE(api.run(byFile),
             std::string("schema schemas/orders.json: at /access_token it is a number, not a "
                         "string; at /data it is a string of 102 bytes, which the pattern ^a "
                         "does not match"));
    api.orders = "<html>";
    QCOMPARE(api.run(byFile), std::string("schema schemas/orders.json: the body is no JSON"));
    api.write("schemas/orders.json", R"({"type": "lsit"})");
    QCOMPARE(api.run(byFile),
             std::string(
                 "schema schemas/orders.json: not evaluated: the JSON Schema cannot be used: \"lsit\" is no "
                 "type at schemas/orders.json, line 1, column 10 (correct the schema)"));
    QCOMPARE(api.run("requests:\n  orders.yml:\n    schema:\n      inline:\n        type: lsit\n"),
             std::string("schema: not evaluated: the JSON Schema cannot be used: \"lsit\" is no type "
                         "at .claimcheck/checks.yaml, line 5, column 9 (correct the schema)"));
}

void TestOwnChecks::schemaFilesStayInTheFolder()
{
    Api api;
    api.options.selection.path = "orders.yml";
    const std::string why = api.run("requests: {orders.yml: {schema: {file: ../../etc/passwd}}}\n");
    QVERIFY2(why.find("leads out of the collection's folder") != std::string::npos, why.c_str());
}

/// "secret.json: No such file" is no value under a secret's name.
void TestOwnChecks::theReasonKeepsItsWords()
{
    Api api;
    api.options.selection.path = "orders.yml";
    const std::string why = api.run("requests: {orders.yml: {schema: {file: schemas/secret.json}}}\n");
    QVERIFY2(why.find("schemas/secret.json: No such file or directory") != std::string::npos, why.c_str());
}

void TestOwnChecks::nothingIsSaidOfTlsWithoutIt()
{
    Api api;
    for (const char* expression : {"certificate.expiresIn", "tls.version", "certificate.issuer"})
        QCOMPARE(api.run(oneCheck("login.yml", "", of(expression, "isDefined"))),
                 std::string(expression) + " isDefined: the answer did not come over TLS");
}

void TestOwnChecks::brokenFilesFailEveryRequest()
{
    Api api;
    api.options.selection.path = {};
    const std::string why = api.run("requests:\n  login.yml:\n    asertions: []\n");
    QVERIFY2(why.find(".claimcheck/checks.yaml, line 3, column 5") != std::string::npos, why.c_str());
    QCOMPARE(api.report.count(Status::Failed), std::size_t(4));
    QVERIFY(api.server.seen.empty());
}

void TestOwnChecks::unknownKeysAndRequestsFail()
{
    Api api;
    QCOMPARE(api.run(oneCheck("login.yml", "key: other", of("token.verdict", "isString"))),
             std::string(
                 "the token of login.yml cannot be verified: .claimcheck/keys.yaml has no key other (add it "
                 "there, or correct the name)"));
    api.options.selection.path = {};
    QCOMPARE(api.run("requests: {renamed.yml: {schema: {inline: true}}}\n"),
             std::string(
                 "the checks of renamed.yml were not made: the collection has no such request (correct the "
                 "path in .claimcheck/checks.yaml)"));
    QCOMPARE(summary(api.report), std::string("4 passed, 1 failed, 0 skipped"));
}

void TestOwnChecks::brunosAssertionsStayBrunos()
{
    Api api;
    api.write("login.yml", "info: {name: login, type: http}\nhttp: {method: GET, url: \"{{host}}/login\"}\n"
                           "runtime: {assertions: [{expression: token.verdict, operator: isString}]}\n");
    QCOMPARE(
        api.run(oneCheck("login.yml", "", of("token.verdict", "isString"))),
        std::string("token.verdict isString: not evaluated: the expression is JavaScript beyond the way to a "
                    "value"));
}

void TestOwnChecks::stopsWhileKeysAreFetched()
{
    RawServer silent(
        [](const Seen&) { return test::Answer{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"}; });
    Api api;
    api.write(store::checksFile, oneCheck("login.yml", "key: server", of("token.verdict", "isString")));
    api.write(store::keysFile, "keys: {server: {jwksUrl: \"" + silent.url("/") + "\"}}\n");
    api.options.checks = store::readChecks(api.root);
    Runner runner(api.open(), api.options);
    std::optional<Report> report;
    QObject::connect(&runner, &Runner::finished, [&](const Report& finished) { report = finished; });
    QVERIFY_RESULT(runner.start());
    QVERIFY(QTest::qWaitFor([&] { return !silent.seen.empty(); }, 20'000));
    runner.stop();
    QVERIFY(QTest::qWaitFor([&] { return report.has_value(); }, 5'000));
    QCOMPARE(report->results.size(), std::size_t(1));
    QCOMPARE(report->results.front().reason, std::string("interrupted"));
}

QTEST_GUILESS_MAIN(TestOwnChecks)

#include "tst_ownchecks.moc"
