// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `audit --methods` from outside: what may change data is sent only where it is named, and to one route.

#include <core/store/folder.h>
#include <listen/listenerthread.h>
#include <support/commandline.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

const std::string goodToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";

} // namespace

class TestAuditMethods : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void triesMethodsThatAreNamed();
    void methodsAreForOneRouteAlone();
};

/// Named, they may be sent: to one route, once each, and without a token.
void TestAuditMethods::triesMethodsThatAreNamed()
{
    std::mutex mutex;
    std::vector<std::string> seen;
    listen::ListenerThread api([&](const listen::ListenerRequest& request) {
        const std::lock_guard lock(mutex);
        listen::ListenerResponse response;
        const bool isGood = request.header("Authorization") == "Bearer " + goodToken;
        if (request.method != "GET")
            seen.push_back(request.method + (request.header("Authorization").empty() ? "" : " with a token"));
        response.status = isGood || request.method == "DELETE" ? 200 : 401;
        response.body = response.status == 200 ? R"({"orders":[1,2,3]})" : "{}";
        return response;
    });
    QVERIFY_RESULT(api.listen());
    const auto run = [&](const char* options) {
        {
            const std::lock_guard lock(mutex);
            seen.clear();
        }
        return runCommand(words("audit --rate 0 --json --attacks method-bypass --token - --url") +
                              QStringList{text(api.url() + "/orders")} + words(options),
                          {goodToken, {}});
    };
    QCOMPARE(run("").status, 0);
    QVERIFY(std::ranges::count(seen, "DELETE") == 0);
    QCOMPARE(run("--methods PUT,DELETE --dry-run").status, 0);
    QVERIFY(seen.empty());
    const CommandResult result = run("--methods PUT,DELETE");
    QCOMPARE(result.status, 1);
    QVERIFY2(result.out.find("\"class\": \"method-bypass\"") != std::string::npos, result.out.c_str());
    QVERIFY2(result.err.find("may change something") != std::string::npos, result.err.c_str());
    for (const char* method : {"PUT", "DELETE"})
        QCOMPARE(std::ranges::count(seen, method), std::ptrdiff_t(1));
    QVERIFY(std::ranges::count(seen, "POST") == 0);
}

/// The leave to write is given for a route, and there are two: nothing is sent to either.
void TestAuditMethods::methodsAreForOneRouteAlone()
{
    std::atomic<int> seen = 0;
    listen::ListenerThread api([&seen](const listen::ListenerRequest&) {
        ++seen;
        return listen::ListenerResponse();
    });
    QVERIFY_RESULT(api.listen());
    const CollectionFolder folder;
    for (const char* name : {"a", "b"})
        folder.write(std::string(name) + ".yml", std::string("info: {name: ") + name +
                                                     ", type: http}\nhttp: {method: GET, url: \"" +
                                                     api.url() + "/" + name +
                                                     "\", headers: [{name: Authorization, value: \"Bearer "
                                                     "{{token}}\"}]}\n");
    const auto run = [&](const char* options) {
        return runCommand(words("audit --rate 0 --attacks method-bypass --methods DELETE --token -") +
                              words(options) + QStringList{text(folder.root)},
                          {goodToken, {}});
    };
    for (const char* options : {"", "--dry-run", "--yes"}) {
        const CommandResult both = run(options);
        QCOMPARE(both.status, 2);
        QVERIFY2(both.err.find("--methods cannot be used: it is for one route, and 2 are tested") !=
                     std::string::npos,
                 both.err.c_str());
        QVERIFY2(both.err.find("name one with --route or --url") != std::string::npos, both.err.c_str());
        QCOMPARE(seen.load(), 0);
    }
    const CommandResult one = run("--dry-run --route a.yml");
    QCOMPARE(one.status, 0);
    QCOMPARE(seen.load(), 0);
}

QTEST_GUILESS_MAIN(TestAuditMethods)
#include "tst_auditmethods.moc"
