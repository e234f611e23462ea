// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokenargument.h"

#include <optional>
#include <string_view>

#include <unistd.h>

#include <CLI/CLI.hpp>

#include <base/secret.h>
#include <inspect/find.h>
#include <jose/textencodings.h>

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

/// What `>` of Windows PowerShell 5 writes: every second byte is zero, so nothing of it is in base64url. An
/// odd number of bytes is none of it, though the zero among them has its own sentence.
static bool isUtf16(const std::string& text)
{
    const std::optional<Secret> ascii = text.size() % 2 == 0 ? jose::fromUtf16(text) : std::nullopt;
    return ascii && ascii->reveal().find('\0') == std::string_view::npos;
}

static Result<std::string> readText(const std::string& argument)
{
    Result<std::string> text = readArgument(argument, "token");
    if (text && isUtf16(*text))
        return failure(ErrorKind::Unreadable, "cannot read the token",
                       "its text is in UTF-16, as PowerShell's > writes it",
                       "save it as ASCII or UTF-8: in PowerShell with | Out-File -Encoding ascii FILE");
    return text;
}

Result<std::string> readToken(const std::string& argument, Console& console)
{
    const Result<std::string> pasted = readText(argument);
    return pasted ? firstOf(*pasted, console) : pasted;
}

Result<void> demandAccessToken(std::string_view token)
{
    if (!token.empty())
        return {};
    return failure(ErrorKind::Usage, "wrong usage", "--access-token: it is empty",
                   "give the access token that belongs to this one, or leave the option out");
}

Result<std::string> TokenArgument::readPasted() const
{
    if (isGiven())
        return readText(m_argument);
    if (isatty(STDIN_FILENO) == 1)
        return failure(ErrorKind::Usage, "wrong usage", "no token is given", howToGiveAToken);
    return readText("-");
}

Result<std::string> TokenArgument::read(Console& console) const
{
    const Result<std::string> pasted = readPasted();
    return pasted ? firstOf(*pasted, console) : pasted;
}

} // namespace claimcheck::cli
