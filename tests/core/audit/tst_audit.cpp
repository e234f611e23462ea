// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The run against servers of the test's own: careless, careful, moody ones.

#include "api.h"
#include "goodtokens.h"

#include <jose/base64url.h>
#include <jose/jws.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Outcome;
using audit::Report;
using audit::Row;

class TestAudit : public QObject, private AuditRuns
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_material = materialFor("HS256", issuerKey("HS256")); }
    void aCarefulServerHasNoFindings();
    void findsWhatIsNotVerified();
    void findsOpenRoutes();
    void softRefusalsAreRefusals();
    void saysWhatIsNotTestable();
    void stopsWhenTheGoodTokenEnds();
    void aFlappingServerIsAskedAgain();
    void serverErrorsAreObserved();
    void whoBreaksTheServerIsInTheReport();
    void lockedOutFromTheStartIsNotJudged();
    void jsonFormsNeedACounterproof();
    void repeatedSecretsAreInNoReport();
    void secretsOfTheUrlAreInNoReport();
    void anotherUsersAnswerIsNoFinding();
};

void TestAudit::aCarefulServerHasNoFindings()
{
    const Report report = run(onlyGood(m_material.good.text), allAtOnce());
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QCOMPARE(report.routes.front().objection, "");
    QCOMPARE(report.requests, m_requests.size() + 1); // 64 KB are too much for the listener (431)
    QVERIFY2(report.requests > 100 && report.requests <= 300, std::to_string(report.requests).c_str());
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    QVERIFY(areAll(rowsOf(report, "no-token"), Outcome::Refused));
    QVERIFY(areAll(rowsOf(report, "expired-accepted"), Outcome::NotRun));
    QCOMPARE(rowsOf(report, "expired-accepted").front().why, "needs the signing key");
    QVERIFY(audit::isJudged(report));
}

void TestAudit::findsWhatIsNotVerified()
{
    const auto decodeOnly = [](const std::string& token, int) {
        const jose::Jws jws = jose::decode(token);
        const bool isRead = jws.payloadJson && jws.headerJson && jws.payloadJson->root().find("sub");
        return isRead ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    const Report report =
        run(decodeOnly, allAtOnce({"payload-changed", "broken-signature", "alg-none", "signature-stripped"}));
    QCOMPARE(classesOf(report),
             (std::vector<std::string>{"signature-ignored", "signature-stripped", "alg-none"}));
    for (const audit::Finding& finding : audit::findingsOf(report)) {
        QCOMPARE(finding.followsFrom, finding.findingClass == "signature-ignored" ? "" : "signature-ignored");
        QVERIFY(finding.rows.front()->curl.find("$TOKEN") != std::string::npos);
    }
}

void TestAudit::findsOpenRoutes()
{
    const Report open = run([](const std::string&, int) { return jsonAnswer(200, openBody); }, allAtOnce());
    QCOMPARE(classesOf(open), (std::vector<std::string>{"no-token-accepted", "garbage-token-accepted"}));
    QVERIFY(areAll(rowsOf(open, "alg-none"), Outcome::NotRun)); // pointless, never "passed"
    QVERIFY(m_requests.size() < 10);

    const auto presence = [](const std::string& token, int) {
        return token.empty() ? jsonAnswer(401, closedBody) : jsonAnswer(200, openBody);
    };
    QCOMPARE(classesOf(run(presence, allAtOnce())), std::vector<std::string>{"garbage-token-accepted"});
}

void TestAudit::softRefusalsAreRefusals()
{
    const auto soft = [good = m_material.good.text](const std::string& token, int) {
        return jsonAnswer(200, token == good ? openBody : closedBody);
    };
    const Report report = run(soft, allAtOnce());
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    QVERIFY(areAll(rowsOf(report, "no-token"), Outcome::Refused));
}

void TestAudit::saysWhatIsNotTestable()
{
    const Report report =
        run([](const std::string&, int) { return jsonAnswer(401, closedBody); }, allAtOnce());
    const std::string words = "the good token is answered with 401: it must open the route";
    QVERIFY(report.routes.front().objection.starts_with(words));
    QCOMPARE(m_requests.size(), std::size_t(2));
    // Of one that is over, that is why; of one that is good for long, nobody knows.
    for (const auto& [exp, why] : {std::pair("1000000000", "; its exp is over since 2001-09-09T01:46:40Z"),
                                   std::pair("99000000000", "")}) {
        const audit::Material material =
            materialFor("HS256", issuerKey("HS256"), R"({"sub":"demo","exp":)" + std::string(exp) + "}");
        const Api api([](const std::string&, int) { return jsonAnswer(401, closedBody); });
        audit::Auditor auditor({routeTo(api.url(), material)}, allAtOnce({"alg-none"}));
        QCOMPARE(audited(auditor).routes.front().objection, words + why);
    }
    QVERIFY(!audit::isJudged(report));
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::NotRun));
}

