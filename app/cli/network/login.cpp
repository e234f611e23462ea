// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `login`: signs in with user name and password or by an OAuth 2.0 grant, finds the token in the answer,
// inspects and verifies it.

#include <CLI/CLI.hpp>
#include <QtCore/qtimer.h>

#include <auth/brokentoken.h>
#include <base/text.h>
#include <cli/command.h>
#include <cli/keyoptions.h>
#include <workbench/outcome.h>
#include <workbench/workbench.h>

#include "connectionoptions.h"
#include "eventloop.h"
#include "grantlogin.h"
#include "grantoptions.h"
#include "loginoutput.h"
#include "passwordoptions.h"
#include "revoking.h"
#include "sessionoptions.h"

namespace claimcheck::cli {

namespace {

class Login final : public Command
{
public:
    void addOptions(CLI::App& app) override;
    Result<Exit> run(Console& console) override;

private:
    Result<void> checkOptions() const;
    Result<auth::SignedIn> signInByGrant(Console& console);
    Result<auth::SignedIn> signInAsIdentity(Console& console);
    Result<Exit> finishSignIn(const Result<auth::SignedIn>& signedIn, Console& console);
    Result<std::optional<inspect::KeyRing>> ringFor(const auth::SignedIn& signedIn, Console& console) const;
    Result<Exit> runCredentials(inspect::KeyRing ring, Console& console);
    Result<workbench::FoundInspection> judge(const auth::SignedIn& signedIn,
                                             const std::optional<inspect::KeyRing>& ring,
                                             Console& console) const;
    void printGrant(const auth::SignedIn& signedIn, const workbench::FoundInspection& token,
                    Console& console) const;
    Result<auth::Login> login();
    Result<void> addFields(auth::Login& login) const;
    void print(const workbench::LoginResult& result, Console& console) const;

