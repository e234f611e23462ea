// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokenargument.h"

#include <unistd.h>

#include <CLI/CLI.hpp>

#include <inspect/find.h>

#include "input.h"

namespace claimcheck::cli {

void TokenArgument::addTo(CLI::App& app)
{
    m_option =
        app.add_option("TOKEN", m_argument, "The token, - for standard input, or @FILE")->type_name("");
}

bool TokenArgument::isGiven() const
{
    return m_option != nullptr && m_option->count() > 0;
}

Result<std::string> readToken(const std::string& argument)
{
    Result<std::string> pasted = readArgument(argument, "token");
    if (!pasted)
        return pasted;
    return inspect::takeTokens(*pasted).front().text;
}

Result<std::string> TokenArgument::readPasted() const
{
    if (isGiven())
        return readArgument(m_argument, "token");
    if (isatty(STDIN_FILENO) == 1)
        return failure(ErrorKind::Usage, "wrong usage", "no token is given",
                       "give it as argument, as @FILE, or on standard input");
    return readArgument("-", "token");
}

Result<std::string> TokenArgument::read() const
{
    const Result<std::string> pasted = readPasted();
    if (!pasted)
        return pasted;
    return inspect::takeTokens(*pasted).front().text;
}

} // namespace claimcheck::cli