/// A lock-out in the middle: what was refused since the good token worked last proves nothing.
void TestAudit::stopsWhenTheGoodTokenEnds()
{
    const auto locking = [good = m_material.good.text](const std::string& token, int count) {
        return token == good && count < 25 ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    const Report report = run(locking, allAtOnce());
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QVERIFY2(m_requests.size() < 40, std::to_string(m_requests.size()).c_str());
    const std::vector<Row>& rows = report.routes.front().rows;
    const auto inconclusive = audit::countOf(report.routes.front(), Outcome::Inconclusive);
    QVERIFY(inconclusive > 80);
    QVERIFY(areAll(rowsOf(report, "kid-sql-injection"), Outcome::Inconclusive));
    QVERIFY(rowsOf(report, "kid-sql-injection").front().why.find("does not open the route any more (401)") !=
            std::string::npos);
    QVERIFY(areAll(rowsOf(report, "no-token"), Outcome::Refused));
    QVERIFY(rows.size() > inconclusive);
}

void TestAudit::aFlappingServerIsAskedAgain()
{
    const auto flapping = [good = m_material.good.text](const std::string& token, int count) {
        if (count > 3 && count % 5 == 0)
            return jsonAnswer(503, "");
        return token == good ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    const Report report = run(flapping, allAtOnce({"alg-none", "alg-none-case", "broken-signature"}));
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    for (const Row& row : report.routes.front().rows)
        QVERIFY2(row.outcome != Outcome::Inconclusive, row.why.c_str());
}

void TestAudit::serverErrorsAreObserved()
{
    const auto failing = [good = m_material.good.text](const std::string& token, int) {
        const bool isNone = jose::decode(token).alg() == "none";
        return isNone ? jsonAnswer(500, "") : token == good ? jsonAnswer(200, openBody) : jsonAnswer(401, "");
    };
    const Report report = run(failing, allAtOnce({"alg-none"}));
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    const auto observed = audit::observationsOf(report);
    QCOMPARE(observed.size(), std::size_t(1));
    QCOMPARE(observed.front().findingClass, "server-error");
}

/// The connection breaks off, or 500, and after that nothing works: that one was it.
void TestAudit::whoBreaksTheServerIsInTheReport()
{
    bool isBroken = false;
    const auto breaking = [&isBroken, good = m_material.good.text](const std::string& token, int) {
        const bool isNone = jose::decode(token).alg() == "none";
        isBroken = isBroken || isNone;
        return isBroken        ? jsonAnswer(500, "")
               : token == good ? jsonAnswer(200, openBody)
                               : jsonAnswer(401, closedBody);
    };
    const Report report = run(breaking, allAtOnce({"signature-stripped", "alg-none", "alg-missing"}));
    const std::vector<Row> rows = rowsOf(report, "alg-none");
    QCOMPARE(rows.size(), std::size_t(5));
    QVERIFY(areAll(rows, Outcome::Inconclusive));
    QCOMPARE(rows.front().status, 500);
    QVERIFY2(rows.front().why.starts_with("500: the server failed instead of refusing; then the good token"),
             rows.front().why.c_str());
    QVERIFY(rows.front().isServerError && !rows[1].isServerError);
    const auto observed = audit::observationsOf(report);
    QCOMPARE(observed.size(), std::size_t(1));
    QCOMPARE(observed.front().rows.front()->variant, "none, kid kept");
    QCOMPARE(rowsOf(report, "alg-missing").size(), std::size_t(6));
}

/// What was refused tells nothing when the good token never worked afterwards.
void TestAudit::lockedOutFromTheStartIsNotJudged()
{
    const auto locking = [good = m_material.good.text](const std::string& token, int count) {
        return token == good && count < 5 ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    const Report locked = run(locking, allAtOnce());
    QVERIFY(areAll(rowsOf(locked, "no-token"), Outcome::Inconclusive));
    QVERIFY(!audit::isJudged(locked));
    const auto limiting = [good = m_material.good.text](const std::string& token, int) {
        const bool isForged = token.size() > 5 && token != good;
        listen::ListenerResponse busy = jsonAnswer(429, "");
        busy.headers.push_back({"Retry-After", "0"});
        return isForged ? busy : token == good ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    const Report limited = run(limiting, allAtOnce({"alg-none"}));
    QVERIFY(areAll(rowsOf(limited, "no-token"), Outcome::Refused));
    QVERIFY(areAll(rowsOf(limited, "alg-none"), Outcome::Inconclusive));
    QVERIFY(!audit::isJudged(limited));
    QVERIFY(audit::isJudged(run(onlyGood(m_material.good.text), allAtOnce({"no-token"}))));
}

/// A server that reads the JSON form, and reads it right, is not confused.
void TestAudit::jsonFormsNeedACounterproof()
{
    const auto reader = [good = m_material.good.text](bool cutsAtDots) {
        return [good, cutsAtDots](const std::string& token, int) {
            if (!token.starts_with('{'))
                return token == good ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
            const auto document = json::parse(token);
            const bool isGood =
                document && document->root().find("signature")->string() == good.substr(good.rfind('.') + 1);
            const std::size_t dot = token.find('.');
            const std::string part = token.substr(dot + 1, token.find('.', dot + 1) - dot - 1);
            const bool isForged = json::parse(jose::decodeBase64UrlLeniently(part).bytes).has_value();
            return isGood && (isForged || !cutsAtDots) ? jsonAnswer(200, openBody)
                                                       : jsonAnswer(401, closedBody);
        };
    };
    QCOMPARE(classesOf(run(reader(true), allAtOnce({"format-confusion"}))),
             std::vector<std::string>{"format-confusion"});
    QCOMPARE(classesOf(run(reader(false), allAtOnce({"format-confusion"}))), std::vector<std::string>());
}

/// A server that says what it was sent: nothing of that is in what reports are made from.
void TestAudit::repeatedSecretsAreInNoReport()
{
    audit::Material material = m_material;
    material.signingKey = jose::secretKey(Secret("a-secret-of-mine"));
    Api api([](const std::string& token, int) {
        const bool isRead = jose::decode(token).payloadJson.has_value();
        return isRead ? jsonAnswer(200, "you sent " + token + " under a-secret-of-mine, sid s3cret-cookie")
                      : jsonAnswer(401, closedBody);
    });
    audit::Route route = routeTo(api.url(), material);
    route.canary = "you sent";
    route.target.request.headers.push_back({"Cookie", "sid=s3cret-cookie"});
    audit::Auditor auditor({route}, allAtOnce({"payload-changed", "signature-stripped", "alg-none"}));
    const Report report = audited(auditor);
    QVERIFY(areAll(rowsOf(report, "payload-changed"), Outcome::Accepted));
    const std::string payload = material.good.text.substr(material.good.payload.offset, 20);
    for (const Row& row : report.routes.front().rows) {
        for (const std::string& text : {payload, std::string("a-secret"), std::string("s3cret")})
            QVERIFY2((row.answer + row.why + row.curl).find(text) == std::string::npos, row.answer.c_str());
        QVERIFY(row.outcome != Outcome::Accepted || row.answer.starts_with("you sent "));
    }
}

/// A key may stand in the path, or under a name that tells nothing.
void TestAudit::secretsOfTheUrlAreInNoReport()
{
    const std::string key = "7f3a9c2e1d";
    const Api api(onlyGood(m_material.good.text));
    audit::Route route = routeTo(api.url() + "/" + key + "?appid=" + key, m_material);
    route.secrets = {Secret(key)};
    audit::Auditor auditor({route}, allAtOnce({"alg-none"}));
    const Report report = audited(auditor);
    QCOMPARE(report.routes.front().url, api.url() + "/***?appid=***");
    QCOMPARE(report.routes.front().name, report.routes.front().url);
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    QVERIFY(rowsOf(report, "alg-none").front().curl.find("$TOKEN") != std::string::npos);
    for (const char* format : {"table", "json", "sarif", "junit", "html"})
        QVERIFY2(audit::findFormat(format)->write(report).find(key) == std::string::npos, format);
}

/// What several users may see is nothing that a token was forged for: it stands in the matrix.
void TestAudit::anotherUsersAnswerIsNoFinding()
{
    const jose::Key key = issuerKey("HS256");
    audit::Material material = materialFor("HS256", key);
    material.secondToken = materialFor("HS256", key, R"({"sub":"bob"})").good.text;
    const std::string opaque = "refresh-token-of-the-session";
    const std::string body = R"({"ok":true,"user":"demo","next":")" + opaque + "\"}";
    for (const int status : {200, 403}) {
        const auto answer = [&, status](const std::string& token, int) {
            if (token == material.secondToken)
                return jsonAnswer(status, status == 200 ? body : closedBody);
            return token == material.good.text ? jsonAnswer(200, body) : jsonAnswer(401, closedBody);
        };
        const Api api(answer);
        audit::Route route = routeTo(api.url(), material);
        route.secrets = {Secret(opaque)};
        audit::Auditor auditor({route}, allAtOnce({"other-user", "other-signature"}));
        const Report report = audited(auditor);
        QCOMPARE(classesOf(report), std::vector<std::string>());
        const std::vector<Row> rows = rowsOf(report, "other-user");
        QVERIFY(areAll(rows, status == 200 ? Outcome::Accepted : Outcome::Refused));
        QVERIFY(areAll(rowsOf(report, "other-signature"), Outcome::Refused));
        QVERIFY(status != 200 || rows.front().answer.find("demo") != std::string::npos);
        for (const std::string& secret : {material.secondToken, opaque})
            QVERIFY2((rows.front().answer + rows.front().curl).find(secret) == std::string::npos,
                     rows.front().answer.c_str());
    }
}

QTEST_GUILESS_MAIN(TestAudit)
#include "tst_audit.moc"
