// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The values of a collection's variables that are given with a call: --env-var, --env-file,
// --allow-process-env.

#pragma once

#include <string>
#include <vector>

#include <base/result.h>
#include <variables/resolve.h>

namespace CLI {
class App;
}

namespace claimcheck::cli {

struct GivenValues
{
    std::vector<variables::Variable> overrides; ///< --env-var
    std::vector<variables::Variable> files;     ///< --env-file
    std::vector<variables::Variable> process;   ///< allowed variables of the process

    /// --env-var and --env-file, the nearest first.
    std::vector<variables::Variable> all() const;
};

class ValueOptions
{
public:
    void addTo(CLI::App& app, const std::string& group = {});
    Result<GivenValues> read() const;
    /// What --env-file names.
    const std::vector<std::string>& files() const { return m_files; }

private:
    std::vector<std::string> m_overrides;
    std::vector<std::string> m_files;
    std::vector<std::string> m_processNames;
};

} // namespace claimcheck::cli
