// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which nonce the next DPoP proof for a server has (RFC 9449 §8.2).

#include <auth/dpopnonces.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using auth::DpopNonces;

namespace {

http::Exchange answer(const std::string& url, const std::string& nonce, int status = 200)
{
    http::Exchange exchange;
    exchange.request.url = url;
    http::Response response;
    response.status = status;
    response.headers = {{"dpop-nonce", nonce}};
    exchange.response = std::move(response);
    return exchange;
}

} // namespace

class TestDpopNonces : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aServersLastOne();
    void eachServerHasItsOwn();
    void aRedirectsAnswerIsOfItsServer();
    void leavesOutWhatIsNone();
    void aGoodAnswerSaysThatTheOneSentHolds();
};

void TestDpopNonces::aServersLastOne()
{
    DpopNonces nonces;
    QCOMPARE(nonces.of("https://api.example/a"), std::string());
    nonces.take(answer("https://api.example/a", "n1", 401));
    QCOMPARE(nonces.of("https://api.example:443/b?c"), std::string("n1"));
    nonces.take(answer("https://API.example/c", "n2"));
    QCOMPARE(nonces.of("https://api.example/a"), std::string("n2"));
}

void TestDpopNonces::eachServerHasItsOwn()
{
    DpopNonces nonces;
    nonces.take(answer("https://api.example/", "n1"));
    nonces.take(answer("https://api.example:8443/", "n2"));
    QCOMPARE(nonces.of("https://api.example/"), std::string("n1"));
    QCOMPARE(nonces.of("https://api.example:8443/"), std::string("n2"));
    QCOMPARE(nonces.of("http://api.example/"), std::string());
}

void TestDpopNonces::aRedirectsAnswerIsOfItsServer()
{
    http::Exchange exchange = answer("https://api.example/", "n1");
    exchange.hops.resize(2);
    exchange.hops.front().url = exchange.request.url;
    exchange.hops.back().url = "https://elsewhere.example/";
    DpopNonces nonces;
    nonces.take(exchange);
    QCOMPARE(nonces.of("https://api.example/"), std::string());
    QCOMPARE(nonces.of("https://elsewhere.example/"), std::string("n1"));
}

/// An answer without one says nothing against the one before.
void TestDpopNonces::leavesOutWhatIsNone()
{
    DpopNonces nonces;
    nonces.take(answer("https://api.example/", "n1"));
    nonces.take(answer("https://api.example/", "with \"quotes\""));
    nonces.take(answer("https://api.example/", ""));
    http::Exchange silent;
    silent.request.url = "https://api.example/";
    nonces.take(silent);
    QCOMPARE(nonces.of("https://api.example/"), std::string("n1"));
}

void TestDpopNonces::aGoodAnswerSaysThatTheOneSentHolds()
{
    const std::string url = "https://api.example/";
    DpopNonces nonces;
    nonces.take(answer(url, "", 401), "over");
    nonces.take(answer(url, "", 500), "who knows");
    QCOMPARE(nonces.of(url), std::string());
    nonces.take(answer(url, ""), "n1");
    QCOMPARE(nonces.of(url), std::string("n1"));
    nonces.take(answer(url, "n2"), "n1");
    QCOMPARE(nonces.of(url), std::string("n2"));
    http::Exchange elsewhere = answer(url, "");
    elsewhere.hops.resize(1);
    elsewhere.hops.back().url = "https://elsewhere.example/"; // which never saw the proof
    nonces.take(elsewhere, "n2");
    QCOMPARE(nonces.of("https://elsewhere.example/"), std::string());
}

QTEST_GUILESS_MAIN(TestDpopNonces)
#include "tst_dpopnonces.moc"
