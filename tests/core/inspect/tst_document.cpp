// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON documents of token verify and token decode: names, order, and every input a valid document.

#include <QtTest/qtest.h>

#include <base/text.h>

#include "tokens.h"
#include <support/processortime.h>
#include <support/result.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestDocument : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void verifyHasItsMembersInOrder();
    void decodeHasItsMembersInOrder();
    void guessedClaimsAreSaidToBe();
    void nothingBehindABreakIsReadOrJudged_data();
    void nothingBehindABreakIsReadOrJudged();
    void bytesInFrontOfABreakAreThoseOfTheToken();
    void bytesAreWrittenAsTheyStandInTheToken();
    void anOpaqueTextHasNoParts_data();
    void anOpaqueTextHasNoParts();
    void decodeNeverSaysValid();
    void showsWhatCouldBeRead();
    void keepsTheTextOfHeaderAndClaims();
    void payloadThatIsNoObject();
    void batchLinesStayOneLine();
    void anyInputGivesADocument_data();
    void anyInputGivesADocument();
    void hostileSizesCostNoTime_data();
    void hostileSizesCostNoTime();
};

static std::vector<std::string> namesOf(const json::Value& object)
{
    std::vector<std::string> names;
    for (const json::Member& member : object.members())
        names.push_back(member.name);
    return names;
}

static json::Document parsed(const std::string& text)
{
    Result<json::Document> document = json::parse(text, {.depth = 128});
    return document ? *document : *json::parse("null");
}

void TestDocument::verifyHasItsMembersInOrder()
{
    const json::Document document = parsed(inspect::toJson(verify(token(header, goodClaims)), now));
    const json::Value root = document.root();
    const std::vector<std::string> names{"verdict", "valid",  "reason", "alg",     "kid",
                                         "header",  "claims", "checks", "findings"};
    QCOMPARE(namesOf(root), names);
    QCOMPARE(root.find("verdict")->string(), std::string("verified"));
    QVERIFY(root.find("valid")->boolean());
    QCOMPARE(root.find("reason")->string(), std::string());
    QVERIFY(root.find("kid")->isNull());
    QCOMPARE(root.find("claims")->find("sub")->string(), std::string("demo"));
    const std::vector<std::string> check{"name", "result", "why"};
    QCOMPARE(namesOf(root.find("checks")->items().front()), check);
    const std::vector<std::string> finding{"id",   "severity",  "title",  "where",
                                           "seen", "reference", "advice", "offset"};
    const json::Document weak = parsed(inspect::toJson(verify(token(header, "{}")), now));
    QCOMPARE(namesOf(weak.root().find("findings")->items().front()), finding);
}

void TestDocument::decodeHasItsMembersInOrder()
{
    const json::Document document = parsed(inspect::toJson(decode(token(header, goodClaims)), now));
    const std::vector<std::string> names{"verdict",          "reason",  "alg",       "kid",
                                         "header",           "claims",  "signature", "header_explained",
                                         "claims_explained", "defects", "findings"};
    QCOMPARE(namesOf(document.root()), names);
    const json::Value exp = document.root().find("claims_explained")->items().back();
    QCOMPARE(exp.find("class")->string(), std::string("registered"));
    QCOMPARE(exp.find("meaning")->string(), std::string("Expires"));
    QCOMPARE(exp.find("utc")->string(), std::string("2027-01-15T08:50:00Z"));
    QCOMPARE(exp.find("local")->string(), std::string("2027-01-15 09:50:00 +01:00"));
    QCOMPARE(exp.find("relative")->string(), std::string("in 50 min"));
}

void TestDocument::guessedClaimsAreSaidToBe()
{
    const std::string whole = token(header, goodClaims);
    const auto guessedFrom = [](const std::string& text) {
        const json::Document document = parsed(inspect::toJson(decode(text), now));
        const auto from = document.root().find("claims_guessed_from");
        return from ? from->integer().value_or(-1) : -1;
    };
    QCOMPARE(guessedFrom(whole), std::int64_t(-1));
    std::string broken = whole;
    const std::size_t at = whole.find('.') + 9; // a character too many, which base64url has not
    broken.insert(at, "!");
    QCOMPARE(guessedFrom(broken), static_cast<std::int64_t>(at));
}

void TestDocument::nothingBehindABreakIsReadOrJudged_data()
{
    QTest::addColumn<std::string>("part");
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::size_t>("place"); // in the part's text
    QTest::addColumn<std::string>("read");
    QTest::newRow("payload") << std::string("payload") << std::string(R"({"sub":"demo","n":1})")
                             << std::size_t(13) << std::string(R"({"sub":"d)");
    QTest::newRow("header") << std::string("header") << std::string(R"({"alg":"HS256","kid":"a"})")
                            << std::size_t(16) << std::string(R"({"alg":"HS25)");
    QTest::newRow("inside of a character") << std::string("payload") << std::string("{\"sub\":\"\xC3\xA4\"}")
                                           << std::size_t(13) << std::string(R"({"sub":")");
}

