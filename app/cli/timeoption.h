// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// --at TIME: the moment that a token is judged at; without it, now.

#pragma once

#include <string>

#include <base/result.h>
#include <base/time.h>

namespace CLI {
class App;
class Option;
} // namespace CLI

namespace claimcheck::cli {

class TimeOption
{
public:
    /// `meaning`: what the command does with it.
    void addTo(CLI::App& app, const std::string& meaning = "Judge as of this time");
    Result<Instant> time() const;

private:
    std::string m_at;
    const CLI::Option* m_option = nullptr; ///< an empty TIME is a variable that was not set, not "now"
};

/// "30", "30s", "5 min": a duration option's value, or Usage that names the option.
Result<Seconds> readDuration(const std::string& text, std::string_view option);

} // namespace claimcheck::cli
