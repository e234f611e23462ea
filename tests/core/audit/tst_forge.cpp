// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Forged tokens against our own engine: none of them is verified by the issuer's key, and each is what its
// recipe says, so that a server with that one fault would take it.

#include "forged.h"

#include <base/text.h>
#include <jose/base64url.h>
#include <jose/decrypt.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <set>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Forgery;

class TestForge : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theTableIsWhole();
    void familiesHaveTheirAttacks_data();
    void familiesHaveTheirAttacks();
    void nothingForgedVerifies_data();
    void nothingForgedVerifies();
    void saysWhatItNeeds();
    void isTheSameForTheSameMaterial();
    void noneKeepsThePayload();
    void changedPayloadKeepsTheRest();
    void confusionFitsThePublicKey();
    void emptyKeysFit();
    void guessedSecretSigns();
    void noTextNamesASecret();
    void bringsItsOwnKey();
    void namesOurListener();
    void claimsAreRightlySigned();
    void ownTokensLiveShortly();
    void ecdsaFormsAreThoseOfTheGoodOne();
    void jsonFormHidesAForgedOne();
    void encryptsToTheIssuer();
    void anotherUserHasAnotherSubject();
    void theGoodTokenIsNoOther();
};

void TestForge::theTableIsWhole()
{
    std::set<std::string_view> ids;
    for (const audit::Attack& attack : audit::attacks()) {
        QVERIFY2(ids.insert(attack.id).second, attack.id.data());
        for (const std::string_view text :
             {attack.title, attack.does, attack.correct, attack.acceptance, attack.owasp, attack.reference})
            QVERIFY2(!text.empty(), attack.id.data());
        QVERIFY2(attack.cwe > 0, attack.id.data());
        QCOMPARE(attack.family == audit::Family::Controls, attack.stage == audit::Stage::Control);
        const bool isFound = attack.findingClass.empty() || !audit::fixFor(attack.findingClass).empty();
        QVERIFY2(isFound, attack.id.data());
        QCOMPARE(audit::findAttack(attack.id), &attack);
    }
    QCOMPARE(audit::attacksNamed("signature-ignored").size(), std::size_t(7));
    QVERIFY(audit::attacksNamed("no-such-attack").empty());
    QVERIFY(audit::attacksNamed("").empty());
}

/// Whoever leaves a family out leaves these out, and no others.
void TestForge::familiesHaveTheirAttacks_data()
{
    QTest::addColumn<audit::Family>("family");
    QTest::addColumn<QString>("ids");
    const auto row = [](const char* word, audit::Family family, const char* ids) {
        QTest::newRow(word) << family << QString::fromLatin1(ids);
    };
    row("controls", audit::Family::Controls, "no-token empty-token garbage-token");
    row("signature", audit::Family::Signature,
        "payload-changed broken-signature other-signature header-changed other-privileges");
    row("unsigned", audit::Family::Unsigned,
        "signature-stripped alg-none alg-none-case alg-missing header-names");
    row("keys", audit::Family::KnownKeys,
        "hs-key-confusion empty-hmac-key weak-hmac-secret leftover-secret psychic-signature jwe-confusion");
    row("brought", audit::Family::BroughtKeys,
        "embedded-jwk embedded-oct x5c-injection x5t jku-injection jku-bypass jku-redirect x5u-injection "
        "iss-array-listener iss-listener");
    row("kid", audit::Family::KeyName, "kid-path-traversal kid-public-file kid-sql-injection kid-type");
    row("claims", audit::Family::Claims,
        "other-claims expired-accepted far-exp malformed-exp two-exp two-sub missing-exp nbf-ignored "
        "future-iat wrong-aud missing-aud wrong-iss missing-iss iss-array crit-ignored other-typ "
        "token-type-confusion "
        "other-user not-revoked "
        "expired-good-token");
    row("ways", audit::Family::Ways,
        "method-bypass token-in-query token-in-cookie scheme-case other-schemes two-tokens");
    row("parsers", audit::Family::Parsers,
        "b64-false duplicate-member format-confusion odd-headers large-token encoding ecdsa-forms segments");
}

