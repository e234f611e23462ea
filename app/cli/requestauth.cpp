// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "requestauth.h"

#include <CLI/CLI.hpp>
#include <QtCore/qbytearray.h>

#include <inspect/find.h>

#include "input.h"
#include "tokenargument.h"

namespace claimcheck::cli {

void AuthOptions::addTo(CLI::App& app)
{
    CLI::Option_group* one = app.add_option_group("Authorisation", "At most one of");
    one->add_option("--token", m_token, "Send this token as Bearer; - for standard input, @FILE for a file")
        ->type_name("TOKEN");
    one->add_option("--raw-token", m_rawToken, "Send this token as it is, without Bearer; - and @FILE too")
        ->type_name("TOKEN");
    auto* environment =
        one->add_option("--token-env", m_tokenEnv, "Environment variable with the token")->type_name("NAME");
    one->add_option("--user", m_user, "Basic authentication; the password is asked for, or NAME:PASSWORD")
        ->type_name("NAME");
    one->require_option(0, 1);
    app.add_flag("--raw", m_raw, "Send the token of --token-env without Bearer")->needs(environment);
    m_password.addTo(app);
}

Result<std::string> AuthOptions::token(const std::string& argument, Console& console) const
{
    if (argument != "-" && !argument.starts_with('@'))
        console.warn(
            "a token on the command line lands in the shell's history (use - , @FILE or --token-env)");
    return readToken(argument);
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
    if (m_password.isGiven() && !m_user)
        return failure(ErrorKind::Usage, "a password is given without a name", "it belongs to --user",
                       "add --user NAME, or leave the password out");
    if (m_user)
        return basic(console).map([](std::string value) { return std::optional(std::move(value)); });
    const bool isRaw = m_rawToken || m_raw;
    if (!m_tokenEnv.empty())
        return readEnvironment(m_tokenEnv, "token").map([&](const std::string& pasted) {
            return std::optional((isRaw ? "" : "Bearer ") + std::string(inspect::unwrap(pasted).token));
        });
    if (!m_token && !m_rawToken)
        return std::optional<std::string>();
    return token(isRaw ? *m_rawToken : *m_token, console).map([&](const std::string& text) {
        return std::optional((isRaw ? "" : "Bearer ") + text);
    });
}

} // namespace claimcheck::cli
