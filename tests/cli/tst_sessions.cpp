// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `login --grant`, and `login`, `send` and `run` as an identity of a collection, against an authorization
// server and an API of the test's own. No secret stands in any output that did not ask for it.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string clientSecret = "the-secret-of-the-client";

Answer jsonOk(const std::string& body, const char* status = "200 OK")
{
    return ok(body, "Content-Type: application/json\r\n", status);
}

std::size_t countOf(const std::vector<Seen>& seen, const std::string& target)
{
    return static_cast<std::size_t>(
        std::ranges::count(seen, target, [](const Seen& each) { return each.target(); }));
}

} // namespace

class TestSessions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void printsTheToken();
    void printsAllAsJson();
    void showsADeviceCode();
    void refusesWrongUsage_data();
    void refusesWrongUsage();
    void saysWhatTheServerSays();
    void saysHowItReadsTheToken();
    void signsInAsAnIdentity();
    void sendsAsAnIdentity();
    void sendsAgainAfterA401();
    void sendsToNoOtherOrigin();
    void runsAsAnIdentity();
    void aRunSaysThatNoRequestTakesTheToken();
    void aRunRenews();
    void aLongRunRenewsInTime();
    void aRunSaysWhyItCannotSignIn();
    void aBrokenFileIsSaid();

private:
    QStringList grant(const char* more = "") const
    {
        return words("login --grant client-credentials --client-id app --client-secret-env SECRET "
                     "--token-url") +
               QStringList{toQString(m_server.url("/token"))} + words(more);
    }
    static CommandInput secret(const std::string& value = clientSecret)
    {
        return {{}, {{QStringLiteral("SECRET"), toQString(value)}}};
    }
    void fill(const CollectionFolder& folder, const std::string& origins) const;
    Answer answer(const Seen& seen);
    std::string nextToken()
    {
        ++m_tokens;
        return m_accessToken.empty() ? "access-token-" + std::to_string(m_tokens) : m_accessToken;
    }

    RawServer m_server{[this](const Seen& seen) { return answer(seen); }};
    std::string m_lifetime;
    std::string m_tokenError;
    std::string m_accessToken; ///< in place of those that are counted
    int m_tokens = 0;
    int m_refusals = 0; ///< of good tokens, still to come
};

void TestSessions::init()
{
    m_server.seen.clear();
    m_lifetime = "3600";
    m_tokenError.clear();
    m_accessToken.clear();
    m_tokens = 0;
    m_refusals = 0;
}

/// /token gives "token-1", "token-2" …; /api takes the latest of them.
Answer TestSessions::answer(const Seen& seen)
{
    if (seen.target() == "/device")
        return jsonOk(R"({"device_code":"hidden-code","user_code":"WDJB-MJHT","expires_in":60,"interval":1,)"
                      R"("verification_uri":"https://id.example/device"})");
    if (seen.target() == "/token" && !m_tokenError.empty())
        return jsonOk(m_tokenError, "400 Bad Request");
    if (seen.target() == "/token")
        return jsonOk(
            "{\"access_token\":\"" + nextToken() +
            R"(","token_type":"Bearer","refresh_token":"refresh-token-of-it","scope":"read","expires_in":)" +
            m_lifetime + "}");
    if (seen.target() == "/login")
        return jsonOk("{\"token\":\"access-token-" + std::to_string(++m_tokens) + "\"}");
    const std::string wanted =
        (m_accessToken.empty() ? "access-token-" + std::to_string(m_tokens) : m_accessToken) + "\r\n";
    if (!seen.has(wanted) || m_refusals-- > 0)
        return jsonOk("{}", "401 Unauthorized");
    return jsonOk(R"({"ok":true})");
}

void TestSessions::printsTheToken()
{
    const auto result = runCommand(grant("--print token --scope read"), secret());
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.out, std::string("access-token-1\n"));
    QCOMPARE(result.err, std::string());
    QCOMPARE(m_server.seen.front().body, std::string("grant_type=client_credentials&scope=read"));
    QVERIFY(m_server.seen.front().has("Authorization: Basic "));
    QCOMPARE(runCommand(grant("--print refresh-token"), secret()).out, std::string("refresh-token-of-it\n"));
    const auto none = runCommand(grant("--print id-token"), secret());
    QCOMPARE(none.status, 1);
    QCOMPARE(
        none.err,
        std::string("claimcheck-cli: there is no id-token to print: the server gave none (ask for it with "
                    "--scope openid)\n"));
}

