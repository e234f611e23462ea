// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An audit does no harm: it keeps to its pace and bound, to this machine, to what only reads, and it ends.

#include "api.h"
#include "goodtokens.h"

#include <audit/rate.h>
#include <support/result.h>

#include <QtCore/qsemaphore.h>
#include <QtCore/qthreadpool.h>
#include <QtCore/qtimer.h>
#include <QtNetwork/qhostaddress.h>
#include <QtNetwork/qtcpsocket.h>
#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

#include <limits>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Outcome;
using audit::Report;
using audit::Row;
using Answerer = Api::Answerer;

class TestAuditHarm : public QObject, private AuditRuns
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_material = materialFor("HS256", issuerKey("HS256")); }
    void stepsBackWhenAskedTo();
    void keepsToItsPace();
    void sendsNothingThatWrites();
    void ratesHaveBounds_data();
    void ratesHaveBounds();
    void leavesOtherMachinesAlone();
    void followsNoRedirect();
    void staysBelowTheLimit();
    void theBoundHoldsForErrors();
    void aLongRetryAfterEndsTheRoute();
    void canBeStopped();
    void forgesBesideTheCallingThread();
    void canBeStoppedWhileItForges();
    void theListenerClosesWithTheRun();
    void threeFailuresOfTheGoodTokenEndIt_data();
    void threeFailuresOfTheGoodTokenEndIt();
    void payloadsOnlyRead();
    void nobodyIsAskedForByDefault();
    void whatKeepsItsSignatureIsNotTouchedOtherwise();
};

void TestAuditHarm::stepsBackWhenAskedTo()
{
    int refusals = 0;
    const auto limited = [&](const std::string& token, int count) {
        if (count > 10 && count % 7 == 0) {
            ++refusals;
            listen::ListenerResponse response = jsonAnswer(429, "");
            response.headers.push_back({"Retry-After", "0"});
            return response;
        }
        return onlyGood(m_material.good.text)(token, count);
    };
    const Report report = run(limited, allAtOnce({"alg-none", "signature-stripped", "alg-none-case"}));
    QVERIFY(refusals > 0);
    QCOMPARE(classesOf(report), std::vector<std::string>());
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    QVERIFY(areAll(rowsOf(report, "signature-stripped"), Outcome::Refused));
}

void TestAuditHarm::keepsToItsPace()
{
    audit::Settings settings = allAtOnce({"signature-stripped"});
    settings.rate = 50;
    const Report report = run(onlyGood(m_material.good.text), settings);
    const double least = static_cast<double>(report.requests - 1) * 20 * 0.9;
    QVERIFY2(report.milliseconds >= least, std::to_string(report.milliseconds).c_str());
    QCOMPARE(audit::Settings().rate, 5.0);
}

void TestAuditHarm::sendsNothingThatWrites()
{
    run(onlyGood(m_material.good.text), allAtOnce());
    for (const listen::ListenerRequest& request : m_requests) {
        QVERIFY(request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS");
        QVERIFY(request.hasHeader("X-Audit"));
    }
    audit::Route route = routeTo("http://127.0.0.1:9/", m_material);
    route.target.request.method = "DELETE";
    QCOMPARE(audit::checkRoute(route, allAtOnce()).error().kind, ErrorKind::Usage);
    audit::Settings settings = allAtOnce();
    settings.mayWrite = true;
    QVERIFY_RESULT(audit::checkRoute(route, settings));
}

void TestAuditHarm::ratesHaveBounds_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<bool>("here");
    QTest::addColumn<bool>("elsewhere");
    QTest::newRow("as fast as it goes") << 0.0 << true << false;
    QTest::newRow("slow") << 0.1 << true << true;
    QTest::newRow("polite") << 5.0 << true << true;
    QTest::newRow("a little more") << 5.1 << true << false;
    QTest::newRow("the most") << 1000.0 << true << false;
    QTest::newRow("more") << 1000.5 << false << false;
    QTest::newRow("negative") << -1.0 << false << false;
    QTest::newRow("no number") << std::numeric_limits<double>::quiet_NaN() << false << false;
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << false << false;
}

