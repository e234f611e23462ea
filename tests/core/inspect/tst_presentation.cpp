// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// SD-JWTs verified (RFC 9901 §7): issuer, disclosures, the holder's proof. The published presentations, and
// every rule broken once.

#include <QtTest/qtest.h>

#include <json/document.h>
#include <json/write.h>
#include <support/data.h>
#include <support/result.h>

#include "tokens.h"

#include <openssl/evp.h>

using namespace claimcheck;
using namespace claimcheck::inspect;

class TestPresentation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verifiesThePublishedOnes();
    void decodesWithoutVerifying();
    void judgesDisclosedClaims();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
    void verifiesTheHoldersProof();
    void judgesTheHoldersProof_data();
    void judgesTheHoldersProof();
    void refusesTheHoldersKey_data();
    void refusesTheHoldersKey();
    void demandsAProofForANonce();
    void survivesWhatCannotBeRead_data();
    void survivesWhatCannotBeRead();
    void writesJson();
    void namesPaseto();
};

static const Instant now = fromUnixSeconds(1'800'000'000);

static const jose::Key& issuer()
{
    static const jose::Key key = jose::generateKey(*jose::findAlgorithm("ES256")).value();
    return key;
}

static const jose::Key& holder()
{
    static const jose::Key key = jose::generateKey(*jose::findAlgorithm("Ed25519")).value();
    return key;
}

static KeyRing ringOf(const jose::Key& key)
{
    KeyRing ring;
    ring.keys.push_back(key);
    return ring;
}

static std::string digest(std::string_view text)
{
    std::string hash(32, '\0');
    EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(),
                 reinterpret_cast<unsigned char*>(hash.data()), nullptr);
    return jose::encodeBase64Url(hash);
}

static std::string disclosure(const std::string& json)
{
    return jose::encodeBase64Url(json);
}

static std::string issued(const std::string& claims)
{
    return std::string(jose::sign(*jose::findAlgorithm("ES256"), issuer(), claims,
                                  {.header = R"({"alg":"ES256","typ":"dc+sd-jwt"})"})
                           ->reveal());
}

/// With the holder's key in it, and one claim "name" that can be disclosed.
static const std::string nameDisclosure = disclosure(R"(["salt","name","Ada"])");

static std::string credential(const std::string& cnf)
{
    return issued(R"({"iss":"https://issuer.example","exp":1900000000,"_sd":[")" + digest(nameDisclosure) +
                  R"(","decoy"],"cnf":)" + cnf + "}");
}

static std::string credential()
{
    return credential(R"({"jwk":)" + jose::publicJwk(holder()).value() + "}");
}

static std::string proofOf(const std::string& presented, const std::string& header, const std::string& more)
{
    const std::string claims = R"({"sd_hash":")" + digest(presented) + "\"" + more + "}";
    return std::string(
        jose::sign(*jose::findAlgorithm("EdDSA"), holder(), claims, {.header = header})->reveal());
}

static const char* const proofHeader = R"({"alg":"EdDSA","typ":"kb+jwt"})";
static const char* const proofClaims = R"(,"nonce":"n","aud":"https://verifier.example","iat":1799999990)";

static Inspection verified(const std::string& token, const Expectations& expected = {})
{
    return inspect::inspect(token, ringOf(issuer()), expected, now);
}

static std::string verdict(const Inspection& inspection)
{
    return std::string(toText(inspection.verdict));
}

static std::string checkOf(const Inspection& inspection, const std::string& name)
{
    return test::resultOf(inspection, name) + ": " + test::whyOf(inspection, name);
}

