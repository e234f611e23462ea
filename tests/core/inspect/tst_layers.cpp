// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens in tokens: opened layer by layer as far as the keys go, judged as a whole, at most eight deep; and
// tokens with several signatures.

#include <jose/encrypt.h>
#include <support/data.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include "tokens.h"

using namespace claimcheck;
using namespace claimcheck::test;
using inspect::Verdict;

class TestLayers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainTokensHaveNone();
    void opensTheNestedExample();
    void innerFailureIsTheVerdict();
    void closedLayerIsTheVerdict();
    void sharedSecretVouches();
    void publicKeyVouchesForNobody();
    void claimsInsideAreJudged();
    void signedLayersCount();
    void stopsBelowEight();
    void decodesWithoutAKey();
    void decodesWithAKey();
    void everySignatureIsListed();
    void everyRecipientIsListed();
    void documentNamesThem();
    void rulesLookIntoEveryLayer();
    void tellsABomb();
    void opensSdJwtsInside();
};

static const std::string wrapSecret = "sixteen bytes ok";

static inspect::KeyRing ringWith(std::initializer_list<std::string> secrets)
{
    inspect::KeyRing ring;
    for (const std::string& secret : secrets)
        ring.keys.push_back(jose::secretKey(Secret(secret)));
    return ring;
}

static inspect::Expectations forgiving()
{
    inspect::Expectations expected;
    expected.allowExpired = true;
    return expected;
}

static inspect::Expectations from(const char* issuer)
{
    inspect::Expectations expected;
    expected.issuer = issuer;
    return expected;
}

static std::string encrypted(std::string_view payload, const char* header = R"({"cty":"JWT"})",
                             const char* alg = "A128KW", const std::string& secret = wrapSecret)
{
    const jose::Key key = jose::secretKey(Secret(secret));
    const auto made =
        jose::encrypt(*jose::findKeyManagement(alg), *jose::findContentEncryption("A128CBC-HS256"),
                      std::span(&key, 1), payload, {.header = header});
    return made ? std::string(made->reveal()) : std::string();
}

static json::Document nestedExample()
{
    return json::parse(data("ietf-jose-cookbook/6.nesting_signatures_and_encryption.json")).value();
}

static bool hasCheck(const inspect::Inspection& inspection, std::string_view name,
                     inspect::CheckResult result)
{
    return std::any_of(inspection.checks.begin(), inspection.checks.end(), [&](const inspect::Check& check) {
        return check.name == name && check.result == result;
    });
}

void TestLayers::plainTokensHaveNone()
{
    const inspect::Inspection inspection = verify(token(header, goodClaims));
    QCOMPARE(inspection.verdict, Verdict::Verified);
    QVERIFY(inspection.layers.empty() && inspection.signatures.empty() && inspection.outerText.empty());
}

void TestLayers::opensTheNestedExample()
{
    const json::Document document = nestedExample();
    const json::Value encrypt = *document.root().find("encrypt");
    inspect::KeyRing ring;
    for (const char* part : {"sign", "encrypt"}) {
        const std::string text(document.root().find(part)->find("input")->find("key")->text());
        ring.keys.push_back(jose::readKeys(text).value().front());
    }
    for (const json::Member& form : encrypt.find("output")->members()) {
        const std::string outer =
            form.value.isString() ? form.value.string() : std::string(form.value.text());
        const inspect::Inspection inspection = verify(outer, ring, forgiving());
        QCOMPARE(inspection.reason, std::string());
        QCOMPARE(inspection.verdict, Verdict::Verified);
        QCOMPARE(inspection.layers.size(), std::size_t(2));
        QCOMPARE(inspection.layers[0].alg, std::string("RSA-OAEP"));
        QCOMPARE(inspection.layers[0].verdict, Verdict::Decrypted);
        QCOMPARE(inspection.layers[1].alg, std::string("PS256"));
        QCOMPARE(inspection.text(), outer);
        QVERIFY(inspection.token.payloadJson->root().find("iss"));
        QVERIFY(hasCheck(inspection, "layer 1", inspect::CheckResult::Passed));
    }
}

void TestLayers::innerFailureIsTheVerdict()
{
    const std::string inner = token(header, goodClaims, "another secret of enough length, yes");
    const inspect::Inspection inspection = verify(encrypted(inner), ringWith({wrapSecret, strongSecret}));
    QCOMPARE(inspection.verdict, Verdict::SignatureInvalid);
    const inspect::Inspection none =
        verify(encrypted(token(R"({"alg":"none"})", goodClaims)), ringWith({wrapSecret, strongSecret}));
    QCOMPARE(none.verdict, Verdict::RejectedByPolicy);
}

