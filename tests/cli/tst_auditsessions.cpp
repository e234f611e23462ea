// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `audit` as an identity of a collection: it signs in, sends its token where that may go and nowhere else,
// and tries another user's. No token and no password stands in any output.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <jose/sign.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string password = "s3cret-word-9f3k";

Answer jsonAnswer(const std::string& body, const char* status = "200 OK")
{
    return ok(body, "Content-Type: application/json\r\n", status);
}

/// Of one user; it says nothing else.
std::string tokenOf(const std::string& user)
{
    const jose::Key key = jose::secretKey(Secret("nobody-has-published-this-word-of-ours"));
    const auto token = jose::sign(*jose::findAlgorithm("HS256"), key, "{\"sub\":\"" + user + "\"}", {});
    return token ? std::string(token->reveal()) : std::string();
}

std::ptrdiff_t countOf(const std::vector<Seen>& seen, const std::string& target)
{
    return std::ranges::count(seen, target, [](const Seen& each) { return each.target(); });
}

/// "refused", of the attack's first row in that request's results.
std::string outcomeIn(const std::string& report, const std::string& request, const std::string& attack)
{
    const auto document = json::parse(report);
    const auto routes = document ? document->root().find("routes") : std::nullopt;
    if (!routes)
        return "no JSON: " + report;
    for (const json::Value& route : routes->items())
        if (route.find("name")->string() == request)
            for (const json::Value& row : route.find("results")->items())
                if (row.find("attack")->string() == attack)
                    return row.find("outcome")->string();
    return "no such row";
}

} // namespace

class TestAuditSessions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void auditsAsAnIdentity();
    void showsNoSecretOfAUrl();
    void triesAnotherUser();
    void leavesOutWhatTakesNoSession();
    void sendsToNoOtherOrigin();
    void holdsBackWhatWasNotLetGo();
    void aPlanSendsNothing();
    void aPlanAsksNoServerForKeys();
    void saysWhyNobodySignedIn();
    void refusesWrongUsage_data();
    void refusesWrongUsage();

private:
    void fill(const CollectionFolder& folder, const std::string& origins = "\"{{host}}\"") const;
    CommandResult audit(const CollectionFolder& folder, const char* options,
                        const QStringList& more = {QStringLiteral("--env-var"),
                                                   QStringLiteral("password=") + toQString(password)}) const
    {
        return runCommand(words("audit --rate 0 --env local --no-keychain --session alice") + words(options) +
                          more + QStringList{toQString(folder.root)});
    }
    Answer answer(const Seen& seen) const;

    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
    bool m_isOpaque = false;
};

void TestAuditSessions::init()
{
    m_server.seen.clear();
    m_isOpaque = false;
}

/// /login knows alice and bob; /mine is alice's alone, /all is for both.
Answer TestAuditSessions::answer(const Seen& seen) const
{
    if (seen.target() == "/login") {
        const bool isKnown = seen.body.find("\"" + password + "\"") != std::string::npos;
        const std::string user = seen.body.find("\"alice\"") != std::string::npos ? "alice" : "bob";
        if (!isKnown)
            return jsonAnswer(R"({"message":"not with this password"})", "401 Unauthorized");
        return jsonAnswer("{\"token\":\"" + (m_isOpaque ? "opaque-text-of-" + user : tokenOf(user)) + "\"}");
    }
    const auto isOf = [&seen](const char* user) {
        return seen.has("Authorization: Bearer " + tokenOf(user) + "\r\n");
    };
    if (!isOf("alice") && !isOf("bob"))
        return jsonAnswer(R"({"error":"unauthorized"})", "401 Unauthorized");
    if (seen.target() == "/mine" && isOf("bob"))
        return jsonAnswer(R"({"error":"forbidden"})", "403 Forbidden");
    return jsonAnswer(R"({"orders":[1,2,3]})");
}

