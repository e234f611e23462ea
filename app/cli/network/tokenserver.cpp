// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `token introspect`, `token revoke` and `token userinfo`: what the server that gave a token says of it (RFC
// 7662), that it is to be good no longer (RFC 7009), and who it stands for (OpenID Connect Core §5.3).

#include <CLI/CLI.hpp>

#include <auth/signedanswer.h>
#include <auth/tokenrequest.h>
#include <auth/tokenservice.h>
#include <cli/command.h>
#include <cli/tokenargument.h>
#include <json/write.h>

#include "clientoptions.h"
#include "serverquestion.h"

namespace claimcheck::cli {

namespace {

enum class Question
{
    Introspect,
    Revoke,
    Userinfo
};

class TokenServer final : public Command
{
public:
    explicit TokenServer(Question question) : m_question(question) {}
    void addOptions(CLI::App& app) override;
    Result<Exit> run(Console& console) override;

private:
    Result<auth::OAuthLogin> login(Console& console);
    Result<http::Request> request(const auth::OAuthLogin& login, const Secret& token,
                                  const auth::Moment& moment) const;
    auth::AnswerExpectations expectations() const;
    Result<ServerAnswer> opened(const auth::OAuthLogin& login, ServerAnswer answer, Console& console) const;
    static void showClaims(const auth::OAuthLogin& login, const auth::SignedAnswer& found,
                           const auth::Secrets& sent, Console& console);
    Result<Exit> judge(const auth::OAuthLogin& login, const ServerAnswer& answer, Console& console) const;
    static void print(const json::Document& answer, Console& console);

