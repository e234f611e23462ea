// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens of a run verified where they turn up, by the keys that keys.yaml names for their issuers, and what
// the reports say of them.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <jose/algorithm.h>
#include <jose/sign.h>
#include <run/issuerkeys.h>
#include <run/runner.h>
#include <store/checks.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;
using test::RawServer;
using test::Seen;

namespace {

const char* const secret = "a-secret-of-at-least-32-bytes-for-hs256";

std::string signedFor(const std::string& issuer, const char* with = secret)
{
    const auto now = static_cast<std::int64_t>(toUnixSeconds(currentTime()));
    const std::string claims = R"({"iss":")" + issuer + R"(","sub":"somebody-in-particular","iat":)" +
                               std::to_string(now) + R"(,"exp":)" + std::to_string(now + 600) + "}";
    const auto token = jose::sign(*jose::findAlgorithm("HS256"), jose::secretKey(Secret(with)), claims, {});
    return token ? std::string(token->reveal()) : describe(token.error());
}

} // namespace

class TestIssuerKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void picksTheKeyOfTheIssuer();
    void aKeyWithoutAnIssuerIsNobodys();
    void verifiesInPlace();
    void saysWhatDoesNotHold();
    void asksAnAddressWithoutSecrets();
    void anAddressHasWhatIsGivenWithTheCall();
    void brokenKeysAreSaid();
    void reportsHoldNoToken();

private:
    Report run(const std::string& body, const std::string& keys);
    std::vector<TokenVerdict> tokens(const std::string& body, const std::string& keys)
    {
        const Report report = run(body, keys);
        return report.results.empty() ? std::vector<TokenVerdict>() : report.results[0].tokens;
    }

    std::vector<std::string> m_asked;
};

Report TestIssuerKeys::run(const std::string& body, const std::string& keys)
{
    m_asked.clear();
    test::CollectionFolder folder;
    RawServer server([&](const Seen& seen) {
        m_asked.push_back(seen.target());
        return test::ok(seen.target() == "/jwks" ? R"({"keys":[]})" : body);
    });
    folder.write("a.yml",
                 "info: {name: a, type: http}\nhttp: {method: GET, url: \"" + server.url("/a") + "\"}\n");
    folder.write(store::keysFile, keys);
    Options options;
    options.overrides = {{"host", server.url("")}, {"jwtSecret", secret}, {"given", "word"}};
    options.checks = store::readChecks(folder.root);
    Runner runner(folder.open(), options);
    std::optional<Report> report;
    QObject::connect(&runner, &Runner::finished, [&](const Report& finished) { report = finished; });
    const bool isStarted = runner.start().has_value();
    const bool isFinished = isStarted && QTest::qWaitFor([&] { return report.has_value(); }, 30'000);
    return isFinished ? *report : Report();
}

void TestIssuerKeys::picksTheKeyOfTheIssuer()
{
    const auto keys = store::parseKeys("keys:\n  a: {secret: x, iss: \"{{host}}/\"}\n"
                                       "  b: {issuer: \"https://id.example\"}\n"
                                       "  c: {file: k.pem, iss: \"{{nowhere}}\"}\n");
    QVERIFY_RESULT(keys);
    collection::Checks checks;
    checks.keys = *keys;
    const Values values{{{"environment", {{"host", "https://api.example"}}}}, {}};
    const auto nameFor = [&](const char* issuer) {
        const auto key = keyOfIssuer(checks, values, issuer);
        return key ? key->name : std::string();
    };
    QCOMPARE(nameFor("https://api.example/"), std::string("a"));
    QCOMPARE(nameFor("https://id.example"), std::string("b"));
    for (const char* other :
         {"https://api.example", "https://id.example/", "HTTPS://id.example", "{{nowhere}}", ""})
        QCOMPARE(nameFor(other), std::string());
}

void TestIssuerKeys::aKeyWithoutAnIssuerIsNobodys()
{
    const auto found = tokens(R"({"token":")" + signedFor("https://id.example") + R"("})",
                              "keys: {a: {secret: jwtSecret}}\n");
    QCOMPARE(found, (std::vector<TokenVerdict>{{"body .token", "not verified", ""}}));
}

