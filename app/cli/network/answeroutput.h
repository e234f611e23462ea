// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the answer of `send` goes: standard output, or with -o a file that its owner alone can read. The body
// goes piece by piece, so that a large one never stands in memory.

#pragma once

#include <string>

#include <cli/console.h>
#include <workbench/workbench.h>

namespace CLI {
class App;
}

namespace claimcheck::cli {

class AnswerOutput
{
public:
    void addTo(CLI::App& app);
    /// Before anything is sent: a file that cannot be written.
    Result<void> check() const;
    Result<void> print(const workbench::ExchangeResult& result, Console& console) const;

private:
    Result<void> printJson(const workbench::ExchangeResult& result, Console& console) const;
    Result<void> toFile(const std::string& head, const http::Body& body) const;
    static Result<void> toConsole(const std::string& head, const http::Body& body, Console& console);

    std::string m_file;
    bool m_include = false;
};

} // namespace claimcheck::cli
