// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Taking tokens apart: what is read, what is called a defect, and where.

#include <jose/jws.h>

#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using namespace claimcheck::jose;

class TestJws : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheExampleOfTheStandard();
    void keepsTheSigningInputAsReceived();
    void listsDefects_data();
    void listsDefects();
    void takesAnyBytesWithoutType();
    void asksForClaimsWithType_data();
    void asksForClaimsWithType();
    void ordersDefects();
    void callsUnusedBitsTolerable();
    void namesEncryptedTokens();
    void knowsWhatIsNoToken();
    void readsUnencodedPayloads();
    void takesDetachedPayloads();
    void boundsSizeAndDepth();
    void survivesEveryTruncation();
};

static const std::string example = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                                   "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
                                   "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
                                   "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

static std::string token(std::string_view header, std::string_view payload)
{
    return encodeBase64Url(header) + "." + encodeBase64Url(payload) + ".AAAA";
}

void TestJws::readsTheExampleOfTheStandard()
{
    const Jws jws = decode(example);
    QVERIFY(jws.isWellFormed());
    QCOMPARE(jws.segments, 3);
    QCOMPARE(jws.alg(), std::optional<std::string>("HS256"));
    QVERIFY(!jws.kid());
    QCOMPARE(jws.header.bytes, std::string("{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}"));
    QCOMPARE(jws.payloadJson->root().find("exp")->integer(), std::optional<std::int64_t>(1300819380));
    QCOMPARE(jws.signature.bytes.size(), std::size_t(32));
    QCOMPARE(jws.signature.offset, example.rfind('.') + 1);
}

void TestJws::keepsTheSigningInputAsReceived()
{
    QCOMPARE(decode(example).signingInput(), std::string_view(example).substr(0, example.rfind('.')));
    QCOMPARE(decode(example).text, example);
}

void TestJws::listsDefects_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<SegmentName>("segment");
    QTest::addColumn<std::size_t>("offset");
    QTest::addColumn<std::string>("word");
    const auto row = [](const char* name, std::string text, SegmentName segment, std::size_t offset,
                        const char* word) {
        QTest::newRow(name) << std::move(text) << segment << offset << std::string(word);
    };
    const std::string header = encodeBase64Url(R"({"alg":"HS256"})"); // 20 characters
    row("empty", "", SegmentName::Token, 0, "no text");
    row("two parts", header + ".e30", SegmentName::Token, 24, "ends after 2");
    row("header alone", header, SegmentName::Token, 20, "ends after 1");
    row("four parts", header + ".e30.AA.AA", SegmentName::Token, 27, "4 parts");
    row("padding", header + ".e30=.AA", SegmentName::Payload, 24, "padding");
    row("plain Base64", header + ".e30.A+AA", SegmentName::Signature, 26, "plain Base64");
    row("white space", header + ".e30.AA AA", SegmentName::Signature, 27, "white space");
    row("line end at the end", header + ".e30.AAAA\n", SegmentName::Signature, 29, "white space");
    row("4n+1", header + ".e30.AAAAA", SegmentName::Signature, 29, "4n+1");
    row("unused bits", header + ".e31.AAAA", SegmentName::Payload, 23, "unused bits");
    row("header no JSON", "e30x.e30.AA", SegmentName::Header, 2, "no JSON object");
    row("header an array", token("[]", "{}"), SegmentName::Header, 0, "no JSON object");
    row("header empty", ".e30.AA", SegmentName::Header, 0, "no JSON object");
    row("byte order mark", token("\xEF\xBB\xBF{}", "{}"), SegmentName::Header, 0, "byte order mark");
    row("text behind the header", token("{} {}", "{}"), SegmentName::Header, 4, "behind");
    row("header not UTF-8", token("{\"a\":\"\xFF\"}", "{}"), SegmentName::Header, 8, "UTF-8");
    row("name twice", token(R"({"alg":"a","alg":"b"})", "{}"), SegmentName::Header, 14, "'alg' occurs");
    row("name twice, once escaped", token(R"({"alg":"a","al\u0067":"b"})", "{}"), SegmentName::Header, 14,
        "'alg' occurs");
    row("JSON form", R"({"payload":"e30","signatures":[]})", SegmentName::Token, 30, "no list of objects");
    row("JSON form with dots", R"({"a":"b.c.d"})", SegmentName::Token, 0, "JSON, but no token");
}

void TestJws::listsDefects()
{
    QFETCH(std::string, text);
    QFETCH(SegmentName, segment);
    QFETCH(std::size_t, offset);
    QFETCH(std::string, word);
    const Jws jws = decode(text);
    QVERIFY(!jws.isWellFormed());
    const bool found = std::any_of(jws.defects.begin(), jws.defects.end(), [&](const Defect& defect) {
        return defect.segment == segment && defect.offset == offset &&
               defect.what.find(word) != std::string::npos;
    });
    for (const Defect& defect : jws.defects) {
        if (!found)
            qInfo("%s at %zu: %s", toText(defect.segment).data(), defect.offset, defect.what.c_str());
    }
    QVERIFY(found);
}

void TestJws::takesAnyBytesWithoutType()
{
    for (const std::string payload : {"", "plain text", "\xFF\xFE", "{broken", "[1]", "{\"a\":1,\"a\":2}"}) {
        const Jws jws = decode(token(R"({"alg":"HS256"})", payload));
        QVERIFY(jws.isWellFormed());
        QCOMPARE(jws.payload.bytes, payload);
        QCOMPARE(jws.payloadJson.has_value(), payload.starts_with("{\""));
    }
}

