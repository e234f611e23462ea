// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who asks the listener of an audit for a key is heard, also late, and for its own route alone.

#include "api.h"
#include "goodtokens.h"

#include <jose/verify.h>
#include <support/result.h>

#include <QtCore/qtimer.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Outcome;
using audit::Report;

namespace {

/// Refuses each forged token at once, and asks a moment later for the key that one of them names.
class LateFetcher : public QObject
{
public:
    explicit LateFetcher(std::string good) : m_good(std::move(good)) {}

    listen::ListenerResponse answer(const std::string& token)
    {
        const jose::Jws jws = jose::decode(token);
        const auto jku = jws.headerJson ? jws.headerJson->root().find("jku") : std::nullopt;
        if (jku && jku->string().find("/jku-kept/") != std::string::npos) // on this object's thread
            QMetaObject::invokeMethod(this, [this, url = jku->string()] {
                QTimer::singleShot(200, this, [this, url] { fetch(url); });
            });
        return token == m_good ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    }
    std::vector<std::string> sets; ///< that it got

private:
    void fetch(const std::string& url)
    {
        http::Request request;
        request.url = url;
        m_client.send(request, this, [this](const http::Exchange& exchange) {
            sets.push_back(exchange.response ? exchange.response->body.read() : "");
        });
    }

    std::string m_good;
    http::Client m_client;
};

} // namespace

class TestAuditListener : public QObject, private AuditRuns
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_material = materialFor("HS256", issuerKey("HS256")); }
    void hearsWhoFollowsKeyUrls();
    void hearsWhoComesLate();
    void listensOnForNobodyElse();
    void theListenerAnswersItsOwnPathsAlone();
    void theListenerTellsRoutesApart();
};

/// It asks the URL that the token names; what it does with the key is another matter.
void TestAuditListener::hearsWhoFollowsKeyUrls()
{
    const auto following = [good = m_material.good.text](bool takesIt) {
        return [good, takesIt](const std::string& token, int) {
            const jose::Jws jws = jose::decode(token);
            const auto jku = jws.headerJson ? jws.headerJson->root().find("jku") : std::nullopt;
            if (!jku)
                return token == good ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
            http::Client client;
            QObject context;
            QEventLoop loop;
            std::string set;
            http::Request request;
            request.url = jku->string();
            client.send(request, &context, [&](const http::Exchange& exchange) {
                set = exchange.response ? exchange.response->body.read() : "";
                loop.quit();
            });
            loop.exec();
            const auto keys = jose::readKeys(set);
            const bool fits =
                keys && jose::verifySignature(jws, *keys, {}).verdict == jose::SignatureVerdict::Valid;
            return fits && takesIt ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
        };
    };
    const Report careless = run(following(true), allAtOnce({"jku-injection"}));
    QCOMPARE(classesOf(careless), std::vector<std::string>{"jku-injection"});
    QVERIFY(areAll(rowsOf(careless, "jku-injection"), Outcome::Accepted));
    const Report curious = run(following(false), allAtOnce({"jku-injection", "x5u-injection"}));
    QCOMPARE(classesOf(curious), std::vector<std::string>{"key-url-followed"});
    QVERIFY(areAll(rowsOf(curious, "jku-injection"), Outcome::Refused));
    QVERIFY(!rowsOf(curious, "x5u-injection").front().wasHeard);
}