void TestLayers::closedLayerIsTheVerdict()
{
    const std::string outer = encrypted(token(header, goodClaims));
    const inspect::Inspection wrong = verify(outer, ringWith({"another of 16 b."}));
    QCOMPARE(wrong.verdict, Verdict::CannotDecrypt);
    QVERIFY(!wrong.token.payloadJson);
    QVERIFY(hasCheck(wrong, "decryption", inspect::CheckResult::Failed));
    QVERIFY(hasCheck(wrong, "exp", inspect::CheckResult::Skipped));
    QCOMPARE(verify(outer, {}).verdict, Verdict::NoKey);
    QCOMPARE(verify(outer, ringWith({strongSecret})).verdict, Verdict::RejectedByPolicy);
    QCOMPARE(verify(outer.substr(0, outer.size() - 1) + "!", ringWith({wrapSecret})).verdict,
             Verdict::Malformed);
}

void TestLayers::sharedSecretVouches()
{
    const inspect::Inspection inspection =
        verify(encrypted(goodClaims, ""), ringWith({wrapSecret}), from("https://issuer.example"));
    QCOMPARE(inspection.verdict, Verdict::Decrypted);
    QVERIFY(inspect::holds(inspection.verdict));
    QVERIFY(inspection.expiresAt);
    QVERIFY(hasCheck(inspection, "iss", inspect::CheckResult::Passed));
    QVERIFY(!inspection.claims.empty());
}

void TestLayers::publicKeyVouchesForNobody()
{
    const jose::Key key = jose::generateKey(*jose::findAlgorithm("ES256")).value();
    inspect::KeyRing ring;
    ring.keys.push_back(key);
    ring.keys[0].use.reset();
    ring.keys[0].alg.reset();
    const auto made = jose::encrypt(*jose::findKeyManagement("ECDH-ES"),
                                    *jose::findContentEncryption("A128GCM"), ring.keys, goodClaims);
    QVERIFY_RESULT(made);
    const inspect::Inspection inspection = verify(made->reveal(), ring);
    QCOMPARE(inspection.verdict, Verdict::RejectedByPolicy);
    QVERIFY(inspection.reason.find("anybody can have made it") != std::string::npos);
    QVERIFY(hasCheck(inspection, "decryption", inspect::CheckResult::Passed));
    QVERIFY(inspection.token.payloadJson); // it is shown all the same
}

void TestLayers::claimsInsideAreJudged()
{
    const inspect::Inspection inspection = verify(encrypted(R"({"exp":1})", ""), ringWith({wrapSecret}));
    QCOMPARE(inspection.verdict, Verdict::Expired);
    QCOMPARE(verify(encrypted("no claims at all", ""), ringWith({wrapSecret})).verdict, Verdict::Decrypted);
}

void TestLayers::signedLayersCount()
{
    const std::string inner = token(header, goodClaims);
    const std::string outer = token(R"({"alg":"HS256","cty":"JWT"})", inner);
    const inspect::Inspection good = verify(outer);
    QCOMPARE(good.verdict, Verdict::Verified);
    QCOMPARE(good.layers.size(), std::size_t(2));
    QCOMPARE(good.token.text, inner);
    const std::string forged =
        token(R"({"alg":"HS256","cty":"JWT"})", inner, "another secret, long enough too");
    QCOMPARE(verify(forged).verdict, Verdict::SignatureInvalid);
    // RFC 7519 §5.2: a typ of JWT says nothing else here.
    QCOMPARE(verify(token(R"({"alg":"HS256","typ":"JWT","cty":"JWT"})", inner)).verdict, Verdict::Verified);
    // Claims in spite of it are shown, and judged.
    const inspect::Inspection claims = verify(token(R"({"alg":"HS256","cty":"JWT"})", goodClaims));
    QVERIFY(claims.layers.empty() && claims.token.payloadJson);
    QCOMPARE(verify(encrypted(goodClaims), ringWith({wrapSecret})).verdict, Verdict::Decrypted);
    // Without the cty the content is just content.
    QVERIFY(verify(token(R"({"alg":"HS256"})", inner)).layers.empty());
}