    Question m_question;
    TokenArgument m_token;
    std::string m_issuer;
    std::string m_url;
    std::string m_jwksUrl;
    std::string m_audience;
    bool m_isSigned = false; ///< no other answer will do
    std::string m_kind;
    std::string m_dpopKeyFile;
    ClientOptions m_client;
    ConnectionOptions m_connection;
};

void TokenServer::addOptions(CLI::App& app)
{
    m_token.addTo(app);
    app.add_option("--issuer", m_issuer, "The server's issuer, whose metadata names the endpoint")
        ->type_name("URL");
    app.add_option("--endpoint", m_url, "The endpoint itself")->type_name("URL");
    if (m_question != Question::Userinfo) {
        app.add_option("--token-type", m_kind, "What kind of token it is: access_token or refresh_token")
            ->check(CLI::IsMember({"access_token", "refresh_token"}))
            ->type_name("KIND");
        m_client.addTo(app);
    } else {
        app.add_option("--dpop-key", m_dpopKeyFile, "The private key that the token is bound to (RFC 9449)")
            ->type_name("FILE");
        m_client.addIdentityTo(app);
    }
    if (m_question != Question::Revoke) {
        app.add_flag("--signed", m_isSigned, "Ask for a signed JWT, and take no answer that is not verified");
        app.add_option("--jwks-url", m_jwksUrl,
                       "The key set that a signed answer is verified with, in place of the issuer's")
            ->type_name("URL");
        app.add_option("--audience", m_audience, "Whom a signed answer is for, default: the client's id")
            ->type_name("TEXT");
    }
    m_connection.addTo(app);
}

Result<auth::OAuthLogin> TokenServer::login(Console& console)
{
    const auto wrong = [](const char* why, const char* fix) {
        return failure(ErrorKind::Usage, "wrong usage", why, fix);
    };
    if (m_issuer.empty() && m_url.empty())
        return wrong("there is no server", "give --issuer URL, or --endpoint URL");
    if (m_question != Question::Userinfo && !m_client.isGiven())
        return wrong("there is no client", "give --client-id, and --client-secret-env or --client-key");
    if (const auto read = m_connection.read(console); !read)
        return tl::unexpected(read.error());
    auth::OAuthLogin login;
    if (const auto read = m_client.read(login, m_issuer, m_connection); !read)
        return tl::unexpected(read.error());
    if (!m_dpopKeyFile.empty()) {
        auto key = readPrivateKey(m_dpopKeyFile, "", "the DPoP key");
        if (!key)
            return tl::unexpected(key.error());
        login.proofKey = *std::move(key);
    }
    std::string& endpoint = m_question == Question::Introspect ? login.server.introspectionEndpoint
                            : m_question == Question::Revoke   ? login.server.revocationEndpoint
                                                               : login.server.userinfoEndpoint;
    endpoint = m_url;
    login.server.jwksUri = m_jwksUrl;
    return login;
}

void TokenServer::print(const json::Document& answer, Console& console)
{
    console.outUntrusted(json::format(answer.root(), json::Layout::Pretty));
    console.out("\n");
}

auth::AnswerExpectations TokenServer::expectations() const
{
    auth::AnswerExpectations expected;
    expected.question = m_question == Question::Introspect ? auth::SignedQuestion::Introspection
                                                           : auth::SignedQuestion::Userinfo;
    expected.isDemanded = m_isSigned;
    expected.audience = m_audience;
    return expected;
}

/// What it claims goes to standard error: a script must not take it for the answer.
void TokenServer::showClaims(const auth::OAuthLogin& login, const auth::SignedAnswer& found,
                             const auth::Secrets& sent, Console& console)
{
    const std::string claims = found.plain.body.read(auth::largestLoginAnswer);
    console.note("Its claims, which nobody vouches for:");
    console.note(console.untrusted(cutOut(claims, auth::secretsOf(login, sent))));
}

/// Of a signed JWT what it says as plain JSON, once it is known what that is worth.
Result<ServerAnswer> TokenServer::opened(const auth::OAuthLogin& login, ServerAnswer answer,
                                         Console& console) const
{
    if (m_question == Question::Revoke)
        return answer;
    const auth::AnswerExpectations expected = expectations();
    if (const auto usable = auth::checkIsSigned(answer.response, expected); !usable)
        return tl::unexpected(usable.error());
    if (!auth::isSignedAnswer(answer.response))
        return answer;
    auto found = verifyAnswer(login, expected, answer);
    if (!found)
        return tl::unexpected(found.error());
    const std::vector<std::string> lines = auth::linesOf(found->verdict);
    if (found->verdict.verdict == inspect::Verdict::NotVerified)
        console.warn(lines.front());
    else
        console.note(lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i)
        console.note(lines[i]);
    if (const auto taken = auth::checkVerdict(found->verdict, expected); !taken) {
        showClaims(login, *found, answer.sent, console);
        return tl::unexpected(taken.error());
    }
    answer.response = std::move(found->plain);
    return answer;
}

Result<Exit> TokenServer::judge(const auth::OAuthLogin& login, const ServerAnswer& answer,
                                Console& console) const
{
    if (m_question == Question::Introspect) {
        const auto found = auth::readIntrospection(login, answer.response, answer.sent);
        if (!found)
            return tl::unexpected(found.error());
        print(found->answer, console);
        return found->isActive ? Exit::Holds : Exit::DoesNotHold;
    }
    if (m_question == Question::Revoke) {
        if (const auto revoked = auth::readRevocation(login, answer.response, answer.sent); !revoked)
            return tl::unexpected(revoked.error());
        if (console.json())
            console.outLine("{\"revoked\": true}");
        else if (!console.quiet())
            console.outLine("The server takes the token no longer.");
        return Exit::Holds;
    }
    const auto claims = auth::readUserinfo(login, answer.response, std::nullopt, answer.sent);
    if (!claims)
        return tl::unexpected(claims.error());
    print(*claims, console);
    return Exit::Holds;
}

Result<http::Request> TokenServer::request(const auth::OAuthLogin& login, const Secret& token,
                                           const auth::Moment& moment) const
{
    const auth::TokenKind kind = m_kind.empty()             ? auth::TokenKind::Unknown
                                 : m_kind == "access_token" ? auth::TokenKind::AccessToken
                                                            : auth::TokenKind::RefreshToken;
    if (m_question == Question::Revoke)
        return auth::revocationRequest(login, token, kind, moment);
    const bool isIntrospection = m_question == Question::Introspect;
    auto built = isIntrospection ? auth::introspectionRequest(login, token, kind, moment)
                                 : auth::userinfoRequest(login, token, moment);
    if (built && m_isSigned)
        auth::askForSigned(*built, expectations().question);
    return built;
}

Result<Exit> TokenServer::run(Console& console)
{
    auto ready = login(console);
    if (!ready)
        return tl::unexpected(ready.error());
    const auto text = m_token.read(console);
    if (!text)
        return tl::unexpected(text.error());
    if (text->empty())
        return failure(ErrorKind::Usage, "wrong usage", "the token is empty", howToGiveAToken);
    const Secret token(*text);
    auto answer = askServer(*ready, [&](const auth::OAuthLogin& login, const auth::Moment& moment) {
        return request(login, token, moment);
    });
    if (!answer)
        return tl::unexpected(answer.error());
    const auto plain = opened(*ready, *std::move(answer), console);
    if (!plain)
        return tl::unexpected(plain.error());
    return judge(*ready, *plain, console);
}

} // namespace

std::unique_ptr<Command> makeTokenIntrospect()
{
    return std::make_unique<TokenServer>(Question::Introspect);
}

std::unique_ptr<Command> makeTokenRevoke()
{
    return std::make_unique<TokenServer>(Question::Revoke);
}

std::unique_ptr<Command> makeTokenUserinfo()
{
    return std::make_unique<TokenServer>(Question::Userinfo);
}

} // namespace claimcheck::cli
