// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JWS in JSON (RFC 7515 §7.2): flattened and general, several signatures with a verdict each, detached and
// unencoded payloads, headers in clear; and what such an object must not be.

#include "vectors.h"

#include <support/paths.h>

#include <QtCore/qdir.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestJwsJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rfcFiles_data();
    void rfcFiles();
    void cookbookForms();
    void everySignatureHasItsOwnVerdict();
    void unencodedPayload();
    void detachedPayload();
    void joinsTheHeaders();
    void refusesPolicy_data();
    void refusesPolicy();
    void refusesMalformed_data();
    void refusesMalformed();
    void compactStaysAsItWas();
    void encryptedTokensHaveNoSignature();
};

static const Key& secret()
{
    static const Key key = secretKey(Secret("a secret that is long enough for HS256"));
    return key;
}

static std::string macOver(std::string_view input)
{
    return encodeBase64Url(signBytes(*findAlgorithm("HS256"), secret(), input).value());
}

/// A flattened token over `payload` as it stands in the object; `members` go in front.
static std::string flattened(std::string_view header, std::string_view payload, std::string_view members = {})
{
    const std::string covered = header.empty() ? std::string() : encodeBase64Url(header);
    std::string text = "{" + std::string(members);
    if (!header.empty())
        text += "\"protected\":\"" + covered + "\",";
    return text + "\"payload\":\"" + std::string(payload) + "\",\"signature\":\"" +
           macOver(covered + "." + std::string(payload)) + "\"}";
}

static SignatureVerdict verdictOf(const Jws& jws)
{
    return verifySignature(jws, std::span(&secret(), 1)).verdict;
}

void TestJwsJson::rfcFiles_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("jwk");
    QTest::addColumn<std::string>("payload");
    const QDir folder(test::dataFolder() + QStringLiteral("/rfc-appendix"));
    int run = 0;
    for (const QString& name :
         folder.entryList({QStringLiteral("*.jwsf"), QStringLiteral("*.jwsg")}, QDir::Files, QDir::Name)) {
        const QString stem = folder.filePath(name.chopped(5));
        if (!QFile::exists(stem + QStringLiteral(".jwk")))
            continue;
        const QString payload = stem + QStringLiteral(".payl");
        QTest::newRow(qPrintable(name))
            << test::readFile(folder.filePath(name)) << test::readFile(stem + QStringLiteral(".jwk"))
            << (QFile::exists(payload) ? test::readFile(payload) : std::string());
        ++run;
    }
    qInfo("rfc-appendix *.jwsf, *.jwsg: %d tokens", run);
    QVERIFY(run >= 15);
}

static void checkBothWays(const Jws& jws, const Key& key)
{
    QVERIFY_VALID(verifySignature(jws, std::span(&key, 1)));
    Jws changed = jws;
    changed.signature.bytes[3] = static_cast<char>(changed.signature.bytes[3] ^ 1);
    QCOMPARE(verifySignature(changed, std::span(&key, 1)).verdict, SignatureVerdict::Invalid);
    changed = jws;
    changed.detachedInput += 'x';
    QCOMPARE(verifySignature(changed, std::span(&key, 1)).verdict, SignatureVerdict::Invalid);
}

void TestJwsJson::rfcFiles()
{
    QFETCH(std::string, token);
    QFETCH(std::string, jwk);
    QFETCH(std::string, payload);
    const Jws jws = payload.empty() ? decode(token) : decodeDetached(token, payload);
    QVERIFY(jws.form != Serialization::Compact);
    QCOMPARE(jws.text, token);
    checkBothWays(jws, test::keyFrom(jwk));
}

/// Each JSON form that a vector states; the keys in the order of the signatures.
static int checkForms(const json::Value& vector)
{
    const json::Value input = *vector.find("input");
    const json::Value key = *input.find("key");
    const std::vector<json::Value> keys = key.isArray() ? key.items() : std::vector{key};
    int run = 0;
    for (const json::Member& form : vector.find("output")->members()) {
        if (!form.value.isObject())
            continue;
        const bool isDetached = !form.value.find("payload");
        const std::string payload = test::textOf(input, "payload");
        const std::vector<Jws> all = decodeAll(
            form.value.text(), isDetached ? std::optional<std::string_view>(payload) : std::nullopt);
        for (std::size_t i = 0; i < all.size(); ++i) {
            checkBothWays(all[i], test::keyFrom(keys[i].text()));
            ++run;
        }
    }
    return run;
}

