// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A command of claimcheck-cli: one small class, one line in the table of commands.cpp.
//
//   class TokenDecode final : public Command {
//   public:
//       void addOptions(CLI::App& app) override { m_token.addTo(app); }
//       Result<Exit> run(Console& console) override { … }
//   private:
//       TokenArgument m_token;
//   };
//   std::unique_ptr<Command> makeTokenDecode() { return std::make_unique<TokenDecode>(); }
//
// An Error that run() returns is printed as "claimcheck-cli: WHAT: WHY (HINT)" and its kind becomes the
// exit status (exitcode.h). A command that needs an event loop makes an EventLoop (network/eventloop.h) in
// run().

#pragma once

#include <memory>
#include <span>
#include <string_view>

#include <base/result.h>

#include "console.h"
#include "exitcode.h"

namespace CLI {
class App;
}

namespace claimcheck::cli {

class Command
{
public:
    Command() = default;
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;
    virtual ~Command() = default;

    /// Declares arguments and options; --help, --json, --quiet and --no-color are there already.
    virtual void addOptions(CLI::App& app) = 0;
    /// Of a command that is made in both programs: with these arguments it needs claimcheck-cli-network.
    virtual bool reachesServers() const { return false; }
    virtual Result<Exit> run(Console& console) = 0;
};

/// One line of the table. Options of a command are built only when it is the one that was called.
struct CommandEntry
{
    std::string_view path;              ///< "token verify", "login"
    std::string_view summary;           ///< one line, sentence case, no full stop
    std::string_view examples;          ///< two working command lines, each ended by '\n'
    std::unique_ptr<Command> (*make)(); ///< null: of claimcheck-cli-network (handover.h)
};

std::span<const CommandEntry> commands();

/// The whole program but for the process set-up of main(): picks the command, parses, runs; gives the status.
int runProgram(int argc, const char* const* argv);

} // namespace claimcheck::cli