void TestJws::asksForClaimsWithType_data()
{
    QTest::addColumn<std::string>("type");
    QTest::addColumn<bool>("asks");
    QTest::newRow("JWT") << std::string("JWT") << true;
    QTest::newRow("jwt") << std::string("jwt") << true;
    QTest::newRow("at+jwt") << std::string("at+jwt") << true;
    QTest::newRow("media type") << std::string("Application/DPoP+JWT") << true;
    QTest::newRow("other") << std::string("JOSE") << false;
    QTest::newRow("only alike") << std::string("jwtx") << false;
}

void TestJws::asksForClaimsWithType()
{
    QFETCH(std::string, type);
    QFETCH(bool, asks);
    const std::string header = R"({"typ":")" + type + R"(","alg":"HS256"})";
    for (const char* payload : {"", "text", "[1]", "{broken", "null", "{} x"})
        QCOMPARE(decode(token(header, payload)).isWellFormed(), !asks);
    QVERIFY(decode(token(header, "{}")).isWellFormed());
    QVERIFY(decode(token(header, R"({"a":1,"a":2})")).isWellFormed());
}

void TestJws::ordersDefects()
{
    const Jws jws = decode("e30=.e30*.A+AA.");
    QVERIFY(jws.defects.size() >= 4);
    QVERIFY(std::is_sorted(jws.defects.begin(), jws.defects.end(),
                           [](const Defect& a, const Defect& b) { return a.offset < b.offset; }));
    QVERIFY(jws.headerJson.has_value());
    QVERIFY(jws.payloadJson.has_value());
}

void TestJws::callsUnusedBitsTolerable()
{
    const Jws jws = decode(encodeBase64Url(R"({"alg":"HS256"})") + ".e31.AB");
    QCOMPARE(jws.defects.size(), std::size_t(2));
    QVERIFY(jws.defects[0].tolerable && jws.defects[1].tolerable);
    QVERIFY(!jws.isWellFormed());
    QVERIFY(!decode("e30=.e30.AA").defects.at(0).tolerable);
}

void TestJws::namesEncryptedTokens()
{
    const Jws jws = decode(encodeBase64Url(R"({"alg":"dir","enc":"A128GCM"})") + "..aaaa.bbbb.cccc");
    QCOMPARE(jws.segments, 5);
    QCOMPARE(jws.alg(), std::optional<std::string>("dir"));
    QVERIFY(jws.isWellFormed());
    QVERIFY(jws.payload.bytes.empty() && jws.signature.bytes.empty());
}

void TestJws::knowsWhatIsNoToken()
{
    for (const char* text : {"", "opaque-access-token", "8f14e45fceea167a5a36dedd4bea2543", "Bearer x"})
        QCOMPARE(decode(text).segments, 0);
    QCOMPARE(decode("a.b.c").segments, 3);
    QVERIFY(!decode("opaque").isWellFormed());
}

void TestJws::readsUnencodedPayloads()
{
    const std::string header = encodeBase64Url(R"({"alg":"HS256","b64":false,"crit":["b64"]})");
    const Jws jws = decode(header + ".$pay load!.AAAA");
    QVERIFY(jws.isWellFormed());
    QVERIFY(!jws.isPayloadEncoded);
    QCOMPARE(jws.payload.bytes, std::string("$pay load!"));
    QCOMPARE(std::string(jws.signingInput()), header + ".$pay load!");
}

void TestJws::takesDetachedPayloads()
{
    const std::string header = encodeBase64Url(R"({"alg":"HS256"})");
    const Jws encoded = decodeDetached(header + "..AAAA", "hello");
    QVERIFY(encoded.isWellFormed());
    QCOMPARE(encoded.payload.bytes, std::string("hello"));
    QCOMPARE(std::string(encoded.signingInput()), header + ".aGVsbG8");

    const std::string unencoded = encodeBase64Url(R"({"alg":"HS256","b64":false,"crit":["b64"]})");
    QCOMPARE(std::string(decodeDetached(unencoded + "..AAAA", "a.b").signingInput()), unencoded + ".a.b");

    QVERIFY(!decodeDetached(header + ".aGVsbG8.AAAA", "hello").isWellFormed());
    const Jws empty = decode(header + "..AAAA");
    QVERIFY(empty.isWellFormed());
    QCOMPARE(std::string(empty.signingInput()), header + ".");
}

void TestJws::boundsSizeAndDepth()
{
    const Jws large = decode(std::string(2u << 20u, 'a'));
    QVERIFY(!large.isWellFormed());
    QCOMPARE(large.defects.size(), std::size_t(1));
    const std::string deep = "{\"a\":" + std::string(64, '[') + std::string(64, ']') + "}";
    QVERIFY(!decode(token(deep, "{}")).isWellFormed());
    QVERIFY(!decode(token("{}", deep)).isWellFormed());
    const std::string dots(100'000, '.');
    QVERIFY(!decode(dots).isWellFormed());
}

void TestJws::survivesEveryTruncation()
{
    for (std::size_t length = 0; length < example.size(); ++length) {
        const Jws jws = decode(example.substr(0, length));
        QCOMPARE(jws.text.size(), length);
        QVERIFY(jws.signature.offset + jws.signature.length <= length);
        if (length < example.rfind('.'))
            QVERIFY(!jws.isWellFormed());
    }
}

QTEST_GUILESS_MAIN(TestJws)
#include "tst_jws.moc"
