// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The TOKEN argument: the token, "-" or "@FILE", with whatever was pasted around it taken away. Without
// the argument, standard input is read where it is no terminal.

#pragma once

#include <string>
#include <string_view>

#include <base/result.h>

#include "console.h"

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace claimcheck::cli {

/// For who gave none, or an empty one.
inline constexpr const char* howToGiveAToken = "give it as argument, as @FILE, or on standard input";

class TokenArgument
{
public:
    void addTo(CLI::App& app);
    bool isGiven() const;
    /// The token; of a text with several in it the first, and a warning says so.
    Result<std::string> read(Console& console) const;
    /// The text as it was handed over, for who looks at what stands around the token.
    Result<std::string> readPasted() const;

private:
    std::string m_argument;
    const CLI::Option* m_option = nullptr; ///< an empty TOKEN is one that is broken, not one that is missing
};

/// `argument` ("-" and "@FILE" too), unwrapped: for options that take a token, --token and --raw-token. Of a
/// text with several tokens in it the first, and a warning says so.
Result<std::string> readToken(const std::string& argument, Console& console);
/// Of --access-token. An empty one, as a variable that is not set leaves it, is Usage: nothing would be
/// compared with it, and what belongs to no access token would hold.
Result<void> demandAccessToken(std::string_view token);

} // namespace claimcheck::cli
