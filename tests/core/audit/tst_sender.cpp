// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where an answer comes from is looked at each time: a name that led to this machine once may lead to another
// one the next time, and redirects, other routes and the end of an audit are requests like all others.

#include "api.h"

#include <audit/lastaudit.h>
#include <audit/routeaudit.h>
#include <http/transport.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using audit::Outcome;
using audit::Reply;
using audit::Row;
using audit::Sender;

namespace {

const std::string here = "127.0.0.1:80";
const std::string there = "192.0.2.7:80";

/// What one request gets, and from where.
struct Placed
{
    int status = 200;
    std::string body = {};
    std::string address = here;
    std::string location = {};
    std::string error = {}; ///< in place of an answer
    ErrorStep step = ErrorStep::None;
};
using Placing = std::function<Placed(const http::Request& request, int count)>;

/// Requests counted from 1.
struct Line
{
    Placing placing;
    std::vector<http::Request> requests = {};
    int underWay = 0;
    int mostUnderWay = 0;
};

class PlacedTransport : public http::Transport
{
public:
    explicit PlacedTransport(std::shared_ptr<Line> line) : m_line(std::move(line)) {}

    std::unique_ptr<http::Transfer> start(const http::Request& request, Done done) override
    {
        m_line->requests.push_back(request);
        m_line->mostUnderWay = std::max(m_line->mostUnderWay, ++m_line->underWay);
        auto transfer = std::make_unique<Running>();
        QMetaObject::invokeMethod(
            &transfer->life,
            [line = m_line, done = std::move(done), result = answer(request)]() mutable {
                --line->underWay;
                done(std::move(result));
            },
            Qt::QueuedConnection);
        return transfer;
    }
    std::string engine() const override { return "placed"; }

private:
    struct Running : http::Transfer
    {
        std::optional<http::HopResult> takeSoFar() override { return std::nullopt; }
        QObject life;
    };

    http::HopResult answer(const http::Request& request) const
    {
        const Placed placed = m_line->placing(request, static_cast<int>(m_line->requests.size()));
        http::HopResult result;
        result.hop.method = request.method;
        result.hop.url = request.url;
        result.remoteAddress = placed.address;
        if (!placed.error.empty()) {
            result.error = Error{ErrorKind::Unreachable, "no answer", placed.error, "", {}};
            result.error->step = placed.step;
            return result;
        }
        result.hop.status = placed.status;
        result.response.emplace();
        result.response->status = placed.status;
        if (!placed.location.empty())
            result.response->headers.push_back({"Location", placed.location});
        (void)result.response->body.append(placed.body);
        return result;
    }

    std::shared_ptr<Line> m_line;
};

bool nothingConfirmed(const http::Request&)
{
    return false;
}

bool allConfirmed(const http::Request&)
{
    return true;
}

std::string tokenOf(const http::Request& request)
{
    const std::string field = http::headerValue(request.headers, "Authorization").value_or("");
    return field.starts_with("Bearer ") ? field.substr(7) : "";
}

} // namespace

class TestSender : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void oneRequestAtATime();
    void everyAnswerSaysWhereItComesFrom_data();
    void everyAnswerSaysWhereItComesFrom();
    void aNameThatMovesEndsTheRoute();
    void theSecondRouteIsJudgedForItself();
    void redirectsToOtherMachinesAreNotFollowed();
    void whatUsesTheTokenUpStaysHereToo();
    void aFarServerDoesNotReachTheListener();
    void aRefusalForSizeNeedsNoBody_data();
    void aRefusalForSizeNeedsNoBody();
    void aResetMayBeARefusalForSize_data();
    void aResetMayBeARefusalForSize();
    void aResetIsAFailureWhereTheServerIsDown_data();
    void aResetIsAFailureWhereTheServerIsDown();

private:
    std::string url(const char* path = "/protected") const { return std::string("http://localhost") + path; }
    Placing goodFrom(std::function<std::string(int count)> address) const;
    audit::RouteReport auditOf(const std::string& url, Sender& sender,
                               const std::vector<const char*>& attacks,
                               const audit::KeyHost* host = nullptr) const;

    audit::Material m_material{.good = {}, .now = noon, .nonce = {}, .own = {}};
};

void TestSender::initTestCase()
{
    m_material = materialFor("HS256", issuerKey("HS256"));
    m_material.listener = "http://127.0.0.1:9/r4nd0m";
}

/// The good token opens, wherever it is.
Placing TestSender::goodFrom(std::function<std::string(int count)> address) const
{
    return [good = m_material.good.text, address = std::move(address)](const http::Request& request,
                                                                       int count) {
        const bool isGood = tokenOf(request) == good;
        return Placed{
            .status = isGood ? 200 : 401, .body = isGood ? openBody : closedBody, .address = address(count)};
    };
}

