// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "requestauth.h"

#include <CLI/CLI.hpp>

#include <cli/input.h>
#include <cli/tokenargument.h>
#include <inspect/find.h>

namespace claimcheck::cli {

void AuthOptions::addTo(CLI::App& app)
{
    static constexpr const char* group = "Authorisation (at most one of)";
    const auto add = [&app](const char* name, auto& value, const char* type, const char* meaning) {
        return app.add_option(name, value, meaning)->type_name(type)->group(group);
    };
    add("--token", m_token, "TOKEN", "Send this token as Bearer; - for standard input, @FILE for a file");
    add("--raw-token", m_rawToken, "TOKEN", "Send this token as it is, without Bearer; - and @FILE too");
    add("--token-env", m_tokenEnv, "NAME", "Environment variable with the token");
    auto* user =
        add("--user", m_user, "NAME", "Basic authentication; the password is asked for, or NAME:PASSWORD");
    auto* digest = app.add_flag("--digest", m_digest, "Digest with --user in place of Basic")->needs(user);
    auto* ntlm = app.add_flag("--ntlm", m_ntlm, "NTLM with --user, which may be DOMAIN\\NAME")
                     ->needs(user)
                     ->excludes(digest);
    auto* aws = app.add_option("--aws-sigv4", m_awsScope,
                               "Sign for AWS: --user is the access key's id, its password the secret key")
                    ->type_name("REGION/SERVICE")
                    ->needs(user)
                    ->excludes(digest)
                    ->excludes(ntlm);
    app.add_option("--aws-session-token-env", m_awsTokenEnv, "Environment variable with AWS' session token")
        ->type_name("NAME")
        ->needs(aws);
    app.add_flag("--raw", m_raw, "Send the token of --token-env or --session without Bearer");
    m_password.addTo(app);
}

Result<void> AuthOptions::checkCount() const
{
    const int given = int{m_token.has_value()} + int{m_rawToken.has_value()} + int{m_user.has_value()} +
                      int{!m_tokenEnv.empty()};
    if (given > 1)
        return failure(ErrorKind::Usage, "the request has two authorisations",
                       "--token, --raw-token, --token-env and --user exclude each other",
                       "leave one of them out");
    if (m_password.isGiven() && !m_user)
        return failure(ErrorKind::Usage, "a password is given without a name", "it belongs to --user",
                       "add --user NAME, or leave the password out");
    return {};
}

/// A request that was meant to be authorised and is not would teach the wrong thing about the API.
static Result<std::string> notEmpty(std::string token, const std::string& source)
{
    if (token.empty())
        return failure(ErrorKind::Usage, "cannot authorise the request", source + " holds no token",
                       "give the token, or leave the option out to send without one");
    return token;
}

Result<std::string> AuthOptions::token(const std::string& option, const std::string& argument,
                                       Console& console) const
{
    if (argument != "-" && !argument.starts_with('@') && !argument.empty())
        console.warn(
            "a token on the command line lands in the shell's history (use - , @FILE or --token-env)");
    return readToken(argument, console).and_then([&](std::string text) {
        return notEmpty(std::move(text), option);
    });
}

Result<AuthOptions::Login> AuthOptions::login(Console& console) const
{
    const std::size_t colon = m_user->find(':');
    if (colon != std::string::npos) {
        console.warn("a password on the command line lands in the shell's history (use --password-stdin)");
        return Login{m_user->substr(0, colon), Secret(m_user->substr(colon + 1))};
    }
    auto password = m_password.read(*m_user);
    if (!password)
        return tl::unexpected(password.error());
    return Login{*m_user, *std::move(password)};
}

Result<std::string> AuthOptions::basic(Console& console) const
{
    const auto who = login(console);
    if (!who)
        return tl::unexpected(who.error());
    return http::basicField(who->name, who->password.reveal());
}

Result<http::Authentication> AuthOptions::authentication(Console& console) const
{
    auto who = login(console);
    if (!who)
        return tl::unexpected(who.error());
    http::Authentication out;
    using enum http::AuthScheme;
    out.scheme = m_digest ? Digest : m_ntlm ? Ntlm : AwsSigV4;
    out.user = std::move(who->name);
    out.password = std::move(who->password);
    const std::size_t slash = std::min(m_awsScope.find('/'), m_awsScope.size());
    out.region = m_awsScope.substr(0, slash);
    out.service = m_awsScope.substr(std::min(slash + 1, m_awsScope.size()));
    if (m_awsTokenEnv.empty())
        return out;
    const auto token = readEnvironment(m_awsTokenEnv, "session token");
    if (!token)
        return tl::unexpected(token.error());
    out.sessionToken = Secret(*token);
    return out;
}

Result<void> AuthOptions::addTo(http::Request& request, Console& console) const
{
    if (const auto checked = checkCount(); !checked)
        return checked;
    const auto value = isChallenged() ? Result<std::optional<std::string>>() : field(console);
    if (!value)
        return tl::unexpected(value.error());
    if ((*value || isChallenged()) && http::headerValue(request.headers, "Authorization"))
        return failure(ErrorKind::Usage, "the request has two authorisations",
                       "-H Authorization and a token or user", "leave one of them out");
    if (*value)
        request.headers.push_back({"Authorization", **value});
    if (!isChallenged())
        return {};
    auto who = authentication(console);
    if (!who)
        return tl::unexpected(who.error());
    request.authentication = *std::move(who);
    return {};
}

Result<std::optional<std::string>> AuthOptions::field(Console& console) const
{
    if (m_user)
        return basic(console).map([](std::string value) { return std::optional(std::move(value)); });
    const bool isRaw = m_rawToken || m_raw;
    if (!m_tokenEnv.empty())
        return readEnvironment(m_tokenEnv, "token")
            .and_then([&](const std::string& pasted) {
                return notEmpty(std::string(inspect::unwrap(pasted).token), "the variable " + m_tokenEnv);
            })
            .map([&](const std::string& text) { return std::optional((isRaw ? "" : "Bearer ") + text); });
    if (!m_token && !m_rawToken)
        return std::optional<std::string>();
    return token(isRaw ? "--raw-token" : "--token", isRaw ? *m_rawToken : *m_token, console)
        .map([&](const std::string& text) { return std::optional((isRaw ? "" : "Bearer ") + text); });
}

} // namespace claimcheck::cli