void TestDocument::nothingBehindABreakIsReadOrJudged()
{
    QFETCH(std::string, part);
    QFETCH(std::string, json);
    QFETCH(std::size_t, place);
    QFETCH(std::string, read);
    const bool isHeader = part == "header";
    std::string text = isHeader ? token(json, goodClaims) : token(header, json);
    const std::size_t at = (isHeader ? 0 : text.find('.') + 1) + place;
    text[at] = '*';
    const inspect::Inspection inspection = decode(text);
    QCOMPARE(inspection.token.defects.size(), std::size_t(1));
    const json::Document document = parsed(inspect::toJson(inspection, now));
    const json::Value root = document.root();
    QCOMPARE(root.find(part + "_text")->string(), read);
    QVERIFY(!root.find(part + "_base64url"));
    QCOMPARE(root.find(isHeader ? "header_guessed_from" : "claims_guessed_from")->integer(),
             std::optional(static_cast<std::int64_t>(at)));
    for (const inspect::Finding& finding : inspection.findings)
        QVERIFY2(!finding.id.starts_with("JSON-") &&
                     (!finding.id.starts_with("ENC-") || finding.id == "ENC-CHARSET"),
                 std::string(finding.id).c_str());
}

/// What is no text is shown as it stands in the token.
void TestDocument::bytesInFrontOfABreakAreThoseOfTheToken()
{
    const std::string text = jose::encodeBase64Url(R"({"alg":"HS256"})") + ".__79_*v7.c2ln";
    const json::Document document = parsed(inspect::toJson(decode(text), now));
    QCOMPARE(document.root().find("payload_base64url")->string(), std::string("__79_"));
}

/// The last letter has bits that no byte takes (RFC 4648 §3.5): made anew it would be another one.
void TestDocument::bytesAreWrittenAsTheyStandInTheToken()
{
    const std::string start = jose::encodeBase64Url(R"({"alg":"HS256"})");
    const auto shown = [](const std::string& text, const char* member) {
        const json::Document document = parsed(inspect::toJson(decode(text), now));
        const auto found = document.root().find(member);
        return found ? found->string() : std::string("(missing)");
    };
    QCOMPARE(shown(start + "._x.c2ln", "payload_base64url"), std::string("_x"));
    QCOMPARE(shown("__9_7ci.e30.c2ln", "header_base64url"), std::string("__9_7ci"));
    QCOMPARE(
        shown("{\"protected\":\"" + start + R"(","payload":"_x","signature":"c2ln"})", "payload_base64url"),
        std::string("_x"));
    // RFC 7797 §5.2: it stands there as it is, which is no base64url.
    QCOMPARE(shown(jose::encodeBase64Url(R"({"alg":"HS256","b64":false,"crit":["b64"]})") + ".\xFF.c2ln",
                   "payload_base64url"),
             std::string("_w"));
}

void TestDocument::anOpaqueTextHasNoParts_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("bytes") << std::string("3q2-7wAAAAAAAAAAAAAAA7ci");
    QTest::newRow("letters that make text") << std::string("aGVsbG8");
}

/// It is not base64url of anything.
void TestDocument::anOpaqueTextHasNoParts()
{
    QFETCH(std::string, text);
    const json::Document document = parsed(inspect::toJson(decode(text), now));
    for (const char* member : {"header_base64url", "header_text", "payload_base64url", "payload_text"})
        QVERIFY2(!document.root().find(member), member);
    QCOMPARE(document.root().find("verdict")->string(), std::string("malformed"));
}

void TestDocument::decodeNeverSaysValid()
{
    for (const std::string& claims :
         {goodClaims, std::string(R"({"nbf":1900000000,"exp":1})"), std::string("{}")}) {
        const std::string document = toLowerAscii(inspect::toJson(decode(token(header, claims)), now));
        QVERIFY2(document.find("valid") == std::string::npos, document.c_str());
    }
}

void TestDocument::showsWhatCouldBeRead()
{
    const std::string text =
        jose::encodeBase64Url(header) + "." + jose::encodeBase64Url(R"({"sub":"demo")") + ".c2ln";
    const json::Document document = parsed(inspect::toJson(decode(text), now));
    const json::Value root = document.root();
    QCOMPARE(root.find("verdict")->string(), std::string("malformed"));
    QCOMPARE(root.find("header")->find("alg")->string(), std::string("HS256"));
    QVERIFY(root.find("claims")->isNull());
    QCOMPARE(root.find("payload_text")->string(), std::string(R"({"sub":"demo")"));
    QCOMPARE(root.find("signature")->string(), std::string("c2ln"));
    const json::Value defect = root.find("defects")->items().front();
    QCOMPARE(defect.find("segment")->string(), std::string("payload"));
    QVERIFY(defect.find("offset")->integer().value_or(0) > 37);
}

