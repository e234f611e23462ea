// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What goes out for an entry: nothing that is switched off, nothing parsed and made anew.

#include <collection/collection.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::collection;

namespace {

const std::vector<variables::Scope> scopes{{"request", {{"id", "7 & 8"}, {"name", "X-Made"}}},
                                           {"environment", {{"host", "http://127.0.0.1:1"}}}};

Entry entryWith(BodyKind kind, const std::string& body)
{
    Entry entry;
    entry.method = "POST";
    entry.url = " {{host}}/x ";
    entry.bodyKind = kind;
    entry.body = body;
    return entry;
}

} // namespace

class TestBuildRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void resolvesEveryPart();
    void sendsBodiesAsTyped();
    void addsContentTypeByKind_data();
    void addsContentTypeByKind();
    void keepsTheUsersContentType();
    void encodesForms();
    void decodesForms_data();
    void decodesForms();
    void leavesOutWhatIsOff();
    void namesThePlaceOfAnUndefinedVariable_data();
    void namesThePlaceOfAnUndefinedVariable();
    void refusesWhatItCannotSend();
    void hasDefaultTimeouts();
};

void TestBuildRequest::resolvesEveryPart()
{
    Entry entry = entryWith(BodyKind::Text, "id={{id}}");
    entry.headers = {{"{{name}}", "v {{id}}"}};
    const auto request = buildRequest(entry, scopes);
    QVERIFY_RESULT(request);
    QCOMPARE(request->method, std::string("POST"));
    QCOMPARE(request->url, std::string("http://127.0.0.1:1/x"));
    QCOMPARE(request->headers.front(), (http::Header{"X-Made", "v 7 & 8"}));
    QCOMPARE(request->body, std::string("id=7 & 8"));
    QVERIFY(request->hasBody);
}

void TestBuildRequest::sendsBodiesAsTyped()
{
    const std::string typed = "{ \"n\" : 1.0e3,\r\n\t\"n\":2 ,}  \n\n";
    const auto request = buildRequest(entryWith(BodyKind::Json, typed), scopes);
    QVERIFY_RESULT(request);
    QCOMPARE(request->body, typed);
}

void TestBuildRequest::addsContentTypeByKind_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, BodyKind kind, const char* expected) {
        QTest::newRow(name) << static_cast<int>(kind) << QByteArray(expected);
    };
    row("none", BodyKind::None, "");
    row("json", BodyKind::Json, "application/json");
    row("text", BodyKind::Text, "text/plain");
    row("xml", BodyKind::Xml, "application/xml");
    row("sparql", BodyKind::Sparql, "application/sparql-query");
    row("form", BodyKind::Form, "application/x-www-form-urlencoded");
}

void TestBuildRequest::addsContentTypeByKind()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, expected);
    const auto request = buildRequest(entryWith(static_cast<BodyKind>(kind), "x"), scopes);
    QVERIFY_RESULT(request);
    QCOMPARE(http::headerValue(request->headers, "content-type").value_or(""), expected.toStdString());
    QCOMPARE(request->hasBody, !expected.isEmpty());
}

void TestBuildRequest::keepsTheUsersContentType()
{
    Entry entry = entryWith(BodyKind::Json, "{}");
    entry.headers = {{"content-type", "application/vnd.api+json"}};
    QCOMPARE(buildRequest(entry, scopes)->headers,
             (http::Headers{{"content-type", "application/vnd.api+json"}}));
    entry.headers[0].enabled = false;
    QCOMPARE(buildRequest(entry, scopes)->headers, (http::Headers{{"Content-Type", "application/json"}}));
}

void TestBuildRequest::encodesForms()
{
    Entry entry = entryWith(BodyKind::Form, "not this");
    entry.formFields = {
        {"id", "{{id}}"}, {"off", "x", false}, {"é*-._~", "a+b=c/\n"}, {"empty", ""}, {"", ""}};
    const auto request = buildRequest(entry, scopes);
    QVERIFY_RESULT(request);
    QCOMPARE(request->body, std::string("id=7+%26+8&%C3%A9*-._%7E=a%2Bb%3Dc%2F%0A&empty="));
}