void TestAuditSessions::fill(const CollectionFolder& folder, const std::string& origins) const
{
    folder.write("environments/local.yml", "name: local\nvariables:\n  - {name: host, value: \"" +
                                               m_server.url("") +
                                               "\"}\n  - {secret: true, name: password}\n");
    std::string sessions = "sessions:\n";
    for (const char* user : {"alice", "bob"})
        sessions += std::string("  ") + user + ":\n    login: {url: \"{{host}}/login\", user: " + user +
                    ", password: \"{{password}}\"}\n    origins: [" + origins + "]\n";
    folder.write(".claimcheck/sessions.yaml", sessions);
    for (const char* name : {"mine", "all"})
        folder.write(std::string(name) + ".yml",
                     std::string("info: {name: X, type: http}\nhttp: {method: GET, url: \"{{host}}/") + name +
                         "\", auth: {type: bearer, token: \"{{token}}\"}}\n");
}

void TestAuditSessions::auditsAsAnIdentity()
{
    const CollectionFolder folder;
    fill(folder);
    const auto result = audit(folder, "--attacks alg-none,other-signature,other-user --json");
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(countOf(m_server.seen, "/login"), std::ptrdiff_t(1));
    for (const char* request : {"mine.yml", "all.yml"}) {
        QCOMPARE(outcomeIn(result.out, request, "alg-none"), std::string("refused"));
        QCOMPARE(outcomeIn(result.out, request, "other-signature"), std::string("not-run"));
        QCOMPARE(outcomeIn(result.out, request, "other-user"), std::string("not-run"));
    }
    for (const std::string& hidden : {tokenOf("alice"), password})
        QVERIFY2((result.out + result.err).find(hidden) == std::string::npos, result.out.c_str());
}

/// As an identity, and with a token that is given.
void TestAuditSessions::showsNoSecretOfAUrl()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write("keyed.yml", "info: {name: Keyed, type: http}\nhttp: {method: GET, url: "
                              "\"{{host}}/all/{{password}}?appid={{password}}\", auth: {type: bearer, "
                              "token: \"{{token}}\"}}\n");
    const QStringList given =
        QStringList{QStringLiteral("--env-var"), QStringLiteral("password=") + toQString(password)};
    const auto withToken = [&](const char* options) {
        return runCommand(words("audit --rate 0 --env local --token-env TOKEN --attacks alg-none --route "
                                "keyed.yml") +
                              words(options) + given + QStringList{toQString(folder.root)},
                          {{}, {{QStringLiteral("TOKEN"), toQString(tokenOf("alice"))}}});
    };
    for (const char* options : {"--dry-run", "--format table", "--format json", "--format sarif",
                                "--format junit", "--format html"})
        for (const CommandResult& result :
             {audit(folder, "--attacks alg-none --route keyed.yml", words(options) + given),
              withToken(options)}) {
            QVERIFY2(result.status == 0, (result.out + result.err).c_str());
            QVERIFY2((result.out + result.err).find(password) == std::string::npos, options);
        }
}

void TestAuditSessions::triesAnotherUser()
{
    const CollectionFolder folder;
    fill(folder);
    const auto result = audit(folder, "--second-session bob --attacks other-signature,other-user --json");
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(countOf(m_server.seen, "/login"), std::ptrdiff_t(2));
    QCOMPARE(outcomeIn(result.out, "mine.yml", "other-user"), std::string("refused"));
    QCOMPARE(outcomeIn(result.out, "all.yml", "other-user"), std::string("accepted"));
    for (const char* request : {"mine.yml", "all.yml"})
        QCOMPARE(outcomeIn(result.out, request, "other-signature"), std::string("refused"));
    for (const std::string& hidden : {tokenOf("alice"), tokenOf("bob"), password})
        QVERIFY2((result.out + result.err).find(hidden) == std::string::npos, result.out.c_str());
}