void TestJwsJson::cookbookForms()
{
    int ietf = 0;
    const QDir folder(test::dataFolder() + QStringLiteral("/ietf-jose-cookbook"));
    for (const char* place : {"jws", "rfc7797", "curve25519"}) {
        const QDir inner(folder.filePath(QString::fromUtf8(place)));
        for (const QString& name : inner.entryList({QStringLiteral("*.json")})) {
            const auto document = json::parse(test::readFile(inner.filePath(name)));
            QVERIFY_RESULT(document);
            if (document->root().find("signing"))
                ietf += checkForms(document->root());
        }
    }
    int panva = 0;
    const json::Document document = test::jsonData("panva-jose/cookbook-jws.json");
    for (const json::Value& vector : document.root().items()) {
        if (test::textOf(*vector.find("input"), "alg").find("ML-DSA") == std::string::npos)
            panva += checkForms(vector);
    }
    qInfo("ietf-jose-cookbook: %d signatures in JSON; panva-jose: %d", ietf, panva);
    QVERIFY(ietf >= 18);
    QVERIFY(panva >= 10);
}

void TestJwsJson::everySignatureHasItsOwnVerdict()
{
    const std::vector<Jws> all = decodeAll(test::data("rfc-appendix/rfc7515_A.6.jwsg"));
    QCOMPARE(all.size(), std::size_t(2));
    QCOMPARE(all[0].alg(), std::optional<std::string>("RS256"));
    QCOMPARE(all[0].kid(), std::optional<std::string>("2010-12-29"));
    QCOMPARE(all[1].alg(), std::optional<std::string>("ES256"));
    QCOMPARE(all[1].payload.bytes, all[0].payload.bytes);
    const Key rsa = test::keyFrom(test::data("rfc-appendix/rfc7515_A.6.1.jwk"));
    const Key ec = test::keyFrom(test::data("rfc-appendix/rfc7515_A.6.2.jwk"));
    QVERIFY_VALID(verifySignature(all[0], std::span(&rsa, 1)));
    QCOMPARE(verifySignature(all[1], std::span(&rsa, 1)).verdict, SignatureVerdict::Refused);
    QVERIFY_VALID(verifySignature(all[1], std::span(&ec, 1)));
}

void TestJwsJson::unencodedPayload()
{
    const std::string header = R"({"alg":"HS256","b64":false,"crit":["b64"]})";
    const Jws jws = decode(flattened(header, "$.02 and a . dot"));
    QCOMPARE(jws.payload.bytes, std::string("$.02 and a . dot"));
    QCOMPARE(verdictOf(jws), SignatureVerdict::Valid);
    // The escapes of JSON are no part of the payload (RFC 7797 §5.3).
    const std::string input = encodeBase64Url(header) + ".say \"hi\"";
    const Jws escaped = decode(R"({"protected":")" + encodeBase64Url(header) +
                               R"(","payload":"say \"hi\"","signature":")" + macOver(input) + "\"}");
    QCOMPARE(escaped.payload.bytes, std::string("say \"hi\""));
    QCOMPARE(verdictOf(escaped), SignatureVerdict::Valid);
}

void TestJwsJson::detachedPayload()
{
    const std::string header = encodeBase64Url(R"({"alg":"HS256"})");
    const std::string token = "{\"protected\":\"" + header + "\",\"signature\":\"" +
                              macOver(header + "." + encodeBase64Url("text")) + "\"}";
    QCOMPARE(verdictOf(decodeDetached(token, "text")), SignatureVerdict::Valid);
    QCOMPARE(verdictOf(decodeDetached(token, "test")), SignatureVerdict::Invalid);
    QCOMPARE(verdictOf(decode(token)), SignatureVerdict::Invalid);
    QVERIFY(!decodeDetached(flattened(R"({"alg":"HS256"})", "dGV4dA"), "text").isWellFormed());
}

void TestJwsJson::joinsTheHeaders()
{
    const Jws jws = decode(flattened(R"({"alg":"HS256"})", "e30", R"("header":{"kid":"k"},)"));
    QCOMPARE(jws.kid(), std::optional<std::string>("k"));
    QCOMPARE(jws.headerJson->root().size(), std::size_t(2));
    QVERIFY(jws.unprotectedJson);
    QCOMPARE(verdictOf(jws), SignatureVerdict::Valid);
    const Jws bare = decode(flattened("", "e30", R"("header":{"alg":"HS256"},)"));
    QCOMPARE(verdictOf(bare), SignatureVerdict::Valid);
}

void TestJwsJson::refusesPolicy_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<std::string>("words");
    QTest::newRow("crit unprotected")
        << flattened(R"({"alg":"HS256"})", "e30", R"("header":{"crit":["x"],"x":1},)") << std::string("crit");
    QTest::newRow("crit of b64 unprotected")
        << flattened(R"({"alg":"HS256","b64":false})", "e30", R"("header":{"crit":["b64"]},)")
        << std::string("unprotected header");
    QTest::newRow("b64 unprotected") << flattened(R"({"alg":"HS256"})", "e30", R"("header":{"b64":true},)")
                                     << std::string("b64 stands in");
    QTest::newRow("none") << flattened("", "e30", R"("header":{"alg":"none"},)") << std::string("not signed");
    QTest::newRow("ML-DSA") << flattened(R"({"alg":"ML-DSA-44"})", "e30")
                            << std::string("OpenSSL has it from 3.5");
    QTest::newRow("an encryption") << flattened(R"({"alg":"RSA-OAEP"})", "e30")
                                   << std::string("for encrypted tokens");
}

