// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Authorization field of `send`: --token, --raw-token, --token-env, or --user for Basic (RFC 7617).

#pragma once

#include <optional>
#include <string>

#include <base/result.h>
#include <cli/console.h>

#include "passwordoptions.h"

namespace CLI {
class App;
}

namespace claimcheck::cli {

class AuthOptions
{
public:
    void addTo(CLI::App& app);
    /// The field's value, or nothing. Warns of what lands in the shell's history.
    Result<std::optional<std::string>> read(Console& console) const;

private:
    Result<void> checkCount() const;
    Result<std::string> token(const std::string& option, const std::string& argument, Console& console) const;
    Result<std::string> basic(Console& console) const;

    std::optional<std::string> m_token;
    std::optional<std::string> m_rawToken;
    std::string m_tokenEnv;
    std::optional<std::string> m_user;
    bool m_raw = false;
    PasswordOptions m_password;
};

} // namespace claimcheck::cli
