// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whose requests `matrix` makes, and where their tokens come from: the one place that knows it.

#pragma once

#include <string>
#include <vector>

#include <base/secret.h>
#include <cli/console.h>

namespace CLI {
class App;
}

namespace claimcheck::cli {

/// Somebody, by what its requests are made with.
struct MatrixIdentity
{
    std::string name;
    Secret token;
    std::vector<Secret> others = {}; ///< that no report may hold either
};

class MatrixIdentityOptions
{
public:
    void addTo(CLI::App& app);
    /// Those that a token is given for, in their order. Usage for a name that cannot be one, or comes twice.
    Result<std::vector<std::string>> given() const;
    /// With their tokens, nobody left out. Usage for a name that no token is given for.
    Result<std::vector<MatrixIdentity>> read(const std::vector<std::string>& names, Console& console) const;

private:
    std::vector<std::string> m_fromEnvironment; ///< NAME=VARIABLE
    std::vector<std::string> m_fromFiles;       ///< NAME=FILE
};

} // namespace claimcheck::cli
