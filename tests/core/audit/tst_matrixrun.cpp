// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The access matrix against a server: who gets in, whose objects, whose token works, and no harm done.

#include "shopcalls.h"

#include <audit/matrixreport.h>
#include <support/result.h>

#include <QtCore/qtimer.h>
#include <QtTest/qtest.h>

#include <limits>

using namespace claimcheck;
using namespace claimcheck::audit;
using namespace claimcheck::test;

namespace {

std::vector<MatrixTask> wholeShop(const Shop& shop)
{
    MatrixTask alices = taskFor(shop, "/orders/1", {"deny 401", "allow 200", "deny 404", "allow"});
    alices.calls.push_back(callAs(shop, "bob", "/orders/1", "deny", "alice"));
    return {taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"}),
            taskFor(shop, "/users", {"deny 401", "deny 403", "deny 403", "allow 200"}),
            taskFor(shop, "/open", {"allow", "allow", "allow", "allow"}), alices};
}

const MatrixCell& cellOf(const MatrixRowReport& row, const std::string& who)
{
    return *std::ranges::find_if(row.cells, [&](const MatrixCell& cell) { return cell.identity == who; });
}

} // namespace

class TestMatrixRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aShopThatIsRightIsAsExpected();
    void findsWhoIsLetIn();
    void findsObjectsOfOthers();
    void controlsAreNoCells();
    void anExpiredTokenProvesNothing();
    void anOpenRouteProvesNoToken();
    void aTokenThatWasNeverLetInProvesNothing();
    void aFlappingServerIsAskedAgain();
    void keepsToItsPace();
    void sendsNobodyFirstAndMarksAll();
    void followsNoRedirect();
    void sendsNothingThatWrites();
    void writesAreSentOnce();
    void leavesOtherMachinesAlone();
    void staysBelowTheLimit();
    void aLongRetryAfterEndsIt();
    void aLimiterThatDoesNotLetGoEndsIt();
    void aLimiterThatLetsGoIsWaitedFor();
    void aLimiterIsNoTokenThatIsOver();
    void canBeStopped();
    void endsWithoutAnAnswer();
    void showsNoToken();
    void showsNoSecretOfTheUrl();
};

void TestMatrixRun::aShopThatIsRightIsAsExpected()
{
    const Shop shop;
    const MatrixReport report = reportOf(wholeShop(shop));
    QCOMPARE(report.rows.size(), std::size_t(4));
    for (const MatrixRowReport& row : report.rows)
        for (const MatrixCell& cell : row.cells)
            QVERIFY2(cell.fit == Fit::AsExpected, (row.name + " " + who(cell) + ": " + cell.why).c_str());
    QVERIFY(report.wasAnswered && !report.isInterrupted);
    QVERIFY(findingsOf(report).empty());
}

void TestMatrixRun::findsWhoIsLetIn()
{
    const Shop shop([](const std::string& who, const std::string& path, int) {
        const bool isWrong = path == "/users" && who != "admin";
        return isWrong ? std::optional(Shop::answer(200, R"({"users":["alice","bob"]})")) : std::nullopt;
    });
    const MatrixReport report = reportOf(wholeShop(shop));
    QCOMPARE(fitsOf(report.rows[1]), std::string("too-much too-much too-much as-expected"));
    const auto findings = findingsOf(report);
    QCOMPARE(findings.size(), std::size_t(3));
    QCOMPARE(findings[0].findingClass, "anonymous-allowed");
    QCOMPARE(findings[1].findingClass, "access-allowed");
    QVERIFY(findings[1].cell->answer.find("users") != std::string::npos);
}

void TestMatrixRun::findsObjectsOfOthers()
{
    const Shop shop([](const std::string& who, const std::string& path, int) {
        const bool isWrong = path == "/orders/1" && who == "bob";
        return isWrong ? std::optional(Shop::answer(200, R"({"id":"1","owner":"alice"})")) : std::nullopt;
    });
    const MatrixReport report = reportOf(wholeShop(shop));
    const MatrixCell& cell = report.rows.back().cells.back();
    QCOMPARE(cell.owner, std::string("alice"));
    QCOMPARE(cell.fit, Fit::TooMuch);
    const auto findings = findingsOf(report);
    QCOMPARE(findings.front().findingClass, "object-access");
    QCOMPARE(findings.front().owasp, "API1:2023");
}

