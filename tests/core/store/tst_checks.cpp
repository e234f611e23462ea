// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// .claimcheck/checks.yaml and keys.yaml: what they say, and every mistake with its line and column.

#include <core/store/folder.h>
#include <store/checks.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::collection;

namespace {

const char* const whole = R"(# Checks beside the requests.
requests:
  auth/log-in.yml:
    token: {at: data.token, key: server, issuer: https://id.example, audience: api, type: JWT}
    assertions:
      - {expression: token.verdict, operator: eq, value: verified}
      - {expression: token.expiresIn, operator: gt, value: 5min, disabled: true}
      - expression: token.claims.sub
        operator: isString
    schema:
      file: schemas/login.json
  list.yml:
    schema:
      inline:
        type: array
        items: {required: [id, "on"], maxItems: 5, note: "7", no: null, wide: 1e400, is: true}
)";

std::string parsed(const std::string& yaml)
{
    const auto checks = store::parseChecks(yaml);
    return checks ? "no error" : describe(checks.error());
}

} // namespace

class TestChecks : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsAll();
    void readsKeys();
    void namesEveryMistake_data();
    void namesEveryMistake();
    void namesMistakesOfKeys();
    void nothingThereIsNothing();
    void aBrokenFileIsAProblem();
    void brokenKeysCountWhereThereAreChecks();
    void staysInTheFolder();
};

void TestChecks::readsAll()
{
    const auto checks = store::parseChecks(whole);
    QVERIFY_RESULT(checks);
    QCOMPARE(checks->size(), std::size_t(2));
    const RequestChecks& login = checks->at("auth/log-in.yml");
    QVERIFY(login.token == (TokenCheck{"data.token", "server", "https://id.example", "api", "JWT"}));
    QVERIFY(login.assertions ==
            (std::vector<Assertion>{{"token.verdict", "eq", "verified", true},
                                    {"token.expiresIn", "gt", "5min", false},
                                    {"token.claims.sub", "isString", std::nullopt, true}}));
    QCOMPARE(login.schema->file, std::string("schemas/login.json"));
    QCOMPARE(
        checks->at("list.yml").schema->text,
        std::string(R"({"type":"array","items":{"required":["id","on"],"maxItems":5,"note":"7","no":null,)"
                    R"("wide":1e400,"is":true}})"));
    QCOMPARE(checks->at("list.yml").schema->where.line, std::size_t(15));
}

void TestChecks::readsKeys()
{
    const auto keys =
        store::parseKeys("keys:\n  a: {secret: jwtSecret, algorithms: [HS256]}\n  b: {file: k.pem}\n"
                         "  c: {jwksUrl: \"{{host}}/jwks\"}\n  d: {issuer: https://id.example}\n");
    QVERIFY_RESULT(keys);
    QVERIFY(keys->at("a") == (KeyReference{KeyOrigin::Secret, "jwtSecret", {"HS256"}}));
    QVERIFY(keys->at("b") == (KeyReference{KeyOrigin::File, "k.pem", {}}));
    QVERIFY(keys->at("c") == (KeyReference{KeyOrigin::JwksUrl, "{{host}}/jwks", {}}));
    QVERIFY(keys->at("d") == (KeyReference{KeyOrigin::Issuer, "https://id.example", {}}));
    const auto whose = store::parseKeys("keys:\n  a: {file: k.pem, iss: \"{{host}}\"}\n");
    QVERIFY_RESULT(whose);
    QCOMPARE(whose->at("a").issuer, std::string("{{host}}"));
}

