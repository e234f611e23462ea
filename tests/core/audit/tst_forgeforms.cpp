// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The forms that a forged token, or the key of one, comes in: the rare ones as well, and none twice.

#include "forged.h"

#include <audit/publicforms.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <set>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Forgery;

class TestForgeForms : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publicKeysHaveRareForms();
    void noTokenIsMadeTwice();
    void allSpellingsWithEachKid();
    void anotherAlgorithmWithAKeyOfOurs_data();
    void anotherAlgorithmWithAKeyOfOurs();
    void aSecretHasNoKeyOfOursInItsPlace();
    void threeUnknownKidsAreThree();
    void theTypIsChangedAndLeftOut();
    void hidesTheListenerBehindTheIssuer();
    void theGoodTokenInACookieBesideGarbage();
};

/// Who keeps the key in these forms hands their text to the library.
void TestForgeForms::publicKeysHaveRareForms()
{
    for (const char* algorithm : {"RS256", "ES256", "ES384", "Ed25519"}) {
        const jose::Key key = publicHalf(issuerKey(algorithm));
        const auto forms = audit::publicForms(key, {});
        const auto ssh = std::ranges::find(forms, std::string("ssh"), &audit::KeyForm::name);
        QVERIFY2(ssh != forms.end(), algorithm);
        const auto read = jose::readKeys(ssh->bytes); // by the program's own reader of that form
        QVERIFY_RESULT(read);
        QCOMPARE(*jose::publicPem(read->front()), *jose::publicPem(key));
    }
    const jose::Key key = issuerKey("RS256");
    audit::Material material = materialFor("RS256", key);
    QVERIFY(fitsMac(variant(forgeries("hs-key-confusion", material), "HS256 pem behind a space"), "SHA256",
                    " " + *jose::publicPem(key)));

    // A set that has the certificate of its key.
    const auto own = json::parse(headerOf(forgeries("x5c-injection", material).front()));
    const std::string certificate = own->root().find("x5c")->items().front().string();
    material.keyBytes = R"({"keys":[{"kty":"RSA","kid":"k1","x5c":[")" + certificate + R"("]}]})";
    material.publicKeys.front().kid = "k1";
    QVERIFY(!variant(forgeries("hs-key-confusion", material), "HS256 certificate pem").token.isEmpty());
    const auto chains = forgeries("x5c-injection", material);
    const auto chain = json::parse(headerOf(variant(chains, "x5c, the issuer's certificate behind it")));
    const auto items = chain->root().find("x5c")->items();
    QCOMPARE(items.size(), std::size_t(2));
    QCOMPARE(items.back().string(), certificate);
}

/// A request more that shows nothing more counts against the limit all the same.
void TestForgeForms::noTokenIsMadeTwice()
{
    for (const char* algorithm : {"HS256", "RS256", "ES256"}) {
        audit::Material material = materialFor(algorithm, issuerKey(algorithm));
        material.listener = "http://127.0.0.1:9/r";
        material.mayQuery = true;
        // One that is served with the bytes of another form.
        material.keyBytes.resize(material.keyBytes.empty() ? 0 : material.keyBytes.size() - 1);
        std::set<std::string> made;
        for (const audit::Attack& attack : audit::attacks())
            for (const Forgery& forgery : audit::forge(attack, material)) {
                const audit::Delivery& way = forgery.delivery;
                const std::string sent = std::to_string(static_cast<int>(way.place)) + way.method + " " +
                                         way.name + " " + way.prefix + " " +
                                         std::string(forgery.token.reveal());
                QVERIFY2(made.insert(sent).second, (forgery.attack + ": " + forgery.variant).c_str());
            }
    }
}

void TestForgeForms::allSpellingsWithEachKid()
{
    const auto made = forgeries("alg-none-case", materialFor("RS256", issuerKey("RS256")));
    QCOMPARE(made.size(), std::size_t(15));
    for (const char* spelling : {"None", "NONE", "nOnE", "noNe", "NoNE"})
        for (const char* kid : {"kept", "dropped", "unknown"})
            QCOMPARE(member(headerOf(variant(made, std::string(spelling) + ", kid " + kid)), "alg"),
                     "\"" + std::string(spelling) + "\"");
}

