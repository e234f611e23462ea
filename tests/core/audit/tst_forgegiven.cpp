// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is forged of more than the good token: of what the user gives or allows, and of a forgery that was
// accepted.

#include "forged.h"

#include <audit/plan.h>
#include <base/text.h>

#include <QtTest/qtest.h>

#include <set>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Forgery;

class TestForgeGiven : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void claimsAreMadeAsWhatWasAccepted();
    void commonSecretsAreCounted();
    void privilegesAreAskedForWhenAllowed();
    void namesAPublicFile();
    void goesThroughARedirect();
    void twoExpAreOneTooMany();
    void twoSubjectsAreOneTooMany();
};

/// Without the signing key, on a forgery that the server took.
void TestForgeGiven::claimsAreMadeAsWhatWasAccepted()
{
    const audit::Material material = materialFor("RS256", issuerKey("RS256"));
    QVERIFY(audit::builtOn(material, {}).empty());
    for (const char* id :
         {"payload-changed", "alg-none", "alg-none-case", "hs-key-confusion", "empty-hmac-key",
          "leftover-secret", "embedded-jwk", "kid-path-traversal", "kid-sql-injection"}) {
        const Forgery base = forgeries(id, material).front();
        QVERIFY2(base.remake, id);
        audit::Material taking = material;
        taking.taken = audit::Taken{base.attack, base.variant, base.remake};
        const auto built = audit::builtOn(taking, {});
        std::set<std::string> attacks;
        for (const Forgery& forgery : built) {
            attacks.insert(forgery.attack);
            QCOMPARE(forgery.builtOn, std::string(id));
            QVERIFY2(forgery.recipe.find("made as the accepted " + base.attack) == 0, forgery.recipe.c_str());
            QCOMPARE(headerOf(forgery), headerOf(base));
        }
        QCOMPARE(attacks,
                 (std::set<std::string>{"other-claims", "expired-accepted", "far-exp", "malformed-exp",
                                        "two-exp", "missing-exp", "nbf-ignored", "future-iat", "wrong-aud",
                                        "missing-aud", "wrong-iss", "missing-iss", "iss-array"}));
        QCOMPARE(member(decoded(built.front()).payload.bytes, "x_audit"), "1");
        QCOMPARE(member(decoded(built[1]).payload.bytes, "exp"), "1799996400");
        QCOMPARE(
            audit::builtOn(taking, {audit::findAttack("wrong-iss"), audit::findAttack("alg-none")}).size(),
            std::size_t(1));
    }
    const auto& needed = *audit::findAttack("other-claims");
    QCOMPARE(audit::obstacle(needed, material).why, "needs a forgery that was accepted");
}

/// As many as somebody wants, each once, up to a hundred.
void TestForgeGiven::commonSecretsAreCounted()
{
    audit::Material material = materialFor("RS256", issuerKey("RS256"));
    for (const auto& [wanted, made] :
         std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {3, 3}, {60, 60}, {1000, 100}}) {
        material.commonSecrets = wanted;
        std::set<std::string> tokens;
        for (const Forgery& forgery : forgeries("leftover-secret", material))
            tokens.insert(std::string(forgery.token.reveal()));
        QCOMPARE(tokens.size(), made);
    }
}

void TestForgeGiven::privilegesAreAskedForWhenAllowed()
{
    audit::Material material = materialFor("RS256", issuerKey("RS256"));
    QVERIFY(forgeries("other-privileges", material).empty());
    material.mayRaise = true;
    const auto made = forgeries("other-privileges", material);
    QCOMPARE(variantsOf(made), (std::vector<std::string>{"sub admin", "role admin"}));
    QCOMPARE(member(decoded(made[0]).payload.bytes, "sub"), "\"admin\"");
    QCOMPARE(member(decoded(made[1]).payload.bytes, "role"), "\"admin\"");
    for (const Forgery& forgery : made)
        QCOMPARE(decoded(forgery).signature.bytes, material.good.signature.bytes);
}

void TestForgeGiven::namesAPublicFile()
{
    audit::Material material = materialFor("RS256", issuerKey("RS256"));
    material.publicFiles = {{"css/app.css", "body{}\n"}};
    const auto made = forgeries("kid-public-file", material);
    QCOMPARE(made.size(), std::size_t(5));
    QVERIFY(fitsMac(variant(made, "../css/app.css"), "SHA256", "body{}\n"));
    QCOMPARE(member(headerOf(variant(made, "css/app.css")), "kid"), "\"css/app.css\"");
}

void TestForgeGiven::goesThroughARedirect()
{
    audit::Material material = materialFor("RS256", issuerKey("RS256"));
    material.openRedirect = "https://issuer.example/out?to=";
    QCOMPARE(audit::obstacle(*audit::findAttack("jku-redirect"), material).why,
             "needs the listener on this machine");
    material.listener = "http://127.0.0.1:9/r";
    const auto made = forgeries("jku-redirect", material);
    QCOMPARE(member(headerOf(made[0]), "jku"),
             "\"https://issuer.example/out?to=http%3A%2F%2F127.0.0.1%3A9%2Fr%2Fredirect-kept%2Fjwks.json\"");
    QCOMPARE(member(headerOf(made[1]), "jku"),
             "\"https://issuer.example/out?to=http://127.0.0.1:9/r/redirect-kept/jwks.json\"");
    QCOMPARE(made[0].callback, "/redirect-kept/");
}

/// The last one counts (RFC 7519 §4), and it is over.
void TestForgeGiven::twoExpAreOneTooMany()
{
    const jose::Key key = issuerKey("RS256");
    audit::Material material = materialFor("RS256", key);
    material.signingKey = key;
    const auto made = forgeries("two-exp", material);
    QCOMPARE(made.size(), std::size_t(1));
    const std::string payload = decoded(made.front()).payload.bytes;
    QVERIFY2(payload.ends_with(",\"exp\":1799996400}") &&
                 payload.find("\"exp\":1800000300") != std::string::npos,
             payload.c_str());
    QVERIFY(!made.front().counterproof.isEmpty());
}

/// Only with leave, and nobody's name: another user's token would be asked for otherwise.
void TestForgeGiven::twoSubjectsAreOneTooMany()
{
    const jose::Key key = issuerKey("RS256");
    audit::Material material = materialFor("RS256", key);
    material.signingKey = key;
    QVERIFY(forgeries("two-sub", material).empty());
    material.mayRaise = true;
    const auto made = forgeries("two-sub", material);
    QCOMPARE(made.size(), std::size_t(1));
    const std::string payload = decoded(made.front()).payload.bytes;
    QVERIFY2(payload.find("\"sub\":\"demo\"") != std::string::npos &&
                 payload.ends_with(",\"sub\":\"audit-n0nce\"}"),
             payload.c_str());
    QCOMPARE(verdictOf(made.front(), key), jose::SignatureVerdict::Valid);
    const jose::Jws alone = jose::decode(made.front().counterproof.reveal());
    QCOMPARE(member(alone.payload.bytes, "sub"), "\"audit-n0nce\"");
    audit::Material nameless = materialFor("RS256", key, R"({"exp":1800003600})");
    nameless.signingKey = key;
    nameless.mayRaise = true;
    QCOMPARE(audit::obstacle(*audit::findAttack("two-sub"), nameless).why, "the good token has no sub");
}

QTEST_GUILESS_MAIN(TestForgeGiven)
#include "tst_forgegiven.moc"