void TestPresentation::verifiesThePublishedOnes()
{
    const auto vectors = json::parse(test::data("sd-jwt/generated.json"));
    int count = 0;
    for (const json::Value& vector : vectors->root().items()) {
        const auto keys = jose::readKeys(vector.find("issuer_jwk")->items().front().text());
        QVERIFY_RESULT(keys);
        const Inspection inspection = inspect::inspect(
            vector.find("presentation")->string(), ringOf(keys->front()), {}, fromUnixSeconds(1'700'000'000));
        QVERIFY2(inspection.verdict == Verdict::Verified, inspection.reason.c_str());
        QVERIFY(checkOf(inspection, "disclosures").starts_with("passed"));
        QCOMPARE(inspection.claims.size(), vector.find("verified_claims")->size());
        ++count;
    }
    QCOMPARE(count, 8);
}

void TestPresentation::decodesWithoutVerifying()
{
    const std::string token = credential() + "~" + nameDisclosure + "~";
    const Inspection inspection = inspect::inspect(token, now);
    QCOMPARE(verdict(inspection), std::string("not verified"));
    QCOMPARE(inspection.sdJwt->text, token);
    QCOMPARE(inspection.claims.back().name, std::string("name"));
    QCOMPARE(inspection.claims.back().value, std::string("\"Ada\""));
    QCOMPARE(verdict(inspect::inspect(credential() + "~rubbish!~", now)), std::string("malformed"));
}

void TestPresentation::judgesDisclosedClaims()
{
    const std::string expiry = disclosure(R"(["s","exp",1700000000])");
    const std::string token = issued(R"({"_sd":[")" + digest(expiry) + "\"]}") + "~";
    QCOMPARE(verdict(verified(token)), std::string("verified")); // nobody can know
    QCOMPARE(verdict(verified(token + expiry + "~")), std::string("expired"));
    Expectations expected;
    expected.requiredClaims = {"name"};
    QCOMPARE(verdict(verified(credential() + "~" + nameDisclosure + "~", expected)), std::string("verified"));
    QCOMPARE(verdict(verified(credential() + "~", expected)), std::string("rejected by policy"));
}

void TestPresentation::refusesWhatIsWrong_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("word");
    const auto row = [](const char* name, const std::string& token, const char* word) {
        QTest::newRow(name) << token << std::string(word);
    };
    const std::string added = disclosure(R"(["s","admin",true])");
    row("a disclosure of its holder's making", credential() + "~" + added + "~", "rejected by policy");
    row("a disclosure twice", credential() + "~" + nameDisclosure + "~" + nameDisclosure + "~",
        "rejected by policy");
    row("an unknown hash", issued(R"({"_sd_alg":"md5"})") + "~", "rejected by policy");
    row("no disclosure", credential() + "~%~", "malformed");
    row("another issuer",
        std::string(jose::sign(*jose::findAlgorithm("ES256"),
                               jose::generateKey(*jose::findAlgorithm("ES256")).value(), "{}")
                        ->reveal()) +
            "~",
        "signature invalid");
}

void TestPresentation::refusesWhatIsWrong()
{
    QFETCH(std::string, token);
    QFETCH(std::string, word);
    QCOMPARE(verdict(verified(token)), word);
}

void TestPresentation::verifiesTheHoldersProof()
{
    const std::string presented = credential() + "~" + nameDisclosure + "~";
    Expectations expected;
    expected.nonce = "n";
    expected.audience = "https://verifier.example";
    const Inspection inspection =
        verified(presented + proofOf(presented, proofHeader, proofClaims), expected);
    QVERIFY2(inspection.verdict == Verdict::Verified, inspection.reason.c_str());
    QCOMPARE(checkOf(inspection, "key binding"),
             std::string("passed: signed with the holder's key (cnf.jwk): Ed25519 public key (JWK)"));
    for (const char* name : {"kb typ", "kb sd_hash", "kb nonce", "kb aud", "kb iat"})
        QVERIFY2(checkOf(inspection, name).starts_with("passed"), name);
    QCOMPARE(checkOf(inspection, "disclosures"),
             std::string("passed: 1, each with its digest in the token; 1 digest of what is kept back, or of "
                         "nothing"));
}