audit::RouteReport TestSender::auditOf(const std::string& target, Sender& sender,
                                       const std::vector<const char*>& attacks,
                                       const audit::KeyHost* host) const
{
    const audit::Route route = routeTo(target, m_material);
    audit::RouteTask task{route.target, audit::planFor(m_material, allAtOnce(attacks).chosen)};
    audit::RouteReport report;
    QEventLoop loop;
    audit::RouteAudit running(
        std::move(task), sender, host, [](const Row&) {},
        [&](audit::RouteReport done) {
            report = std::move(done);
            loop.quit();
        });
    running.start();
    loop.exec();
    return report;
}

void TestSender::oneRequestAtATime()
{
    auto line = std::make_shared<Line>();
    line->placing = goodFrom([](int) { return here; });
    Sender sender(0, nothingConfirmed, std::make_unique<PlacedTransport>(line));
    auditOf(url(), sender, {"alg-none", "alg-none-case", "kid-path-traversal"});
    QVERIFY(line->requests.size() > 30);
    QCOMPARE(line->mostUnderWay, 1);
}

void TestSender::everyAnswerSaysWhereItComesFrom_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isBroken");
    QTest::addColumn<bool>("isConfirmed");
    QTest::addColumn<bool>("isHalted");
    QTest::newRow("here") << QString::fromStdString(here) << false << false << false;
    QTest::newRow("there") << QString::fromStdString(there) << false << false << true;
    QTest::newRow("there, and broken off") << QString::fromStdString(there) << true << false << true;
    QTest::newRow("there, as somebody confirmed") << QString::fromStdString(there) << false << true << false;
    QTest::newRow("nowhere") << QString() << true << false << false;
}

void TestSender::everyAnswerSaysWhereItComesFrom()
{
    QFETCH(QString, address);
    QFETCH(bool, isBroken);
    QFETCH(bool, isConfirmed);
    QFETCH(bool, isHalted);
    auto line = std::make_shared<Line>();
    line->placing = [&](const http::Request&, int) {
        return Placed{.address = address.toStdString(), .error = isBroken ? "reset" : ""};
    };
    Sender sender(0, isConfirmed ? allConfirmed : nothingConfirmed, std::make_unique<PlacedTransport>(line));
    http::Request request;
    request.url = url();
    Reply reply;
    QEventLoop loop;
    sender.send(request, [&](const Reply& came) {
        reply = came;
        loop.quit();
    });
    loop.exec();
    QCOMPARE(!reply.halt.empty(), isHalted);
    QVERIFY2(!isHalted || reply.halt.find(there) != std::string::npos, reply.halt.c_str());
}

/// From the ninth request on the name leads elsewhere: that is the last one.
void TestSender::aNameThatMovesEndsTheRoute()
{
    auto line = std::make_shared<Line>();
    line->placing = goodFrom([](int count) { return count < 9 ? here : there; });
    Sender sender(0, nothingConfirmed, std::make_unique<PlacedTransport>(line));
    const audit::RouteReport report = auditOf(url(), sender, {"alg-none", "signature-stripped"});
    QCOMPARE(line->requests.size(), std::size_t(9));
    QVERIFY(report.wasAnswered);
    const Row& last = report.rows.back();
    QVERIFY(last.outcome == Outcome::NotRun);
    QVERIFY2(last.why.find(there) != std::string::npos, last.why.c_str());
    QVERIFY(report.rows.front().outcome == Outcome::Inconclusive); // no good token confirmed it
    auto confirmed = std::make_shared<Line>();
    confirmed->placing = line->placing;
    Sender allowed(0, allConfirmed, std::make_unique<PlacedTransport>(confirmed));
    QVERIFY(auditOf(url(), allowed, {"alg-none"}).rows.front().outcome == Outcome::Refused);
}

/// That the first one was here says nothing of the second, which goes by the same name.
void TestSender::theSecondRouteIsJudgedForItself()
{
    auto line = std::make_shared<Line>();
    line->placing = [good = m_material.good.text](const http::Request& request, int) {
        const bool isGood = tokenOf(request) == good;
        return Placed{.status = isGood ? 200 : 401,
                      .body = isGood ? openBody : closedBody,
                      .address = request.url.ends_with("/second") ? there : here};
    };
    Sender sender(0, nothingConfirmed, std::make_unique<PlacedTransport>(line));
    QCOMPARE(auditOf(url(), sender, {"alg-none"}).objection, std::string());
    const std::size_t before = line->requests.size();
    const audit::RouteReport second = auditOf(url("/second"), sender, {"alg-none"});
    QVERIFY2(second.objection.find(there) != std::string::npos, second.objection.c_str());
    QCOMPARE(line->requests.size(), before + 1);
}

