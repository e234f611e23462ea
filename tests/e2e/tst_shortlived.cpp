// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens of five seconds under two hundred requests at a time, against Express and jsonwebtoken: one renewal
// whoever waits for it, as many as the lifetime demands, and nobody ever sees a 401.

#include <core/store/folder.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/nodeserver.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

constexpr double lifetime = 5;    // seconds, as jsonwebtoken counts them: whole ones
constexpr double renewedAt = 0.5; // seconds before the end: the last tenth of the life (docs/cli.md)

struct Login
{
    double at = 0; ///< seconds, by the server's clock
    double ends = 0;
};

/// What the server counted.
struct Seen
{
    std::vector<Login> logins;
    double tries = 0; ///< logins, refused ones too
    double atOnce = 0;
    double accepted = 0;
    double refused = 0;
    double last = 0; ///< when the protected route was asked
};

double numberIn(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value ? value->number().value_or(-1) : -1;
}

Seen readSeen(const QString& url)
{
    const auto answer =
        runCommand({QStringLiteral("send"), QStringLiteral("GET"), url + QStringLiteral("/seen")});
    const auto document = json::parse(answer.out);
    Seen seen;
    if (!document)
        return seen;
    const json::Value root = document->root();
    seen.tries = numberIn(root, "tries");
    seen.atOnce = numberIn(root, "atOnce");
    seen.accepted = numberIn(root, "accepted");
    seen.refused = numberIn(root, "refused");
    seen.last = numberIn(root, "last") / 1000;
    if (const auto logins = root.find("logins"))
        for (const json::Value& login : logins->items())
            seen.logins.push_back({numberIn(login, "at") / 1000, numberIn(login, "exp")});
    return seen;
}

/// Each renewal was needed, and none that was needed is missing; what is wrong, or nothing. What the server
/// refused says nothing against that: it was over then, and a renewal after it is none that came early.
QString objectionTo(const Seen& seen)
{
    for (std::size_t i = 1; i < seen.logins.size(); ++i) {
        const Login& before = seen.logins[i - 1];
        const double asked = seen.logins[i].at - 0.3; // that long a login takes
        if (asked < before.ends - renewedAt - 0.1)
            return QStringLiteral("renewal %1 came %2 s before the end").arg(i).arg(before.ends - asked);
    }
    if (seen.logins.empty() || seen.last > seen.logins.back().ends + 0.1)
        return QStringLiteral("the last token was over");
    // A few may be under way when their token ends. Without renewals ahead of time they would be whole
    // rounds.
    if (seen.refused > seen.accepted / 10)
        return QStringLiteral("%1 of %2 were refused first").arg(seen.refused).arg(seen.accepted);
    return {};
}

} // namespace

class TestShortLived : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void renewsOnce_data();
    void renewsOnce();
    void aWrongPasswordSignsNobodyIn();
};

static void writeShop(const CollectionFolder& folder, const std::string& url, int requests)
{
    folder.write(".claimcheck/sessions.yaml", "sessions:\n  alice:\n    login: {url: \"" + url +
                                                  "/login\", user: alice, password: \"{{password}}\"}\n");
    for (int i = 0; i < requests; ++i)
        folder.write("protected-" + std::to_string(i) + ".yml",
                     "info: {name: Protected, type: http}\nhttp: {method: GET, url: \"" + url +
                         "/protected\", auth: {type: bearer, token: \"{{token}}\"}}\nruntime:\n  assertions: "
                         "[{expression: res.status, operator: eq, value: \"200\"}]\n");
}

static CommandResult runShop(const CollectionFolder& folder, const QString& delay, const QString& password)
{
    return runCommand(words("run --no-keychain --session alice --iterations 200 --jobs 200 --json --delay") +
                          QStringList{delay, QStringLiteral("--env-var"),
                                      QStringLiteral("password=") + password,
                                      QString::fromStdString(folder.root)},
                      {{}, {}, 280'000});
}

void TestShortLived::renewsOnce_data()
{
    QTest::addColumn<int>("requests");
    QTest::addColumn<QString>("delay");
    // All two hundred at the same time, before and after the token's end …
    QTest::newRow("200 at a time") << 2 << QStringLiteral("5500");
    // … and two thousand without a pause that is longer than a token lives.
    QTest::newRow("2,000 requests") << 10 << QStringLiteral("1200");
}

void TestShortLived::renewsOnce()
{
    QFETCH(int, requests);
    QFETCH(QString, delay);
    NodeServer server;
    const QString problem =
        server.start(QStringLiteral("express"), {QString::number(static_cast<int>(lifetime))},
                     QStringLiteral("shortlived.js"));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    CollectionFolder folder;
    writeShop(folder, server.url().toStdString(), requests);
    const auto result = runShop(folder, delay, QStringLiteral("wonderland"));
    QVERIFY2(result.status == 0, (result.out.substr(0, 4000) + result.err).c_str());
    const auto report = json::parse(result.out);
    QVERIFY_RESULT(report);
    // Nobody saw a 401.
    QCOMPARE(numberIn(report->root(), "passed"), 200.0 * requests);
    QCOMPARE(numberIn(report->root(), "failed"), 0.0);
    for (const json::Value& request : report->root().find("requests")->items())
        QCOMPARE(numberIn(request, "status"), 200.0);
    // One login at a time, and the report counts what the server counted.
    const Seen seen = readSeen(server.url());
    QCOMPARE(seen.atOnce, 1.0);
    QCOMPARE(seen.accepted, 200.0 * requests);
    const auto session = report->root().find("session");
    QVERIFY(session);
    QCOMPARE(numberIn(*session, "renewals") + 1, static_cast<double>(seen.logins.size()));
    QVERIFY(seen.logins.size() >= 2); // the run was longer than a token lives
    const QString objection = objectionTo(seen);
    QVERIFY2(objection.isEmpty(), qPrintable(objection));
}

/// Two hundred that wait for one sign-in are all told why there is none, and it is not tried two hundred
/// times.
void TestShortLived::aWrongPasswordSignsNobodyIn()
{
    NodeServer server;
    const QString problem = server.start(QStringLiteral("express"), {}, QStringLiteral("shortlived.js"));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    CollectionFolder folder;
    writeShop(folder, server.url().toStdString(), 1);
    const auto result = runShop(folder, QStringLiteral("0"), QStringLiteral("looking-glass"));
    QVERIFY(result.status != 0);
    const Seen seen = readSeen(server.url());
    QCOMPARE(seen.accepted + seen.refused, 0.0);
    QVERIFY(seen.logins.empty());
    QCOMPARE(seen.tries, 1.0);
}

QTEST_GUILESS_MAIN(TestShortLived)
#include "tst_shortlived.moc"