void TestLayers::stopsBelowEight()
{
    std::string nested = token(header, goodClaims);
    for (int i = 0; i < 7; ++i)
        nested = encrypted(nested);
    const inspect::KeyRing ring = ringWith({wrapSecret, strongSecret});
    const inspect::Inspection eight = verify(nested, ring);
    QCOMPARE(eight.reason, std::string());
    QCOMPARE(eight.verdict, Verdict::Verified);
    QCOMPARE(eight.layers.size(), std::size_t(8));
    const inspect::Inspection nine = verify(encrypted(nested), ring);
    QCOMPARE(nine.verdict, Verdict::RejectedByPolicy);
    QVERIFY(nine.reason.find("more than 8 tokens") != std::string::npos);
    QCOMPARE(nine.layers.size(), std::size_t(8));
}

void TestLayers::decodesWithoutAKey()
{
    const inspect::Inspection inspection = decode(encrypted(goodClaims, ""));
    QCOMPARE(inspection.verdict, Verdict::NotVerified);
    QCOMPARE(inspection.layers.size(), std::size_t(1));
    QCOMPARE(inspection.layers[0].enc, std::string("A128CBC-HS256"));
    QVERIFY(!inspection.token.payloadJson);
    QVERIFY(!inspection.header.empty());
}

void TestLayers::decodesWithAKey()
{
    const std::string outer = encrypted(token(header, goodClaims));
    const inspect::Inspection open = inspect::inspectOpened(outer, ringWith({wrapSecret}), now);
    QCOMPARE(open.verdict, Verdict::NotVerified);
    QVERIFY(open.token.payloadJson);
    QVERIFY(open.checks.empty());
    const inspect::Inspection closed = inspect::inspectOpened(outer, ringWith({"another of 16 b."}), now);
    QCOMPARE(closed.verdict, Verdict::CannotDecrypt);
    QVERIFY(!closed.reason.empty());
}

void TestLayers::everySignatureIsListed()
{
    const std::string general = data("rfc-appendix/rfc7515_A.6.jwsg");
    inspect::KeyRing ring;
    ring.keys.push_back(jose::readKeys(data("rfc-appendix/rfc7515_A.6.2.jwk")).value().front());
    const inspect::Inspection inspection = verify(general, ring, forgiving());
    QCOMPARE(inspection.verdict, Verdict::Verified);
    QCOMPARE(inspection.signatures.size(), std::size_t(2));
    QCOMPARE(inspection.signatures[0].verdict, Verdict::RejectedByPolicy); // RS256 under an EC key
    QCOMPARE(inspection.signatures[1].verdict, Verdict::Verified);
    QCOMPARE(inspection.token.alg(), std::optional<std::string>("ES256"));
    QCOMPARE(verify(general).verdict, Verdict::RejectedByPolicy);
    QCOMPARE(decode(general).signatures.size(), std::size_t(2));
    QCOMPARE(decode(general).verdict, Verdict::NotVerified);
}

/// A128KW to three secrets, as members of a key set are.
static std::string toThree()
{
    std::vector<jose::Key> keys;
    for (const char* kid : {"a", "b", "c"}) {
        keys.push_back(jose::secretKey(Secret(std::string(15, kid[0]) + "!")));
        keys.back().kid = kid;
    }
    return std::string(jose::encrypt(*jose::findKeyManagement("A128KW"),
                                     *jose::findContentEncryption("A128GCM"), keys, goodClaims,
                                     {.form = jose::Serialization::General})
                           .value()
                           .reveal());
}

void TestLayers::everyRecipientIsListed()
{
    const std::string token = toThree();
    const inspect::Inspection closed = decode(token);
    QCOMPARE(closed.layers.front().recipients.size(), std::size_t(3));
    QCOMPARE(closed.layers.front().recipients[1].kid, std::string("b"));
    QCOMPARE(closed.layers.front().recipients[1].alg, std::string("A128KW"));
    QCOMPARE(closed.layers.front().recipients[1].verdict, Verdict::NotVerified);

    const inspect::Inspection opened = verify(token, ringWith({"bbbbbbbbbbbbbbb!"}));
    QCOMPARE(opened.verdict, Verdict::Decrypted);
    const auto& recipients = opened.layers.front().recipients;
    QCOMPARE(recipients[0].verdict, Verdict::CannotDecrypt);
    QVERIFY(!recipients[0].reason.empty());
    QCOMPARE(recipients[1].verdict, Verdict::Decrypted);
    QVERIFY(!recipients[1].keyUsed.empty());
    QCOMPARE(recipients[2].verdict, Verdict::NotVerified);
    QCOMPARE(recipients[2].reason, std::string("not tried, recipient 2 opened it"));

    const inspect::Inspection without = verify(token, inspect::KeyRing{});
    QCOMPARE(without.layers.front().recipients[2].verdict, Verdict::NoKey);
    const std::string document = inspect::toJson(opened, now);
    const auto json = json::parse(document);
    const auto listed = json->root().find("layers")->items().front().find("recipients");
    QVERIFY(listed);
    QCOMPARE(listed->items()[1].find("verdict")->string(), std::string("decrypted"));
    QCOMPARE(listed->items()[1].find("kid")->string(), std::string("b"));
}

