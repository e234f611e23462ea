// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every grant, and sessions by it, against oidc-provider, a certified OpenID provider that nobody here wrote:
// the command line signs in, a test client follows the provider's pages (oidc/browser.js).

#include <auth/sessionkeeper.h>
#include <auth/tokenrequest.h>
#include <auth/tokenservice.h>
#include <core/store/folder.h>
#include <json/document.h>
#include <support/commandline.h>
#include <support/nodeserver.h>
#include <support/result.h>

#include <QtCore/qstandardpaths.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

const std::string secret = "a secret+with/all & sorts=of:things %";

/// A sign-in that waits for a person, and what it says meanwhile.
class WaitingLogin
{
public:
    explicit WaitingLogin(const QStringList& arguments)
    {
        m_process.start(commandLineProgram(), arguments);
        m_process.closeWriteChannel();
    }
    /// The first line that has `mark` in it, from there on.
    QString lineWith(const QString& mark)
    {
        const bool isThere = QTest::qWaitFor(
            [&] {
                m_said += m_process.readAllStandardError();
                return QString::fromUtf8(m_said).section(mark, 1, 1).contains(u'\n');
            },
            30'000);
        const QString text = QString::fromUtf8(m_said);
        return isThere ? mark + text.section(mark, 1, 1).section(u'\n', 0, 0) : QString();
    }
    CommandResult end()
    {
        CommandResult result;
        if (!runToEnd(m_process, 60'000))
            m_process.kill();
        result.out = m_process.readAllStandardOutput().toStdString();
        result.err = QByteArray(m_said + m_process.readAllStandardError()).toStdString();
        result.status = m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
        return result;
    }

private:
    QProcess m_process;
    QByteArray m_said;
};

/// As alice, through the pages; what went wrong, or nothing.
QString browse(const QString& link, const QString& code = {})
{
    QProcess browser;
    browser.setWorkingDirectory(testsFolder() + QStringLiteral("/e2e/oidc"));
    browser.setProcessChannelMode(QProcess::MergedChannels);
    browser.start(qEnvironmentVariable("CLAIMCHECK_NODE", QStringLiteral("node")),
                  {QStringLiteral("browser.js"), link, QStringLiteral("alice"), code});
    const bool isDone = runToEnd(browser, 60'000) && browser.exitCode() == 0;
    return isDone ? QString() : QString::fromUtf8(browser.readAll());
}

/// Chromium's program, or nothing where it is not installed.
QString chromium()
{
    for (const char* name : {"chromium", "chromium-browser", "google-chrome"})
        if (const QString found = QStandardPaths::findExecutable(QString::fromLatin1(name)); !found.isEmpty())
            return found;
    return {};
}

/// As alice, in a real browser without a window; what went wrong, or nothing.
QString browseInChromium(const QString& link)
{
    QProcess browser;
    browser.setWorkingDirectory(testsFolder() + QStringLiteral("/e2e/oidc"));
    browser.setProcessChannelMode(QProcess::MergedChannels);
    browser.start(qEnvironmentVariable("CLAIMCHECK_NODE", QStringLiteral("node")),
                  {QStringLiteral("chromium.js"), chromium(), link, QStringLiteral("alice")});
    const bool isDone = runToEnd(browser, 120'000) && browser.exitCode() == 0;
    return isDone ? QString() : QStringLiteral("the browser: ") + QString::fromUtf8(browser.readAll());
}

std::string member(const std::string& json, std::string_view name)
{
    const auto document = json::parse(json);
    const auto value = document ? document->root().find(name) : std::nullopt;
    return value ? value->string() : std::string();
}

} // namespace

class TestOidc : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void clientCredentials_data();
    void clientCredentials();
    void refusesAnotherClient();
    void privateKeyJwt();
    void boundByDpop();
    void codeWithPkce();
    void codeInChromium();
    void deviceCode();
    void refusesAWrongIssuer();
    void introspectsAndRevokes();
    void refreshTokensRotate();
    void runsWithShortTokens();

private:
    QStringList login(const char* grant, const char* client, const char* more = "") const
    {
        return words("login --issuer") + QStringList{m_server.url()} + words("--json --grant") +
               QStringList{QString::fromUtf8(grant), QStringLiteral("--client-id"),
                           QString::fromUtf8(client)} +
               words(more);
    }
    static CommandInput input(const std::string& value = secret)
    {
        return {{}, {{QStringLiteral("SECRET"), QString::fromStdString(value)}}};
    }
    QStringList protectedRoute() const
    {
        return {QStringLiteral("send"), QStringLiteral("GET"), m_server.url() + QStringLiteral("/protected")};
    }
    std::string codeAnswer();
    auth::OAuthLogin oauthLogin(auth::Grant grant, const char* client) const;
    Result<auth::SignedIn> signIn(const auth::OAuthLogin& login);
    Result<http::Response> ask(const Result<http::Request>& request);

    NodeServer m_server;
    QTemporaryDir m_folder;
    http::Client m_client;
    keys::KeyCache m_keys{m_client};
    std::string m_codeAnswer;
};

void TestOidc::initTestCase()
{
    const QString key = m_folder.filePath(QStringLiteral("client.jwk"));
    QCOMPARE(runCommand(words("key generate --alg ES256 --kid client-1 --output") + QStringList{key}).status,
             0);
    const auto jwk = runCommand(words("key public") + QStringList{key});
    QCOMPARE(jwk.status, 0);
    const QString problem = m_server.start(
        QStringLiteral("oidc"),
        {QStringLiteral("5"), QStringLiteral("{\"keys\":[%1]}").arg(QString::fromStdString(jwk.out))});
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestOidc::clientCredentials_data()
{
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("secretText");
    QTest::newRow("basic") << QByteArray("basic app:1") << QByteArray("basic")
                           << QByteArray::fromStdString(secret);
    QTest::newRow("post") << QByteArray("post") << QByteArray("post") << QByteArray::fromStdString(secret);
    QTest::newRow("secret-jwt") << QByteArray("secret-jwt") << QByteArray("secret-jwt")
                                << QByteArray::fromStdString(secret + " and thirty-two bytes");
}

void TestOidc::clientCredentials()
{
    QFETCH(QByteArray, client);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, secretText);
    const auto result = runCommand(login("client-credentials", client.constData(),
                                         "--scope read --client-secret-env SECRET --client-auth") +
                                       QStringList{QString::fromUtf8(method)},
                                   input(secretText.toStdString()));
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(member(result.out, "token_type"), std::string("Bearer"));
    QCOMPARE(member(result.out, "scope"), std::string("read"));
    const auto sent = runCommand(protectedRoute() + words("--token -"), {member(result.out, "token"), {}});
    QCOMPARE(member(sent.out, "client"), client.toStdString());
}

void TestOidc::refusesAnotherClient()
{
    const auto result =
        runCommand(login("client-credentials", "basic app:1", "--client-secret-env SECRET"), input("wrong"));
    QCOMPARE(result.status, 1);
    QVERIFY2(result.err.find("(invalid_client)") != std::string::npos, result.err.c_str());
}

void TestOidc::privateKeyJwt()
{
    const auto result = runCommand(login("client-credentials", "keyed", "--client-key") +
                                   QStringList{m_folder.filePath(QStringLiteral("client.jwk"))});
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY(!member(result.out, "token").empty());
    // Two signed texts in one request, and the provider wants both anew with its nonce.
    const auto bound = runCommand(login("client-credentials", "keyed", "--dpop --client-key") +
                                  QStringList{m_folder.filePath(QStringLiteral("client.jwk"))});
    QVERIFY2(bound.status == 0, bound.err.c_str());
    QCOMPARE(member(bound.out, "token_type"), std::string("DPoP"));
    QCOMPARE(runCommand(words("key generate --alg ES256 --kid client-1 --output") +
                        QStringList{m_folder.filePath(QStringLiteral("other.jwk"))})
                 .status,
             0);
    const auto other = runCommand(login("client-credentials", "keyed", "--client-key") +
                                  QStringList{m_folder.filePath(QStringLiteral("other.jwk"))});
    QCOMPARE(other.status, 1);
    QVERIFY2(other.err.find("(invalid_client)") != std::string::npos, other.err.c_str());
}

/// The provider wants its nonce in each proof, so the first request is always sent a second time.
void TestOidc::boundByDpop()
{
    const auto result =
        runCommand(login("client-credentials", "basic app:1", "--dpop --client-secret-env SECRET"), input());
    QVERIFY2(result.status == 0, result.err.c_str());
    QCOMPARE(member(result.out, "token_type"), std::string("DPoP"));
    // Without its proof the token is worth nothing.
    const auto stolen =
        runCommand(protectedRoute() + words("-i --token -"), {member(result.out, "token"), {}});
    QVERIFY2(stolen.out.starts_with("HTTP/1.1 401"), stolen.out.c_str());
    CollectionFolder folder;
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  service:\n    oauth2:\n      grant: client-credentials\n      issuer: " +
                     m_server.url().toStdString() +
                     "\n      clientId: \"basic app:1\"\n      clientSecret: \"{{secret}}\"\n      dpop: "
                     "true\n    origins: [\"" +
                     m_server.url().toStdString() + "\"]\n");
    const auto sent = runCommand(protectedRoute() + words("--no-keychain --collection") +
                                 QStringList{QString::fromStdString(folder.root), QStringLiteral("--env-var"),
                                             QStringLiteral("secret=") + QString::fromStdString(secret)});
    QVERIFY2(sent.out.find(R"("bound":true)") != std::string::npos, (sent.out + sent.err).c_str());
}

/// What `login --json` says of the code grant; the pages are gone through once.
std::string TestOidc::codeAnswer()
{
    if (!m_codeAnswer.empty())
        return m_codeAnswer;
    WaitingLogin waiting(login("authorization-code", "public", "--param prompt=consent --scope") +
                         QStringList{QStringLiteral("openid offline_access")});
    const QString link = waiting.lineWith(m_server.url() + QStringLiteral("/auth"));
    const QString problem = link.isEmpty() ? QStringLiteral("no link came") : browse(link);
    const auto result = waiting.end();
    const bool isGood = problem.isEmpty() && result.status == 0 &&
                        link.contains(QStringLiteral("code_challenge_method=S256"));
    if (!isGood)
        qWarning("%s\n%s", qPrintable(problem), result.err.c_str());
    m_codeAnswer = isGood ? result.out : std::string();
    return m_codeAnswer;
}

void TestOidc::codeWithPkce()
{
    const std::string answer = codeAnswer();
    QVERIFY(!member(answer, "refresh_token").empty());
    const auto document = json::parse(answer);
    QVERIFY_RESULT(document);
    const auto identity = document->root().find("id_token");
    QVERIFY(identity);
    QCOMPARE(identity->find("claims")->find("sub")->string(), std::string("alice"));
    std::map<std::string, std::string> checks;
    for (const json::Value& check : identity->find("checks")->items())
        checks[check.find("name")->string()] = check.find("result")->string();
    for (const char* name : {"signature", "iss", "aud", "exp", "iat", "nonce", "sub"})
        QVERIFY2(checks[name] == "passed", (std::string(name) + ": " + checks[name]).c_str());
}

/// The same pages in the browser that a person has: scripts, cookies, redirects to this machine and all.
void TestOidc::codeInChromium()
{
    if (chromium().isEmpty())
        QSKIP("Chromium is not installed (Debian: apt-get install chromium)");
    WaitingLogin waiting(login("authorization-code", "public", "--param prompt=consent --scope") +
                         QStringList{QStringLiteral("openid offline_access")});
    const QString link = waiting.lineWith(m_server.url() + QStringLiteral("/auth"));
    QVERIFY(!link.isEmpty());
    const QString problem = browseInChromium(link);
    const auto result = waiting.end();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY(!member(result.out, "token").empty());
    const auto document = json::parse(result.out);
    QCOMPARE(document->root().find("id_token")->find("claims")->find("sub")->string(), std::string("alice"));
}

void TestOidc::deviceCode()
{
    WaitingLogin waiting(login("device-code", "public", "--scope openid"));
    const QString complete = waiting.lineWith(QStringLiteral("or open ")).mid(8);
    const QString problem = browse(complete, complete.section(u'=', 1));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const auto result = waiting.end();
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY(!member(result.out, "token").empty());
}

void TestOidc::refusesAWrongIssuer()
{
    QStringList arguments = login("client-credentials", "basic app:1", "--client-secret-env SECRET");
    arguments[2] += QStringLiteral("/");
    const auto result = runCommand(arguments, input());
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.find("RFC 8414") != std::string::npos, result.err.c_str());
}

auth::OAuthLogin TestOidc::oauthLogin(auth::Grant grant, const char* client) const
{
    auth::OAuthLogin login;
    login.grant = grant;
    login.server.issuer = m_server.url().toStdString();
    login.client.id = client;
    if (client == std::string("public"))
        return login;
    login.client.authentication = auth::ClientAuthentication::Basic;
    login.client.secret = Secret(secret);
    return login;
}

Result<auth::SignedIn> TestOidc::signIn(const auth::OAuthLogin& login)
{
    std::optional<Result<auth::SignedIn>> ended;
    auth::SignIn flow(m_client, m_keys);
    auth::SignIn::Handlers handlers;
    handlers.done = [&ended](Result<auth::SignedIn> result) { ended = std::move(result); };
    flow.start(login, std::move(handlers));
    if (!QTest::qWaitFor([&ended] { return ended.has_value(); }, 30'000))
        return failure(ErrorKind::TimedOut, "nothing came", "");
    return *std::move(ended);
}

Result<http::Response> TestOidc::ask(const Result<http::Request>& request)
{
    if (!request)
        return tl::unexpected(request.error());
    std::optional<http::Exchange> ended;
    m_client.send(*request, this, [&ended](http::Exchange exchange) { ended = std::move(exchange); });
    if (!QTest::qWaitFor([&ended] { return ended.has_value(); }, 30'000))
        return failure(ErrorKind::TimedOut, "nothing came", "");
    if (ended->error)
        return tl::unexpected(*ended->error);
    return *ended->response;
}

void TestOidc::introspectsAndRevokes()
{
    const auto signedIn = signIn(oauthLogin(auth::Grant::ClientCredentials, "basic app:1"));
    QVERIFY_RESULT(signedIn);
    const auth::OAuthLogin& login = signedIn->login; // with the endpoints that were found
    const Secret& token = signedIn->tokens.accessToken;
    const auth::Moment moment{currentTime(), "x", ""};
    const auto introspect = [&] {
        const auto response =
            ask(auth::introspectionRequest(login, token, auth::TokenKind::AccessToken, moment));
        return response ? auth::readIntrospection(login, *response) : tl::unexpected(response.error());
    };
    const auto before = introspect();
    QVERIFY_RESULT(before);
    QVERIFY(before->isActive);
    QCOMPARE(before->answer.root().find("client_id")->string(), std::string("basic app:1"));
    const auto byCommand = [&](const char* command) {
        return runCommand(
            words("token") + words(command) + QStringList{QStringLiteral("-")} + words("--issuer") +
                QStringList{m_server.url()} + words("--client-secret-env SECRET --client-id") +
                QStringList{QStringLiteral("basic app:1")},
            {std::string(token.reveal()), {{QStringLiteral("SECRET"), QString::fromStdString(secret)}}});
    };
    const auto printed = byCommand("introspect");
    QVERIFY2(printed.status == 0, printed.err.c_str());
    QCOMPARE(member(printed.out, "client_id"), std::string("basic app:1"));
    const auto revoked = ask(auth::revocationRequest(login, token, auth::TokenKind::AccessToken, moment));
    QVERIFY_RESULT(revoked);
    QVERIFY_RESULT(auth::readRevocation(login, *revoked));
    QVERIFY(!introspect()->isActive);
    QCOMPARE(byCommand("introspect").status, 1);
    const auto twice = byCommand("revoke"); // RFC 7009 §2.2: what is not good any more is no error
    QVERIFY2(twice.status == 0, twice.err.c_str());
}

/// With the refresh token of the code grant: userinfo, three renewals, and what the provider says to one that
/// is used a second time.
void TestOidc::refreshTokensRotate()
{
    const Secret first(member(codeAnswer(), "refresh_token"));
    auth::OAuthLogin login = oauthLogin(auth::Grant::RefreshToken, "public");
    login.refreshToken = first;
    const auto signedIn = signIn(login);
    QVERIFY_RESULT(signedIn);
    const auto response =
        ask(auth::userinfoRequest(signedIn->login, signedIn->tokens.accessToken, {currentTime(), "x", ""}));
    QVERIFY_RESULT(response);
    const auto claims = auth::readUserinfo(signedIn->login, *response, signedIn->tokens.subject);
    QVERIFY_RESULT(claims);
    QCOMPARE(claims->root().find("sub")->string(), std::string("alice"));
    auth::OAuthLogin next = login;
    next.refreshToken = signedIn->tokens.refreshToken;
    auth::SessionKeeper keeper(m_client, m_keys, {next});
    std::vector<std::string> tokens;
    for (int i = 0; i < 3; ++i) {
        std::optional<Result<auth::SessionKeeper::Held>> held;
        const auto take = [&held](Result<auth::SessionKeeper::Held> result) { held = std::move(result); };
        if (i == 0)
            keeper.want(this, take);
        else
            keeper.refused(keeper.generation(), this, take);
        QTRY_VERIFY_WITH_TIMEOUT(held, 30'000);
        QVERIFY_RESULT(*held);
        keeper.accepted((*held)->generation);
        tokens.emplace_back((*held)->tokens.refreshToken.reveal());
    }
    QVERIFY(tokens[0] != std::string(first.reveal()) && tokens[1] != tokens[0] && tokens[2] != tokens[1]);
    const auto again = signIn(login);
    QVERIFY(!again);
    QVERIFY2(again.error().why.find("(invalid_grant)") != std::string::npos, again.error().why.c_str());
}

/// Tokens of five seconds under requests for longer than that: as many renewals as the lifetime demands, and
/// no request that fails.
void TestOidc::runsWithShortTokens()
{
    CollectionFolder folder;
    const std::string url = m_server.url().toStdString();
    folder.write(
        ".claimcheck/sessions.yaml",
        "sessions:\n  service:\n    oauth2:\n      grant: client-credentials\n      issuer: " + url +
            "\n      clientId: \"basic app:1\"\n      clientSecret: \"{{secret}}\"\n    origins: [\"" + url +
            "\"]\n");
    for (int i = 0; i < 30; ++i)
        folder.write("protected-" + std::to_string(i) + ".yml",
                     "info: {name: Protected, type: http}\nhttp: {method: GET, url: \"" + url +
                         "/protected\", auth: {type: bearer, token: \"{{token}}\"}}\nruntime:\n  assertions: "
                         "[{expression: res.status, operator: eq, value: \"200\"}]\n");
    const auto count = [this](const char* name) {
        const auto seen = runCommand(
            {QStringLiteral("send"), QStringLiteral("GET"), m_server.url() + QStringLiteral("/seen")});
        const auto document = json::parse(seen.out);
        const auto value = document ? document->root().find(name) : std::nullopt;
        return value ? value->integer().value_or(0) : 0;
    };
    const auto tokensBefore = count("client_credentials");
    const auto refusedBefore = count("refused");
    const auto result = runCommand(
        words("run --no-keychain --session service --iterations 2 --jobs 2 --delay 250 --json --env-var") +
            QStringList{QStringLiteral("secret=") + QString::fromStdString(secret),
                        QString::fromStdString(folder.root)},
        {{}, {}, 240'000});
    QVERIFY2(result.status == 0, (result.out + result.err).c_str());
    const auto document = json::parse(result.out);
    QVERIFY_RESULT(document);
    const double seconds = document->root().find("milliseconds")->number().value_or(0) / 1000;
    QVERIFY(seconds > 7); // longer than a token lives
    const auto tokens = count("client_credentials") - tokensBefore;
    // Each but the last was used until a tenth of its life was left.
    QVERIFY2(tokens >= 2 && static_cast<double>(tokens - 1) * 4.5 <= seconds, std::to_string(tokens).c_str());
    // The provider counts whole seconds, so a token may be over a little before it said: such a request is
    // sent again.
    QVERIFY(count("refused") - refusedBefore <= tokens);
}

QTEST_GUILESS_MAIN(TestOidc)
#include "tst_oidc.moc"