void TestSessions::printsAllAsJson()
{
    const auto result = runCommand(grant("--json"), secret());
    QVERIFY2(result.status == 0, result.err.c_str());
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    const json::Value root = document->root();
    QCOMPARE(root.find("status")->integer(), std::optional<std::int64_t>(200));
    QCOMPARE(root.find("token")->string(), std::string("access-token-1"));
    QCOMPARE(root.find("place")->string(), std::string("body .access_token"));
    QCOMPARE(root.find("token_type")->string(), std::string("Bearer"));
    QCOMPARE(root.find("expires_in")->integer(), std::optional<std::int64_t>(3600));
    QCOMPARE(root.find("scope")->string(), std::string("read"));
    QCOMPARE(root.find("refresh_token")->string(), std::string("refresh-token-of-it"));
    QVERIFY(result.out.find(clientSecret) == std::string::npos);
    const auto text = runCommand(grant(), secret());
    QVERIFY2(text.out.find("Lasts    60 min 0 s (expires_in)\n") != std::string::npos, text.out.c_str());
    for (const std::string& hidden :
         {clientSecret, std::string("access-token"), std::string("refresh-token-of-it")})
        QVERIFY2((text.out + text.err).find(hidden) == std::string::npos, text.out.c_str());
}

void TestSessions::showsADeviceCode()
{
    const auto result =
        runCommand(words("login --grant device-code --client-id app --quiet --print token --token-url") +
                   QStringList{toQString(m_server.url("/token")), QStringLiteral("--device-url"),
                               toQString(m_server.url("/device"))});
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.out, std::string("access-token-1\n"));
    QCOMPARE(result.err,
             std::string("Open https://id.example/device on any device and type the code\n  WDJB-MJHT\n"
                         "Waiting for at most 1 min 0 s …\n"));
}

void TestSessions::refusesWrongUsage_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* arguments, const char* says) {
        QTest::newRow(arguments) << QByteArray(arguments) << QByteArray(says);
    };
    row("--client-id a --client-secret-env SECRET --grant client-credentials", "--grant needs a server");
    row("--grant client-credentials --token-url https://id.example", "--grant needs --client-id");
    row("--grant implicit --client-id a --token-url https://id.example", "--grant");
    row("--grant password --client-id a --token-url https://id.example", "the grant password needs --user");
    row("--grant client-credentials --user x --client-id a --token-url https://id.example",
        "--user goes with the grant password");
    row("--grant refresh-token --client-id a --token-url https://id.example",
        "--refresh-token-env go together");
    row("--grant client-credentials --client-id a --token-url http://id.example", "it is http");
    row("--grant client-credentials --client-id a --client-auth basic --token-url https://id.example",
        "it has no secret");
    row("--grant client-credentials --client-id a --client-auth magic --token-url https://id.example",
        "there is no such method");
    row("--grant client-credentials --url https://a.example --client-id a", "exclude each other");
    row("--grant device-code --client-id a --token-url https://id.example",
        "the device authorization endpoint cannot be used");
    row("--grant authorization-code --client-id a --token-url https://id.example",
        "the authorization endpoint cannot be used");
    row("--session alice", "--session needs --collection");
    row("--url https://a.example", "--user is required");
    row("--url https://a.example --user x --print id-token", "are for a grant");
}

void TestSessions::refusesWrongUsage()
{
    QFETCH(QByteArray, arguments);
    QFETCH(QByteArray, says);
    const auto result = runCommand(words("login") + words(arguments.constData()), secret());
    QVERIFY2(result.err.find(says.toStdString()) != std::string::npos, result.err.c_str());
    QCOMPARE(result.status, 2);
    QCOMPARE(std::ranges::count(result.err, '\n'), std::ptrdiff_t(1));
    QVERIFY(result.out.empty());
}

void TestSessions::saysWhatTheServerSays()
{
    m_tokenError = R"({"error":"invalid_client","error_description":"unknown )" + clientSecret + "\"}";
    const auto result = runCommand(grant(), secret());
    QCOMPARE(result.status, 1);
    QCOMPARE(result.err,
             std::string(
                 "claimcheck-cli: the server gave no token: the server does not know the client, or does not "
                 "believe it (invalid_client): unknown •••• (check its id, its secret or key, and how it "
                 "authenticates)\n"));
}

