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

static std::string firstOf(const std::string& pasted, Console& console)
{
    std::vector<inspect::FoundToken> tokens = inspect::takeTokens(pasted);
    if (tokens.size() > 1)
        console.warn("there are " + std::to_string(tokens.size()) +
                     " tokens in this text; the first is taken, which begins at byte " +
                     std::to_string(tokens.front().offset));
    return std::move(tokens.front().text);
}

Result<std::string> readToken(const std::string& argument, Console& console)
{
    const Result<std::string> pasted = readArgument(argument, "token");
    return pasted ? firstOf(*pasted, console) : pasted;
}

Result<std::string> TokenArgument::readPasted() const
{
    if (isGiven())
        return readArgument(m_argument, "token");
    if (isatty(STDIN_FILENO) == 1)
        return failure(ErrorKind::Usage, "wrong usage", "no token is given", howToGiveAToken);
    return readArgument("-", "token");
}

Result<std::string> TokenArgument::read(Console& console) const
{
    const Result<std::string> pasted = readPasted();
    return pasted ? firstOf(*pasted, console) : pasted;
}

} // namespace claimcheck::cli
