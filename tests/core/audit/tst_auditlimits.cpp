// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server that limits how often it is asked, and does not let go: a few forgeries in a row that end there
// end the route, and nothing is called refused for it.

#include "api.h"
#include "goodtokens.h"

#include <QtTest/qtest.h>

#include <atomic>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Outcome;
using audit::Report;
using audit::Row;

namespace {

listen::ListenerResponse busy(int status)
{
    listen::ListenerResponse response = jsonAnswer(status, "");
    response.headers.push_back({"Retry-After", "0"});
    return response;
}

bool isForged(const std::string& token)
{
    return token.starts_with("ey") || token.starts_with('{');
}

} // namespace

class TestAuditLimits : public QObject, private AuditRuns
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_material = materialFor("HS256", issuerKey("HS256")); }
    void threeInARowEndTheRoute_data();
    void threeInARowEndTheRoute();
    void twoInARowDoNot();
    void theGoodTokenMayBeLimitedToo();
    void anotherRouteIsAskedAllTheSame();

private:
    bool isGood(const std::string& token) const { return token == m_material.good.text; }
    listen::ListenerResponse answer(const std::string& token) const
    {
        return isGood(token) ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    }
    std::size_t sentForgeries() const
    {
        const auto count = std::ranges::count_if(m_requests, [this](const listen::ListenerRequest& request) {
            const std::string field = request.header("Authorization");
            const std::string token = field.starts_with("Bearer ") ? field.substr(7) : std::string();
            return isForged(token) && !isGood(token);
        });
        return static_cast<std::size_t>(count);
    }
};

void TestAuditLimits::threeInARowEndTheRoute_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("most");
    QTest::newRow("too many requests") << 429 << 9;
    QTest::newRow("unavailable for a while") << 503 << 18; // a failure is looked at twice
}

/// RFC 6585 §4: what is sent on would be harm, and would tell nothing.
void TestAuditLimits::threeInARowEndTheRoute()
{
    QFETCH(int, status);
    QFETCH(int, most);
    const auto limiting = [this, status](const std::string& token, int) {
        return isForged(token) && !isGood(token) ? busy(status) : answer(token);
    };
    const Report report = run(limiting, allAtOnce());
    QCOMPARE(sentForgeries(), static_cast<std::size_t>(most));
    QVERIFY2(m_requests.size() < 40, std::to_string(m_requests.size()).c_str());
    QVERIFY(areAll(rowsOf(report, "no-token"), Outcome::Refused)); // the good token worked at the end
    const std::vector<Row> rest = rowsOf(report, "kid-sql-injection");
    QVERIFY(areAll(rest, Outcome::Inconclusive));
    QCOMPARE(rest.front().why,
             "the server limits how often it is asked, and waiting did not help: test it again with fewer "
             "requests a second, or from an address that its limit leaves out");
    QVERIFY(rest.front().mark.empty()); // it was never sent
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QVERIFY(status != 429 || !audit::isJudged(report));
}

/// Each third forgery is answered: the route goes on to its end.
void TestAuditLimits::twoInARowDoNot()
{
    int forged = 0;
    const auto limiting = [&forged, this](const std::string& token, int) {
        const bool isLimited = isForged(token) && !isGood(token) && forged++ % 7 < 6; // 3 tries each
        return isLimited ? busy(429) : answer(token);
    };
    const Report report = run(limiting, allAtOnce({"alg-none", "alg-none-case"}));
    std::size_t refused = 0;
    for (const char* attack : {"alg-none", "alg-none-case"})
        for (const Row& row : rowsOf(report, attack)) {
            QVERIFY2(!row.mark.empty(), row.why.c_str());
            refused += row.outcome == Outcome::Refused ? 1U : 0U;
        }
    QVERIFY(refused > 0);
    QVERIFY(audit::isJudged(report));
}

/// A limit for the address, not for bad tokens: nobody says that the session had ended.
void TestAuditLimits::theGoodTokenMayBeLimitedToo()
{
    const auto limiting = [this](const std::string& token, int count) {
        return count > 5 ? busy(429) : answer(token);
    };
    const Report report = run(limiting, allAtOnce());
    QVERIFY2(m_requests.size() < 40, std::to_string(m_requests.size()).c_str());
    const std::vector<Row> rest = rowsOf(report, "kid-sql-injection");
    QVERIFY(areAll(rest, Outcome::Inconclusive));
    QVERIFY2(rest.front().why.starts_with("the good token does not open the route any more (429): the server "
                                          "limits how often it is asked"),
             rest.front().why.c_str());
    QVERIFY(areAll(rowsOf(report, "no-token"), Outcome::Inconclusive));
    QVERIFY(!audit::isJudged(report));
}

void TestAuditLimits::anotherRouteIsAskedAllTheSame()
{
    std::atomic<bool> isLimiting = true; // the server has a thread of its own
    Api api([&](const std::string& token, int) {
        return isLimiting && isForged(token) && !isGood(token) ? busy(429) : answer(token);
    });
    const audit::Route route = routeTo(api.url(), m_material);
    audit::Auditor auditor({route, route}, allAtOnce({"alg-none"}));
    int begun = 0;
    connect(&auditor, &audit::Auditor::routeStarted, &auditor, [&] { isLimiting = ++begun == 1; });
    const Report report = audited(auditor);
    QCOMPARE(report.routes.size(), std::size_t(2));
    QCOMPARE(audit::countOf(report.routes[0], Outcome::Accepted), std::size_t(0));
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Inconclusive));
    for (const Row& row : report.routes[1].rows)
        QVERIFY2(row.outcome != Outcome::Inconclusive, row.why.c_str());
}

QTEST_GUILESS_MAIN(TestAuditLimits)
#include "tst_auditlimits.moc"
