// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// SD-JWT taken apart (RFC 9901): the published presentations, and each rule of §7.1 broken.

#include "vectors.h"

#include <base/text.h>
#include <jose/sdjwt.h>
#include <json/write.h>

#include <algorithm>
#include <map>

#include <openssl/evp.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestSdJwt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsThePublishedOnes_data();
    void readsThePublishedOnes();
    void tellsWhereClaimsBelong();
    void findsFaults_data();
    void findsFaults();
    void takesOtherHashes();
    void boundsTheDepth();
    void readsTheKeyBinding();
    void tellsItApart();
    void survivesRubbish();
    void namesPaseto();
};

/// The same value whatever the order of its members: sorted text.
static std::string canonical(const json::Value& value)
{
    std::string text;
    if (value.isObject()) {
        std::map<std::string, std::string> members;
        for (const json::Member& member : value.members())
            members[member.name] = canonical(member.value);
        for (const auto& [name, content] : members)
            text += json::quoted(name) + ":" + content + ",";
        return "{" + text + "}";
    }
    if (value.isArray()) {
        for (const json::Value& item : value.items())
            text += canonical(item) + ",";
        return "[" + text + "]";
    }
    return value.isString() ? json::quoted(value.string()) : std::string(value.text());
}

static std::string digest(std::string_view text, const char* hash = "SHA256", std::size_t bytes = 32)
{
    std::string value(bytes, '\0');
    EVP_Q_digest(nullptr, hash, nullptr, text.data(), text.size(),
                 reinterpret_cast<unsigned char*>(value.data()), nullptr);
    return encodeBase64Url(value);
}

/// Unsigned, since the signature is another matter: header.payload.signature~disclosures~
static SdJwt decoded(const std::string& payload, const std::vector<std::string>& disclosures,
                     const std::string& keyBinding = {})
{
    std::string text = test::tokenOf(R"({"alg":"ES256"})", payload, "signature") + "~";
    for (const std::string& disclosure : disclosures)
        text += disclosure + "~";
    return decodeSdJwt(text + keyBinding);
}

static std::string disclosure(const std::string& json)
{
    return encodeBase64Url(json);
}

static std::string quotedDigest(const std::string& disclosure)
{
    return "\"" + digest(disclosure) + "\"";
}

static std::string sentence(const SdJwt& sd)
{
    std::string text;
    for (const SdFault& fault : sd.faults)
        text += fault.what + "; ";
    return text;
}

void TestSdJwt::readsThePublishedOnes_data()
{
    QTest::addColumn<int>("index");
    const json::Document vectors = test::jsonData("sd-jwt/generated.json");
    QCOMPARE(vectors.root().size(), std::size_t(8));
    int index = 0;
    for (const json::Value& vector : vectors.root().items())
        QTest::newRow(test::textOf(vector, "id").c_str()) << index++;
    qInfo("sd-jwt-python: %d presentations", index);
}

void TestSdJwt::readsThePublishedOnes()
{
    QFETCH(int, index);
    const json::Document vectors = test::jsonData("sd-jwt/generated.json");
    const json::Value vector = vectors.root().items()[static_cast<std::size_t>(index)];
    const SdJwt sd = decodeSdJwt(test::textOf(vector, "presentation"));
    QVERIFY2(sd.faults.empty(), sentence(sd).c_str());
    QVERIFY(sd.disclosed.has_value());
    QCOMPARE(canonical(sd.disclosed->root()), canonical(*vector.find("verified_claims")));
    const Key key = test::keyFrom(vector.find("issuer_jwk")->items().front().text());
    QVERIFY_VALID(verifySignature(sd.issuer, std::span(&key, 1)));
    // The issuance discloses everything, the presentation what its holder chose.
    const SdJwt whole = decodeSdJwt(test::textOf(vector, "issuance"));
    QVERIFY2(whole.faults.empty(), sentence(whole).c_str());
    QVERIFY(whole.disclosures.size() >= sd.disclosures.size());
    QCOMPARE(whole.undisclosed + whole.disclosures.size(), sd.undisclosed + sd.disclosures.size());
}

