// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// SD-JWTs in the JSON forms (RFC 9901 §8): what is decoded, verified and found of one is what is of the same
// one in compact form.

#include <QtTest/qtest.h>

#include <jose/base64url.h>
#include <json/write.h>
#include <support/data.h>
#include <support/result.h>

#include "tokens.h"

#include <openssl/evp.h>

using namespace claimcheck;
using namespace claimcheck::inspect;

class TestPresentationJson : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsThePublishedOnes_data();
    void readsThePublishedOnes();
    void verifiesTheHoldersProof_data();
    void verifiesTheHoldersProof();
    void takesTheSignatureThatFits();
    void findsWhatIsWrong_data();
    void findsWhatIsWrong();
    void leavesOtherTokensAlone();
};

static const Instant now = fromUnixSeconds(1'800'000'000);

static std::vector<std::string> partsOf(const std::string& compact, char separator)
{
    std::vector<std::string> parts;
    std::size_t start = 0;
    for (std::size_t end = 0; end != std::string::npos; start = end + 1) {
        end = compact.find(separator, start);
        parts.push_back(compact.substr(start, end - start));
    }
    return parts;
}

/// The unprotected header of a compact SD-JWT's parts.
static std::string headerOf(const std::vector<std::string>& parts)
{
    json::Writer writer;
    writer.beginObject().member("disclosures").beginArray();
    for (std::size_t i = 1; i + 1 < parts.size(); ++i)
        writer.value(parts[i]);
    writer.endArray();
    if (!parts.back().empty())
        writer.member("kb_jwt").value(parts.back());
    return writer.endObject().take();
}

/// The same SD-JWT in one of the JSON forms; `more` stands behind its signature in the general one.
static std::string inJson(const std::string& compact, bool isGeneral, const std::string& more = {})
{
    const std::vector<std::string> parts = partsOf(compact, '~');
    const std::vector<std::string> issuer = partsOf(parts.front(), '.');
    const std::string entry = R"("header":)" + headerOf(parts) + R"(,"protected":")" + issuer[0] +
                              R"(","signature":")" + issuer[2] + "\"";
    const std::string payload = R"({"payload":")" + issuer[1] + "\",";
    return isGeneral ? payload + R"("signatures":[{)" + entry + "}" + more + "]}" : payload + entry + "}";
}

static KeyRing ringOf(const jose::Key& key)
{
    KeyRing ring;
    ring.keys.push_back(key);
    return ring;
}

void TestPresentationJson::readsThePublishedOnes_data()
{
    QTest::addColumn<bool>("isGeneral");
    QTest::newRow("flattened") << false;
    QTest::newRow("general") << true;
}

void TestPresentationJson::readsThePublishedOnes()
{
    QFETCH(bool, isGeneral);
    const auto vectors = json::parse(test::data("sd-jwt/generated.json"));
    int count = 0;
    for (const json::Value& vector : vectors->root().items()) {
        const auto keys = jose::readKeys(vector.find("issuer_jwk")->items().front().text());
        QVERIFY_RESULT(keys);
        const std::string compact = vector.find("presentation")->string();
        const std::string token = inJson(compact, isGeneral);
        QVERIFY(jose::looksLikeSdJwt(token));
        const jose::SdJwt sd = jose::decodeSdJwt(token);
        QVERIFY(sd.faults.empty());
        QCOMPARE(sd.presentedHash(), jose::decodeSdJwt(compact).presentedHash());
        for (const jose::Disclosure& disclosure : sd.disclosures)
            QCOMPARE(token.substr(disclosure.offset, disclosure.text.size()), disclosure.text);
        const Instant then = fromUnixSeconds(1'700'000'000);
        const Inspection inspection = inspect::inspect(token, ringOf(keys->front()), {}, then);
        QVERIFY2(inspection.verdict == Verdict::Verified, inspection.reason.c_str());
        QCOMPARE(inspection.text(), token);
        QCOMPARE(inspection.claims.size(), vector.find("verified_claims")->size());
        ++count;
    }
    QCOMPARE(count, 8);
}

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

static std::string digest(std::string_view text)
{
    std::string hash(32, '\0');
    EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(),
                 reinterpret_cast<unsigned char*>(hash.data()), nullptr);
    return jose::encodeBase64Url(hash);
}

static std::string signedBy(const jose::Key& key, const char* alg, const std::string& typ,
                            const std::string& claims)
{
    const std::string header = std::string(R"({"alg":")") + alg + R"(","typ":")" + typ + "\"}";
    return std::string(
        jose::sign(*jose::findAlgorithm(alg), key, claims, {.header = header}).value().reveal());
}

static const std::string nameDisclosure = jose::encodeBase64Url(R"(["salt","name","Ada"])");

/// One claim disclosed, the holder's proof behind it.
static std::string credential()
{
    const std::string claims = R"({"iss":"https://issuer.example","exp":1900000000,"_sd":[")" +
                               digest(nameDisclosure) + R"("],"cnf":{"jwk":)" +
                               jose::publicJwk(holder()).value() + "}}";
    const std::string presented =
        signedBy(issuer(), "ES256", "dc+sd-jwt", claims) + "~" + nameDisclosure + "~";
    return presented + signedBy(holder(), "EdDSA", "kb+jwt",
                                R"({"sd_hash":")" + digest(presented) +
                                    R"(","nonce":"n","aud":"https://verifier.example","iat":1799999990})");
}