void TestForgeForms::anotherAlgorithmWithAKeyOfOurs_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QString>("other");
    for (const auto& [algorithm, other] :
         {std::pair("RS256", "RS512"), std::pair("PS384", "PS512"), std::pair("ES256", "ES256K"),
          std::pair("ES384", "ES256"), std::pair("ES512", "ES256"), std::pair("EdDSA", "Ed25519"),
          std::pair("Ed25519", "EdDSA"), std::pair("Ed448", "Ed25519")})
        QTest::newRow(algorithm) << QString::fromLatin1(algorithm) << QString::fromLatin1(other);
}

/// Who takes one has let the token choose: the algorithm, and in the end the key.
void TestForgeForms::anotherAlgorithmWithAKeyOfOurs()
{
    QFETCH(const QString, algorithm);
    QFETCH(const QString, other);
    const std::string name = algorithm.toStdString();
    const std::string swapped = "alg " + other.toStdString();
    const audit::Material material =
        materialFor(name.c_str(), issuerKey(name == "EdDSA" ? "Ed25519" : name.c_str()));
    const auto made = forgeries("header-changed", material);
    QCOMPARE(decoded(variant(made, swapped)).signature.bytes, material.good.signature.bytes);
    const Forgery& own = variant(made, swapped + ", signed with a key of our own");
    const audit::OwnKeys& keys = material.own;
    jose::Key ours = other == u"ES256K"        ? keys.koblitz
                     : other.startsWith(u"ES") ? keys.ec
                     : other.startsWith(u"Ed") ? keys.okp
                                               : keys.rsa;
    ours.alg.reset(); // it was made for one algorithm
    QCOMPARE(verdictOf(own, ours), jose::SignatureVerdict::Valid);
    QCOMPARE(member(decoded(own).payload.bytes, "sub"), "\"demo\"");
    QCOMPARE(member(decoded(own).payload.bytes, "jti"), "\"audit-n0nce\""); // we sign it, and say so
    QCOMPARE(member(headerOf(own), "kid"), "\"k1\"");
}

/// With a secret there is no key pair to swap.
void TestForgeForms::aSecretHasNoKeyOfOursInItsPlace()
{
    const auto made = forgeries("header-changed", materialFor("HS256", issuerKey("HS256")));
    QCOMPARE(made.back().variant, std::string("alg HS512"));
}

/// A server that fetches the keys for each unknown kid shows it in its own log.
void TestForgeForms::threeUnknownKidsAreThree()
{
    std::set<std::string> kids;
    for (const Forgery& forgery : forgeries("header-changed", materialFor("RS256", issuerKey("RS256"))))
        if (forgery.variant.starts_with("another kid"))
            kids.insert(member(headerOf(forgery), "kid"));
    QCOMPARE(kids.size(), std::size_t(3));
}

void TestForgeForms::theTypIsChangedAndLeftOut()
{
    const jose::Key key = issuerKey("RS256");
    audit::Material material = materialFor("RS256", key);
    material.signingKey = key;
    std::vector<std::string> others{"typ dpop+jwt", "typ secevent+jwt", "typ logout+jwt"};
    const bool hasTyp = member(material.good.header.bytes, "typ") == "\"JWT\"";
    for (const char* name : {hasTyp ? "no typ" : "typ JWT", "typ at+jwt"})
        others.emplace_back(name);
    const auto made = forgeries("other-typ", material);
    QCOMPARE(variantsOf(made), others);
    for (const Forgery& forgery : made)
        QCOMPARE(verdictOf(forgery, key), jose::SignatureVerdict::Valid);
}

void TestForgeForms::hidesTheListenerBehindTheIssuer()
{
    audit::Material material = materialFor("RS256", issuerKey("RS256"));
    material.listener = "http://127.0.0.1:9/r";
    const auto made = forgeries("jku-bypass", material);
    const auto jku = [&](const char* name) { return member(headerOf(variant(made, name)), "jku"); };
    QCOMPARE(jku("two slashes"), "\"//127.0.0.1:9/r/slashes-kept/jwks.json\"");
    QCOMPARE(jku("host before a backslash"),
             R"("http://issuer.example\\@127.0.0.1:9/r/backslash-kept/jwks.json")");
}

void TestForgeForms::theGoodTokenInACookieBesideGarbage()
{
    const audit::Material material = materialFor("RS256", issuerKey("RS256"));
    const auto made = forgeries("two-tokens", material);
    QCOMPARE(made.size(), std::size_t(4));
    QCOMPARE(made.back().token, Secret(material.good.text));
    QVERIFY(made.back().delivery ==
            (audit::Delivery{.place = audit::Place::Swapped, .name = "access_token"}));
}

QTEST_GUILESS_MAIN(TestForgeForms)
#include "tst_forgeforms.moc"
