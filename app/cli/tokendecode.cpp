// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token decode: shows a token, verifies nothing and says so.

#include "command.h"

#include <CLI/CLI.hpp>

#include <inspect/inspection.h>

#include "timeoption.h"
#include "tokenargument.h"
#include "tokenoutput.h"

namespace claimcheck::cli {

namespace {

class TokenDecode final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_token.addTo(app);
        m_at.addTo(app);
    }

    Result<Exit> run(Console& console) override
    {
        const Result<Instant> now = m_at.time();
        if (!now)
            return tl::unexpected(now.error());
        const Result<std::string> token = m_token.read();
        if (!token)
            return tl::unexpected(token.error());
        const inspect::Inspection inspection = inspect::inspect(*token, *now);
        if (console.json())
            console.outLine(inspect::toJson(inspection, *now));
        else
            print(console, inspection, *now);
        return inspection.verdict == inspect::Verdict::Malformed ? Exit::DoesNotHold : Exit::Holds;
    }

private:
    static void print(Console& console, const inspect::Inspection& inspection, Instant now)
    {
        printParts(console, inspection);
        printMembers(console, inspection, now);
        printDefects(console, inspection);
        printFindings(console, inspection);
        console.note("Nothing was checked: token verify checks the signature.");
    }

    TokenArgument m_token;
    TimeOption m_at;
};

} // namespace

std::unique_ptr<Command> makeTokenDecode()
{
    return std::make_unique<TokenDecode>();
}

} // namespace claimcheck::cli