void TestSender::redirectsToOtherMachinesAreNotFollowed()
{
    auto line = std::make_shared<Line>();
    line->placing = [good = m_material.good.text](const http::Request& request, int) {
        return tokenOf(request) == good ? Placed{.body = openBody}
                                        : Placed{.status = 307, .location = "https://api.example/protected"};
    };
    Sender sender(0, nothingConfirmed, std::make_unique<PlacedTransport>(line));
    const audit::RouteReport report = auditOf(url(), sender, {"alg-none", "kid-sql-injection"});
    QCOMPARE(report.objection, std::string());
    for (const http::Request& request : line->requests)
        QVERIFY2(request.url.starts_with("http://localhost/"), request.url.c_str());
    for (const Row& row : report.rows)
        QVERIFY2(row.outcome == Outcome::Refused, row.why.c_str());
}

/// The logout at the end, too.
void TestSender::whatUsesTheTokenUpStaysHereToo()
{
    auto line = std::make_shared<Line>();
    line->placing = [good = m_material.good.text](const http::Request& request, int) {
        const bool isLogout = request.url.ends_with("/logout");
        const bool isGood = tokenOf(request) == good;
        return Placed{.status = isGood ? 200 : 401,
                      .body = isGood ? openBody : closedBody,
                      .address = isLogout ? there : here};
    };
    Sender sender(0, nothingConfirmed, std::make_unique<PlacedTransport>(line));
    const audit::Target target = routeTo(url(), m_material).target;
    audit::LastTrials trials;
    trials.ending = [&](const Secret& token) {
        http::Request request;
        request.url = url("/logout");
        request.headers.push_back({"Authorization", "Bearer " + std::string(token.reveal())});
        return Result<http::Request>(request);
    };
    audit::Material material = m_material;
    material.mayEnd = true;
    std::vector<Row> rows;
    QEventLoop loop;
    audit::LastAudit last({{0, target, forgeries("not-revoked", material), {}, {}}}, trials, "mark", sender,
                          {.rowAdded = [&](std::size_t, Row row) { rows.push_back(std::move(row)); },
                           .waiting = [](Instant) {},
                           .done = [&] { loop.quit(); }});
    last.start();
    loop.exec();
    QCOMPARE(line->requests.size(), std::size_t(4)); // good, good, none, logout
    QCOMPARE(rows.size(), std::size_t(1));
    QVERIFY(rows.front().outcome == Outcome::NotRun);
    QVERIFY2(rows.front().why.find(there) != std::string::npos, rows.front().why.c_str());
}

/// A refused jku proves nothing where the server could not have come for the key.
void TestSender::aFarServerDoesNotReachTheListener()
{
    audit::KeyHost host(m_material.own, "own", "r4nd0m", noon);
    const auto outcomeAt = [&](const std::string& target) {
        auto line = std::make_shared<Line>();
        line->placing = goodFrom([&](int) { return target.starts_with("http://localhost") ? here : there; });
        Sender sender(0, allConfirmed, std::make_unique<PlacedTransport>(line));
        const audit::RouteReport report = auditOf(target, sender, {"jku-injection", "alg-none"}, &host);
        for (const Row& row : report.rows)
            if (row.attack == "alg-none" && row.outcome != Outcome::Refused)
                return std::string("alg-none: " + row.why);
        const auto row = std::ranges::find(report.rows, std::string("jku-injection"), &Row::attack);
        return std::string(audit::toText(row->outcome)) + ": " + row->why;
    };
    QCOMPARE(outcomeAt(url()), "refused: 401");
    QCOMPARE(outcomeAt("https://api.example/protected"),
             "inconclusive: 401; but our listener is on this machine, where another one does not reach it");
}

void TestSender::aRefusalForSizeNeedsNoBody_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isReset");
    QTest::addColumn<int>("judged");
    QTest::newRow("header fields") << 431 << true << 431;
    QTest::newRow("content") << 413 << true << 413;
    QTest::newRow("target") << 414 << true << 414;
    QTest::newRow("a success that broke off") << 200 << true << 0;
    QTest::newRow("a failure that broke off") << 500 << true << 0;
    QTest::newRow("a refusal that took too long") << 431 << false << 0;
}

/// As node's servers do with 64 KB: their 431 is there, and then the connection is reset.
void TestSender::aRefusalForSizeNeedsNoBody()
{
    QFETCH(int, status);
    QFETCH(bool, isReset);
    QFETCH(int, judged);
    http::Exchange exchange;
    exchange.response.emplace();
    exchange.response->status = status;
    const ErrorKind kind = isReset ? ErrorKind::BadAnswer : ErrorKind::TimedOut;
    exchange.error = Error{kind, "the answer broke off", "the connection was closed before its end", "", {}};
    const audit::Answer answer = audit::answerOf(exchange, noon);
    QCOMPARE(answer.status, judged);
    QCOMPARE(answer.error.empty(), judged != 0);
    exchange.response.reset();
    QCOMPARE(audit::answerOf(exchange, noon).status, 0);
}