void TestLayers::documentNamesThem()
{
    const auto nested = json::parse(
        toJson(verify(encrypted(token(header, goodClaims)), ringWith({wrapSecret, strongSecret})), now));
    QVERIFY_RESULT(nested);
    const std::vector<json::Value> layers = nested->root().find("layers")->items();
    QCOMPARE(layers.size(), std::size_t(2));
    QCOMPARE(layers[0].find("kind")->string(), std::string("encrypted"));
    QCOMPARE(layers[0].find("verdict")->string(), std::string("decrypted"));
    QCOMPARE(layers[0].find("header")->find("enc")->string(), std::string("A128CBC-HS256"));
    QCOMPARE(layers[1].find("kind")->string(), std::string("signed"));
    QVERIFY(nested->root().find("valid")->boolean());
    const auto general = json::parse(toJson(decode(data("rfc-appendix/rfc7515_A.6.jwsg")), now));
    QVERIFY_RESULT(general);
    QCOMPARE(general->root().find("signatures")->items()[1].find("alg")->string(), std::string("ES256"));
    QVERIFY(!general->root().find("layers"));
}

void TestLayers::rulesLookIntoEveryLayer()
{
    const jose::Key password = jose::secretKey(Secret("a password"));
    const auto made =
        jose::encrypt(*jose::findKeyManagement("PBES2-HS256+A128KW"), *jose::findContentEncryption("A128GCM"),
                      std::span(&password, 1), token(header, goodClaims),
                      {.header = R"({"cty":"JWT"})", .iterations = 1000});
    QVERIFY_RESULT(made);
    const inspect::Inspection inspection = verify(made->reveal(), ringWith({"a password", strongSecret}));
    QCOMPARE(inspection.verdict, Verdict::Verified);
    const inspect::Finding* finding = find(inspection, "JWE-P2C-LOW");
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->where, std::string("layers[0].header.p2c"));
    QVERIFY(finding->offset.has_value());
    // Without the key the outer token is the only one, and its header the document's own.
    const inspect::Inspection closed = decode(made->reveal());
    QCOMPARE(find(closed, "JWE-P2C-LOW")->where, std::string("header.p2c"));
}

void TestLayers::tellsABomb()
{
    const jose::Key key = jose::secretKey(Secret(wrapSecret));
    const auto zipped = [&](const std::string& content) {
        const auto made =
            jose::encrypt(*jose::findKeyManagement("A128KW"), *jose::findContentEncryption("A128GCM"),
                          std::span(&key, 1), content, {.isCompressed = true});
        return made ? std::string(made->reveal()) : std::string();
    };
    const inspect::Inspection large = verify(zipped(std::string(300'000, 'a')), ringWith({wrapSecret}));
    QCOMPARE(large.verdict, Verdict::Decrypted);
    QCOMPARE(find(large, "JWE-ZIP")->severity, inspect::Severity::High);
    const inspect::Inspection small = verify(zipped(goodClaims), ringWith({wrapSecret}));
    QCOMPARE(find(small, "JWE-ZIP")->severity, inspect::Severity::Medium);
}

void TestLayers::opensSdJwtsInside()
{
    const std::string disclosure = jose::encodeBase64Url(R"(["salt","name","Ann"])");
    const std::string plain = token(R"({"alg":"HS256","typ":"dc+sd-jwt"})", goodClaims) + "~";
    const inspect::Inspection inspection = verify(encrypted(plain), ringWith({wrapSecret, strongSecret}));
    QCOMPARE(inspection.verdict, Verdict::Verified);
    QVERIFY(inspection.sdJwt);
    // A disclosure that the issuer never signed.
    QCOMPARE(verify(encrypted(plain + disclosure + "~"), ringWith({wrapSecret, strongSecret})).verdict,
             Verdict::RejectedByPolicy);
}

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