void TestSessions::fill(const CollectionFolder& folder, const std::string& origins) const
{
    folder.write("environments/local.yml", "name: local\nvariables:\n  - {name: host, value: \"" +
                                               m_server.url("") +
                                               "\"}\n  - {secret: true, name: clientSecret}\n");
    folder.write(".claimcheck/sessions.yaml", R"(sessions:
  service:
    oauth2: {grant: client-credentials, tokenUrl: "{{host}}/token", clientId: app, clientSecret: "{{clientSecret}}"}
    origins: [)" + origins + R"(]
  alice:
    login: {url: "{{host}}/login", user: alice, password: "{{clientSecret}}"}
    lasts: 1h
)");
    folder.write("one.yml", R"(info: {name: One, type: http, seq: 1}
http: {method: GET, url: "{{host}}/api", auth: {type: bearer, token: "{{token}}"}}
runtime:
  assertions: [{expression: res.status, operator: eq, value: "200"}]
)");
    folder.write("two.yml", R"(info: {name: Two, type: http, seq: 2}
http:
  method: GET
  url: "{{host}}/api"
  headers: [{name: Authorization, value: "{{token}}"}]
runtime:
  assertions: [{expression: res.status, operator: eq, value: "200"}]
)");
}

static QStringList as(const CollectionFolder& folder, const char* session)
{
    return QStringList{QStringLiteral("--collection"), toQString(folder.root), QStringLiteral("--session"),
                       QString::fromUtf8(session)} +
           words("--env local --no-keychain --env-var") +
           QStringList{QStringLiteral("clientSecret=") + toQString(clientSecret)};
}

void TestSessions::signsInAsAnIdentity()
{
    const CollectionFolder folder;
    fill(folder, "\"{{host}}\"");
    for (const char* session : {"service", "alice"}) {
        const auto result = runCommand(words("login --print token") + as(folder, session));
        QVERIFY2(result.status == 0, result.err.c_str());
        QCOMPARE(result.out, "access-token-" + std::to_string(m_tokens) + "\n");
    }
    const auto unknown = runCommand(words("login") + as(folder, "bob"));
    QCOMPARE(unknown.status, 2);
    QCOMPARE(unknown.err,
             std::string("claimcheck-cli: cannot use the identity bob: .claimcheck/sessions.yaml has none of "
                         "this name (use one of: service, alice)\n"));
    const auto missing = runCommand(words("login --env local --no-keychain --session alice --collection") +
                                    QStringList{toQString(folder.root)});
    QCOMPARE(missing.status, 2);
    QVERIFY2(missing.err.find("cannot fill in {{clientSecret}} in the identity alice: ") !=
                     std::string::npos &&
                 missing.err.find("(give it with --env-var clientSecret=VALUE, ") != std::string::npos,
             missing.err.c_str());
    // Of several one has to be named, for each command that takes an identity.
    for (const char* command : {"login", "logout"}) {
        const auto unnamed = runCommand(words(command) + words("--collection") +
                                        QStringList{toQString(folder.root)} + words("--no-keychain"));
        QCOMPARE(unnamed.status, 2);
        QCOMPARE(
            unnamed.err,
            std::string("claimcheck-cli: cannot choose an identity: .claimcheck/sessions.yaml has several, "
                        "and none is named (name one with --session: service, alice)\n"));
    }
}

void TestSessions::sendsAsAnIdentity()
{
    const CollectionFolder folder;
    fill(folder, "\"{{host}}\"");
    const QStringList send{QStringLiteral("send"), QStringLiteral("GET"), toQString(m_server.url("/api"))};
    const auto result = runCommand(send + as(folder, "service"));
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.out, std::string(R"({"ok":true})"));
    QVERIFY(m_server.seen.back().has("Authorization: Bearer access-token-1\r\n"));
    QVERIFY2(runCommand(send + words("--raw") + as(folder, "alice")).status == 0, "raw");
    QVERIFY(m_server.seen.back().has("Authorization: access-token-2\r\n"));
    const auto two = runCommand(send + words("--token abc") + as(folder, "alice"));
    QCOMPARE(two.status, 2);
    QVERIFY2(two.err.find("the request has two authorisations") != std::string::npos, two.err.c_str());
}

void TestSessions::sendsAgainAfterA401()
{
    const CollectionFolder folder;
    fill(folder, "\"{{host}}\"");
    m_refusals = 1;
    const QStringList send{QStringLiteral("send"), QStringLiteral("POST"), toQString(m_server.url("/api")),
                           QStringLiteral("-i")};
    const auto result = runCommand(send + as(folder, "service"));
    QVERIFY2(result.out.starts_with("HTTP/1.1 200 OK"), (result.out + result.err).c_str());
    QCOMPARE(countOf(m_server.seen, "/api"), std::size_t(2));
    QCOMPARE(countOf(m_server.seen, "/token"), std::size_t(2));
    QVERIFY(m_server.seen[2].body.starts_with("grant_type=refresh_token&refresh_token=refresh-token-of-it"));
    // A server that refuses for ever is asked twice, not more.
    m_server.seen.clear();
    m_refusals = 100;
    const auto refused = runCommand(send + as(folder, "service"));
    QVERIFY(refused.out.starts_with("HTTP/1.1 401 Unauthorized"));
    QCOMPARE(countOf(m_server.seen, "/api"), std::size_t(2));
    QVERIFY(refused.err.find("access-token") == std::string::npos);
}