void TestAuditSessions::leavesOutWhatTakesNoSession()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write("open.yml", "info: {name: Open, type: http}\nhttp: {method: GET, url: \"{{host}}/open\"}\n");
    folder.write("body.yml", R"(info: {name: Body, type: http}
http: {method: GET, url: "{{host}}/body", body: {type: json, data: '{"token":"{{token}}"}'}}
)");
    folder.write("broken.yml", R"(info: {name: Broken, type: http}
http: {method: GET, url: "{{nowhere}}/x", auth: {type: bearer, token: "{{token}}"}}
)");
    const auto result = audit(folder, "--attacks alg-none --json");
    QVERIFY2(result.status == 0, result.err.c_str());
    for (const char* says :
         {"note: open.yml is left out: it does not take the session's token\n",
          "note: body.yml is left out: it carries no token\n", "note: broken.yml is left out: "}) {
        const std::size_t at = result.err.find(says);
        QVERIFY2(at != std::string::npos, result.err.c_str());
        QVERIFY2(result.err.find(says, at + 1) == std::string::npos, result.err.c_str()); // said once
    }
    QCOMPARE(countOf(m_server.seen, "/open") + countOf(m_server.seen, "/body"), std::ptrdiff_t(0));
    m_server.seen.clear();
    const auto named = audit(folder, "--route open.yml");
    QCOMPARE(named.status, 2);
    QVERIFY2(named.err.find("it does not take the session's token") != std::string::npos, named.err.c_str());
    QVERIFY2(named.err.find(R"((write auth: {type: bearer, token: "{{token}}"} under http in its file)") !=
                 std::string::npos,
             named.err.c_str());
    QVERIFY(m_server.seen.empty()); // nobody was signed in for nothing
}

void TestAuditSessions::sendsToNoOtherOrigin()
{
    RawServer other([](const Seen&) { return jsonAnswer("{}"); });
    const CollectionFolder folder;
    fill(folder);
    const auto away = [&](const char* name) {
        folder.write(name, "info: {name: Away, type: http}\nhttp: {method: GET, url: \"" + other.url("/x") +
                               "\", auth: {type: bearer, token: \"{{token}}\"}}\n");
    };
    away("away.yml");
    const auto result = audit(folder, "--attacks alg-none --json");
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.err.find("note: away.yml is left out: the session alice belongs to ") !=
                 std::string::npos,
             result.err.c_str());
    QVERIFY(other.seen.empty());
    m_server.seen.clear();
    const auto named = audit(folder, "--route away.yml");
    QCOMPARE(named.status, 1);
    QVERIFY2(named.err.find("the session's token was not sent to " + other.url("")) != std::string::npos,
             named.err.c_str());
    QVERIFY(m_server.seen.empty() && other.seen.empty());
    const auto allowed =
        audit(folder, "--route away.yml --attacks alg-none",
              {QStringLiteral("--env-var"), QStringLiteral("password=") + toQString(password),
               QStringLiteral("--allow-origin"), toQString(other.url(""))});
    QVERIFY2(!other.seen.empty(), allowed.err.c_str());
}

/// What lies in the collection's folder was not given for this call.
void TestAuditSessions::holdsBackWhatWasNotLetGo()
{
    const CollectionFolder folder;
    fill(folder);
    folder.write(".env", "password=" + password + "\n");
    const auto held = audit(folder, "--attacks alg-none", {});
    QCOMPARE(held.status, 1);
    QVERIFY2(held.err.find("the identity alice was not signed in: its login takes password (local) to " +
                           m_server.url("")) != std::string::npos,
             held.err.c_str());
    QVERIFY(m_server.seen.empty());
    const auto allowed =
        audit(folder, "--attacks alg-none", {QStringLiteral("--allow-origin"), toQString(m_server.url(""))});
    QVERIFY2(allowed.status == 0, allowed.err.c_str());
}

/// Nobody signs in for it, and nothing else is asked.
void TestAuditSessions::aPlanSendsNothing()
{
    const CollectionFolder folder;
    fill(folder);
    const int before = m_server.connections;
    const auto result = audit(folder, "--dry-run --second-session bob --wait-for-expiry");
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.out.find("\n  other-user             1  ") != std::string::npos, result.out.c_str());
    QVERIFY2(result.err.find("nobody signs in for a dry run") != std::string::npos, result.err.c_str());
    QCOMPARE(m_server.connections, before);
    QCOMPARE(audit(folder, "--attacks alg-none").status, 0);
    QVERIFY(m_server.connections > before);
}

