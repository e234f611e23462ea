// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "passwordoptions.h"

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/input.h>

namespace claimcheck::cli {

void PasswordOptions::addTo(CLI::App& app)
{
    auto* input = app.add_flag("--password-stdin", m_fromInput, "Read the password from standard input");
    app.add_option("--password-env", m_environment, "Environment variable with the password")
        ->type_name("NAME")
        ->excludes(input);
}

static Result<std::string> readInput()
{
    auto bytes = readFile("-", "the password", 64u * 1024u);
    if (bytes && bytes->ends_with('\n'))
        bytes->pop_back();
    if (bytes && bytes->ends_with('\r'))
        bytes->pop_back();
    return bytes;
}

Result<Secret> PasswordOptions::read(const std::string& user) const
{
    auto text = m_fromInput             ? readInput()
                : m_environment.empty() ? askHidden("Password of " + visible(user) + ": ")
                                        : readEnvironment(m_environment, "password");
    if (!text && !isGiven() && text.error().kind != ErrorKind::Cancelled)
        return failure(ErrorKind::Usage, "no password is given", "there is no terminal to ask on",
                       "use --password-stdin or --password-env NAME");
    if (!text)
        return tl::unexpected(text.error());
    if (text->empty() && m_fromInput) // a pipe from what failed; a server would call it a wrong password
        return failure(ErrorKind::Usage, "no password is given", "there is none on standard input",
                       "give it there, or use --password-env NAME");
    Secret password(*text);
    wipe(*text);
    return password;
}

} // namespace claimcheck::cli