void TestAuditHarm::ratesHaveBounds()
{
    QFETCH(double, rate);
    QFETCH(bool, here);
    QFETCH(bool, elsewhere);
    QCOMPARE(audit::checkRate(rate, true, "--rate cannot be used").has_value(), here);
    const auto checked = audit::checkRate(rate, false, "--rate cannot be used");
    QCOMPARE(checked.has_value(), elsewhere);
    if (!checked) {
        QCOMPARE(checked.error().kind, ErrorKind::Usage);
        QCOMPARE(checked.error().what, "--rate cannot be used");
        QVERIFY(!checked.error().why.empty() && !checked.error().fix.empty());
    }
}

void TestAuditHarm::leavesOtherMachinesAlone()
{
    audit::Settings settings;
    const auto check = [&](const char* url) {
        return audit::checkRoute(routeTo(url, m_material), settings).has_value();
    };
    for (const char* here :
         {"http://127.0.0.1:9/", "http://localhost/", "http://[::1]:9/", "http://127.1.2.3/"})
        QVERIFY2(check(here), here);
    for (const char* there : {"http://10.0.0.1/", "http://192.168.1.1/", "https://api.example/",
                              "http://127.0.0.1.evil.example/", "http://localhost.example/"})
        QVERIFY2(!check(there), there);
    audit::Route proxied = routeTo("http://127.0.0.1:9/", m_material);
    proxied.target.request.proxy = "http://proxy.example:3128";
    QVERIFY(!audit::checkRoute(proxied, settings));
    const auto plan = [&](const audit::Route& route) { // the good token goes into no foreign log
        const audit::Auditor planner({route}, allAtOnce({"token-in-query"}));
        return planner.plans().front().forgeries.size();
    };
    QCOMPARE(plan(proxied), std::size_t(0));
    QVERIFY(plan(routeTo("http://127.0.0.1:9/", m_material)) > 0);
    settings.isConfirmed = true;
    QVERIFY(check("https://api.example/"));
    settings.rate = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(!check("https://api.example/"));
    QVERIFY(!check("http://127.0.0.1:9/"));
    settings.rate = 0;
    QVERIFY(!check("https://api.example/"));
    QVERIFY(check("http://127.0.0.1:9/"));
    settings.rate = audit::mostRemoteRate + 1;
    QVERIFY(!check("https://api.example/"));
    QVERIFY(check("http://127.0.0.1:9/"));
    settings.rate = audit::mostRemoteRate;
    QVERIFY(check("https://api.example/"));
    audit::Auditor auditor({routeTo("http://10.0.0.1/", m_material)}, allAtOnce());
    QVERIFY(!auditor.start());
}

void TestAuditHarm::followsNoRedirect()
{
    const auto moving = [good = m_material.good.text](const std::string& token, int) {
        if (token == good)
            return jsonAnswer(200, openBody);
        listen::ListenerResponse response = jsonAnswer(302, "");
        response.headers.push_back({"Location", "/login"});
        return response;
    };
    const Report report = run(moving, allAtOnce({"alg-none"}));
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    for (const listen::ListenerRequest& request : m_requests)
        QVERIFY(request.path != "/login");
}

void TestAuditHarm::staysBelowTheLimit()
{
    for (const char* algorithm : {"HS256", "RS256", "ES256"}) {
        const jose::Key key = issuerKey(algorithm);
        audit::Material material = materialFor(algorithm, key);
        material.signingKey = key;
        material.listener = "http://127.0.0.1:9/r";
        material.secondToken = material.idToken =
            materialFor(algorithm, key, R"({"sub":"demo","jti":"2"})").good.text;
        material.mayQuery = true;
        const audit::Plan plan = audit::planFor(material, {});
        QVERIFY2(plan.requests() <= audit::mostRequests, std::to_string(plan.requests()).c_str());
        QVERIFY(audit::planText(plan, "GET /x").starts_with("GET /x: about "));
        material.mayQuery = false;
        const std::string without = audit::planText(audit::planFor(material, {}), "GET /x");
        for (const char* hint :
             {"the server's log (--token-in-log allows that)\n", "role (--ask-privileges gives it)\n",
              "issuer (--open-redirect names it)\n", "can read (--public-file names it)\n"})
            QVERIFY2(without.find(hint) != std::string::npos, without.c_str());
    }
}