void TestIssuerKeys::verifiesInPlace()
{
    const auto found =
        tokens(R"({"a":{"access_token":")" + signedFor("https://id.example") + R"("},"other":")" +
                   signedFor("https://else.example") + R"(","refresh_token":"2YotnFZFEjr1zCsicMWpAA"})",
               "keys: {mine: {secret: jwtSecret, iss: \"https://id.example\"}}\n");
    QCOMPARE(found, (std::vector<TokenVerdict>{{"body .a.access_token", "verified", "mine"},
                                               {"body .other", "not verified", ""},
                                               {"body .refresh_token", "opaque", ""}}));
}

/// As a note: what a run demands stands in checks.yaml.
void TestIssuerKeys::saysWhatDoesNotHold()
{
    const std::string keys = "keys: {mine: {secret: jwtSecret, iss: \"https://id.example\"}}\n";
    const std::string forged = signedFor("https://id.example", "another secret that is as long as that one");
    const Report report = run(R"({"token":")" + forged + R"("})", keys);
    QCOMPARE(report.results.size(), std::size_t(1));
    QCOMPARE(report.results[0].status, Status::Passed);
    QCOMPARE(report.results[0].notes,
             std::vector<std::string>{"token at body .token: signature invalid (key mine)"});
    const Report without = run(R"({"token":")" + forged + R"("})",
                               "keys: {mine: {secret: nothing, iss: \"https://id.example\"}}\n");
    QCOMPARE(without.results[0].tokens[0], (TokenVerdict{"body .token", "not verified", "mine"}));
    QVERIFY(without.results[0].notes.at(0).starts_with("token at body .token not verified: "));
}

/// Only what keys.yaml names is asked, whatever stands in the token, and nothing secret goes along.
void TestIssuerKeys::asksAnAddressWithoutSecrets()
{
    const std::string body = R"({"token":")" + signedFor("https://id.example") + R"("})";
    QCOMPARE(tokens(body, "keys: {far: {jwksUrl: \"{{host}}/jwks\", iss: \"https://id.example\"}}\n"),
             (std::vector<TokenVerdict>{{"body .token", "no key", "far"}}));
    QCOMPARE(m_asked, (std::vector<std::string>{"/a", "/jwks"}));
    QCOMPARE(tokens(body, "keys: {far: {jwksUrl: \"{{host}}/jwks\", iss: \"https://other.example\"}}\n"),
             (std::vector<TokenVerdict>{{"body .token", "not verified", ""}}));
    QCOMPARE(m_asked, std::vector<std::string>{"/a"});
}

/// Whoever gives it with the call has said that it may go where the collection sends it.
void TestIssuerKeys::anAddressHasWhatIsGivenWithTheCall()
{
    tokens(R"({"token":")" + signedFor("https://id.example") + R"("})",
           "keys: {far: {jwksUrl: \"{{host}}/jwks?k={{given}}\", iss: \"https://id.example\"}}\n");
    QCOMPARE(m_asked, (std::vector<std::string>{"/a", "/jwks?k=word"}));
}

void TestIssuerKeys::brokenKeysAreSaid()
{
    const Report report = run(R"({"token":")" + signedFor("https://id.example") + R"("})", "keys: 5\n");
    QCOMPARE(report.results.size(), std::size_t(1));
    QCOMPARE(report.results[0].notes.size(), std::size_t(1));
    QVERIFY(report.results[0].notes[0].starts_with("no token is verified: cannot use .claimcheck/keys.yaml"));
}

void TestIssuerKeys::reportsHoldNoToken()
{
    const std::string token = signedFor("https://id.example");
    const Report report = run(R"({")" + token + R"(":")" + token + R"("})",
                              "keys: {mine: {secret: jwtSecret, iss: \"https://id.example\"}}\n");
    QCOMPARE(report.results.at(0).tokens.size(), std::size_t(1));
    QCOMPARE(report.results[0].tokens[0].verdict, std::string("verified"));
    for (const std::string& text :
         {jsonReport(report), htmlReport(report), junitReport(report), tapReport(report)}) {
        QVERIFY(text.find(token.substr(0, 20)) == std::string::npos);
        QVERIFY(text.find("somebody-in-particular") == std::string::npos);
    }
    QVERIFY(jsonReport(report).find(R"("verdict": "verified")") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestIssuerKeys)
#include "tst_issuerkeys.moc"