void TestSdJwt::tellsWhereClaimsBelong()
{
    const std::string street = disclosure(R"(["s1","street","Main St"])");
    const std::string address =
        disclosure(R"(["s2","address",{"_sd":[)" + quotedDigest(street) + R"(],"zip":1}])");
    const std::string second = disclosure(R"(["s3","DE"])");
    const SdJwt sd = decoded(R"({"_sd":[)" + quotedDigest(address) + R"(,"decoy"],"n":["US",{"...":)" +
                                 quotedDigest(second) + R"(},{"...":"hidden"}],"_sd_alg":"sha-256"})",
                             {street, second, address});
    QVERIFY2(sd.faults.empty(), sentence(sd).c_str());
    QCOMPARE(json::format(sd.disclosed->root(), json::Layout::Compact),
             std::string(R"({"n":["US","DE"],"address":{"zip":1,"street":"Main St"}})"));
    QCOMPARE(sd.disclosures[0].path, std::string("address.street"));
    QCOMPARE(sd.disclosures[1].path, std::string("n[1]"));
    QVERIFY(!sd.disclosures[1].name);
    QCOMPARE(sd.disclosures[2].path, std::string("address"));
    QCOMPARE(sd.disclosures[0].salt, std::string("s1"));
    QCOMPARE(sd.disclosures[0].value, std::string("\"Main St\""));
    QCOMPARE(sd.text.substr(sd.disclosures[2].offset, address.size()), address);
    QCOMPARE(sd.undisclosed, std::size_t(2));
    QVERIFY(!sd.keyBinding);
}

void TestSdJwt::findsFaults_data()
{
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<std::vector<std::string>>("disclosures");
    QTest::addColumn<std::string>("word");
    QTest::addColumn<bool>("isMalformed");
    const auto row = [](const char* name, const std::string& payload,
                        const std::vector<std::string>& disclosures, const char* word,
                        bool isMalformed = false) {
        QTest::newRow(name) << payload << disclosures << std::string(word) << isMalformed;
    };
    const std::string claim = disclosure(R"(["s","a",1])");
    const std::string element = disclosure(R"(["s",1])");
    const std::string sd = R"({"_sd":[)" + quotedDigest(claim) + "]}";
    const auto holding = [](const std::string& text) { return R"({"_sd":[)" + quotedDigest(text) + "]}"; };
    row("a disclosure of nothing", "{}", {claim}, "belongs nowhere");
    row("twice", sd, {claim, claim}, "is there twice");
    row("a digest twice", R"({"_sd":[)" + quotedDigest(claim) + "," + quotedDigest(claim) + "]}", {claim},
        "in the token twice");
    row("a decoy twice", R"({"_sd":["x"],"b":{"_sd":["x"]}})", {}, "in the token twice");
    row("an element as a claim", holding(element), {element}, "stands for a claim");
    row("a claim as an element", R"({"l":[{"...":)" + quotedDigest(claim) + "}]}", {claim},
        "stands for an element");
    row("a claim that is there", R"({"a":2,"_sd":[)" + quotedDigest(claim) + "]}", {claim}, "there already");
    for (const char* name : {"_sd", "..."}) {
        const std::string named = disclosure(std::string(R"(["s",")") + name + R"(",1])");
        row(name, holding(named), {named}, "names a claim");
    }
    row("_sd no list", R"({"_sd":"x"})", {}, "no list");
    row("_sd of numbers", R"({"_sd":[1]})", {}, "no digest");
    row("element no digest", R"({"l":[{"...":1}]})", {}, "no digest");
    row("unknown hash", R"({"_sd_alg":"md5"})", {}, "'md5'");
    row("hash no string", R"({"_sd_alg":1})", {}, "no string", true);
    row("no base64url", "{}", {"a=b"}, "padding", true);
    row("no JSON", "{}", {disclosure("[")}, "disclosure 1, byte ", true);
    row("an object", "{}", {disclosure("{}")}, "neither", true);
    row("four members", "{}", {disclosure(R"(["s","a",1,2])")}, "neither", true);
    row("salt a number", "{}", {disclosure("[1,2]")}, "neither", true);
    row("name a number", "{}", {disclosure(R"(["s",2,3])")}, "neither", true);
    row("an empty one", "{}", {""}, "disclosure 1", true);
}

void TestSdJwt::findsFaults()
{
    QFETCH(std::string, payload);
    QFETCH(std::vector<std::string>, disclosures);
    QFETCH(std::string, word);
    QFETCH(bool, isMalformed);
    const SdJwt sd = decoded(payload, disclosures);
    QVERIFY2(sentence(sd).find(word) != std::string::npos, sentence(sd).c_str());
    QCOMPARE(sd.faults.front().kind, isMalformed ? SdFaultKind::Malformed : SdFaultKind::Refused);
}

void TestSdJwt::takesOtherHashes()
{
    const std::string claim = disclosure(R"(["s","a",1])");
    const SdJwt sd =
        decoded(R"({"_sd_alg":"sha-512","_sd":[")" + digest(claim, "SHA512", 64) + "\"]}", {claim});
    QVERIFY2(sd.faults.empty(), sentence(sd).c_str());
    QCOMPARE(json::format(sd.disclosed->root(), json::Layout::Compact), std::string(R"({"a":1})"));
    QCOMPARE(sd.presentedHash(), digest(sd.text, "SHA512", 64));
    // A nested _sd_alg is a claim like any other (§4.1.1: the top level alone).
    QCOMPARE(json::format(decoded(R"({"b":{"_sd_alg":"x"}})", {}).disclosed->root(), json::Layout::Compact),
             std::string(R"({"b":{"_sd_alg":"x"}})"));
}

