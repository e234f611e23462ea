// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An answer kept as an example: what was typed and what came back, without a secret in it.

#include <core/store/folder.h>
#include <store/example.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::store;
using namespace claimcheck::test;

namespace {

http::Response answer(const std::string& type, const std::string& body)
{
    http::Response response;
    response.status = 200;
    response.reason = "OK";
    response.headers = {{"Content-Type", type}, {"Set-Cookie", "sid=abcdef123456; Path=/"}, {"X-A", "1"}};
    if (!response.body.append(body))
        qFatal("cannot make a body to test with");
    return response;
}

} // namespace

class TestExample : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsRequestAndAnswer();
    void cutsSecretsOut();
    void leavesOutWhatIsNoText();
    void canBeSaved();
};

void TestExample::keepsRequestAndAnswer()
{
    collection::Content request;
    request.entry.method = "POST";
    request.entry.url = "{{host}}/orders";
    request.entry.headers = {{"Accept", "*/*", true}, {"X-Off", "1", false}};
    request.entry.bodyKind = collection::BodyKind::Json;
    request.entry.body = R"({"n": 1})";
    const collection::Example example =
        exampleOf("200 OK", request, answer("application/problem+json; charset=utf-8", R"({"id": 7})"));
    QCOMPARE(example.name, std::string("200 OK"));
    QCOMPARE(example.url, std::string("{{host}}/orders"));
    QCOMPARE(example.requestHeaders, (http::Headers{{"Accept", "*/*"}}));
    QCOMPARE(example.requestBodyType, std::string("json"));
    QCOMPARE(example.status, 200);
    QCOMPARE(example.bodyType, std::string("json"));
    QCOMPARE(example.body, std::string(R"({"id": 7})"));
}

void TestExample::cutsSecretsOut()
{
    collection::Content request;
    request.entry.headers = {{"Authorization", "Bearer opaque-live-token", true}};
    const std::string body = R"({"access_token": "tok-123456789", "note": "opaque-session-7", "id": 1})";
    const collection::Example example =
        exampleOf("E", request, answer("application/json", body), [](std::string text) {
            const std::string known = "opaque-session-7";
            for (std::size_t at = text.find(known); at != std::string::npos; at = text.find(known))
                text.replace(at, known.size(), redactedMark);
            return text;
        });
    for (const std::string& text : {example.body, example.headers[1].value, example.requestHeaders[0].value})
        for (const char* secret : {"tok-123456789", "opaque-session-7", "abcdef123456", "opaque-live-token"})
            QVERIFY2(text.find(secret) == std::string::npos, text.c_str());
    QVERIFY(example.body.find(R"("id": 1)") != std::string::npos);
}

void TestExample::leavesOutWhatIsNoText()
{
    const collection::Example example = exampleOf("E", {}, answer("image/png", "\x89PNG\xFF"));
    QCOMPARE(example.bodyType, std::string());
    QVERIFY(example.description.find("5 bytes") != std::string::npos);
    QCOMPARE(exampleOf("E", {}, answer("text/plain", "")).description, std::string());
}

void TestExample::canBeSaved()
{
    CollectionFolder folder;
    folder.write("a.yml", "info: {name: A, type: http}\nhttp: {method: GET, url: x}\n");
    collection::Item item = *collection::findItem(folder.open(), "a.yml");
    item.details.examples.push_back(exampleOf("E", collection::contentOf(item),
                                              answer("application/json", R"({"token": "tok-123456789"})")));
    QVERIFY_RESULT(saveEntry(folder.open(), "", item));
    const collection::Item saved = *collection::findItem(folder.open(), "a.yml");
    QCOMPARE(saved.details.examples, item.details.examples);
}

QTEST_GUILESS_MAIN(TestExample)
#include "tst_example.moc"