void TestMatrixRun::controlsAreNoCells()
{
    const Shop shop;
    MatrixTask task = taskFor(shop, "/users", {"", "deny", "", "allow"});
    task.calls[0].isControl = true;
    task.calls[2].isControl = true;
    const MatrixReport report = reportOf({taskFor(shop, "/orders", {"", "", "", ""}), task});
    QCOMPARE(fitsOf(report.rows[0]), std::string("unset unset unset unset"));
    QCOMPARE(fitsOf(report.rows[1]), std::string("as-expected as-expected"));
}

/// A token that is over is refused everywhere, and would make every denial hold.
void TestMatrixRun::anExpiredTokenProvesNothing()
{
    const Shop shop([](const std::string& who, const std::string&, int count) {
        return who == "bob" && count > 5 ? std::optional(Shop::answer(401, "{}")) : std::nullopt;
    });
    std::vector<MatrixTask> tasks{taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"}),
                                  taskFor(shop, "/users", {"deny", "deny", "deny", "allow"})};
    const MatrixReport report = reportOf(tasks);
    QCOMPARE(fitsOf(report.rows[0]), std::string("as-expected as-expected as-expected as-expected"));
    QCOMPARE(fitsOf(report.rows[1]), std::string("as-expected as-expected inconclusive as-expected"));
    const std::string& why = cellOf(report.rows[1], "bob").why;
    QVERIFY2(why.find("its token does not work any more: it gets 401") != std::string::npos, why.c_str());
}

void TestMatrixRun::anOpenRouteProvesNoToken()
{
    const Shop shop([](const std::string& who, const std::string& path, int) {
        return who == "bob" && path != "/open" ? std::optional(Shop::answer(401, "{}")) : std::nullopt;
    });
    const MatrixReport report = reportOf({taskFor(shop, "/users", {"deny", "deny", "deny", "allow"}),
                                          taskFor(shop, "/open", {"allow", "allow", "allow", "allow"})});
    QCOMPARE(cellOf(report.rows[0], "bob").fit, Fit::Inconclusive);
}

void TestMatrixRun::aTokenThatWasNeverLetInProvesNothing()
{
    const Shop shop([](const std::string& who, const std::string&, int) {
        return who == "bob" ? std::optional(Shop::answer(401, "{}")) : std::nullopt;
    });
    const MatrixReport report = reportOf({taskFor(shop, "/users", {"deny", "deny", "deny 401", "allow"})});
    const MatrixCell& bob = cellOf(report.rows.front(), "bob");
    QCOMPARE(bob.fit, Fit::Inconclusive);
    QVERIFY2(bob.why.find("nothing shows that its token works") != std::string::npos, bob.why.c_str());
    QCOMPARE(cellOf(report.rows.front(), "alice").fit, Fit::AsExpected); // 403, where nobody gets 401
    QVERIFY(observedIn(report).rows.front().expected.size() == 3);       // and is not recorded
}