void TestPresentationJson::verifiesTheHoldersProof_data()
{
    readsThePublishedOnes_data();
}

void TestPresentationJson::verifiesTheHoldersProof()
{
    QFETCH(bool, isGeneral);
    Expectations expected;
    expected.nonce = "n";
    expected.audience = "https://verifier.example";
    const std::string token = inJson(credential(), isGeneral);
    const Inspection inspection = inspect::inspect(token, ringOf(issuer()), expected, now);
    QVERIFY2(inspection.verdict == Verdict::Verified, inspection.reason.c_str());
    QCOMPARE(test::resultOf(inspection, "key binding"), std::string("passed"));
    QCOMPARE(test::resultOf(inspection, "kb sd_hash"), std::string("passed"));
    QCOMPARE(inspection.claims.back().name, std::string("name"));
    QCOMPARE(token.substr(inspection.sdJwt->keyBindingOffset, 2), std::string("ey"));
    expected.nonce = "another";
    QVERIFY(inspect::inspect(token, ringOf(issuer()), expected, now).verdict != Verdict::Verified);
    // What the holder signed is lost with the disclosure that is taken away.
    std::string shorter = token;
    shorter.replace(shorter.find("\"" + nameDisclosure + "\""), nameDisclosure.size() + 2, "");
    const Inspection other = inspect::inspect(shorter, ringOf(issuer()), {}, now);
    QCOMPARE(test::resultOf(other, "kb sd_hash"), std::string("failed"));
}

void TestPresentationJson::takesTheSignatureThatFits()
{
    const std::string more = R"(,{"protected":")" +
                             jose::encodeBase64Url(R"({"alg":"ES256","kid":"other"})") +
                             R"(","signature":")" + jose::encodeBase64Url(std::string(64, 'x')) + "\"}";
    const Inspection inspection =
        inspect::inspect(inJson(credential(), true, more), ringOf(issuer()), {}, now);
    QVERIFY2(inspection.verdict == Verdict::Verified, inspection.reason.c_str());
    QCOMPARE(inspection.signatures.size(), std::size_t(2));
    QCOMPARE(inspection.sdJwt->issuer.signature.bytes, inspection.token.signature.bytes);
}

void TestPresentationJson::findsWhatIsWrong_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("words");
    QTest::addColumn<bool>("isMalformed");
    const auto row = [](const char* name, const char* header, const char* words, bool isMalformed) {
        QTest::newRow(name) << std::string(header) << std::string(words) << isMalformed;
    };
    row("no list", R"({"disclosures":"x"})", "is no list", true);
    row("a number", R"({"disclosures":[1]})", "is no string", true);
    row("no disclosure", R"({"disclosures":["%"]})", "disclosure 1, byte ", true);
    row("of nothing", R"({"disclosures":["WyJzIiwiYSIsMV0"]})", "belongs nowhere", false);
    row("kb_jwt a number", R"({"disclosures":[],"kb_jwt":1})", "kb_jwt is no string", true);
}

void TestPresentationJson::findsWhatIsWrong()
{
    QFETCH(std::string, header);
    QFETCH(std::string, words);
    QFETCH(bool, isMalformed);
    std::string token = inJson(signedBy(issuer(), "ES256", "dc+sd-jwt", "{}") + "~", false);
    const std::string empty = R"({"disclosures":[]})";
    token.replace(token.find(empty), empty.size(), header);
    const Inspection inspection = inspect::inspect(token, ringOf(issuer()), {}, now);
    QCOMPARE(inspection.verdict, isMalformed ? Verdict::Malformed : Verdict::RejectedByPolicy);
    QVERIFY2(inspection.reason.find(words) != std::string::npos, inspection.reason.c_str());
    const Finding* finding = test::find(inspection, "SDJWT-DIGEST");
    QVERIFY(finding != nullptr);
    QVERIFY2(finding->title.find(words.substr(1)) != std::string::npos, finding->title.c_str());
}

void TestPresentationJson::leavesOtherTokensAlone()
{
    const std::string plain =
        inJson(signedBy(issuer(), "ES256", "JWT", R"({"exp":1900000000})") + "~", false);
    for (const char* header : {R"("header":{"kid":"disclosures"})", R"("disclosures":[],"header":{})"}) {
        std::string token = plain;
        const std::string empty = R"("header":{"disclosures":[]})";
        token.replace(token.find(empty), empty.size(), header);
        QVERIFY(!jose::looksLikeSdJwt(token));
        const Inspection inspection = inspect::inspect(token, ringOf(issuer()), {}, now);
        QVERIFY2(inspection.verdict == Verdict::Verified, inspection.reason.c_str());
        QVERIFY(!inspection.sdJwt);
    }
    QVERIFY(!jose::looksLikeSdJwt(R"({"disclosures")"));
    QVERIFY(!jose::looksLikeSdJwt(R"({"signatures":[],"x":{"disclosures":[]}})"));
}

QTEST_GUILESS_MAIN(TestPresentationJson)
#include "tst_presentationjson.moc"