void TestDocument::keepsTheTextOfHeaderAndClaims()
{
    const std::string claims = R"({"n":1.50,"n":1e2,"s":"\u0041"})";
    const std::string document = inspect::toJson(verify(token(R"({"alg":"HS256"})", claims)), now);
    QVERIFY(document.find("\"n\": 1.50") != std::string::npos);
    QVERIFY(document.find("\"n\": 1e2") != std::string::npos);
    QVERIFY(document.find(R"("s": "\u0041")") != std::string::npos);
}

void TestDocument::payloadThatIsNoObject()
{
    const inspect::Inspection inspection = verify(token(R"({"alg":"HS256"})", std::string("\x00\xFFraw", 5)));
    QCOMPARE(std::string(toText(inspection.verdict)), std::string("verified"));
    QVERIFY(parsed(inspect::toJson(inspection, now)).root().find("claims")->isNull());
    const json::Document shown =
        parsed(inspect::toJson(decode(join(R"({"alg":"HS256"})", "\xFF", "x")), now));
    QCOMPARE(shown.root().find("payload_base64url")->string(), std::string("_w"));
}

void TestDocument::batchLinesStayOneLine()
{
    json::Writer writer;
    writer.beginObject();
    inspect::writeVerification(writer, verify(token("{\r\n\"alg\" :\n\"HS256\"}", "{\"a\":\n1}")));
    writer.endObject();
    const std::string line = writer.take();
    QVERIFY(line.find_first_of("\r\n") == std::string::npos);
    QVERIFY(line.find(R"("claims":{"a":1})") != std::string::npos);
}

void TestDocument::anyInputGivesADocument_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("dots") << QByteArray("....");
    QTest::newRow("NUL") << QByteArray("\0.\0.\0", 5);
    QTest::newRow("no UTF-8") << QByteArray("\xFF\xFE.\x80.\xC0");
    QTest::newRow("JSON form") << QByteArray(R"({"payload":"e30","signature":"x","protected":"e30"})");
    QTest::newRow("encrypted") << QByteArray("eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..aXY.Y3Q.dGFn=");
    QTest::newRow("header of bytes") << QByteArray("_____w.e30.");
    QTest::newRow("deep") << QByteArray("eyJhIjpbW1tb.e30.").append(QByteArray(100'000, 'W'));
    QTest::newRow("two million dots") << QByteArray(2'000'000, '.');
}

void TestDocument::anyInputGivesADocument()
{
    QFETCH(QByteArray, text);
    const std::string token = text.toStdString();
    for (const inspect::Inspection& inspection : {decode(token), verify(token)}) {
        const std::string document = inspect::toJson(inspection, now);
        QVERIFY_RESULT(json::parse(document, {.depth = 128}));
        QVERIFY(inspection.verdict == inspect::Verdict::Malformed);
        QVERIFY(!inspection.reason.empty());
    }
}

/// A large JSON object, its members made by number.
template <typename MakeMember>
static std::string largeObject(MakeMember makeMember)
{
    std::string object = R"({"alg":"HS256")";
    for (int i = 0; object.size() < 250'000; ++i)
        object += "," + makeMember(i);
    return object + "}";
}

void TestDocument::hostileSizesCostNoTime_data()
{
    QTest::addColumn<QByteArray>("object");
    const auto row = [](const char* name, const std::string& object) {
        QTest::newRow(name) << QByteArray::fromStdString(object);
    };
    row("every name twice", largeObject([](int i) { return "\"" + std::to_string(i / 2) + "\":1"; }));
    row("one name over and over", largeObject([](int) { return std::string(R"("exp":1)"); }));
    row("secrets over and over", largeObject([](int) { return std::string(R"("pin":1)"); }));
    row("inner duplicates",
        largeObject([](int i) { return "\"a" + std::to_string(i) + R"(":{"x":1,"x":2})"; }));
    row("large numbers",
        largeObject([](int i) { return "\"" + std::to_string(i) + "\":99999999999999999"; }));
    row("crit of many names",
        R"({"alg":"HS256","crit":[)" + std::string(300'000, ' ').replace(0, 4, "\"a\",") + R"("b"]})");
}

void TestDocument::hostileSizesCostNoTime()
{
    QFETCH(QByteArray, object);
    const std::string json = object.toStdString();
    for (const std::string& text : {token(header, json), token(json, "{}")}) {
        const double start = processorSeconds();
        const std::string document = inspect::toJson(decode(text), now) + inspect::toJson(verify(text), now);
        const double worked = processorSeconds() - start;
        QVERIFY2(worked < 5, std::to_string(worked).c_str());
        QVERIFY(decode(text).findings.size() < 100);
        QVERIFY(!document.empty());
    }
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