void TestMatrixRun::aFlappingServerIsAskedAgain()
{
    const Shop shop([](const std::string&, const std::string&, int count) {
        return count % 2 == 1 ? std::optional(Shop::answer(500, "")) : std::nullopt;
    });
    const MatrixReport flapping = reportOf({taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"})});
    QCOMPARE(fitsOf(flapping.rows.front()), std::string("as-expected as-expected as-expected as-expected"));
    const Shop broken(
        [](const std::string&, const std::string&, int) { return std::optional(Shop::answer(500, "")); });
    const MatrixReport report = reportOf({taskFor(broken, "/orders", {"deny", "allow", "deny", "allow"})});
    QCOMPARE(fitsOf(report.rows.front()), std::string("inconclusive inconclusive inconclusive inconclusive"));
    QVERIFY(!isJudged(report));
}

void TestMatrixRun::keepsToItsPace()
{
    const Shop shop;
    MatrixSettings settings = asFastAsItGoes();
    settings.rate = 50;
    const MatrixReport report =
        reportOf({taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"})}, settings);
    QVERIFY2(report.milliseconds >= static_cast<double>(report.requests - 1) * 20 * 0.9,
             std::to_string(report.milliseconds).c_str());
    QCOMPARE(MatrixSettings().rate, 5.0);
}

/// No token goes anywhere before it is known which machine that is.
void TestMatrixRun::sendsNobodyFirstAndMarksAll()
{
    const Shop shop;
    reportOf(wholeShop(shop));
    const auto requests = shop.requests();
    QVERIFY(!requests.front().hasHeader("Authorization"));
    for (const listen::ListenerRequest& request : requests)
        QVERIFY(request.hasHeader("X-Audit"));
    MatrixTask wrong = taskFor(shop, "/orders", {"", "", "", ""});
    std::swap(wrong.calls[0], wrong.calls[1]);
    QCOMPARE(checkTask(wrong, asFastAsItGoes()).error().kind, ErrorKind::Internal);
}

void TestMatrixRun::followsNoRedirect()
{
    const Shop shop([](const std::string& who, const std::string& path, int) {
        if (path != "/orders" || !who.empty())
            return std::optional<listen::ListenerResponse>();
        listen::ListenerResponse response = Shop::answer(302, "");
        response.headers.push_back({"Location", "/login"});
        return std::optional(response);
    });
    const MatrixReport report = reportOf({taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"})});
    QCOMPARE(fitsOf(report.rows.front()), std::string("as-expected as-expected as-expected as-expected"));
    for (const listen::ListenerRequest& request : shop.requests())
        QVERIFY(request.path != "/login");
}

void TestMatrixRun::sendsNothingThatWrites()
{
    const Shop shop;
    MatrixTask task = taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"});
    for (MatrixCall& call : task.calls)
        call.target.request.method = "DELETE";
    const auto refused = checkTask(task, asFastAsItGoes());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Usage);
    MatrixSettings settings = asFastAsItGoes();
    settings.mayWrite = true;
    QVERIFY_RESULT(checkTask(task, settings));
}

/// What may write is not repeated when it fails.
void TestMatrixRun::writesAreSentOnce()
{
    const Shop shop(
        [](const std::string&, const std::string&, int) { return std::optional(Shop::answer(500, "")); });
    MatrixTask task = taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"});
    for (MatrixCall& call : task.calls)
        call.target.request.method = "POST";
    MatrixSettings settings = asFastAsItGoes();
    settings.mayWrite = true;
    reportOf({task}, settings);
    QCOMPARE(shop.requests().size(), std::size_t(4));
}

void TestMatrixRun::leavesOtherMachinesAlone()
{
    const Shop shop;
    MatrixSettings settings = asFastAsItGoes();
    const auto check = [&](const char* url, const char* proxy = "") {
        MatrixTask task = taskFor(shop, "/orders", {"", "", "", ""});
        task.calls.back().target.request.url = url;
        task.calls.back().target.request.proxy = proxy;
        return checkTask(task, settings).has_value();
    };
    for (const char* here : {"http://127.0.0.1:9/", "http://localhost/", "http://[::1]:9/"})
        QVERIFY2(check(here), here);
    for (const char* there : {"http://10.0.0.1/", "https://api.example/", "http://127.0.0.1.evil.example/"})
        QVERIFY2(!check(there), there);
    QVERIFY(!check("http://127.0.0.1:9/", "http://proxy.example:3128"));
    settings.confirmedHosts = {"api.example"};
    settings.rate = 5;
    QVERIFY(check("https://API.example:8443/"));
    QVERIFY(!check("https://api.example/", "http://proxy.example:3128"));
    QVERIFY(!check("https://b.api.example/"));
    settings.rate = 0;
    settings.isConfirmed = true;
    QVERIFY(!check("https://api.example/")); // not as fast as it goes
    settings.rate = 5;
    QVERIFY(check("https://api.example/"));
    settings.rate = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(!check("http://127.0.0.1:9/"));
}

void TestMatrixRun::staysBelowTheLimit()
{
    const Shop shop;
    MatrixTask task = taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"});
    while (task.calls.size() <= 300)
        task.calls.push_back(callAs(shop, "bob", "/orders/1", "deny", "alice"));
    const auto refused = checkTask(task, asFastAsItGoes());
    QVERIFY(!refused);
    QVERIFY2(refused.error().why.find("300 are the most") != std::string::npos, refused.error().why.c_str());
    // Repetitions count as well.
    const Shop broken(
        [](const std::string&, const std::string&, int) { return std::optional(Shop::answer(500, "")); });
    MatrixTask failing = taskFor(broken, "/orders", {"deny", "allow", "allow", "allow"});
    while (failing.calls.size() < 200)
        failing.calls.push_back(callAs(broken, "bob", "/orders/1", "deny", "alice"));
    const MatrixReport report = reportOf({failing});
    QCOMPARE(report.requests, std::size_t(300));
    QCOMPARE(report.rows.front().cells.back().fit, Fit::NotRun);
    QCOMPARE(report.rows.front().cells.back().why, "the route has had its 300 requests");
}

void TestMatrixRun::aLongRetryAfterEndsIt()
{
    const Shop shop([](const std::string& who, const std::string&, int) {
        listen::ListenerResponse busy = Shop::answer(429, "");
        busy.headers.push_back({"Retry-After", "3600"});
        return who == "alice" ? std::optional(busy) : std::nullopt;
    });
    const MatrixReport report = reportOf(wholeShop(shop));
    QCOMPARE(shop.requests().size(), std::size_t(2));
    QCOMPARE(fitsOf(report.rows.front()), std::string("as-expected inconclusive not-run not-run"));
    QVERIFY(report.rows[1].objection.starts_with("the server wants to be left alone for "));
}

namespace {

/// It lets the first ones through, and one of so many from then on; 0: none.
Shop::Mistake limiterAfter(int first, int oneOf)
{
    return [first, oneOf](const std::string&, const std::string&, int count) {
        if (count <= first || (oneOf > 0 && count % oneOf == 0))
            return std::optional<listen::ListenerResponse>();
        listen::ListenerResponse busy = Shop::answer(429, "");
        busy.headers.push_back({"Retry-After", "0"});
        return std::optional(busy);
    };
}

} // namespace

/// Three calls, each sent three times; what is left is not run, with the reason.
void TestMatrixRun::aLimiterThatDoesNotLetGoEndsIt()
{
    const Shop shop(limiterAfter(0, 0));
    const MatrixReport report = reportOf(wholeShop(shop));
    QCOMPARE(shop.requests().size(), std::size_t(9));
    QCOMPARE(fitsOf(report.rows.front()), std::string("inconclusive inconclusive inconclusive not-run"));
    const std::string& why = report.rows.front().cells.back().why;
    QVERIFY2(why.find("waiting did not help") != std::string::npos, why.c_str());
    QCOMPARE(report.rows.size(), std::size_t(4));
    for (std::size_t i = 1; i < report.rows.size(); ++i)
        QVERIFY2(report.rows[i].objection.find("waiting did not help") != std::string::npos,
                 report.rows[i].objection.c_str());
    QVERIFY(!isJudged(report));
}

void TestMatrixRun::aLimiterThatLetsGoIsWaitedFor()
{
    const Shop shop(limiterAfter(0, 2));
    for (const MatrixRowReport& row : reportOf(wholeShop(shop)).rows)
        for (const MatrixCell& cell : row.cells)
            QVERIFY2(cell.fit == Fit::AsExpected, (row.name + " " + who(cell) + ": " + cell.why).c_str());
}

/// Nothing shows that a refused token works: who limits says nothing of it.
void TestMatrixRun::aLimiterIsNoTokenThatIsOver()
{
    const Shop shop(limiterAfter(8, 0));
    const MatrixReport report = reportOf({taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"}),
                                          taskFor(shop, "/orders/1", {"deny", "allow", "deny", "allow"})});
    const MatrixCell& bob = cellOf(report.rows.back(), "bob");
    QCOMPARE(bob.fit, Fit::Inconclusive);
    QVERIFY2(bob.why.find("waiting did not help") != std::string::npos &&
                 bob.why.find("does not work any more") == std::string::npos,
             bob.why.c_str());
    QCOMPARE(fitsOf(report.rows.front()), std::string("as-expected as-expected as-expected as-expected"));
}

void TestMatrixRun::canBeStopped()
{
    const Shop shop;
    std::vector<MatrixTask> tasks(30, taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"}));
    MatrixRun run(tasks, {"anonymous", "alice", "bob", "admin"}, asFastAsItGoes());
    int calls = 0;
    connect(&run, &MatrixRun::callDone, &run, [&] {
        if (++calls == 10)
            QTimer::singleShot(0, &run, &MatrixRun::stop);
    });
    int ends = 0;
    connect(&run, &MatrixRun::finished, &run, [&] { ++ends; });
    const MatrixReport report = finished(run);
    run.stop(); // somebody who presses Ctrl+C twice
    QCoreApplication::processEvents();
    QCOMPARE(ends, 1);
    QVERIFY(report.isInterrupted);
    QVERIFY(report.requests < 20);
    QCOMPARE(report.rows.size(), std::size_t(30));
    QCOMPARE(report.rows.back().cells.back().why, "stopped");
    QCOMPARE(fitsOf(report.rows.back()), std::string("not-run not-run not-run not-run"));
}

void TestMatrixRun::endsWithoutAnAnswer()
{
    const Shop shop;
    MatrixTask task = taskFor(shop, "/orders", {"deny", "allow", "allow", "allow"});
    for (MatrixCall& call : task.calls)
        call.target.request.url = "http://127.0.0.1:1/orders";
    const MatrixReport report = reportOf({task});
    QVERIFY(!report.wasAnswered && !isJudged(report));
    QCOMPARE(cellOf(report.rows.front(), "alice").fit, Fit::Inconclusive);
    MatrixRun nothing({}, {}, asFastAsItGoes());
    QVERIFY(!nothing.start());
}

/// A server that repeats what it was asked with.
void TestMatrixRun::showsNoToken()
{
    const Shop shop([](const std::string&, const std::string&, int) {
        return std::optional(Shop::answer(200, R"({"you":")" + Shop::tokenOf("alice") + R"(","bob":")" +
                                                   Shop::tokenOf("bob") + R"("})"));
    });
    const MatrixReport report = reportOf({taskFor(shop, "/users", {"deny", "deny", "deny", "deny"})});
    QCOMPARE(fitsOf(report.rows.front()), std::string("too-much too-much too-much too-much"));
    for (const char* format : {"table", "json", "sarif", "junit", "html"}) {
        const std::string text = findMatrixFormat(format)->write(report);
        QVERIFY2(text.find("-token-0123456789") == std::string::npos, format);
        QVERIFY2(text.find("$TOKEN") != std::string::npos, format);
    }
}

void TestMatrixRun::showsNoSecretOfTheUrl()
{
    const std::string key = "7f3a9c2e1d";
    const Shop shop;
    const MatrixTask task = taskFor(shop, "/users?appid=" + key, {"deny", "deny", "deny", "allow"});
    MatrixTask named = task;
    named.name = "users.yml";
    for (MatrixCall& call : named.calls)
        call.target.name = named.name;
    MatrixSettings settings = asFastAsItGoes();
    settings.secrets.emplace_back(key);
    const MatrixReport report = reportOf({named}, settings);
    QCOMPARE(report.rows.front().url, shop.url("/users?appid=***"));
    for (const char* format : {"table", "json", "sarif", "junit", "html"})
        QVERIFY2(findMatrixFormat(format)->write(report).find(key) == std::string::npos, format);
    const std::string plan = matrixPlanText({named}, settings.secrets);
    QVERIFY2(plan.find("/users?appid=*** as alice") != std::string::npos, plan.c_str());
    for (MatrixCall& call : named.calls)
        call.target.request.url = "http://api.example/" + key;
    const auto refused = checkTask(named, settings);
    QVERIFY(!refused);
    QVERIFY2(describe(refused.error()).find(key) == std::string::npos, refused.error().why.c_str());
}

QTEST_GUILESS_MAIN(TestMatrixRun)
#include "tst_matrixrun.moc"