void TestForge::familiesHaveTheirAttacks()
{
    QFETCH(audit::Family, family);
    QFETCH(QString, ids);
    QStringList found;
    for (const audit::Attack& attack : audit::attacks())
        if (attack.family == family)
            found += QString::fromUtf8(attack.id.data(), static_cast<qsizetype>(attack.id.size()));
    QCOMPARE(found.join(u' '), ids);
    QCOMPARE(audit::toText(family), std::string_view(QTest::currentDataTag()));
}

void TestForge::nothingForgedVerifies_data()
{
    QTest::addColumn<QString>("algorithm");
    for (const char* algorithm : {"HS256", "RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"})
        QTest::newRow(algorithm) << QString::fromUtf8(algorithm);
}

/// Of what is made without the signing key. The good token in another place or writing is none that is
/// forged.
void TestForge::nothingForgedVerifies()
{
    QFETCH(QString, algorithm);
    const std::string name = algorithm.toStdString();
    const jose::Key key = issuerKey(name == "EdDSA" ? "Ed25519" : name.c_str());
    audit::Material material = materialFor(name.c_str(), key);
    material.listener = "http://127.0.0.1:9/r";
    material.mayQuery = true;
    std::size_t made = 0;
    for (const audit::Attack& attack : audit::attacks()) {
        const std::vector<Forgery> all = audit::forge(attack, material);
        QVERIFY2(!all.empty() || !audit::obstacle(attack, material).why.empty(), attack.id.data());
        made += all.size();
        for (const Forgery& forgery : all) {
            QCOMPARE(forgery.attack, std::string(attack.id));
            QVERIFY2(!forgery.recipe.empty() && !forgery.variant.empty(), attack.id.data());
            const bool isGood = forgery.token.reveal() == material.good.text;
            // The same key makes the twin too, and a reader of JSON finds the good token in the JSON form.
            const bool isTwin = forgery.variant == "twin (r, n - s)";
            const bool isJson = !forgery.counterproof.isEmpty();
            const bool isVerified = verdictOf(forgery, key) == jose::SignatureVerdict::Valid;
            QVERIFY2(isVerified == (isGood || isTwin || isJson),
                     (forgery.attack + ": " + forgery.variant).c_str());
        }
    }
    QVERIFY2(made > 120 && made < 250, std::to_string(made).c_str());
}

void TestForge::saysWhatItNeeds()
{
    const audit::Material hmac = materialFor("HS256", issuerKey("HS256"));
    const auto needs = [&](const char* id) { return audit::obstacle(*audit::findAttack(id), hmac).why; };
    QCOMPARE(needs("expired-accepted"), "needs the signing key");
    QCOMPARE(needs("wrong-aud"), "needs the signing key");
    QCOMPARE(needs("hs-key-confusion"), "only for tokens that are signed with a private key");
    QCOMPARE(needs("psychic-signature"), "only for tokens that are signed with ECDSA");
    QCOMPARE(needs("jku-injection"), "needs the listener on this machine");
    QCOMPARE(needs("token-in-query"), "would put the good token into the server's log");
    QCOMPARE(needs("alg-none"), "");
    QCOMPARE(needs("other-claims"), "needs a forgery that was accepted");
    QCOMPARE(needs("other-privileges"), "needs leave to ask for another user and role");
    QCOMPARE(needs("jku-redirect"), "needs an open redirect of the issuer");
    QCOMPARE(needs("kid-public-file"), "needs a file of the server that everybody can read");
    QCOMPARE(needs("two-exp"), "needs the signing key");
    QCOMPARE(needs("far-exp"), "needs the signing key");
    QCOMPARE(needs("two-sub"), "needs leave to ask for another user and role");
    audit::Material allowed = hmac;
    allowed.mayRaise = true;
    QCOMPARE(audit::obstacle(*audit::findAttack("two-sub"), allowed).why, "needs the signing key");
    QVERIFY(forgeries("expired-accepted", hmac).empty());
    // What can be given is told from what this token is not for, and from what somebody has to allow.
    const auto kind = [&](const char* id) { return audit::obstacle(*audit::findAttack(id), hmac).kind; };
    QVERIFY(kind("expired-accepted") == audit::ObstacleKind::Missing);
    QVERIFY(kind("psychic-signature") == audit::ObstacleKind::Unfit);
    QVERIFY(kind("token-in-query") == audit::ObstacleKind::NotAllowed);
    QVERIFY(kind("alg-none") == audit::ObstacleKind::None);

    audit::Material bare = materialFor("RS256", issuerKey("RS256"), R"({"sub":"demo"})");
    bare.publicKeys.clear();
    QCOMPARE(audit::obstacle(*audit::findAttack("hs-key-confusion"), bare).why,
             "needs the issuer's public key");
    bare.signingKey = bare.own.rsa;
    QCOMPARE(audit::obstacle(*audit::findAttack("wrong-aud"), bare).why, "the good token has no aud");
    QCOMPARE(audit::obstacle(*audit::findAttack("iss-array"), bare).why, "the good token has no iss");
}

