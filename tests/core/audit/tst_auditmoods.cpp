// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Servers with moods and manners of their own: what they answer is judged rightly, or not at all.

#include "api.h"
#include "goodtokens.h"

#include <jose/verify.h>

#include <span>
#include <utility>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Outcome;
using audit::Report;
using audit::Row;

class TestAuditMoods : public QObject, private AuditRuns
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_material = materialFor("HS256", issuerKey("HS256")); }
    void aSentenceForEachRefusal();
    void refusalsOfAllManners_data();
    void refusalsOfAllManners();
    void whatRepeatsTheTokenIsJudgedByTheRest();
    void aTextThatIsNewEachTimeEndsNothing();
    void whoRefusesByFailingIsAskedOnce();
    void aServerThatIsStartingIsAskedAgain();
    void aServerThatStaysDownIsNotTestable();
    void aControlThatFailedOnceIsSentAgain();
    void withoutControlsNothingIsAccepted();
    void theGoodTokenIsNeverLongAgo();
    void buildsOnWhatWasAccepted();
    void aPsychicServerVerifiesTheRest();
    void oddTimesAndNamesAreNoFindings_data();
    void oddTimesAndNamesAreNoFindings();

private:
    bool isGood(const std::string& token) const { return token == m_material.good.text; }
    /// What most servers do with it: the good one, and what says that it is not signed.
    bool isTakenByCareless(const std::string& token) const
    {
        return isGood(token) || jose::decode(token).alg() == "none";
    }
};

/// A soft 401 that says of each token what is wrong with it.
void TestAuditMoods::aSentenceForEachRefusal()
{
    const auto soft = [this](const std::string& token, int) {
        if (isGood(token))
            return jsonAnswer(200, openBody);
        const std::string what = token.empty() ? "no token" : "not " + std::to_string(token.size());
        return jsonAnswer(200, R"({"error":")" + what + "\"}");
    };
    const Report report = run(soft, allAtOnce({"alg-none", "broken-signature"}));
    QCOMPARE(classesOf(report), std::vector<std::string>());
    for (const char* attack : {"no-token", "garbage-token", "alg-none", "broken-signature"})
        QVERIFY2(areAll(rowsOf(report, attack), Outcome::Refused), attack);
    QVERIFY(audit::isJudged(report));
}

void TestAuditMoods::refusalsOfAllManners_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("location");
    const auto row = [](const char* name, int status, const char* body, const char* location = "") {
        QTest::newRow(name) << status << QString::fromUtf8(body) << QString::fromUtf8(location);
    };
    row("400", 400, "bad request");
    row("401 with the good body", 401, openBody.c_str());
    row("403", 403, "Forbidden");
    row("404", 404, "");
    row("500 on malformed input", 500, "Traceback");
    row("to the login page", 302, "", "/login");
    row("to another host", 303, "", "https://sso.example/authorize");
    row("soft 401", 200, R"({"success":false,"message":"jwt malformed"})");
    row("a form", 200, R"(<html><form><input type="password"></form></html>)");
}

void TestAuditMoods::refusalsOfAllManners()
{
    QFETCH(int, status);
    QFETCH(QString, body);
    QFETCH(QString, location);
    const auto mannered = [&, this](const std::string& token, int) {
        if (isGood(token))
            return jsonAnswer(200, openBody);
        listen::ListenerResponse answer = jsonAnswer(status, body.toStdString());
        if (!location.isEmpty())
            answer.headers.push_back({"Location", location.toStdString()});
        return answer;
    };
    const Report report = run(mannered, allAtOnce({"alg-none", "payload-changed"}));
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    QVERIFY(areAll(rowsOf(report, "garbage-token"), Outcome::Refused));
    QCOMPARE(audit::observationsOf(report).empty(), status != 500);

    const auto careless = [&, this](const std::string& token, int count) {
        return isTakenByCareless(token) ? jsonAnswer(200, openBody) : mannered(token, count);
    };
    QCOMPARE(classesOf(run(careless, allAtOnce({"alg-none", "payload-changed"}))),
             std::vector<std::string>{"alg-none"});
}