void TestSessions::sendsToNoOtherOrigin()
{
    const CollectionFolder folder;
    fill(folder, "\"https://api.example\"");
    const QStringList send{QStringLiteral("send"), QStringLiteral("GET"), toQString(m_server.url("/api"))};
    const auto result = runCommand(send + as(folder, "service"));
    QCOMPARE(result.status, 1);
    const std::string origin = m_server.url("");
    QCOMPARE(
        result.err,
        "claimcheck-cli: the session's token was not sent to " + origin +
            ": the session service belongs to https://api.example:443 (name the origin under `origins` of "
            "the identity, or allow it with --allow-origin)\n");
    QVERIFY(m_server.seen.empty()); // nobody was signed in for nothing
    const auto allowed = runCommand(send + QStringList{QStringLiteral("--allow-origin"), toQString(origin)} +
                                    as(folder, "service"));
    QVERIFY2(allowed.status == 0, allowed.err.c_str());
    const auto run = runCommand(
        words("run --env local --session service --no-keychain --json --env-var") +
        QStringList{QStringLiteral("clientSecret=") + toQString(clientSecret), toQString(folder.root)});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.out.find("the session's token was not sent to " + origin) != std::string::npos,
             run.out.c_str());
    QCOMPARE(countOf(m_server.seen, "/api"), std::size_t(1));
}

static QStringList runAs(const CollectionFolder& folder, const char* session, const char* more = "")
{
    return words("run --env local --no-keychain --session") + QStringList{QString::fromUtf8(session)} +
           words(more) +
           QStringList{QStringLiteral("--env-var"), QStringLiteral("clientSecret=") + toQString(clientSecret),
                       toQString(folder.root)};
}

void TestSessions::runsAsAnIdentity()
{
    const CollectionFolder folder;
    fill(folder, "\"{{host}}\"");
    for (const char* session : {"service", "alice"}) {
        m_server.seen.clear();
        const auto result = runCommand(runAs(folder, session, "--iterations 20 --jobs 8 --json"));
        QVERIFY2(result.status == 0, (result.out + result.err).c_str());
        QCOMPARE(result.err, std::string("40 passed, 0 failed, 0 skipped\n"));
        QCOMPARE(countOf(m_server.seen, "/api"), std::size_t(40));
        QCOMPARE(countOf(m_server.seen, "/token") + countOf(m_server.seen, "/login"), std::size_t(1));
        QVERIFY(result.out.find("access-token") == std::string::npos);
        QVERIFY(result.out.find(clientSecret) == std::string::npos);
    }
}

void TestSessions::aRunSaysThatNoRequestTakesTheToken()
{
    const CollectionFolder folder;
    fill(folder, "\"{{host}}\"");
    const auto write = [&](const char* name, const std::string& auth) {
        folder.write(name,
                     "info: {name: A, type: http}\nhttp:\n  method: GET\n  url: \"{{host}}/api\"\n" + auth);
    };
    write("one.yml", "");
    write("two.yml", "");
    const std::string auth = R"(auth: {type: bearer, token: "{{token}}"})";
    const std::string note = "note: no request that was sent takes the token of the session alice (where one "
                             "should, write " +
                             auth + " under http in its file, or name {{token}} where it belongs)\n";
    const auto open = runCommand(runAs(folder, "alice", "--json"));
    QCOMPARE(open.err, note + "2 passed, 0 failed, 0 skipped\n");
    QCOMPARE(countOf(m_server.seen, "/login"), std::size_t(0));
    QCOMPARE(runCommand(runAs(folder, "alice", "--quiet")).err, std::string());
    write("one.yml", "  " + auth + "\n"); // as the note says
    const auto taken = runCommand(runAs(folder, "alice", "--json"));
    QCOMPARE(taken.err, std::string("2 passed, 0 failed, 0 skipped\n"));
    QCOMPARE(countOf(m_server.seen, "/login"), std::size_t(1));
}