void TestSender::aResetMayBeARefusalForSize_data()
{
    QTest::addColumn<QString>("attack");
    QTest::addColumn<int>("mostBytes");
    QTest::addColumn<bool>("isReset");
    QTest::addColumn<int>("failures"); // as observed
    QTest::addColumn<int>("cut");
    const QString large = QStringLiteral("large-token");
    constexpr int kilobyte = 1024;
    QTest::newRow("64 KB are too much") << large << 40 * kilobyte << true << 0 << 1;
    QTest::newRow("16 KB and 64 KB are too much") << large << 12 * kilobyte << true << 0 << 2;
    // Then nothing tells that it is the size.
    QTest::newRow("8 KB are too much, too") << large << 4 * kilobyte << true << 3 << 0;
    // The server had all of it, and went.
    QTest::newRow("closed without a word") << large << 40 * kilobyte << false << 1 << 0;
    QTest::newRow("of another attack") << QStringLiteral("payload-changed") << 0 << true << 1 << 0;
}

/// Many a server closes the connection on who sends it too much, without an answer: with some of the request
/// unread that is a reset, and no failure over what stands in the token.
void TestSender::aResetMayBeARefusalForSize()
{
    QFETCH(QString, attack);
    QFETCH(int, mostBytes);
    QFETCH(bool, isReset);
    QFETCH(int, failures);
    QFETCH(int, cut);
    auto line = std::make_shared<Line>();
    line->placing = [&](const http::Request& request, int) {
        const std::string token = tokenOf(request);
        if (token == m_material.good.text)
            return Placed{.body = openBody};
        const bool isTaken = token.size() <= static_cast<std::size_t>(mostBytes) || !token.starts_with("ey");
        if (isTaken)
            return Placed{.status = 401, .body = closedBody};
        return Placed{.error = "gone", .step = isReset ? ErrorStep::Request : ErrorStep::None};
    };
    Sender sender(0, nothingConfirmed, std::make_unique<PlacedTransport>(line));
    const std::string id = attack.toStdString();
    audit::Report report;
    report.routes.push_back(auditOf(url(), sender, {id.c_str()}));
    const auto observed = audit::observationsOf(report);
    QCOMPARE(observed.empty() ? 0 : static_cast<int>(observed.front().rows.size()), failures);
    const auto isCut = [](const Row& row) {
        return row.outcome == Outcome::Inconclusive && !row.isServerError &&
               row.why == "no answer: gone; smaller tokens are answered, so it may be refused for "
                          "its size";
    };
    QCOMPARE(static_cast<int>(std::ranges::count_if(report.routes.front().rows, isCut)), cut);
    QVERIFY(audit::findingsOf(report).empty());
}

void TestSender::aResetIsAFailureWhereTheServerIsDown_data()
{
    QTest::addColumn<int>("status"); // of the good token behind the reset; 0: none
    QTest::addColumn<int>("failures");
    QTest::newRow("the session ended") << 401 << 0;
    QTest::newRow("the server fails") << 500 << 1;
    QTest::newRow("the server is gone") << 0 << 1;
}

/// What the good token gets behind a reset, again and again, says whether the large token broke the server.
void TestSender::aResetIsAFailureWhereTheServerIsDown()
{
    QFETCH(int, status);
    QFETCH(int, failures);
    auto line = std::make_shared<Line>();
    bool wasReset = false;
    line->placing = [&](const http::Request& request, int) {
        const std::string token = tokenOf(request);
        const bool isGood = token == m_material.good.text;
        const bool isTooLarge = !isGood && token.size() > 40u * 1024u;
        wasReset = wasReset || isTooLarge;
        if (isTooLarge || (isGood && wasReset && status == 0))
            return Placed{.error = "gone", .step = isTooLarge ? ErrorStep::Request : ErrorStep::None};
        if (isGood && wasReset)
            return Placed{.status = status, .body = closedBody};
        return Placed{.status = isGood ? 200 : 401, .body = isGood ? openBody : closedBody};
    };
    Sender sender(0, nothingConfirmed, std::make_unique<PlacedTransport>(line));
    audit::Report report;
    report.routes.push_back(auditOf(url(), sender, {"large-token"}));
    QVERIFY(wasReset);
    const Row& row = report.routes.front().rows.back();
    QCOMPARE(row.outcome, Outcome::Inconclusive);
    QCOMPARE(row.isServerError, failures == 1);
    const bool isMaybeTooLarge = row.why.find("; smaller tokens are answered, so it may be refused for its "
                                              "size; then the good token") != std::string::npos;
    QCOMPARE(isMaybeTooLarge, failures == 0);
    QCOMPARE(static_cast<int>(audit::observationsOf(report).size()), failures);
}

QTEST_GUILESS_MAIN(TestSender)
#include "tst_sender.moc"