void TestSdJwt::boundsTheDepth()
{
    std::vector<std::string> chain{disclosure(R"(["s","a",1])")};
    while (chain.size() < 100)
        chain.push_back(disclosure(R"(["s","a",{"_sd":[)" + quotedDigest(chain.back()) + "]}]"));
    const SdJwt sd = decoded(R"({"_sd":[)" + quotedDigest(chain.back()) + "]}", chain);
    QVERIFY2(sentence(sd).find("64 deep") != std::string::npos, sentence(sd).c_str());
    const SdJwt many = decoded("{}", std::vector<std::string>(5000, ""));
    QCOMPARE(many.disclosures.size(), std::size_t(4096));
    QVERIFY(sentence(many).find("more than 4096") != std::string::npos);
}

void TestSdJwt::readsTheKeyBinding()
{
    const std::string proof =
        test::tokenOf(R"({"alg":"ES256","typ":"kb+jwt"})", R"({"nonce":"n"})", "signature");
    const SdJwt sd = decoded("{}", {}, proof);
    QVERIFY(sd.keyBinding && sd.keyBinding->isWellFormed());
    QCOMPARE(sd.keyBinding->text, proof);
    QCOMPARE(std::string(sd.presented()), sd.issuer.text + "~");
    QCOMPARE(sd.presentedHash(), digest(sd.issuer.text + "~"));
}

void TestSdJwt::tellsItApart()
{
    QVERIFY(looksLikeSdJwt("a.b.c~"));
    QVERIFY(looksLikeSdJwt("a.b.c~d~e.f.g"));
    for (const char* text : {"", "~", "a.b.c", "a.b~", "a.b.c.d.e~", "hello~world", "a~b.c.d"})
        QVERIFY2(!looksLikeSdJwt(text), text);
}

void TestSdJwt::survivesRubbish()
{
    for (const char* text : {"", "~", "~~~", "a.b.c~", "a.b.c~~.~", ".~.~."}) {
        const SdJwt sd = decodeSdJwt(text);
        QCOMPARE(sd.text, std::string(text));
        QVERIFY(!sd.disclosed);
    }
    const SdJwt large = decodeSdJwt(std::string(2u << 20u, '~'));
    QVERIFY(!large.issuer.isWellFormed());
    QVERIFY(large.disclosures.empty());
}

void TestSdJwt::namesPaseto()
{
    QCOMPARE(pasetoName("v4.public.eyJkYXRh"), std::string("PASETO version 4, public"));
    QCOMPARE(pasetoName("v2.local.abc.footer"), std::string("PASETO version 2, local"));
    for (const char* text : {"", "v4", "v4.public", "v0.local.a", "v4.other.a", "eyJhbGciOiJub25lIn0.e30."})
        QVERIFY2(pasetoName(text).empty(), text);
}

QTEST_GUILESS_MAIN(TestSdJwt)
#include "tst_sdjwt.moc"