void TestChecks::namesEveryMistake_data()
{
    QTest::addColumn<std::string>("yaml");
    QTest::addColumn<std::string>("expected");
    const auto add = [](const char* name, const char* yaml, const char* why) {
        QTest::newRow(name) << std::string(yaml)
                            << "cannot use .claimcheck/checks.yaml: " + std::string(why) +
                                   " (correct the file)";
    };
    add("misspelt part", "requests:\n  a.yml:\n    asertions: []\n",
        "the request a.yml has no key \"asertions\" (known: token, assertions, schema) "
        "at .claimcheck/checks.yaml, line 3, column 5");
    add("misspelt top", "request: {}\n",
        "the file has no key \"request\" (known: requests) at .claimcheck/checks.yaml, line 1, column 1");
    add("misspelt operator",
        "requests:\n  a.yml:\n    assertions:\n      - {expression: token.verdict, op: eq}\n",
        "an assertion has no key \"op\" (known: expression, operator, value, disabled, description) "
        "at .claimcheck/checks.yaml, line 4, column 37");
    add("no operator", "requests:\n  a.yml:\n    assertions:\n      - {expression: token.verdict}\n",
        "an assertion needs expression and operator at .claimcheck/checks.yaml, line 4, column 9");
    add("no checks", "requests:\n  a.yml: {token: {at: x}}\n",
        "the request a.yml has no assertions and no schema at .claimcheck/checks.yaml, line 2, column 10");
    add("no list", "requests:\n  a.yml: {assertions: {expression: x, operator: eq}}\n",
        "assertions must be a list at .claimcheck/checks.yaml, line 2, column 23");
    add("list as a value",
        "requests:\n  a.yml: {assertions: [{expression: x, operator: in, value: [1, 2]}]}\n",
        "value must be a text (a list is written \"a, b\") at .claimcheck/checks.yaml, line 2, column 61");
    add("both schemas", "requests:\n  a.yml: {schema: {file: a.json, inline: {}}}\n",
        "schema needs one of file and inline at .claimcheck/checks.yaml, line 2, column 19");
    add("a list of requests", "requests: [a.yml]\n",
        "requests must be a mapping at .claimcheck/checks.yaml, line 1, column 11");
}

void TestChecks::namesEveryMistake()
{
    QFETCH(std::string, yaml);
    QTEST(parsed(yaml), "expected");
}

void TestChecks::namesMistakesOfKeys()
{
    const auto two = store::parseKeys("keys:\n  a: {file: k.pem, secret: x}\n");
    QCOMPARE(describe(two.error()),
             std::string("cannot use .claimcheck/keys.yaml: the key a needs one of secret, file, jwksUrl and "
                         "issuer at .claimcheck/keys.yaml, line 2, column 6 (correct the file)"));
    const auto twice =
        store::parseKeys("keys:\n  a: {issuer: https://id.example, iss: https://id.example}\n");
    QVERIFY(describe(twice.error()).find("has iss beside issuer") != std::string::npos);
    // A key itself has no place in a file that is shared.
    const auto inFile = store::parseKeys("keys:\n  a: {value: hunter2}\n");
    QVERIFY(describe(inFile.error()).find("has no key \"value\"") != std::string::npos);
    QVERIFY(describe(inFile.error()).find("hunter2") == std::string::npos);
}

void TestChecks::nothingThereIsNothing()
{
    const test::CollectionFolder folder;
    QVERIFY(store::readChecks(folder.root) == Checks());
    folder.write(".claimcheck/checks.yaml", "");
    QVERIFY(store::readChecks(folder.root) == Checks());
}

void TestChecks::aBrokenFileIsAProblem()
{
    const test::CollectionFolder folder;
    folder.write(".claimcheck/checks.yaml", "requests:\n  a.yml: [\n");
    const Checks checks = store::readChecks(folder.root);
    QVERIFY(checks.problem);
    QCOMPARE(checks.problem->where->in, std::string(".claimcheck/checks.yaml"));
    QVERIFY(checks.problem->where->line > 0);
}

void TestChecks::brokenKeysCountWhereThereAreChecks()
{
    const test::CollectionFolder folder;
    folder.write(".claimcheck/keys.yaml", "keys: 5\n");
    QVERIFY(!store::readChecks(folder.root).problem);
    folder.write(".claimcheck/checks.yaml", whole);
    QVERIFY(store::readChecks(folder.root).problem);
}

void TestChecks::staysInTheFolder()
{
    const test::CollectionFolder folder;
    folder.write("x.yml", "info: {name: x}\n");
    QDir().mkpath(toQString(folder.path(".claimcheck")));
    QFile::link(toQString(folder.root + "/../outside.yaml"),
                toQString(folder.path(".claimcheck/checks.yaml")));
    folder.write("../outside.yaml", whole);
    const Checks checks = store::readChecks(folder.root);
    QVERIFY(checks.problem);
    QCOMPARE(checks.problem->kind, ErrorKind::Refused);
}

QTEST_GUILESS_MAIN(TestChecks)

#include "tst_checks.moc"