void TestPresentation::judgesTheHoldersProof_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("claims");
    QTest::addColumn<std::string>("word");
    QTest::addColumn<std::string>("check");
    const auto row = [](const char* name, const char* header, const char* claims, const char* word,
                        const char* check) {
        QTest::newRow(name) << std::string(header) << std::string(claims) << std::string(word)
                            << std::string(check);
    };
    const char* const rejected = "rejected by policy";
    row("another type", R"({"alg":"EdDSA","typ":"JWT"})", proofClaims, rejected, "kb typ");
    row("another nonce", proofHeader, R"(,"nonce":"m","aud":"https://verifier.example","iat":1799999990)",
        rejected, "kb nonce");
    row("no nonce", proofHeader, R"(,"aud":"https://verifier.example","iat":1799999990)", rejected,
        "kb nonce");
    row("another audience", proofHeader, R"(,"nonce":"n","aud":"https://other.example","iat":1799999990)",
        rejected, "kb aud");
    row("a list of audiences", proofHeader,
        R"(,"nonce":"n","aud":["https://verifier.example"],"iat":1799999990)", rejected, "kb aud");
    row("no time", proofHeader, R"(,"nonce":"n","aud":"https://verifier.example")", rejected, "kb iat");
    row("of tomorrow", proofHeader, R"(,"nonce":"n","aud":"https://verifier.example","iat":1800086400)",
        "not yet valid", "kb iat");
    // RFC 9901 §7.3 step 5.g: what it says of its own life counts, too.
    row("over", proofHeader,
        R"(,"nonce":"n","aud":"https://verifier.example","iat":1799999990,"exp":1799999999)", "expired",
        "kb exp");
    row("over at an unreadable time", proofHeader,
        R"(,"nonce":"n","aud":"https://verifier.example","iat":1799999990,"exp":"never")", rejected,
        "kb exp");
    row("to be used later", proofHeader,
        R"(,"nonce":"n","aud":"https://verifier.example","iat":1799999990,"nbf":1800086400)", "not yet valid",
        "kb nbf");
    row("from an unreadable time on", proofHeader,
        R"(,"nonce":"n","aud":"https://verifier.example","iat":1799999990,"nbf":null)", rejected, "kb nbf");
}

void TestPresentation::judgesTheHoldersProof()
{
    QFETCH(std::string, header);
    QFETCH(std::string, claims);
    QFETCH(std::string, word);
    QFETCH(std::string, check);
    const std::string presented = credential() + "~" + nameDisclosure + "~";
    Expectations expected;
    expected.nonce = "n";
    expected.audience = "https://verifier.example";
    const Inspection inspection = verified(presented + proofOf(presented, header, claims), expected);
    QCOMPARE(verdict(inspection), word);
    QCOMPARE(test::resultOf(inspection, check), std::string("failed"));
    // The first line of a verdict stands alone: it says of what it speaks.
    QVERIFY2(inspection.reason.starts_with("the holder's proof "), inspection.reason.c_str());
    // For other disclosures than those that are there.
    const Inspection replayed = verified(credential() + "~" + proofOf(presented, header, claims), expected);
    QVERIFY(replayed.verdict != Verdict::Verified);
    QCOMPARE(test::resultOf(replayed, "kb sd_hash"), std::string("failed"));
}

void TestPresentation::refusesTheHoldersKey_data()
{
    QTest::addColumn<std::string>("cnf");
    QTest::addColumn<std::string>("word");
    const auto row = [](const char* name, const std::string& cnf, const char* word) {
        QTest::newRow(name) << cnf << std::string(word);
    };
    const jose::Key other = jose::generateKey(*jose::findAlgorithm("Ed25519")).value();
    row("another key", R"({"jwk":)" + jose::publicJwk(other).value() + "}", "signature invalid");
    row("of another type", R"({"jwk":)" + jose::publicJwk(issuer()).value() + "}", "rejected by policy");
    row("no key", R"({"kid":"1"})", "rejected by policy");
    row("a secret", R"({"jwk":{"kty":"oct","k":"AAAA"}})", "rejected by policy");
    row("rubbish", R"({"jwk":{"kty":"?"}})", "rejected by policy");
}

void TestPresentation::refusesTheHoldersKey()
{
    QFETCH(std::string, cnf);
    QFETCH(std::string, word);
    const std::string presented = credential(cnf) + "~";
    const Inspection inspection = verified(presented + proofOf(presented, proofHeader, proofClaims));
    QCOMPARE(verdict(inspection), word);
    QCOMPARE(test::resultOf(inspection, "key binding"), std::string("failed"));
}

void TestPresentation::demandsAProofForANonce()
{
    Expectations expected;
    expected.nonce = "n";
    QCOMPARE(verdict(verified(credential() + "~", expected)), std::string("rejected by policy"));
    QCOMPARE(checkOf(verified(credential() + "~"), "key binding"),
             std::string("skipped: not checked, the token has no proof of its holder"));
}

void TestPresentation::survivesWhatCannotBeRead_data()
{
    QTest::addColumn<std::string>("token");
    const std::string proof = proofOf("x", proofHeader, proofClaims);
    const std::string headerPart = jose::encodeBase64Url(R"({"alg":"ES256"})");
    QTest::newRow("payload no JSON") << headerPart + ".AAAA.AAAA~" + proof;
    QTest::newRow("payload no base64url") << headerPart + ".!.AAAA~" + nameDisclosure + "~" + proof;
    QTest::newRow("payload a list") << headerPart + "." + jose::encodeBase64Url("[]") + ".AAAA~" + proof;
    QTest::newRow("header no JSON") << "AAAA." + jose::encodeBase64Url("{}") + ".AAAA~" + proof;
    QTest::newRow("proof no token") << credential() + "~" + nameDisclosure + "~rubbish";
    QTest::newRow("proof without claims") << credential() + "~" + headerPart + "..AAAA";
    QTest::newRow("nothing but signs") << std::string("..~~.~.");
}

void TestPresentation::survivesWhatCannotBeRead()
{
    QFETCH(std::string, token);
    for (const Inspection& inspection : {verified(token), inspect::inspect(token, now)}) {
        QVERIFY(inspection.verdict != Verdict::Verified);
        const auto document = json::parse(toJson(inspection, now));
        QVERIFY_RESULT(document);
    }
}

void TestPresentation::writesJson()
{
    const std::string presented = credential() + "~" + nameDisclosure + "~";
    const std::string token = presented + proofOf(presented, proofHeader, proofClaims);
    for (const Inspection& inspection : {verified(token), inspect::inspect(token, now)}) {
        const auto document = json::parse(toJson(inspection, now));
        QVERIFY_RESULT(document);
        QCOMPARE(document->root().find("claims")->find("name")->string(), std::string("Ada"));
        const json::Value sd = *document->root().find("sd_jwt");
        QCOMPARE(sd.find("hash")->string(), std::string("sha-256"));
        QCOMPARE(sd.find("undisclosed")->integer(), std::optional<std::int64_t>(1));
        const json::Value first = sd.find("disclosures")->items().front();
        QCOMPARE(first.find("path")->string(), std::string("name"));
        QCOMPARE(first.find("value")->string(), std::string("Ada"));
        QCOMPARE(sd.find("key_binding")->find("claims")->find("nonce")->string(), std::string("n"));
    }
    // A line of a batch stays one line, whatever white space is in a disclosure.
    const std::string spread = disclosure("[\"s\",\n\"l\",\n{\"a\":\n1}]");
    json::Writer writer;
    writer.beginObject();
    Inspector inspector(ringOf(issuer()), {});
    writeVerification(
        writer, inspector.judge(issued(R"({"_sd":[")" + digest(spread) + "\"]}") + "~" + spread + "~", now));
    QVERIFY(writer.endObject().take().find('\n') == std::string::npos);
}

void TestPresentation::namesPaseto()
{
    const Inspection inspection = inspect::inspect("v4.public.eyJkYXRhIjoidGhpcyJ9", now);
    QCOMPARE(verdict(inspection), std::string("malformed"));
    QVERIFY2(inspection.reason.find("PASETO version 4, public") != std::string::npos,
             inspection.reason.c_str());
    QCOMPARE(inspection.text(), std::string("v4.public.eyJkYXRhIjoidGhpcyJ9"));
    QVERIFY(inspection.token.header.bytes.empty() &&
            inspection.token.payload.bytes.empty()); // which are noise
    QCOMPARE(inspection.token.defects.size(), std::size_t(1));
    for (const char* token : {"v2.local.abc", "v4.local.abc.Zm9v", "v4.local.a.b.c"}) {
        QCOMPARE(verdict(verified(token)), std::string("malformed"));
        QVERIFY(inspect::inspect(token, now).layers.empty());
    }
}

QTEST_GUILESS_MAIN(TestPresentation)
#include "tst_presentation.moc"