void TestForge::isTheSameForTheSameMaterial()
{
    const audit::Material material = materialFor("HS256", issuerKey("HS256"));
    for (const char* id : {"alg-none", "empty-hmac-key", "x5t", "embedded-oct", "broken-signature"}) {
        const auto first = forgeries(id, material);
        const auto second = forgeries(id, material);
        QCOMPARE(first.size(), second.size());
        for (std::size_t i = 0; i < first.size(); ++i)
            QVERIFY2(first[i].token == second[i].token, id);
    }
}

void TestForge::noneKeepsThePayload()
{
    const audit::Material material = materialFor("RS256", issuerKey("RS256"));
    const auto made = forgeries("alg-none", material);
    QCOMPARE(variantsOf(made),
             (std::vector<std::string>{"none, kid kept", "none, kid dropped", "none, kid unknown",
                                       "none, old signature kept", "none, junk signature"}));
    for (const Forgery& forgery : made) {
        QCOMPARE(member(headerOf(forgery), "alg"), "\"none\"");
        QCOMPARE(decoded(forgery).payload.bytes, issuerClaims);
    }
    QCOMPARE(member(headerOf(made[0]), "kid"), "\"k1\"");
    QCOMPARE(member(headerOf(made[1]), "kid"), "-");
    QCOMPARE(member(headerOf(made[2]), "kid"), "\"unknown-n0nce\"");
    QCOMPARE(decoded(made[0]).signature.bytes, "");
    QCOMPARE(decoded(made[3]).signature.bytes, material.good.signature.bytes);
    for (const Forgery& forgery : forgeries("alg-none-case", material))
        QVERIFY(member(headerOf(forgery), "alg") != "\"none\"");
}

void TestForge::changedPayloadKeepsTheRest()
{
    const audit::Material material = materialFor("ES256", issuerKey("ES256"));
    const jose::Jws forged = decoded(forgeries("payload-changed", material).front());
    QCOMPARE(forged.header.bytes, material.good.header.bytes);
    QCOMPARE(forged.signature.bytes, material.good.signature.bytes);
    QCOMPARE(forged.payload.bytes, issuerClaims.substr(0, issuerClaims.size() - 1) + ",\"x_audit\":1}");
}

/// A server that hands its key's text to an HMAC verifies these.
void TestForge::confusionFitsThePublicKey()
{
    const jose::Key key = issuerKey("RS256");
    const audit::Material material = materialFor("RS256", key);
    const auto made = forgeries("hs-key-confusion", material);
    const std::string pem = *jose::publicPem(key);
    QVERIFY(fitsMac(variant(made, "HS256 pem"), "SHA256", pem));
    QVERIFY(fitsMac(variant(made, "HS384 pem"), "SHA384", pem));
    QVERIFY(fitsMac(variant(made, "HS512 pem"), "SHA512", pem));
    QVERIFY(fitsMac(variant(made, "HS256 spki"), "SHA256", std::string(jose::publicDer(key)->reveal())));
    QVERIFY(
        fitsMac(variant(made, "HS256 pem without last line end"), "SHA256", pem.substr(0, pem.size() - 1)));
    for (const char* name :
         {"HS256 pkcs1 pem", "HS256 pkcs1", "HS256 jwk", "HS256 modulus", "HS256 pem with CRLF"})
        QVERIFY(!variant(made, name).token.isEmpty());

    audit::Material served = material;
    served.keyBytes = "{\"keys\":[]}\n";
    const auto fromFile = forgeries("hs-key-confusion", served);
    QVERIFY(fitsMac(variant(fromFile, "HS256 as served"), "SHA256", served.keyBytes));
}

