// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens that are made for a request when it goes out: by its rule alone, with its key alone, or not at all.

#include "preparing.h"

#include <jose/jws.h>
#include <jose/verify.h>
#include <json/document.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using test::Fixture;
using test::get;

namespace {

/// The claims of a token that the key verifies.
std::optional<json::Document> verified(const std::string& token, const jose::Key& key)
{
    jose::Jws decoded = jose::decode(token);
    jose::Verifier verifier({key}, {});
    if (verifier.verify(decoded).verdict != jose::SignatureVerdict::Valid)
        return std::nullopt;
    return std::move(decoded.payloadJson);
}

std::string bearer(const http::Request& request)
{
    const std::string field = http::headerValue(request.headers, "Authorization").value_or("");
    return field.starts_with("Bearer ") ? field.substr(7) : std::string();
}

} // namespace

class TestPrepareMint : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mintsATokenForEachRequest();
    void mintsWhereItsRuleSays();
    void mintsWithAKeyOfTheFolder();
    void refusesToMint_data();
    void refusesToMint();
};

void TestPrepareMint::mintsATokenForEachRequest()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get("inherit"));
    fixture.folder.write(
        ".claimcheck/sessions.yaml",
        "minted:\n  - path: \"\"\n    algorithm: HS256\n    key: \"{{secret}}\"\n    expiresIn: 5m\n"
        "    header: '{\"kid\":\"k1\"}'\n    claims: '{\"sub\":\"{{user}}\",\"n\":1.0 }'\n");
    const std::string token = bearer(fixture.sent());
    const jose::Key key = jose::secretKey(Secret("0123456789abcdef0123456789abcdef"));
    const auto claims = verified(token, key);
    QVERIFY2(claims, token.c_str());
    QCOMPARE(claims->root().find("sub")->string(), std::string("ada \"A\""));
    QCOMPARE(claims->root().find("n")->text(), std::string_view("1.0"));
    QCOMPARE(claims->root().find("iat")->text(), std::string_view("1700000000"));
    QCOMPARE(claims->root().find("exp")->text(), std::string_view("1700000300"));
    fixture.values.now += std::chrono::seconds(7);
    const auto later = verified(bearer(fixture.sent()), key);
    QVERIFY(later && later->root().find("iat")->text() == "1700000007");
    fixture.folder.write(".claimcheck/sessions.yaml",
                         "minted:\n  - {path: r.yml, algorithm: HS256, key: \"{{secret}}\", expiresIn: 1h, "
                         "claims: '{\"iat\":1,\"exp\":2}'}\n");
    const auto fixedTimes = verified(bearer(fixture.sent()), key);
    QVERIFY(fixedTimes && fixedTimes->root().find("exp")->text() == "2"); // what it says itself, stays
    QCOMPARE(fixedTimes->root().members().size(), 2U);
}

void TestPrepareMint::mintsWhereItsRuleSays()
{
    Fixture fixture;
    fixture.folder.write("r.yml", get("inherit"));
    const auto rule = [&fixture](const std::string& more) {
        fixture.folder.write(".claimcheck/sessions.yaml",
                             "minted:\n  - {path: r.yml, algorithm: HS256, key: \"{{secret}}\"" + more +
                                 "}\n");
        return fixture.sent();
    };
    QVERIFY(http::headerValue(rule(", name: X-Token").headers, "X-Token")->starts_with("ey"));
    QVERIFY(http::headerValue(rule(", prefix: \"JWT \"").headers, "Authorization")->starts_with("JWT ey"));
    QVERIFY(http::headerValue(rule(", prefix: \"\"").headers, "Authorization")->starts_with("ey"));
    const http::Request query = rule(", in: query, name: jwt");
    QVERIFY2(query.url.starts_with("https://api.test/a?x=1&jwt=ey"), query.url.c_str());
    QVERIFY(!http::headerValue(query.headers, "Authorization"));
}

void TestPrepareMint::mintsWithAKeyOfTheFolder()
{
    const auto key = jose::generateKeyFor("ES256");
    QVERIFY_RESULT(key);
    const auto pem = jose::toPem(*key);
    QVERIFY_RESULT(pem);
    Fixture fixture;
    fixture.folder.write("r.yml", get("inherit"));
    fixture.folder.write("keys/dev.pem", std::string(pem->reveal()));
    fixture.folder.write(".claimcheck/sessions.yaml",
                         "minted:\n  - {path: \"\", algorithm: ES256, keyFile: keys/dev.pem}\n");
    QVERIFY(verified(bearer(fixture.sent()), *key));
}

void TestPrepareMint::refusesToMint_data()
{
    QTest::addColumn<QByteArray>("rule");
    const auto row = [](const char* name, const char* rule) { QTest::newRow(name) << QByteArray(rule); };
    row("unknown algorithm", "algorithm: XS256, key: \"{{secret}}\"");
    row("none", "algorithm: none, key: \"{{secret}}\"");
    row("secret for a signature", "algorithm: RS256, key: \"{{secret}}\"");
    row("undefined variable", "algorithm: HS256, key: \"{{gone}}\"");
    row("claims that are none", "algorithm: HS256, key: \"{{secret}}\", claims: '[1]'");
    row("undefined name in the claims",
        "algorithm: HS256, key: \"{{secret}}\", claims: '{\"a\":\"{{gone}}\"}'");
    row("another alg in the header", "algorithm: HS256, key: \"{{secret}}\", header: '{\"alg\":\"none\"}'");
    row("file that is not there", "algorithm: ES256, keyFile: keys/none.pem");
    row("file outside of the folder", "algorithm: HS256, keyFile: ../../../../etc/hostname");
}

void TestPrepareMint::refusesToMint()
{
    QFETCH(const QByteArray, rule);
    Fixture fixture;
    fixture.values.allowUndefined = true; // is for bodies
    fixture.folder.write("r.yml", get("inherit"));
    fixture.folder.write(".claimcheck/sessions.yaml",
                         "minted:\n  - {path: \"\", " + rule.toStdString() + "}\n");
    const auto request = fixture.request();
    QVERIFY(!request);
    QVERIFY(describe(request.error()).find("0123456789abcdef") == std::string::npos);
}

QTEST_GUILESS_MAIN(TestPrepareMint)
#include "tst_preparemint.moc"