void TestBuildRequest::decodesForms_data()
{
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<QByteArray>("fields");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("plus and percent") << QByteArray("a+b=c%2Bd+e") << QByteArray("[a b=c+d e]");
    QTest::newRow("pairs") << QByteArray("a=1&a=2&&b=") << QByteArray("[a=1][a=2][b=]");
    QTest::newRow("without a value") << QByteArray("a&b=1=2") << QByteArray("[a=][b=1=2]");
    QTest::newRow("no hex digits") << QByteArray("a=%zz%") << QByteArray("[a=%zz%]");
}

void TestBuildRequest::decodesForms()
{
    QFETCH(QByteArray, form);
    QFETCH(QByteArray, fields);
    std::string read;
    for (const collection::Field& field : collection::decodeForm(form.toStdString()))
        read += "[" + field.name + "=" + field.value + "]";
    QCOMPARE(QByteArray::fromStdString(read), fields);
}

void TestBuildRequest::leavesOutWhatIsOff()
{
    Entry entry = entryWith(BodyKind::None, "left over");
    entry.headers = {{"A", "1"}, {"B", "{{undefined}}", false}, {" ", "no name yet"}, {"a", "2"}};
    const auto request = buildRequest(entry, scopes);
    QVERIFY_RESULT(request);
    QCOMPARE(request->headers, (http::Headers{{"A", "1"}, {"a", "2"}}));
    QVERIFY(!request->hasBody);
    QVERIFY(request->body.empty());
}

void TestBuildRequest::namesThePlaceOfAnUndefinedVariable_data()
{
    QTest::addColumn<QByteArray>("place");
    for (const char* place : {"URL", "header X-Id", "body", "form field f"})
        QTest::newRow(place) << QByteArray(place);
}

void TestBuildRequest::namesThePlaceOfAnUndefinedVariable()
{
    QFETCH(QByteArray, place);
    Entry entry = entryWith(place.startsWith("form") ? BodyKind::Form : BodyKind::Text, "");
    (place == "URL" ? entry.url : entry.body) = place == "URL" || place == "body" ? "{{gone}}" : "";
    if (place == "header X-Id")
        entry.headers = {{"X-Id", "{{gone}}"}};
    if (place == "form field f")
        entry.formFields = {{"f", "{{gone}}"}};
    const auto request = buildRequest(entry, scopes);
    QVERIFY(!request);
    QCOMPARE(request.error().what, "cannot fill in {{gone}} in the " + place.toStdString());
}

void TestBuildRequest::refusesWhatItCannotSend()
{
    Entry entry = entryWith(BodyKind::None, "");
    entry.kept.body = "multipart-form";
    QCOMPARE(buildRequest(entry, scopes).error().kind, ErrorKind::Refused);
    entry.bodyKind = BodyKind::Text;
    QVERIFY_RESULT(buildRequest(entry, scopes));
    entry.auth = AuthMode::None;
    entry.kept.auth = "oauth2";
    QVERIFY(buildRequest(entry, scopes).error().why.find("oauth2") != std::string::npos);
    entry.auth = AuthMode::SessionBearer;
    QVERIFY_RESULT(buildRequest(entry, scopes));
}

void TestBuildRequest::hasDefaultTimeouts()
{
    const auto request = buildRequest(entryWith(BodyKind::None, ""), scopes);
    QVERIFY_RESULT(request);
    QCOMPARE(request->connectTimeout, http::Request{}.connectTimeout);
    QVERIFY(request->inactivityTimeout.count() > 0);
}

QTEST_GUILESS_MAIN(TestBuildRequest)
#include "tst_buildrequest.moc"