/// A page that shows who asks, the token with it: it is the greater part of every answer.
void TestAuditMoods::whatRepeatsTheTokenIsJudgedByTheRest()
{
    const auto saying = [](const std::string& token, bool isOpen) {
        return jsonAnswer(200, "{\"token\":\"" + token + "\",\"field\":\"Bearer " + token + "\",\"active\":" +
                                   (isOpen ? R"(true,"user":"demo"})" : R"(false,"user":null})"));
    };
    const auto careless = [&, this](const std::string& token, int) {
        return isTakenByCareless(token) ? saying(token, true) : jsonAnswer(401, closedBody);
    };
    const Report taken = run(careless, allAtOnce({"alg-none", "payload-changed"}));
    QCOMPARE(classesOf(taken), std::vector<std::string>{"alg-none"});
    QVERIFY(areAll(rowsOf(taken, "alg-none"), Outcome::Accepted));
    for (const Row& row : rowsOf(taken, "alg-none"))
        QVERIFY2(row.answer.find("\"token\":\"[secret]\"") != std::string::npos, row.answer.c_str());

    const auto right = [&, this](const std::string& token, int) { return saying(token, isGood(token)); };
    const Report refused = run(right, allAtOnce({"alg-none", "payload-changed"}));
    QCOMPARE(classesOf(refused), std::vector<std::string>());
    for (const Row& row : rowsOf(refused, "alg-none"))
        QVERIFY2(row.outcome != Outcome::Accepted, row.why.c_str());
}

/// 5xx in front is no more the end of it than in between.
/// Its good answers are no more alike than any two texts: that is no session that ended.
void TestAuditMoods::aTextThatIsNewEachTimeEndsNothing()
{
    const std::string good = m_material.good.text;
    const auto report = run(
        [good](const std::string& token, int count) {
            if (token != good)
                return jsonAnswer(401, closedBody);
            std::string text;
            for (int i = 0; i < 50; ++i)
                text += "word" + std::to_string(count * 100 + i) + " ";
            return jsonAnswer(200, text);
        },
        allAtOnce({"broken-signature", "alg-none", "empty-hmac-key"}));
    for (const char* attack : {"broken-signature", "alg-none", "empty-hmac-key"})
        QVERIFY2(areAll(rowsOf(report, attack), Outcome::Refused), attack);
}

/// An error that nobody catches is a manner, too: asked twice for each, half of the catalogue would fit.
void TestAuditMoods::whoRefusesByFailingIsAskedOnce()
{
    const std::string good = m_material.good.text;
    const auto timesOf = [this](const std::string& token) {
        return std::ranges::count_if(m_requests, [&](const listen::ListenerRequest& request) {
            return request.header("Authorization") == "Bearer " + token;
        });
    };
    const std::string forged(forgeries("payload-changed", m_material).front().token.reveal());
    const audit::Settings settings = allAtOnce({"payload-changed", "alg-none"});
    const auto failing = [good](const std::string& token, int) {
        return token == good ? jsonAnswer(200, openBody) : jsonAnswer(500, "");
    };
    QVERIFY(areAll(rowsOf(run(failing, settings), "payload-changed"), Outcome::Refused));
    QCOMPARE(timesOf(forged), std::ptrdiff_t(1));
    QCOMPARE(timesOf("a.b.c"), std::ptrdiff_t(2));
    // Behind each error the good token is sent all the same.
    for (std::size_t i = 0; i + 1 < m_requests.size(); ++i)
        if (m_requests[i].header("Authorization") == "Bearer " + forged)
            QCOMPARE(m_requests[i + 1].header("Authorization"), "Bearer " + good);

    // Who refuses otherwise, and fails once, is asked again.
    bool hasFailed = false;
    const auto flapping = [&, good](const std::string& token, int) {
        if (token == forged && !std::exchange(hasFailed, true))
            return jsonAnswer(503, "");
        return token == good || token == forged ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    QVERIFY(areAll(rowsOf(run(flapping, settings), "payload-changed"), Outcome::Accepted));
    QCOMPARE(timesOf(forged), std::ptrdiff_t(2));
}

void TestAuditMoods::aServerThatIsStartingIsAskedAgain()
{
    for (const std::vector<int>& failing :
         {std::vector{1}, std::vector{2}, std::vector{1, 2}, std::vector{1, 3}}) {
        const auto starting = [&, this](const std::string& token, int count) {
            if (std::ranges::find(failing, count) != failing.end())
                return jsonAnswer(503, "");
            return isGood(token) ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
        };
        const Report report = run(starting, allAtOnce({"alg-none"}));
        QCOMPARE(report.routes.front().objection, "");
        QCOMPARE(report.routes.front().goodStatus, 200);
        QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    }
}

void TestAuditMoods::aServerThatStaysDownIsNotTestable()
{
    for (const int from : {1, 2}) {
        const auto down = [&, this](const std::string& token, int count) {
            return count < from && isGood(token) ? jsonAnswer(200, openBody) : jsonAnswer(500, "");
        };
        const Report report = run(down, allAtOnce());
        QCOMPARE(report.routes.front().objection,
                 "the good token is answered with 500: it must open the route");
        QCOMPARE(static_cast<int>(m_requests.size()), from + 2); // three times in vain, and no more
        QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::NotRun));
        QVERIFY(!audit::isJudged(report));
    }
}

