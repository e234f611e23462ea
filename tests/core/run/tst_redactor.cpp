// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the list of known secrets keeps and what it may forget: a server can neither make it grow without end
// nor have what is ours forgotten.

#include <auth/explain.h>
#include <auth/login.h>
#include <json/write.h>
#include <run/redactor.h>
#include <store/secretlike.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;

namespace {

std::string nth(const char* start, std::size_t number)
{
    return start + std::to_string(100'000 + number) + "-end";
}

http::Exchange answering(const std::string& body)
{
    http::Exchange exchange;
    exchange.response = http::Response();
    if (!exchange.response->body.append(body))
        qFatal("cannot hold the body");
    return exchange;
}

/// {"data":[{"session_token":"…"},…]}
std::string manySecrets(const char* start, std::size_t count)
{
    json::Writer writer;
    writer.beginObject().member("data").beginArray();
    for (std::size_t i = 0; i < count; ++i)
        writer.beginObject().member("session_token").value(nth(start, i)).endObject();
    writer.endArray().endObject();
    return writer.take();
}

bool isCut(const Redactor& redactor, const std::string& secret)
{
    return redactor.clean("said " + secret + " there").find(secret) == std::string::npos;
}

} // namespace

class TestRedactor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void learnsFromAnswers();
    void forgetsTheOldestOfAnAnswer();
    void forgetsNeitherWhatIsOursNorWhatWasSent();
    void remembersWhatComesAgain();
    void isBoundedInBytes();
    void keepsASpellingThatAnotherNeeds();
    void keepsOurOwnWords();
    void keepsTheReasonWhyThereIsNoToken();
};

void TestRedactor::learnsFromAnswers()
{
    Redactor redactor;
    QVERIFY(!isCut(redactor, nth("learned", 0)));
    redactor.addExchange(answering(manySecrets("learned", 3)));
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY(isCut(redactor, nth("learned", i)));
}

void TestRedactor::forgetsTheOldestOfAnAnswer()
{
    Redactor redactor;
    redactor.addExchange(answering(manySecrets("learned", Redactor::mostLearned + 2)));
    QVERIFY(!isCut(redactor, nth("learned", 1)));
    QVERIFY(isCut(redactor, nth("learned", 2)));
    QVERIFY(isCut(redactor, nth("learned", Redactor::mostLearned + 1)));
}

void TestRedactor::forgetsNeitherWhatIsOursNorWhatWasSent()
{
    Redactor redactor;
    redactor.add("typed-password");
    http::Exchange exchange = answering(manySecrets("learned", 3 * Redactor::mostLearned));
    exchange.request.headers = {{"Authorization", "Bearer opaque-one"},
                                {"Cookie", "a=cookie-one; b=cookie-two"}};
    exchange.request.body = R"({"password":"sent-password"})";
    redactor.addExchange(exchange);
    for (const char* secret : {"typed-password", "opaque-one", "cookie-one", "cookie-two", "sent-password"})
        QVERIFY2(isCut(redactor, secret), secret);
}

void TestRedactor::remembersWhatComesAgain()
{
    Redactor redactor;
    redactor.learn("opaque-token");
    redactor.addExchange(answering(manySecrets("first", Redactor::mostLearned - 1)));
    redactor.learn("opaque-token");
    redactor.addExchange(answering(manySecrets("second", Redactor::mostLearned - 1)));
    QVERIFY(isCut(redactor, "opaque-token"));
    redactor.addExchange(answering(manySecrets("third", 1)));
    QVERIFY(!isCut(redactor, "opaque-token"));
}

void TestRedactor::isBoundedInBytes()
{
    Redactor redactor;
    redactor.learn("opaque-token");
    const std::string filling(60'000, '-');
    for (std::size_t i = 0; i * filling.size() < Redactor::mostLearnedBytes; ++i)
        redactor.learn(nth("large", i) + filling);
    QVERIFY(!isCut(redactor, "opaque-token"));
    const std::string huge = "huge" + std::string(70'000, '-');
    redactor.learn(huge);
    QVERIFY(!isCut(redactor, huge));
}

/// Two ways of writing the same: what is left of the one still stands for the other.
void TestRedactor::keepsASpellingThatAnotherNeeds()
{
    Redactor redactor;
    redactor.add("typed%20secret");
    redactor.learn("typed secret"); // in a URL it is written as the former
    redactor.addExchange(answering(manySecrets("learned", Redactor::mostLearned)));
    QVERIFY(!isCut(redactor, "typed secret"));
    QVERIFY(isCut(redactor, "typed%20secret"));
}

/// What stands behind the name of a secret is cut out; no sentence of ours may look like that.
void TestRedactor::keepsOurOwnWords()
{
    for (const char* error : {"invalid_request", "invalid_token", "insufficient_scope",
                              "insufficient_user_authentication", "use_dpop_nonce", "invalid_dpop_proof"}) {
        http::Exchange exchange = answering({});
        exchange.request.url = "https://api.example/";
        exchange.request.headers = {{"Authorization", "Bearer x"}};
        exchange.response->status = 401;
        exchange.response->headers = {
            {"WWW-Authenticate", std::string("Bearer error=\"") + error + "\", scope=\"a b\""}};
        const std::vector<std::string> sentences = auth::explain(exchange, currentTime());
        QVERIFY(!sentences.empty());
        for (const std::string& sentence : sentences)
            QCOMPARE(Redactor().cleanValue(sentence), sentence);
    }
}

/// Its first word stood there as if it were the token's value.
void TestRedactor::keepsTheReasonWhyThereIsNoToken()
{
    const http::Exchange exchange = answering(R"({"data": {"jwt": 1}, "token": ""})");
    for (const char* place : {"data.token", "token", "header:X-Token", "cookie:token"}) {
        const auto token = auth::tokenAt(place, *exchange.response);
        QVERIFY(!token);
        const std::string said = describe(token.error());
        QCOMPARE(Redactor().cleanValue(said), said);
    }
}

QTEST_GUILESS_MAIN(TestRedactor)
#include "tst_redactor.moc"
