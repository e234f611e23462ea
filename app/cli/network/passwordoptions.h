// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A password, never as an argument: --password-stdin, --password-env NAME, or asked for on a terminal.

#pragma once

#include <string>

#include <base/result.h>
#include <base/secret.h>

namespace CLI {
class App;
}

namespace claimcheck::cli {

class PasswordOptions
{
public:
    void addTo(CLI::App& app);
    bool isGiven() const { return m_fromInput || !m_environment.empty(); }
    /// One line end at the end of standard input belongs to the pipe, not to the password.
    Result<Secret> read(const std::string& user) const;

private:
    bool m_fromInput = false;
    std::string m_environment;
};

} // namespace claimcheck::cli