void TestAuditMoods::aControlThatFailedOnceIsSentAgain()
{
    const auto flapping = [this](const std::string& token, int count) {
        if (count == 3) // no token
            return jsonAnswer(500, "");
        return isGood(token) || token.empty() ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    const Report open = run(flapping, allAtOnce({"alg-none"}));
    QCOMPARE(classesOf(open), std::vector<std::string>{"no-token-accepted"});
    QVERIFY(audit::observationsOf(open).empty());
    const auto failing = [this](const std::string& token, int) {
        if (token.empty())
            return jsonAnswer(500, "");
        return isGood(token) ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    const Report broken = run(failing, allAtOnce({"alg-none"}));
    QCOMPARE(classesOf(broken), std::vector<std::string>());
    QVERIFY(areAll(rowsOf(broken, "no-token"), Outcome::Refused));
    QCOMPARE(audit::observationsOf(broken).front().findingClass, "server-error");
}

/// A forged token that is answered as the good one proves something only where something is refused.
void TestAuditMoods::withoutControlsNothingIsAccepted()
{
    const auto limited = [this](const std::string& token, int) {
        listen::ListenerResponse busy = jsonAnswer(429, "");
        busy.headers.push_back({"Retry-After", "0"});
        return isTakenByCareless(token) ? jsonAnswer(200, openBody) : busy;
    };
    const Report unknown = run(limited, allAtOnce({"alg-none"}));
    QCOMPARE(classesOf(unknown), std::vector<std::string>());
    QVERIFY(areAll(rowsOf(unknown, "garbage-token"), Outcome::Inconclusive));
    const std::vector<Row> rows = rowsOf(unknown, "alg-none");
    QVERIFY(areAll(rows, Outcome::Inconclusive));
    QVERIFY2(rows.front().why.find("garbage was never answered") != std::string::npos,
             rows.front().why.c_str());
    QVERIFY(!audit::isJudged(unknown));
    const auto refusing = [this](const std::string& token, int) {
        return isTakenByCareless(token) ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    QCOMPARE(classesOf(run(refusing, allAtOnce({"alg-none"}))), std::vector<std::string>{"alg-none"});
}

/// No more than ten requests without it, the controls counted, and it is the last one.
void TestAuditMoods::theGoodTokenIsNeverLongAgo()
{
    run(onlyGood(m_material.good.text), allAtOnce({"alg-none", "alg-none-case", "empty-hmac-key"}));
    std::size_t since = 0;
    for (const listen::ListenerRequest& request : m_requests) {
        since = isGood(request.header("Authorization")
                           .substr(std::min<std::size_t>(7, request.header("Authorization").size())))
                    ? 0
                    : since + 1;
        QVERIFY2(since <= audit::checkEvery, std::to_string(since).c_str());
    }
    QCOMPARE(since, std::size_t(0));
}

/// A server that takes alg none, and looks at exp: the one is found, the other is not; where it looks at
/// nothing, what follows says from what.
void TestAuditMoods::buildsOnWhatWasAccepted()
{
    const auto careless = [this](bool looksAtExp) {
        return [this, looksAtExp](const std::string& token, int) {
            const jose::Jws jws = jose::decode(token);
            const auto exp = jws.payloadJson ? jws.payloadJson->root().find("exp") : std::nullopt;
            const bool isOver = !exp || exp->number().value_or(0) < 1'800'000'000;
            return isTakenByCareless(token) && !(looksAtExp && isOver) ? jsonAnswer(200, openBody)
                                                                       : jsonAnswer(401, closedBody);
        };
    };
    const auto settings = allAtOnce({"alg-none", "other-claims", "expired-accepted", "crit-ignored"});
    const Report looking = run(careless(true), settings);
    QCOMPARE(classesOf(looking), std::vector<std::string>{"alg-none"});
    QVERIFY(areAll(rowsOf(looking, "expired-accepted"), Outcome::Refused));
    QVERIFY(areAll(rowsOf(looking, "other-claims"), Outcome::Accepted));
    const std::vector<Row> crit = rowsOf(looking, "crit-ignored");
    QVERIFY(areAll(crit, Outcome::NotRun));
    QCOMPARE(crit.front().why, "needs the signing key");

    Api api(careless(false));
    audit::Auditor auditor({routeTo(api.url(), m_material)}, settings);
    const Report blind = audited(auditor);
    QCOMPARE(classesOf(blind), (std::vector<std::string>{"alg-none", "expired-accepted"}));
    for (const audit::Finding& finding : audit::findingsOf(blind))
        QCOMPARE(finding.followsFrom, finding.findingClass == "alg-none" ? "" : "alg-none");
    // Each row has the very token that was sent, the built ones too.
    const std::vector<Row>& rows = blind.routes.front().rows;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (const audit::Forgery* forgery = auditor.forgeryOf(0, i)) {
            QCOMPARE(forgery->attack, rows[i].attack);
            QCOMPARE(forgery->variant, rows[i].variant);
        } else {
            QCOMPARE(rows[i].outcome, Outcome::NotRun);
        }
    // Where exp is not looked at, a second one tells nothing.
    const Report twice = run(careless(false), allAtOnce({"alg-none", "two-exp"}));
    QCOMPARE(classesOf(twice), std::vector<std::string>{"alg-none"});
    QVERIFY(areAll(rowsOf(twice, "two-exp"), Outcome::Inconclusive));
    QVERIFY(!rowsOf(run(onlyGood(m_material.good.text), settings), "other-claims").empty());
    QVERIFY(areAll(rowsOf(run(onlyGood(m_material.good.text), settings), "other-claims"), Outcome::NotRun));
}

/// As Java's before 17.0.3 (CVE-2022-21449): it takes r = s = 0 and no other signature that does not fit.
void TestAuditMoods::aPsychicServerVerifiesTheRest()
{
    const audit::Material material = materialFor("ES256", issuerKey("ES256"));
    const auto psychic = [&material](const std::string& token, int) {
        const jose::Jws jws = jose::decode(token);
        const bool isZero = jws.alg() == "ES256" && jws.signature.bytes == std::string(64, '\0');
        return isZero || token == material.good.text ? jsonAnswer(200, openBody)
                                                     : jsonAnswer(401, closedBody);
    };
    Api api(psychic);
    audit::Auditor auditor({routeTo(api.url(), material)},
                           allAtOnce({"payload-changed", "broken-signature", "psychic-signature"}));
    const Report report = audited(auditor);
    QCOMPARE(classesOf(report), std::vector<std::string>{"psychic-signature"});
    QVERIFY(areAll(rowsOf(report, "broken-signature"), Outcome::Refused));
}

void TestAuditMoods::oddTimesAndNamesAreNoFindings_data()
{
    QTest::addColumn<bool>("takesFirst");
    QTest::addColumn<bool>("readsText");
    QTest::newRow("the last counts") << false << false;
    QTest::newRow("the first counts") << true << false;
    QTest::newRow("digits are read") << false << true;
}

/// A server that verifies each signature and looks at each end: which of two claims it takes, and how far
/// away an end may be, lets nobody in who could not come in anyway.
void TestAuditMoods::oddTimesAndNamesAreNoFindings()
{
    QFETCH(bool, takesFirst);
    QFETCH(bool, readsText);
    const jose::Key key = issuerKey("HS256");
    audit::Material material = materialFor("HS256", key);
    material.signingKey = key;
    material.mayRaise = true;
    const auto server = [&](const std::string& token, int) {
        const jose::Jws jws = jose::decode(token);
        if (jose::verifySignature(jws, std::span(&key, 1), {}).verdict != jose::SignatureVerdict::Valid)
            return jsonAnswer(401, closedBody);
        const auto valueOf = [&](const std::string& name) {
            const std::string& text = jws.payload.bytes;
            const std::string start = "\"" + name + "\":";
            const std::size_t at = takesFirst ? text.find(start) : text.rfind(start);
            return at == std::string::npos
                       ? std::string()
                       : text.substr(at + start.size(),
                                     text.find_first_of(",}", at + start.size()) - at - start.size());
        };
        QString exp = QString::fromStdString(valueOf("exp"));
        if (readsText)
            exp.remove(u'"');
        bool isNumber = false;
        const bool isOver = exp.toDouble(&isNumber) < 1'800'000'000;
        const bool isKnown = valueOf("sub") == "\"demo\"";
        return isNumber && !isOver && isKnown ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    Api api(server);
    audit::Auditor auditor(
        {routeTo(api.url(), material)},
        allAtOnce({"far-exp", "malformed-exp", "two-exp", "two-sub", "expired-accepted", "future-iat"}));
    const Report report = audited(auditor);
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QCOMPARE(rowsOf(report, "far-exp").front().outcome, Outcome::Accepted);
    QCOMPARE(rowsOf(report, "far-exp").back().outcome, readsText ? Outcome::Accepted : Outcome::Refused);
    QVERIFY(areAll(rowsOf(report, "future-iat"), Outcome::Accepted));
    QVERIFY(areAll(rowsOf(report, "malformed-exp"), Outcome::Refused));
    const Outcome ofTwo = takesFirst ? Outcome::Accepted : Outcome::Refused;
    QVERIFY(areAll(rowsOf(report, "two-exp"), ofTwo));
    QVERIFY(areAll(rowsOf(report, "two-sub"), ofTwo));
    const auto observed = audit::observationsOf(report);
    QCOMPARE(observed.size(), std::size_t(takesFirst ? 2 : 0));
    for (const audit::Finding& each : observed)
        QCOMPARE(each.findingClass, "duplicate-member");
}

QTEST_GUILESS_MAIN(TestAuditMoods)
#include "tst_auditmoods.moc"