void TestSessions::aRunRenews()
{
    const CollectionFolder folder;
    fill(folder, "\"{{host}}\"");
    m_refusals = 1;
    const auto result = runCommand(runAs(folder, "service", "--json"));
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    QVERIFY2(result.out.find("sent again with a renewed session") != std::string::npos, result.out.c_str());
    QCOMPARE(countOf(m_server.seen, "/api"), std::size_t(3));
    QCOMPARE(countOf(m_server.seen, "/token"), std::size_t(2));
    // An API that refuses every token does not make it sign in for each request.
    m_server.seen.clear();
    m_refusals = 1000;
    const auto refused = runCommand(runAs(folder, "service", "--iterations 10"));
    QCOMPARE(refused.status, 1);
    QCOMPARE(countOf(m_server.seen, "/token"), std::size_t(2));
    QCOMPARE(countOf(m_server.seen, "/api"), std::size_t(21));
}

/// Milliseconds stand in place of the seconds of its exp.
void TestSessions::saysHowItReadsTheToken()
{
    m_accessToken = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjQxMDI0NDQ4MDAwMDB9.c2lnbmF0dXJl";
    static constexpr const char* said = "the token's exp, 4102444800000, is read as 2100-01-01T00:00:00Z";
    const CollectionFolder folder;
    fill(folder, "\"{{host}}\"");
    const auto ran = runCommand(runAs(folder, "service", "--json"));
    QVERIFY2(ran.status == 0, (ran.out + ran.err).c_str());
    QVERIFY2(ran.out.find(said) != std::string::npos, ran.out.c_str());
    QVERIFY2(ran.err.find("note: the session service: " + std::string(said)) != std::string::npos,
             ran.err.c_str());
    QVERIFY((ran.out + ran.err).find(m_accessToken) == std::string::npos);
    m_accessToken.clear();
    const auto plain = runCommand(runAs(folder, "service", "--json"));
    QVERIFY2(plain.out.find("is read as") == std::string::npos, plain.out.c_str());
    QVERIFY2(plain.err.find("is read as") == std::string::npos, plain.err.c_str());
}

/// Two thousand requests, tokens of five seconds: renewed when a tenth of that is left, once for all.
void TestSessions::aLongRunRenewsInTime()
{
    const CollectionFolder folder;
    fill(folder, "\"{{host}}\"");
    m_lifetime = "5";
    const auto result = runCommand(runAs(folder, "service", "--iterations 1000 --jobs 8 --delay 100 --json"),
                                   {{}, {}, 240'000});
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(result.err, std::string("2000 passed, 0 failed, 0 skipped\n"));
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    const auto renewals = document->root().find("session")->find("renewals")->integer().value_or(-1);
    QCOMPARE(countOf(m_server.seen, "/token"), static_cast<std::size_t>(renewals + 1));
    const double seconds = document->root().find("milliseconds")->number().value_or(0) / 1000;
    QVERIFY2(seconds > 10, std::to_string(seconds).c_str());
    QVERIFY2(static_cast<double>(renewals) * 4.5 <= seconds, std::to_string(renewals).c_str());
    QVERIFY2(static_cast<double>(renewals + 1) * 5 >= seconds - 1, std::to_string(renewals).c_str());
}

void TestSessions::aRunSaysWhyItCannotSignIn()
{
    const CollectionFolder folder;
    fill(folder, "\"{{host}}\"");
    m_tokenError = R"({"error":"unauthorized_client"})";
    const auto result = runCommand(runAs(folder, "service", "--iterations 5"));
    QVERIFY2(result.out.find("cannot sign in: the server gave no token: this client may not use this grant "
                             "(unauthorized_client)") != std::string::npos,
             result.out.c_str());
    QVERIFY2(result.out.find("0 passed, 10 failed, 0 skipped") != std::string::npos, result.out.c_str());
    QCOMPARE(countOf(m_server.seen, "/token"), std::size_t(1));
    QCOMPARE(countOf(m_server.seen, "/api"), std::size_t(0));
}

void TestSessions::aBrokenFileIsSaid()
{
    const CollectionFolder folder;
    fill(folder, "\"{{host}}\"");
    folder.write(".claimcheck/sessions.yaml", "sessions:\n  service:\n    oauth2: {grnat: x}\n");
    const auto result = runCommand(runAs(folder, "service"));
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.find("oauth2 has no key \"grnat\"") != std::string::npos, result.err.c_str());
    QVERIFY2(result.err.find("line 3, column 14") != std::string::npos, result.err.c_str());
}

QTEST_GUILESS_MAIN(TestSessions)
#include "tst_sessions.moc"