/// Each error costs a request or two more, each limit up to two: they count as well.
void TestAuditHarm::theBoundHoldsForErrors()
{
    const auto failing = [good = m_material.good.text](const std::string& token, int) {
        return token == good ? jsonAnswer(200, openBody) : jsonAnswer(500, "");
    };
    const auto limited = [this](const std::string& token, int count) {
        listen::ListenerResponse busy = jsonAnswer(429, "");
        busy.headers.push_back({"Retry-After", "0"});
        return count > 10 && count % 2 == 0 ? busy : onlyGood(m_material.good.text)(token, count);
    };
    for (const Answerer& answerer : {Answerer(failing), Answerer(limited)}) {
        const Report report = run(answerer, allAtOnce());
        QVERIFY2(report.requests <= 300, std::to_string(report.requests).c_str());
        QVERIFY2(report.requests > 290, std::to_string(report.requests).c_str());
        QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
        QVERIFY(areAll(rowsOf(report, "segments"), Outcome::NotRun));
        QCOMPARE(rowsOf(report, "segments").front().why, "the route has had its 300 requests");
        const std::string summary = audit::summaryOf(report);
        QVERIFY2(summary.ends_with(" not tried (300 requests are the most for a route)"), summary.c_str());
    }
}

/// Nobody waits for an hour, and nobody is asked before it is over, for another route of the server
/// neither.
void TestAuditHarm::aLongRetryAfterEndsTheRoute()
{
    const auto answerer = [this](const std::string& text) {
        return [this, text](const std::string& token, int count) {
            listen::ListenerResponse busy = jsonAnswer(429, "");
            busy.headers.push_back({"Retry-After", text});
            return count == 12 ? busy : onlyGood(m_material.good.text)(token, count);
        };
    };
    for (const char* text : {"3600", "99999999999999999999"}) {
        Api api(answerer(text));
        const audit::Route route = routeTo(api.url(), m_material);
        audit::Auditor auditor({route, route}, allAtOnce());
        const Report report = audited(auditor);
        QCOMPARE(api.requests().size(), std::size_t(12));
        QCOMPARE(report.routes.size(), std::size_t(2));
        const std::vector<Row> rest = rowsOf(report, "kid-sql-injection");
        QVERIFY(areAll(rest, Outcome::NotRun));
        QVERIFY2(rest.front().why.starts_with("the server wants to be left alone for "),
                 rest.front().why.c_str());
        QCOMPARE(report.routes[1].objection.substr(0, 37), "the server wants to be left alone for");
        QVERIFY(!audit::isJudged(report)); // what came before was not confirmed
    }
}

void TestAuditHarm::canBeStopped()
{
    Api api(onlyGood(m_material.good.text));
    audit::Auditor auditor({routeTo(api.url(), m_material)}, allAtOnce());
    int rows = 0;
    connect(&auditor, &audit::Auditor::rowAdded, &auditor, [&] {
        if (++rows == 20)
            QTimer::singleShot(0, &auditor, &audit::Auditor::stop);
    });
    int ends = 0;
    connect(&auditor, &audit::Auditor::finished, &auditor, [&] { ++ends; });
    const Report report = audited(auditor);
    auditor.stop(); // somebody who presses Ctrl+C twice
    QCoreApplication::processEvents();
    QCOMPARE(ends, 1);
    QVERIFY(report.isInterrupted);
    QVERIFY(report.requests < 40);
    QVERIFY(areAll(rowsOf(report, "kid-sql-injection"), Outcome::NotRun));
    QCOMPARE(rowsOf(report, "kid-sql-injection").front().why, "stopped");
}

namespace {

/// The pool's one thread is busy until this ends.
class BusyPool
{
public:
    BusyPool() : m_threads(m_pool.maxThreadCount())
    {
        m_pool.waitForDone();
        m_pool.setMaxThreadCount(1);
        m_pool.start([this] { m_isOver.acquire(); });
    }
    ~BusyPool()
    {
        m_isOver.release();
        m_pool.waitForDone();
        m_pool.setMaxThreadCount(m_threads);
    }

private:
    QThreadPool& m_pool = *QThreadPool::globalInstance();
    int m_threads;
    QSemaphore m_isOver;
};

} // namespace

