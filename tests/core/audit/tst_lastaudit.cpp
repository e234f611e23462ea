// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What uses a good token up: the same token after the logout, and after its time.

#include "api.h"
#include "goodtokens.h"

#include <jose/sign.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <atomic>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Outcome;
using audit::Report;
using audit::Row;

namespace {

/// The good tokens of goodtokens.h end then.
const Instant end{Seconds(1'800'003'600)};

std::string tokenIn(const listen::ListenerRequest& request)
{
    const std::string field = request.header("Authorization");
    return field.starts_with("Bearer ") ? field.substr(7) : "";
}

} // namespace

class TestLastAudit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findsTokensThatALogoutDoesNotEnd();
    void rowsHoldNoSecretOfTheUrl();
    void aLogoutThatEndsThemIsRight();
    void aLateLogoutIsOneAsWell();
    void aLogoutThatFailsTellsNothing_data();
    void aLogoutThatFailsTellsNothing();
    void aBrokenRouteRefusesNoToken();
    void findsTokensThatNeverEnd();
    void tokensThatEndAreRight();
    void doesNotWaitForLong();
    void waitsBehindTheLogoutWithAnotherToken();
    void theLogoutUsesUpTheOnlyToken();
    void saysWhyThereIsNoToken();
    void isNotRunWithoutLeave();
    void opensNoOpenRoute();
    void theLogoutStaysHere();
    void canBeStoppedWhileItWaits();
    void itsRowsHoldNoToken();
    void nothingJudgedIsNothingHeld();

private:
    Report run(audit::Settings settings);
    audit::Settings logsOut() const;
    audit::Settings waits() const;
    Row row(const Report& report, const char* attack) const;
    static std::string signedFor(const std::string& user);

    audit::Material m_material{.good = {}, .now = noon, .nonce = {}, .own = {}};
    std::function<listen::ListenerResponse(const std::string& token)> m_answer;
    std::function<listen::ListenerResponse(const std::string& token)> m_logout;
    std::atomic<bool> m_isLoggedOut = false;
    std::atomic<int> m_afterLogout = 0;
    std::vector<std::string> m_loggedOut;
    std::unique_ptr<listen::ListenerThread> m_listener;
};

std::string TestLastAudit::signedFor(const std::string& user)
{
    const jose::Key key = issuerKey("HS256");
    const auto token = jose::sign(*jose::findAlgorithm("HS256"), key,
                                  "{\"sub\":\"" + user + "\",\"exp\":1800003600}", {.kid = key.kid});
    return std::string(token->reveal());
}

/// The server knows the good token, and takes it until somebody says otherwise.
void TestLastAudit::init()
{
    m_material = materialFor("HS256", issuerKey("HS256"));
    m_isLoggedOut = false;
    m_afterLogout = 0;
    m_loggedOut.clear();
    m_answer = [this](const std::string& token) {
        return token == m_material.good.text ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    m_logout = [](const std::string&) { return jsonAnswer(204, ""); };
    m_listener = std::make_unique<listen::ListenerThread>([this](const listen::ListenerRequest& request) {
        const std::string token = tokenIn(request);
        if (request.target != "/logout") {
            m_afterLogout += m_isLoggedOut ? 1 : 0;
            return m_answer(token);
        }
        m_isLoggedOut = true;
        m_loggedOut.push_back(token);
        return m_logout(token);
    });
    QVERIFY_RESULT(m_listener->listen());
}

Report TestLastAudit::run(audit::Settings settings)
{
    audit::Auditor auditor({routeTo(m_listener->url() + "/protected", m_material)}, std::move(settings));
    return audited(auditor);
}

audit::Settings TestLastAudit::logsOut() const
{
    audit::Settings settings = allAtOnce({"not-revoked"});
    settings.last.propagation = Milliseconds(0);
    settings.last.ending = [url = m_listener->url()](const Secret& token) -> Result<http::Request> {
        http::Request request;
        request.method = "POST";
        request.url = url + "/logout";
        request.headers = {{"Authorization", "Bearer " + std::string(token.reveal())}};
        return request;
    };
    return settings;
}

/// The clock stands behind the end of the token: nobody waits.
audit::Settings TestLastAudit::waits() const
{
    audit::Settings settings = allAtOnce({"expired-good-token"});
    settings.last.waits = true;
    settings.last.clock = [] { return end + Seconds(120); };
    return settings;
}

Row TestLastAudit::row(const Report& report, const char* attack) const
{
    const std::vector<Row> rows = rowsOf(report, attack);
    return rows.size() == 1 ? rows.front() : Row{.attack = "not one row"};
}

void TestLastAudit::findsTokensThatALogoutDoesNotEnd()
{
    const Report report = run(logsOut());
    QCOMPARE(classesOf(report), std::vector<std::string>{"not-revoked"});
    QCOMPARE(m_loggedOut, std::vector<std::string>{m_material.good.text});
    QCOMPARE(m_afterLogout.load(), 2); // taken once may be chance
    const audit::Finding finding = audit::findingsOf(report).front();
    QCOMPARE(finding.severity, audit::Severity::Medium);
    QCOMPARE(finding.cwe, 613);
    QCOMPARE(row(report, "not-revoked").why, "200 like the answer to the good token, after the logout");
    QVERIFY(!audit::fixFor("not-revoked").empty());
    // When it was is said once.
    const std::string table = audit::tableReport(report);
    QVERIFY2(table.find("same token: 200 like the answer to the good token, after the logout\n") !=
                 std::string::npos,
             table.c_str());
    for (const char* name : {"table", "json", "html", "sarif", "junit"}) {
        const std::string text = audit::findFormat(name)->write(report);
        for (const char* doubled : {"after the logout:", "(after the logout)", ">after the logout<",
                                    "\"after the logout\"", "after the logout;"})
            QVERIFY2(text.find(doubled) == std::string::npos, text.c_str());
    }
}

void TestLastAudit::rowsHoldNoSecretOfTheUrl()
{
    const std::string key = "7f3a9c2e1d";
    audit::Route route = routeTo(m_listener->url() + "/" + key + "?appid=" + key, m_material);
    route.secrets = {Secret(key)};
    audit::Auditor auditor({route}, logsOut());
    const Row last = row(audited(auditor), "not-revoked");
    QCOMPARE(last.outcome, Outcome::Accepted);
    QCOMPARE(last.request, "GET " + m_listener->url() + "/***?appid=***");
    QVERIFY2(last.curl.find(key) == std::string::npos, last.curl.c_str());
}

void TestLastAudit::aLogoutThatEndsThemIsRight()
{
    m_answer = [this](const std::string& token) {
        const bool isGood = token == m_material.good.text && !m_isLoggedOut;
        return isGood ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    const Report report = run(logsOut());
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QCOMPARE(row(report, "not-revoked").outcome, Outcome::Refused);
    QVERIFY(audit::isJudged(report));
}

/// RFC 7009 §2: there may be a delay until every server knows of it.
void TestLastAudit::aLateLogoutIsOneAsWell()
{
    m_answer = [this](const std::string& token) {
        const bool isGood = token == m_material.good.text && m_afterLogout < 2;
        return isGood ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    const Report report = run(logsOut());
    QCOMPARE(row(report, "not-revoked").outcome, Outcome::Refused);
    QCOMPARE(m_afterLogout.load(), 2);
}

void TestLastAudit::aLogoutThatFailsTellsNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("no such place") << 404;
    QTest::newRow("failed") << 500;
    QTest::newRow("refused") << 401;
}

void TestLastAudit::aLogoutThatFailsTellsNothing()
{
    QFETCH(int, status);
    m_logout = [status](const std::string&) { return jsonAnswer(status, "{}"); };
    const Report report = run(logsOut());
    QCOMPARE(row(report, "not-revoked").outcome, Outcome::Inconclusive);
    QCOMPARE(row(report, "not-revoked").why, "the logout was answered with " + std::to_string(status));
    QCOMPARE(m_afterLogout.load(), 0);
    QCOMPARE(classesOf(report), std::vector<std::string>());
}

/// No good token is left to show that the route is still there.
void TestLastAudit::aBrokenRouteRefusesNoToken()
{
    m_answer = [this](const std::string& token) {
        if (m_isLoggedOut)
            return jsonAnswer(404, "{}");
        return token == m_material.good.text ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    QCOMPARE(row(run(logsOut()), "not-revoked").outcome, Outcome::Inconclusive);
}

void TestLastAudit::findsTokensThatNeverEnd()
{
    const Report report = run(waits());
    QCOMPARE(classesOf(report), std::vector<std::string>{"expired-accepted"});
    QCOMPARE(audit::findingsOf(report).front().severity, audit::Severity::High);
    QCOMPARE(row(report, "expired-good-token").why,
             "200 like the answer to the good token, 120 s after its exp");
}

/// Refused from the last time on that it was sent: two at the beginning, one in the end of the route, two in
/// front of the wait.
void TestLastAudit::tokensThatEndAreRight()
{
    m_answer = [this, count = 0](const std::string& token) mutable {
        const bool isGood = token == m_material.good.text && ++count <= 5;
        return isGood ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    const Report report = run(waits());
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QCOMPARE(row(report, "expired-good-token").outcome, Outcome::Refused);
}

void TestLastAudit::doesNotWaitForLong()
{
    audit::Settings settings = waits();
    settings.last.clock = [] { return end - Seconds(1000); };
    settings.last.longestWait = Seconds(900);
    QCOMPARE(row(run(settings), "expired-good-token").why,
             "it would take 1120 s, longer than is waited (900 s)");

    m_material = materialFor("HS256", issuerKey("HS256"), R"({"sub":"demo"})");
    QCOMPARE(row(run(waits()), "expired-good-token").why, "the token says not when it ends (exp)");
}

/// Each trial has a token of a session of its own; the good one stays as it is.
void TestLastAudit::waitsBehindTheLogoutWithAnotherToken()
{
    const std::vector<std::string> fresh{signedFor("one"), signedFor("two")};
    m_answer = [this, fresh](const std::string& token) {
        const bool isKnown = token == m_material.good.text || std::ranges::find(fresh, token) != fresh.end();
        const bool isOut = std::ranges::find(m_loggedOut, token) != m_loggedOut.end();
        return isKnown && !isOut ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    audit::Settings settings = logsOut();
    settings.chosen = allAtOnce({"not-revoked", "expired-good-token"}).chosen;
    settings.last.waits = true;
    settings.last.clock = waits().last.clock;
    std::size_t taken = 0;
    settings.last.freshToken = [&](const audit::LastTrials::TakeToken& take) {
        take(Secret(fresh[taken++]));
    };
    const Report report = run(settings);
    QCOMPARE(taken, std::size_t(2));
    QCOMPARE(m_loggedOut, std::vector<std::string>{fresh[0]});
    QCOMPARE(row(report, "not-revoked").outcome, Outcome::Refused);
    QCOMPARE(row(report, "expired-good-token").outcome, Outcome::Accepted);
}

void TestLastAudit::theLogoutUsesUpTheOnlyToken()
{
    m_answer = [this](const std::string& token) {
        const bool isGood = token == m_material.good.text && !m_isLoggedOut;
        return isGood ? jsonAnswer(200, openBody) : jsonAnswer(401, closedBody);
    };
    audit::Settings settings = logsOut();
    settings.chosen = allAtOnce({"not-revoked", "expired-good-token"}).chosen;
    settings.last.waits = true;
    settings.last.clock = waits().last.clock;
    const Row waited = row(run(settings), "expired-good-token");
    QCOMPARE(waited.outcome, Outcome::NotRun);
    QVERIFY2(waited.why.starts_with("the logout ended the token"), waited.why.c_str());
}

void TestLastAudit::saysWhyThereIsNoToken()
{
    audit::Settings settings = waits();
    settings.last.freshToken = [](const audit::LastTrials::TakeToken& take) {
        take(failure(ErrorKind::Refused, "cannot sign in", "the password is wrong", "type it anew"));
    };
    const Row waited = row(run(settings), "expired-good-token");
    QCOMPARE(waited.outcome, Outcome::NotRun);
    QCOMPARE(waited.why, "there is no token to be used up: the password is wrong");
}

void TestLastAudit::isNotRunWithoutLeave()
{
    const Report report = run(allAtOnce({"not-revoked", "expired-good-token"}));
    QCOMPARE(row(report, "not-revoked").why, "needs a request that logs out");
    QCOMPARE(row(report, "expired-good-token").why, "needs leave to wait until the token has expired");
    QVERIFY(areAll(rowsOf(report, "not-revoked"), Outcome::NotRun));
    QVERIFY(m_loggedOut.empty());
}

void TestLastAudit::opensNoOpenRoute()
{
    m_answer = [](const std::string&) { return jsonAnswer(200, openBody); };
    const Report report = run(logsOut());
    QCOMPARE(row(report, "not-revoked").why, "the route lets everybody in");
    QVERIFY(m_loggedOut.empty());
}

void TestLastAudit::theLogoutStaysHere()
{
    audit::Settings settings = allAtOnce({"not-revoked"});
    settings.last.ending = [](const Secret&) -> Result<http::Request> {
        http::Request request;
        request.url = "https://id.example/logout";
        return request;
    };
    const audit::Route route = routeTo("http://127.0.0.1:9/", m_material);
    QCOMPARE(audit::checkRoute(route, settings).error().kind, ErrorKind::Usage);
    settings.confirmedHosts = {"id.example"};
    QVERIFY_RESULT(audit::checkRoute(route, settings));
    settings.confirmedHosts.clear();
    settings.isConfirmed = true;
    QVERIFY_RESULT(audit::checkRoute(route, settings));
}

void TestLastAudit::canBeStoppedWhileItWaits()
{
    audit::Settings settings = waits();
    settings.last.clock = [] { return end; }; // 120 s to go
    audit::Auditor auditor({routeTo(m_listener->url() + "/protected", m_material)}, settings);
    std::optional<Instant> until;
    QObject::connect(&auditor, &audit::Auditor::waiting, &auditor, [&](Instant time) {
        until = time;
        auditor.stop();
    });
    const Report report = audited(auditor);
    QVERIFY(until == end + Seconds(120));
    QVERIFY(report.isInterrupted);
    QCOMPARE(row(report, "expired-good-token").why, "stopped");
}

void TestLastAudit::itsRowsHoldNoToken()
{
    m_answer = [this](const std::string& token) {
        return token == m_material.good.text ? jsonAnswer(200, "{\"ok\":true,\"token\":\"" + token + "\"}")
                                             : jsonAnswer(401, closedBody);
    };
    const Report report = run(logsOut());
    QCOMPARE(row(report, "not-revoked").outcome, Outcome::Accepted);
    const std::string signature = m_material.good.text.substr(m_material.good.text.rfind('.') + 1);
    for (const char* format : {"table", "json", "sarif", "junit", "html"})
        QVERIFY2(audit::findFormat(format)->write(report).find(signature) == std::string::npos, format);
}

void TestLastAudit::nothingJudgedIsNothingHeld()
{
    m_logout = [](const std::string&) { return jsonAnswer(500, ""); };
    QVERIFY(!audit::isJudged(run(logsOut())));
}

QTEST_GUILESS_MAIN(TestLastAudit)
#include "tst_lastaudit.moc"