/// The answer went out before the key was asked for, as where that is done in the background: on whichever
/// route, when all is sent.
void TestAuditListener::hearsWhoComesLate()
{
    LateFetcher late(m_material.good.text);
    Api api([&late](const std::string& token, int) { return late.answer(token); });
    Api other(onlyGood(m_material.good.text));
    audit::Settings settings = allAtOnce({"jku-injection", "x5u-injection"});
    settings.lateness = Milliseconds(60'000);
    QVERIFY(audit::planOf(routeTo(api.url(), m_material), settings).lateness == settings.lateness);
    audit::Auditor auditor({routeTo(api.url(), m_material), routeTo(other.url(), m_material)}, settings);
    QTimer end; // no longer than it takes to hear it
    connect(&end, &QTimer::timeout, &auditor, [&] {
        if (!late.sets.empty())
            auditor.stop();
    });
    end.start(20);
    const Report report = audited(auditor);
    QCOMPARE(late.sets.size(), std::size_t(1));
    QVERIFY2(late.sets.front().find("\"kid\":\"k1\"") != std::string::npos, late.sets.front().c_str());
    QCOMPARE(classesOf(report), std::vector<std::string>{"key-url-followed"});
    const auto findings = audit::findingsOf(report);
    QCOMPARE(findings.size(), std::size_t(1));
    QCOMPARE(findings.front().route, &report.routes.front());
    QCOMPARE(findings.front().rows.size(), std::size_t(1));
    QCOMPARE(findings.front().rows.front()->variant, "jku, kid kept");
    QVERIFY(findings.front().rows.front()->outcome == Outcome::Refused);
}

/// An hour would be noticed.
void TestAuditListener::listensOnForNobodyElse()
{
    Api api(onlyGood(m_material.good.text));
    audit::Settings settings = allAtOnce({"alg-none"});
    settings.lateness = Milliseconds(3'600'000);
    const audit::Route route = routeTo(api.url(), m_material);
    QVERIFY(audit::planOf(route, settings).lateness == Milliseconds(0));
    audit::Auditor without({route}, settings);
    QVERIFY(!audited(without).isInterrupted);
    // Nor for another machine, which does not reach the listener.
    settings = allAtOnce({"jku-injection"});
    settings.lateness = Milliseconds(3'600'000);
    const audit::Plan plan = audit::planOf(route, settings);
    QVERIFY(plan.lateness == settings.lateness);
    QVERIFY(audit::planText(plan, "GET /x").find(" for who asks our listener late\n") != std::string::npos);
    QVERIFY(audit::planOf(routeTo("https://api.example/x", m_material), settings).lateness ==
            Milliseconds(0));
    QVERIFY(audit::Settings().lateness > Milliseconds(1000));
}

void TestAuditListener::theListenerAnswersItsOwnPathsAlone()
{
    audit::KeyHost host(m_material.own, "own", "r4nd0m", noon);
    QVERIFY_RESULT(host.start());
    host.startRoute("k1");
    const auto ask = [&](const std::string& path) {
        listen::ListenerRequest request;
        request.path = path;
        return host.answer(request);
    };
    QCOMPARE(ask("/jwks.json").status, 404);
    QCOMPARE(ask("/r4nd0mx/jwks.json").status, 404);
    QCOMPARE(ask("/r4nd0m-1/jku-kept/jwks.json").status, 404); // there is no second route
    QVERIFY(!host.wasAsked("/jku-kept/"));
    QVERIFY(ask("/r4nd0m/jku-kept/.well-known/jwks.json").body.find("\"kid\":\"k1\"") != std::string::npos);
    QVERIFY(ask("/r4nd0m/jku-own/jwks.json").body.find("\"kid\":\"own\"") != std::string::npos);
    QVERIFY(ask("/r4nd0m/x5u-own/c.pem").body.starts_with("-----BEGIN CERTIFICATE-----"));
    QVERIFY(host.wasAsked("/jku-kept/"));
    QVERIFY(!host.wasAsked("/x5u-kept/"));
    QVERIFY(!host.wasAsked(""));
    QVERIFY(host.url().starts_with("http://127.0.0.1:"));
    for (const char* part : {"\"d\"", "\"p\"", "PRIVATE"})
        QVERIFY(ask("/r4nd0m/jku-own/jwks.json").body.find(part) == std::string::npos);
}

/// Who comes for one while the next is at work is heard for that one, and gets its key.
void TestAuditListener::theListenerTellsRoutesApart()
{
    audit::KeyHost host(m_material.own, "own", "r4nd0m", noon);
    const auto ask = [&](const std::string& path) {
        listen::ListenerRequest request;
        request.path = path;
        return host.answer(request).body;
    };
    host.startRoute("k1");
    QVERIFY(host.url().ends_with("/r4nd0m"));
    host.startRoute("k2");
    QVERIFY(host.url().ends_with("/r4nd0m-1"));
    QVERIFY(ask("/r4nd0m/jku-kept/jwks.json").find("\"kid\":\"k1\"") != std::string::npos);
    QVERIFY(host.wasAsked(0, "/jku-kept/"));
    QVERIFY(!host.wasAsked(1, "/jku-kept/"));
    QVERIFY(!host.wasAsked("/jku-kept/"));
    QVERIFY(ask("/r4nd0m-1/jku-kept/jwks.json").find("\"kid\":\"k2\"") != std::string::npos);
    QVERIFY(host.wasAsked("/jku-kept/"));
    QVERIFY(!host.wasAsked(2, "/jku-kept/"));
}

QTEST_GUILESS_MAIN(TestAuditListener)
#include "tst_auditlistener.moc"