void TestAuditSessions::aPlanAsksNoServerForKeys()
{
    const auto url = [this](const char* target) { return toQString(m_server.url(target)); };
    const auto plan = [&](const char* options, const QStringList& more) {
        return runCommand(words("audit --rate 0 --token-env TOKEN --attacks alg-none") + words(options) +
                              QStringList{QStringLiteral("--url"), url("/all")} + more,
                          {{}, {{QStringLiteral("TOKEN"), toQString(tokenOf("alice"))}}});
    };
    for (const char* option : {"--jwks-url", "--issuer"}) {
        const QStringList keys{QString::fromUtf8(option), url("/keys")};
        const int before = m_server.connections;
        const auto planned = plan("--dry-run", keys);
        QVERIFY2(planned.status == 0, planned.err.c_str());
        QVERIFY2(planned.err.find("no server is asked for keys") != std::string::npos, planned.err.c_str());
        QVERIFY(planned.out.find("  alg-none ") != std::string::npos);
        QCOMPARE(m_server.connections, before);
        static_cast<void>(plan("", keys));
        QVERIFY2(m_server.connections > before, option);
    }
}

void TestAuditSessions::saysWhyNobodySignedIn()
{
    const CollectionFolder folder;
    fill(folder);
    const auto refused = audit(folder, "--attacks alg-none",
                               {QStringLiteral("--env-var"), QStringLiteral("password=another-word-9f3k")});
    QCOMPARE(refused.status, 1);
    QVERIFY2(refused.err.find("not with this password") != std::string::npos, refused.err.c_str());
    QCOMPARE(m_server.seen.size(), std::size_t(1));
    m_isOpaque = true;
    const auto opaque = audit(folder, "--attacks alg-none");
    QVERIFY2(opaque.err.find("cannot forge from this token: it is no signed token in compact form") !=
                 std::string::npos,
             opaque.err.c_str());
    QVERIFY(opaque.err.find("opaque-text") == std::string::npos);
    QCOMPARE(countOf(m_server.seen, "/mine"), std::ptrdiff_t(0));
}

void TestAuditSessions::refusesWrongUsage_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* options, const char* says) {
        QTest::newRow(options) << QString::fromUtf8(options) << QString::fromUtf8(says);
    };
    row("--session alice", "one of PATH and --url is needed");
    row("--session alice --url http://127.0.0.1:1/", "--url");
    row("--session alice --token - FOLDER", "--token");
    row("--session alice --raw FOLDER", "--raw");
    row("--second-session bob FOLDER", "--session");
    row("--session alice --second-session bob --second-token - FOLDER", "--second-token");
    row("--session alice --second-session alice FOLDER", "are the same");
    row("--no-keychain FOLDER", "--session");
    row("--session alice --env nowhere FOLDER", "the collection has none of this name");
    row("--session carol --env local --no-keychain FOLDER", "use one of: alice, bob");
    row("--session alice --allow-origin nonsense FOLDER", "--allow-origin");
}

void TestAuditSessions::refusesWrongUsage()
{
    QFETCH(QString, options);
    QFETCH(QString, says);
    const CollectionFolder folder;
    fill(folder);
    QStringList all = words("audit") + options.split(u' ');
    all.replaceInStrings(QStringLiteral("FOLDER"), toQString(folder.root));
    const auto result = runCommand(all, {tokenOf("alice"), {}});
    QVERIFY2(result.err.find(toUtf8(says)) != std::string::npos, result.err.c_str());
    QCOMPARE(result.status, 2);
    QVERIFY(m_server.seen.empty());
}

QTEST_GUILESS_MAIN(TestAuditSessions)
#include "tst_auditsessions.moc"
