// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "requestauth.h"

#include <CLI/CLI.hpp>
#include <QtCore/qbytearray.h>

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
    auto* environment = add("--token-env", m_tokenEnv, "NAME", "Environment variable with the token");
    add("--user", m_user, "NAME", "Basic authentication; the password is asked for, or NAME:PASSWORD");
    app.add_flag("--raw", m_raw, "Send the token of --token-env without Bearer")->needs(environment);
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
    return readToken(argument).and_then([&](std::string text) { return notEmpty(std::move(text), option); });
}

Result<std::string> AuthOptions::basic(Console& console) const
{
    std::string pair = *m_user;
    if (pair.find(':') != std::string::npos) {
        console.warn("a password on the command line lands in the shell's history (use --password-stdin)");
    } else {
        const auto password = m_password.read(*m_user);
        if (!password)
            return tl::unexpected(password.error());
        pair.append(":").append(password->reveal());
    }
    return "Basic " + QByteArray::fromStdString(pair).toBase64().toStdString();
}

Result<std::optional<std::string>> AuthOptions::read(Console& console) const
{
    if (const auto checked = checkCount(); !checked)
        return tl::unexpected(checked.error());
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