    auth::Login m_login;
    std::vector<std::string> m_fields;
    bool m_form = false;
    std::string m_print;
    std::vector<std::string> m_allowedOrigins;
    bool m_keeps = false;
    PasswordOptions m_password;
    ConnectionOptions m_connection;
    GrantOptions m_grant;
    SessionOptions m_session;
    CollectionKeys m_collectionKeys; ///< of the identity that signed in
    KeyOptions m_key;
};

void Login::addOptions(CLI::App& app)
{
    app.add_option("--url", m_login.url, "Where the credentials go")->type_name("URL");
    app.add_option("--method", m_login.method, "Default: POST")->type_name("METHOD");
    app.add_option("--user", m_login.user, "User name")->type_name("NAME");
    m_password.addTo(app);
    app.add_option("--field-user", m_login.userField, "Field of the user name, default: username")
        ->type_name("NAME");
    app.add_option("--field-password", m_login.passwordField, "Field of the password, default: password")
        ->type_name("NAME");
    app.add_option("--field", m_fields, "A further field K=V; may be repeated")
        ->type_name("FIELD")
        ->allow_extra_args(false);
    app.add_flag("--form", m_form, "Send a URL-encoded form instead of JSON");
    m_connection.addTo(app);
    app.add_option("--token-at", m_login.tokenPath,
                   "Where the token is: data.token, header:NAME or cookie:NAME; default: found by itself")
        ->type_name("PATH");
    app.add_option("--print", m_print, "Print the token alone, or refresh-token or id-token of a grant")
        ->check(CLI::IsMember({"token", "refresh-token", "id-token"}))
        ->type_name("WHAT");
    m_grant.addTo(app);
    m_session.addTo(app);
    app.add_flag("--keep", m_keeps, "Keep the session in the desktop's keychain, for send and run")
        ->needs(app.get_option("--collection"));
    app.add_option("--allow-origin", m_allowedOrigins,
                   "This server (https://host) may get what the identity signs in with from the keychain and "
                   ".env files; may be repeated")
        ->type_name("ORIGIN")
        ->allow_extra_args(false)
        ->needs(app.get_option("--collection"));
    m_key.addTo(app);
}

Result<void> Login::addFields(auth::Login& login) const
{
    for (const std::string& text : m_fields) {
        const auto field = splitPair(text, "--field");
        if (!field)
            return tl::unexpected(field.error());
        login.extraFields.push_back({field->name, field->value});
    }
    return {};
}

Result<auth::Login> Login::login()
{
    auth::Login login = m_login;
    login.form = m_form ? auth::LoginForm::UrlEncoded : auth::LoginForm::Json;
    login.headers = m_connection.headers();
    login.tls = m_connection.tls();
    login.proxy = m_connection.proxy();
    login.totalTimeout = m_connection.totalTimeout();
    if (auto added = addFields(login); !added)
        return tl::unexpected(added.error());
    // What cannot be sent is said before the password is asked for.
    if (const auto request = auth::loginRequest(login); !request)
        return tl::unexpected(request.error());
    auto password = m_password.read(login.user);
    if (!password)
        return tl::unexpected(password.error());
    login.password = *std::move(password);
    return login;
}

void Login::print(const workbench::LoginResult& result, Console& console) const
{
    if (m_print == "token") {
        console.outUntrusted(result.token->found.text);
        console.out("\n");
    } else if (console.json()) {
        console.outLine(loginJson(result, currentTime()));
    } else {
        printLogin(console, result, currentTime());
    }
}

Error doesNotVerify(const inspect::Inspection& inspection)
{
    std::string why(toText(inspection.verdict));
    if (!inspection.reason.empty())
        why += ": " + inspection.reason;
    return {ErrorKind::Refused, "the token does not verify", why, "leave --print out to see every check"};
}

Result<void> Login::checkOptions() const
{
    const auto wrong = [](const char* why, const char* fix) {
        return failure(ErrorKind::Usage, "login", why, fix);
    };
    const int ways = int{m_grant.isGiven()} + int{!m_login.url.empty()} + int{m_session.isGiven()};
    if (ways > 1)
        return wrong("--url, --grant and --collection exclude each other",
                     "a grant's server is named by --issuer or --token-url");
    if (m_grant.isGiven() || m_session.isGiven())
        return {};
    if (m_login.url.empty())
        return wrong("--url is required", "or --grant or --collection; see claimcheck-cli login --help");
    if (m_login.user.empty())
        return wrong("--user is required", "see claimcheck-cli login --help");
    if (!m_print.empty() && m_print != "token")
        return wrong("--print refresh-token and id-token are for a grant", "use --print token");
    return {};
}

void Login::printGrant(const auth::SignedIn& signedIn, const workbench::FoundInspection& token,
                       Console& console) const
{
    const Secret& wanted = m_print == "refresh-token" ? signedIn.tokens.refreshToken
                           : m_print == "id-token"    ? signedIn.tokens.idToken
                                                      : signedIn.tokens.accessToken;
    if (!m_print.empty()) {
        console.outUntrusted(wanted.reveal());
        console.out("\n");
    } else if (console.json()) {
        console.outLine(signedInJson(signedIn, token, currentTime()));
    } else {
        printSignedIn(console, signedIn, token, currentTime());
    }
}

Result<auth::SignedIn> Login::signInByGrant(Console& console)
{
    const auto login = m_grant.read(m_key.issuer(), m_connection, m_login.user, m_password);
    if (!login)
        return tl::unexpected(login.error());
    auth::SignIn::Handlers handlers;
    m_grant.apply(handlers);
    EventLoop loop;
    return signIn(*login, std::move(handlers), console);
}

/// What became of the tokens of a sign-in that nobody has any more.
std::string fateOf(const auth::SignedIn& signedIn, auth::AnyLogin login)
{
    const std::string live = "its tokens are good until they end: ";
    if (auto* const grant = std::get_if<auth::OAuthLogin>(&login)) {
        if (grant->grant == auth::Grant::RefreshToken)
            return live + "they came from a refresh token of yours, which could end with them";
        grant->server = signedIn.login.server;
    }
    const auto revoked = revokeTokens(login, signedIn.tokens);
    if (!revoked)
        return live + describe(revoked.error());
    return *revoked ? "its server was told, and takes its tokens no longer"
                    : live + "a login without a grant has nothing to revoke them with";
}

/// The keychain took the session when it was tried, and does not take it now.
Error lost(Error error, const run::SessionPlan& plan, const auth::SignedIn& signedIn)
{
    error.why = error.what + ": " + error.why + "; " + fateOf(signedIn, plan.login);
    error.what = "the session " + visible(plan.name) + " was signed in and is lost";
    return error;
}

Result<auth::SignedIn> Login::signInAsIdentity(Console& console)
{
    const auto origins = readOrigins(m_allowedOrigins);
    if (!origins)
        return tl::unexpected(origins.error());
    EventLoop loop;
    const auto plan = m_session.read(console, m_connection, *origins, &m_collectionKeys);
    if (!plan)
        return tl::unexpected(plan.error());
    if (m_keeps)
        if (const auto tried = tryToKeep(plan->name); !tried)
            return tl::unexpected(tried.error());
    auth::SignIn::Handlers handlers;
    handlers.usersWord = plan->lasts;
    auto signedIn = signIn(plan->login, std::move(handlers), console);
    if (!signedIn || !m_keeps)
        return signedIn;
    const auto kept = keepSession(*plan, signedIn->tokens, signedIn->expiry, m_session.place());
    if (!kept)
        return tl::unexpected(lost(kept.error(), *plan, *signedIn));
    console.note("note: the session " + visible(plan->name) + " is kept in the keychain; logout forgets it");
    return signedIn;
}

/// With a grant the issuer names the server first of all: not each has keys for all to see, and what it gives
/// may be opaque to all but itself. Nothing: the token is not judged.
Result<std::optional<inspect::KeyRing>> Login::ringFor(const auth::SignedIn& signedIn, Console& console) const
{
    const bool isOpaque = inspect::inspect(signedIn.tokens.accessToken.reveal(), currentTime()).isOpaque();
    const bool isLeftOut =
        m_grant.isGiven() && !m_key.issuer().empty() && (isOpaque || signedIn.login.server.jwksUri.empty());
    if (isLeftOut || !m_key.isGiven())
        return std::optional<inspect::KeyRing>();
    return m_key.keyRing(console).map([](inspect::KeyRing ring) { return std::optional(std::move(ring)); });
}

/// With the key of the call; without one, with what the identity's collection has for the token's issuer.
Result<workbench::FoundInspection> Login::judge(const auth::SignedIn& signedIn,
                                                const std::optional<inspect::KeyRing>& ring,
                                                Console& console) const
{
    inspect::FoundToken found{std::string(signedIn.tokens.accessToken.reveal()), 0, signedIn.place};
    inspect::Inspection inspection =
        workbench::inspectWith(found.text, ring.value_or(inspect::KeyRing()), currentTime());
    std::vector<workbench::FoundInspection> tokens{{std::move(found), std::move(inspection)}};
    if (ring)
        return tokens.front();
    const EventLoop loop;
    if (const auto judged = judgeByIssuers(tokens, m_collectionKeys, console); !judged)
        return tl::unexpected(judged.error());
    return tokens.front();
}

Result<Exit> Login::finishSignIn(const Result<auth::SignedIn>& signedIn, Console& console)
{
    if (!signedIn)
        return tl::unexpected(signedIn.error());
    const bool isMissing = (m_print == "refresh-token" && signedIn->tokens.refreshToken.isEmpty()) ||
                           (m_print == "id-token" && signedIn->tokens.idToken.isEmpty());
    if (isMissing)
        return failure(ErrorKind::Malformed, "there is no " + m_print + " to print", "the server gave none",
                       m_print == "id-token" ? "ask for it with --scope openid"
                                             : "many servers want --scope offline_access for it");
    const auto ring = ringFor(*signedIn, console);
    if (!ring)
        return tl::unexpected(ring.error());
    const auto token = judge(*signedIn, *ring, console);
    if (!token)
        return tl::unexpected(token.error());
    printGrant(*signedIn, *token, console);
    if (const auto fault = auth::faultOf(token->inspection, signedIn->place)) {
        console.fail(*fault);
        return Exit::DoesNotHold;
    }
    const bool isJudged = *ring || (!token->issuerKey.empty() && !token->issuerProblem);
    if (!isJudged || token->inspection.verdict == inspect::Verdict::Verified)
        return Exit::Holds;
    if (!m_print.empty()) // which leaves no place for the verdict
        console.fail(doesNotVerify(token->inspection));
    return Exit::DoesNotHold;
}

Result<Exit> Login::runCredentials(inspect::KeyRing ring, Console& console)
{
    const auto ready = login();
    if (!ready)
        return tl::unexpected(ready.error());
    EventLoop loop;
    workbench::Workbench workbench;
    workbench.setKeyRing(std::move(ring));
    workbench::LoginResult result;
    QObject::connect(&workbench, &workbench::Workbench::loginFinished,
                     [&](const workbench::LoginResult& finished) {
                         result = finished;
                         EventLoop::quit();
                     });
    QTimer::singleShot(0, &workbench, [&] { workbench.login(*ready); });
    if (const auto ended = loop.exec(workbench); !ended)
        return tl::unexpected(ended.error());
    if (result.error)
        return tl::unexpected(*result.error);
    print(result, console);
    if (const auto note =
            m_login.tokenPath.empty() ? auth::noteOfRivals(*result.exchange->response) : std::nullopt)
        console.note("note: " + *note);
    const inspect::Inspection& inspection = result.token->inspection;
    if (const auto fault = auth::faultOf(inspection, result.token->found.place)) {
        console.fail(*fault);
        return Exit::DoesNotHold;
    }
    const bool isJudged = m_key.isGiven();
    const bool holds = !isJudged || inspection.verdict == inspect::Verdict::Verified;
    if (!holds && m_print == "token") // which leaves no place for the verdict
        console.fail(doesNotVerify(inspection));
    return holds ? Exit::Holds : Exit::DoesNotHold;
}

Result<Exit> Login::run(Console& console)
{
    if (const auto checked = checkOptions(); !checked)
        return tl::unexpected(checked.error());
    if (auto read = m_connection.read(console); !read)
        return tl::unexpected(read.error());
    m_key.setRoute({.caFile = m_connection.tls().caFile,
                    .proxy = m_connection.proxy(),
                    .isVerified = m_connection.tls().verify,
                    .timeout = m_connection.totalTimeout()});
    if (m_grant.isGiven())
        return finishSignIn(signInByGrant(console), console);
    if (m_session.isGiven())
        return finishSignIn(signInAsIdentity(console), console);
    auto ring = m_key.keyRing(console);
    if (!ring)
        return tl::unexpected(ring.error());
    return runCredentials(*std::move(ring), console);
}

} // namespace

std::unique_ptr<Command> makeLogin()
{
    return std::make_unique<Login>();
}

} // namespace claimcheck::cli