/// The window's thread starts an audit: the tokens are forged on another one, and the route begins with them.
void TestAuditHarm::forgesBesideTheCallingThread()
{
    Api api(onlyGood(m_material.good.text));
    audit::Auditor auditor({routeTo(api.url(), m_material)}, allAtOnce({"alg-none", "jku-injection"}));
    QSignalSpy begun(&auditor, &audit::Auditor::routeStarted);
    QSignalSpy ended(&auditor, &audit::Auditor::finished);
    {
        const BusyPool busy;
        QVERIFY_RESULT(auditor.start());
        QCoreApplication::processEvents();
        QCOMPARE(begun.size(), 0);
        QCOMPARE(api.requests().size(), std::size_t(0));
    }
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(begun.size(), 1);
    const Report report = ended.front().front().value<Report>();
    QVERIFY(areAll(rowsOf(report, "alg-none"), Outcome::Refused));
    // The listener has its port by then: what was sent names it.
    const std::vector<Row> rows = rowsOf(report, "jku-injection");
    QVERIFY(areAll(rows, Outcome::Refused));
    for (const Row& row : rows)
        QVERIFY2(row.header.find("127.0.0.1:") != std::string::npos &&
                     row.header.find("PORT") == std::string::npos,
                 row.header.c_str());
}

void TestAuditHarm::canBeStoppedWhileItForges()
{
    Api api(onlyGood(m_material.good.text));
    audit::Auditor auditor({routeTo(api.url(), m_material)}, allAtOnce());
    QSignalSpy begun(&auditor, &audit::Auditor::routeStarted);
    QSignalSpy ended(&auditor, &audit::Auditor::finished);
    {
        const BusyPool busy;
        QVERIFY_RESULT(auditor.start());
        auditor.stop();
    }
    QTRY_COMPARE(ended.size(), 1);
    QCoreApplication::processEvents(); // what was forged comes too late
    const Report report = ended.front().front().value<Report>();
    QVERIFY(report.isInterrupted);
    QVERIFY(report.routes.empty());
    QCOMPARE(begun.size(), 0);
    QCOMPARE(api.requests().size(), std::size_t(0));
    QCOMPARE(ended.size(), 1);
}

/// On this machine alone, at a port of its own, and gone when the audit is.
void TestAuditHarm::theListenerClosesWithTheRun()
{
    const Report report = run(onlyGood(m_material.good.text), allAtOnce({"jku-injection"}));
    const std::string header = rowsOf(report, "jku-injection").front().header;
    static constexpr std::string_view start = "http://127.0.0.1:";
    const std::size_t at = header.find(start);
    QVERIFY2(at != std::string::npos, header.c_str());
    const int port = std::stoi(header.substr(at + start.size()));
    QVERIFY(port >= 1024);
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(port));
    QVERIFY(!socket.waitForConnected());
}

void TestAuditHarm::threeFailuresOfTheGoodTokenEndIt_data()
{
    QTest::addColumn<int>("failures");
    QTest::addColumn<bool>("goesOn");
    QTest::newRow("none") << 0 << true;
    QTest::newRow("two") << 2 << true;
    QTest::newRow("three") << 3 << false;
}

/// Behind a 500 the good token goes out before anything else does, and so often.
void TestAuditHarm::threeFailuresOfTheGoodTokenEndIt()
{
    QFETCH(int, failures);
    QFETCH(bool, goesOn);
    int left = 0;
    bool hasFailed = false;
    std::vector<bool> behind; // whether each request behind the 500 was the good token's
    const auto answer = [&](const std::string& token, int) {
        const bool isGood = token == m_material.good.text;
        if (hasFailed)
            behind.push_back(isGood);
        if (isGood && left > 0) {
            --left;
            return jsonAnswer(503, "");
        }
        if (isGood)
            return jsonAnswer(200, openBody);
        if (!hasFailed && jose::decode(token).alg() == "none") {
            hasFailed = true;
            left = failures;
            return jsonAnswer(500, "");
        }
        return jsonAnswer(401, closedBody);
    };
    const Report report = run(answer, allAtOnce({"alg-none", "alg-missing"}));
    const std::vector<Row> rest = rowsOf(report, "alg-missing");
    QVERIFY(areAll(rest, goesOn ? Outcome::Refused : Outcome::Inconclusive));
    const auto asked = static_cast<std::size_t>(goesOn ? failures + 1 : 3);
    QVERIFY(behind.size() >= asked);
    for (std::size_t i = 0; i < asked; ++i)
        QVERIFY(behind[i]);
    QVERIFY(goesOn || behind.size() == asked); // and then nothing more
    QVERIFY2(goesOn || rest.front().why.find("does not open the route any more") != std::string::npos,
             rest.front().why.c_str());
}