void TestForge::emptyKeysFit()
{
    const audit::Material material = materialFor("HS256", issuerKey("HS256"));
    const auto made = forgeries("empty-hmac-key", material);
    QCOMPARE(
        verdictOf(variant(made, "HS256 empty key, kid kept"), jose::secretKey(Secret(std::string(32, '\0')))),
        jose::SignatureVerdict::Valid); // RFC 2104 §2
    QVERIFY(fitsMac(variant(made, "HS256 empty key, kid dropped"), "SHA256", ""));
    QVERIFY(fitsMac(variant(made, "HS512 empty key, kid unknown"), "SHA512", ""));
    QCOMPARE(made.size(), std::size_t(9)); // three algorithms, three kid
}

void TestForge::guessedSecretSigns()
{
    audit::Material material = materialFor("HS256", issuerKey("HS256"));
    QVERIFY(forgeries("weak-hmac-secret", material).empty());
    material.guessedSecret = jose::secretKey(Secret("your_secret_key"));
    const auto made = forgeries("weak-hmac-secret", material);
    QCOMPARE(made.size(), std::size_t(1));
    QCOMPARE(verdictOf(made.front(), *material.guessedSecret), jose::SignatureVerdict::Valid);
    QVERIFY(made.front().recipe.find("your_secret_key") == std::string::npos);
    QVERIFY(!forgeries("expired-accepted", material).empty()); // it is a signing key as well
}

/// Variants and recipes stand in reports: where one of the secrets fits, it would be told.
void TestForge::noTextNamesASecret()
{
    const audit::Material material = materialFor("RS256", issuerKey("RS256"));
    const auto made = forgeries("leftover-secret", material);
    QCOMPARE(made.size(), std::size_t(25));
    QCOMPARE(verdictOf(made[1], jose::secretKey(Secret("your_secret_key"))), jose::SignatureVerdict::Valid);
    QCOMPARE(made[1].variant, "HS256 common secret 2 of 25");
    for (const Forgery& forgery : made)
        for (const char* word : {"your_secret_key", "changeme", "supersecret", "s3cr3t"})
            QVERIFY2((forgery.variant + forgery.recipe).find(word) == std::string::npos,
                     forgery.variant.c_str());
}

