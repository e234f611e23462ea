// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `token introspect`, `token revoke` and `token userinfo`: what the server that gave a token says of it (RFC
// 7662), that it is to be good no longer (RFC 7009), and who it stands for (OpenID Connect Core §5.3).

#include <CLI/CLI.hpp>

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
    Result<Exit> judge(const auth::OAuthLogin& login, const ServerAnswer& answer, Console& console) const;
    static void print(const json::Document& answer, Console& console);

    Question m_question;
    TokenArgument m_token;
    std::string m_issuer;
    std::string m_url;
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
    return login;
}

void TokenServer::print(const json::Document& answer, Console& console)
{
    console.outUntrusted(json::format(answer.root(), json::Layout::Pretty));
    console.out("\n");
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
    const auth::TokenKind kind = m_kind.empty()             ? auth::TokenKind::Unknown
                                 : m_kind == "access_token" ? auth::TokenKind::AccessToken
                                                            : auth::TokenKind::RefreshToken;
    const auto answer = askServer(*ready, [&](const auth::OAuthLogin& login, const auth::Moment& moment) {
        if (m_question == Question::Introspect)
            return auth::introspectionRequest(login, token, kind, moment);
        return m_question == Question::Revoke ? auth::revocationRequest(login, token, kind, moment)
                                              : auth::userinfoRequest(login, token, moment);
    });
    if (!answer)
        return tl::unexpected(answer.error());
    return judge(*ready, *answer, console);
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