namespace {

/// All that can be made with all that can be known, but without leave for more.
std::vector<audit::Forgery> allForgeries(const char* algorithm)
{
    const jose::Key key = issuerKey(algorithm);
    audit::Material material = materialFor(algorithm, key);
    material.signingKey = key;
    material.listener = "http://127.0.0.1:9/r4nd0m";
    std::vector<audit::Forgery> all;
    for (const audit::Attack& attack : audit::attacks())
        for (audit::Forgery& forgery : audit::forge(attack, material))
            all.push_back(std::move(forgery));
    return all;
}

QByteArray lowered(const std::string& text)
{
    return QByteArray::fromStdString(text).toLower();
}

} // namespace

/// No payload writes, runs a command or waits, and none asks for much work (PBES2, compression).
void TestAuditHarm::payloadsOnlyRead()
{
    for (const char* algorithm : {"HS256", "RS256", "ES256"})
        for (const audit::Forgery& forgery : allForgeries(algorithm)) {
            const jose::Jws jws = jose::decode(forgery.token.reveal());
            const std::string where = forgery.attack + ": " + forgery.variant;
            if (jws.headerJson && jws.headerJson->root().isObject()) {
                const json::Value header = jws.headerJson->root();
                QVERIFY2(!header.find("p2c") && !header.find("zip"), where.c_str());
                const auto kid = header.find("kid");
                const QByteArray name = lowered(kid ? std::string(kid->text()) : std::string());
                for (const char* word :
                     {"sleep", "waitfor", "benchmark", "delay", "insert ", "update ", "delete ", "drop ",
                      "alter ", "create ", "into outfile", "exec", "xp_", "load_file", "|", ";", "`", "$("})
                    QVERIFY2(!name.contains(word), where.c_str());
            }
            QVERIFY(forgery.token.reveal().size() < 70 * std::size_t(1024));
        }
}

/// Neither another user nor another role, unless somebody said so.
void TestAuditHarm::nobodyIsAskedForByDefault()
{
    for (const char* algorithm : {"HS256", "RS256", "ES256"})
        for (const audit::Forgery& forgery : allForgeries(algorithm)) {
            const jose::Jws jws = jose::decode(forgery.token.reveal());
            if (!jws.payloadJson || !jws.payloadJson->root().isObject())
                continue;
            const std::string where = forgery.attack + ": " + forgery.variant;
            const auto subject = jws.payloadJson->root().find("sub");
            QVERIFY2(!subject || subject->string() == "demo", where.c_str());
            for (const char* name : {"role", "roles", "scope", "scp", "groups", "admin", "permissions"})
                QVERIFY2(!jws.payloadJson->root().find(name), where.c_str());
        }
}

/// But for x_audit, which nobody reads.
void TestAuditHarm::whatKeepsItsSignatureIsNotTouchedOtherwise()
{
    const jose::Key key = issuerKey("RS256");
    const audit::Material material = materialFor("RS256", key);
    const std::string good = material.good.payload.bytes;
    const std::string start = good.substr(0, good.size() - 1);
    std::size_t kept = 0;
    for (const audit::Attack& attack : audit::attacks())
        for (const audit::Forgery& forgery : audit::forge(attack, material)) {
            const jose::Jws jws = jose::decode(forgery.token.reveal());
            const bool isKept = forgery.token.reveal().starts_with("ey") &&
                                jws.signature.bytes == material.good.signature.bytes;
            if (!isKept || forgery.attack == "b64-false")
                continue;
            ++kept;
            const std::string& payload = jws.payload.bytes;
            QVERIFY2(payload == good || payload.starts_with(start + ",\"x_audit\":"),
                     (forgery.attack + ": " + payload.substr(0, 200)).c_str());
        }
    QVERIFY2(kept > 10, std::to_string(kept).c_str());
}

QTEST_GUILESS_MAIN(TestAuditHarm)
#include "tst_auditharm.moc"