void TestForge::bringsItsOwnKey()
{
    const audit::Material material = materialFor("RS256", issuerKey("RS256"));
    const auto made = forgeries("embedded-jwk", material);
    QCOMPARE(made.size(), std::size_t(9));
    for (const Forgery& forgery : made) {
        const auto keys = jose::readKeys(member(headerOf(forgery), "jwk"));
        QVERIFY_RESULT(keys);
        QVERIFY(!keys->front().isPrivate);
        QCOMPARE(verdictOf(forgery, keys->front()), jose::SignatureVerdict::Valid);
    }
    for (const Forgery& forgery : forgeries("x5c-injection", material)) {
        const auto header = json::parse(headerOf(forgery));
        const std::string text = header->root().find("x5c")->items().front().string();
        const auto keys =
            jose::readKeys("-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
        QVERIFY_RESULT(keys);
        QCOMPARE(verdictOf(forgery, keys->front()), jose::SignatureVerdict::Valid);
    }
}

void TestForge::namesOurListener()
{
    audit::Material material = materialFor("RS256", issuerKey("RS256"));
    material.listener = "http://127.0.0.1:9/r4nd0m";
    for (const char* id : {"jku-injection", "x5u-injection", "jku-bypass"})
        for (const Forgery& forgery : forgeries(id, material)) {
            const std::string url = member(headerOf(forgery), id[0] == 'x' ? "x5u" : "jku");
            QVERIFY2(url.find("127.0.0.1:9/r4nd0m" + forgery.callback) != std::string::npos, url.c_str());
        }
    const auto issuers = forgeries("iss-array-listener", material);
    QCOMPARE(member(decoded(issuers.front()).payload.bytes, "iss"),
             "[\"http://127.0.0.1:9/r4nd0m/issuers-kept\",\"https://issuer.example\"]");
}

void TestForge::claimsAreRightlySigned()
{
    const jose::Key key = issuerKey("RS256");
    audit::Material material = materialFor("RS256", key);
    material.signingKey = key;
    for (const char* id :
         {"expired-accepted", "far-exp", "malformed-exp", "missing-exp", "nbf-ignored", "future-iat",
          "wrong-aud", "missing-aud", "wrong-iss", "missing-iss", "iss-array", "other-typ"}) {
        const auto made = forgeries(id, material);
        QVERIFY2(!made.empty(), id);
        for (const Forgery& forgery : made)
            QCOMPARE(verdictOf(forgery, key), jose::SignatureVerdict::Valid);
    }
    const auto claims = [&](const char* id, const char* name) {
        return member(decoded(forgeries(id, material).front()).payload.bytes, name);
    };
    QCOMPARE(claims("expired-accepted", "exp"), "1799996400");
    QCOMPARE(claims("malformed-exp", "exp"), "\"never\"");
    QCOMPARE(claims("far-exp", "exp"), "1e99");
    QCOMPARE(variantsOf(forgeries("far-exp", material)),
             (std::vector<std::string>{"exp 1e99", "exp 1800003600000", "exp \"9999999999\""}));
    QCOMPARE(claims("missing-exp", "exp"), "-");
    QCOMPARE(claims("missing-exp", "jti"), "\"audit-n0nce\"");
    QCOMPARE(claims("nbf-ignored", "nbf"), "1800003600");
    QCOMPARE(claims("future-iat", "iat"), "1800003600");
    QCOMPARE(forgeries("future-iat", material).front().changedClaims,
             (std::vector<std::string>{"exp", "jti", "iat"}));
    QCOMPARE(claims("missing-aud", "aud"), "-");
    QCOMPARE(variantsOf(forgeries("iss-array", material)),
             (std::vector<std::string>{"[evil, good]", "[good, evil]"}));
    QCOMPARE(claims("iss-array", "iss"), "[\"https://evil.example\",\"https://issuer.example\"]");
    QCOMPARE(member(headerOf(forgeries("crit-ignored", material).front()), "crit"), "[\"x-audit\"]");
}

/// What we sign is of use for minutes, and says where it comes from.
void TestForge::ownTokensLiveShortly()
{
    const audit::Material material = materialFor("RS256", issuerKey("RS256"));
    for (const char* id : {"hs-key-confusion", "empty-hmac-key", "embedded-jwk", "kid-path-traversal"})
        for (const Forgery& forgery : forgeries(id, material)) {
            const std::string payload = decoded(forgery).payload.bytes;
            QCOMPARE(member(payload, "exp"), "1800000300");
            QCOMPARE(member(payload, "jti"), "\"audit-n0nce\"");
            QCOMPARE(member(payload, "sub"), "\"demo\"");
        }
}

void TestForge::ecdsaFormsAreThoseOfTheGoodOne()
{
    const jose::Key key = issuerKey("ES256");
    const audit::Material material = materialFor("ES256", key);
    const auto made = forgeries("ecdsa-forms", material);
    QCOMPARE(verdictOf(variant(made, "twin (r, n - s)"), key), jose::SignatureVerdict::Valid);
    const std::string der = decoded(variant(made, "DER")).signature.bytes;
    QCOMPARE(der.front(), '\x30');
    QCOMPARE(der.size(), static_cast<std::size_t>(der[1]) + 2);
    QCOMPARE(decoded(variant(made, "last byte cut off")).signature.bytes.size(), std::size_t(63));
    const auto psychic = forgeries("psychic-signature", material);
    QVERIFY(variant(psychic, "r = s = 0").token.reveal().ends_with("." + std::string(86, 'A')));
    QVERIFY(variant(psychic, "r = s = 0 in DER").token.reveal().ends_with(".MAYCAQACAQA"));
    QCOMPARE(toHex(decoded(variant(psychic, "r = s = n")).signature.bytes.substr(0, 32)),
             "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"); // FIPS 186-4 D.1.2.3
}

/// A parser of JSON sees the good token, one that cuts at dots the forged one.
void TestForge::jsonFormHidesAForgedOne()
{
    const jose::Key key = issuerKey("RS256");
    const audit::Material material = materialFor("RS256", key);
    const Forgery made = forgeries("format-confusion", material).front();
    const auto document = json::parse(made.token.reveal());
    QVERIFY_RESULT(document);
    QCOMPARE(document->root().find("payload")->string() + ".",
             material.good.text.substr(material.good.payload.offset, material.good.payload.length + 1));
    const std::string text(made.token.reveal());
    const std::string second =
        text.substr(text.find('.') + 1, text.find('.', text.find('.') + 1) - text.find('.') - 1);
    QVERIFY(jose::decodeBase64Url(second)->find("x_audit") != std::string::npos);
}

/// The claims are to be read by who has this secret.
static void opensUnder(const Forgery& forgery, const std::string& secret)
{
    const jose::Key key = jose::secretKey(Secret(secret));
    const jose::Decryption read =
        jose::decrypt(jose::decodeJwe(forgery.token.reveal()), std::span(&key, 1), {.allowWeakKeys = true});
    QVERIFY2(read.verdict == jose::DecryptionVerdict::Decrypted, read.why.c_str());
    QCOMPARE(member(std::string(read.plaintext.reveal()), "sub"), "\"demo\"");
}

void TestForge::encryptsToTheIssuer()
{
    for (const char* algorithm : {"RS256", "ES256"}) {
        const auto made = forgeries("jwe-confusion", materialFor(algorithm, issuerKey(algorithm)));
        QVERIFY(made.size() >= 2);
        QCOMPARE(std::ranges::count(made.front().token.reveal(), '.'), std::ptrdiff_t(4));
    }
    // What everybody knows, as the secret that both sides share.
    const jose::Key key = issuerKey("Ed25519");
    const audit::Material material = materialFor("Ed25519", key);
    const auto whole = forgeries("jwe-confusion", material);
    const auto jwk = json::parse(*jose::publicJwk(key));
    const auto raw = jose::decodeBase64Url(jwk->root().find("x")->string());
    opensUnder(variant(whole, "dir the bytes of the public key x as key"), *raw);
    for (const char* algorithm : {"RS256", "ES256", "Ed25519"}) {
        const audit::Material other = materialFor(algorithm, issuerKey(algorithm));
        opensUnder(
            variant(forgeries("jwe-confusion", other), "dir first 32 bytes of the SPKI PEM as it is as key"),
            other.keyBytes.substr(0, 32));
    }
}

/// Who gives it twice, or signs in twice within a second, has no second token: that it is accepted is no
/// finding.
void TestForge::theGoodTokenIsNoOther()
{
    const jose::Key key = issuerKey("HS256");
    audit::Material material = materialFor("HS256", key);
    const audit::Attack& signature = *audit::findAttack("other-signature");
    const audit::Attack& idToken = *audit::findAttack("token-type-confusion");
    material.secondToken = material.idToken = material.good.text;
    QCOMPARE(audit::obstacle(signature, material).why, "the second token has the signature of the good one");
    QCOMPARE(audit::obstacle(idToken, material).why, "the ID token is the good token itself");
    QVERIFY(forgeries("other-signature", material).empty());
    QVERIFY(forgeries("token-type-confusion", material).empty());
    material.secondToken = material.idToken = materialFor("HS256", key, R"({"sub":"bob"})").good.text;
    QCOMPARE(forgeries("other-signature", material).size(), std::size_t(1));
    QCOMPARE(forgeries("token-type-confusion", material).size(), std::size_t(1));
}

/// Two tokens of one user are no two users.
void TestForge::anotherUserHasAnotherSubject()
{
    const jose::Key key = issuerKey("ES256");
    audit::Material material = materialFor("ES256", key);
    const audit::Attack& attack = *audit::findAttack("other-user");
    QCOMPARE(audit::obstacle(attack, material).why, "needs a second genuine token, of another user");
    for (const char* claims : {R"({"sub":"demo","jti":"2"})", R"({"jti":"2"})", "{}"}) {
        material.secondToken = materialFor("ES256", key, claims).good.text;
        QCOMPARE(audit::obstacle(attack, material).why, "the second token names no other user (sub)");
    }
    material.secondToken = "opaque";
    QVERIFY(!audit::obstacle(attack, material).why.empty());
    material.secondToken = materialFor("ES256", key, R"({"sub":"bob"})").good.text;
    const auto made = forgeries("other-user", material);
    QCOMPARE(variantsOf(made), std::vector<std::string>{"second token"});
    QCOMPARE(made.front().token, Secret(material.secondToken));
    QVERIFY(made.front().changedClaims.empty());
    const audit::Material nobodys = [&] {
        audit::Material other = materialFor("ES256", key, R"({"iss":"https://issuer.example"})");
        other.secondToken = material.secondToken;
        return other;
    }();
    QVERIFY(!audit::obstacle(attack, nobodys).why.empty());
}

QTEST_GUILESS_MAIN(TestForge)
#include "tst_forge.moc"