void TestJwsJson::refusesPolicy()
{
    QFETCH(std::string, token);
    QFETCH(std::string, words);
    const SignatureCheck check = verifySignature(decode(token), std::span(&secret(), 1));
    QCOMPARE(check.verdict, SignatureVerdict::Refused);
    QVERIFY2(check.why.find(words) != std::string::npos, check.why.c_str());
}

void TestJwsJson::refusesMalformed_data()
{
    QTest::addColumn<std::string>("token");
    const std::string good = flattened(R"({"alg":"HS256"})", "e30");
    const auto row = [](const char* name, std::string token) { QTest::newRow(name) << std::move(token); };
    row("no token", R"({"hello":"world"})");
    row("cut off", good.substr(0, good.size() - 1));
    row("text behind", good + " x");
    row("a member twice", "{\"payload\":\"e30\"," + good.substr(1));
    row("a member twice, escaped", "{\"p\\u0061yload\":\"e30\"," + good.substr(1));
    row("a header name twice", flattened(R"({"alg":"HS256","alg":"HS256"})", "e30"));
    row("a name in both headers", flattened(R"({"alg":"HS256"})", "e30", R"("header":{"alg":"HS256"},)"));
    row("unprotected name twice", flattened(R"({"alg":"HS256"})", "e30", R"("header":{"k":1,"k":1},)"));
    row("header is a list", flattened(R"({"alg":"HS256"})", "e30", R"("header":[],)"));
    row("no header", flattened("", "e30"));
    row("payload is an object", R"({"protected":"e30","payload":{},"signature":"AAAA"})");
    row("no signature", R"({"protected":"e30","payload":"e30"})");
    row("padding", flattened(R"({"alg":"HS256"})", "e30="));
    row("signatures and signature", "{\"signatures\":[{}]," + good.substr(1));
    row("no signatures", R"({"payload":"e30","signatures":[]})");
    row("signatures of texts", R"({"payload":"e30","signatures":["a"]})");
    std::string many = "{\"payload\":\"e30\",\"signatures\":[" + good;
    for (int i = 0; i < 32; ++i)
        many += "," + good;
    row("too many signatures", many + "]}");
    row("b64 differs", R"({"payload":"e30","signatures":[{"protected":")" +
                           encodeBase64Url(R"({"alg":"HS256","b64":false,"crit":["b64"]})") +
                           R"(","signature":"AAAA"},{"protected":")" + encodeBase64Url(R"({"alg":"HS256"})") +
                           R"(","signature":"AAAA"}]})");
}

void TestJwsJson::refusesMalformed()
{
    QFETCH(std::string, token);
    const std::vector<Jws> all = decodeAll(token);
    const bool hasDefect =
        std::any_of(all.begin(), all.end(), [](const Jws& jws) { return !jws.isWellFormed(); });
    QVERIFY(!all.empty() && hasDefect);
    for (const Jws& jws : all) {
        QCOMPARE(jws.text, token);
        for (const Defect& defect : jws.defects)
            QVERIFY2(defect.offset <= token.size() && !defect.what.empty(), defect.what.c_str());
    }
    QCOMPARE(verdictOf(all.back()), SignatureVerdict::Malformed);
}

void TestJwsJson::compactStaysAsItWas()
{
    const std::string token = test::data("rfc-appendix/rfc7515_A.1.jwsc");
    const std::vector<Jws> all = decodeAll(token);
    QCOMPARE(all.size(), std::size_t(1));
    QCOMPARE(all.front().form, Serialization::Compact);
    QVERIFY(all.front().detachedInput.empty());
    QVERIFY(!all.front().unprotectedJson);
    QCOMPARE(decodeAll("{} is no token").front().segments, 0);
}

void TestJwsJson::encryptedTokensHaveNoSignature()
{
    for (const char* file : {"rfc-appendix/rfc7520_5.1.jwec", "rfc-appendix/rfc7520_5.1.jwef"}) {
        const Jws jws = decode(test::data(file));
        QVERIFY(jws.isWellFormed());
        QCOMPARE(jws.segments, 5);
        QCOMPARE(jws.alg(), std::optional<std::string>("RSA1_5"));
        QVERIFY(jws.payload.bytes.empty());
        QCOMPARE(verdictOf(jws), SignatureVerdict::Refused);
    }
}

QTEST_GUILESS_MAIN(TestJwsJson)
#include "tst_jwsjson.moc"
