// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token decode: shows a token, verifies nothing and says so. A KEY opens what is encrypted.

#include "command.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <inspect/find.h>
#include <inspect/inspection.h>

#include "keyoptions.h"
#include "severaltokens.h"
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
        m_keys.addLocal(app);
        m_at.addTo(app);
    }

    Result<Exit> run(Console& console) override
    {
        const Result<Instant> now = m_at.time();
        if (!now)
            return tl::unexpected(now.error());
        const Result<std::string> pasted = m_token.readPasted();
        if (!pasted)
            return tl::unexpected(pasted.error());
        const Result<inspect::KeyRing> ring = m_keys.keyRing(console);
        if (!ring)
            return tl::unexpected(ring.error());
        const std::vector<inspect::FoundToken> tokens = inspect::takeTokens(*pasted);
        std::vector<inspect::Inspection> inspections;
        for (const inspect::FoundToken& token : tokens)
            inspections.push_back(inspectOne(token.text, *ring, *now, inspect::contextOf(trimmed(*pasted))));
        if (console.json())
            printJson(console, tokens, inspections, *now);
        else
            printAll(console, tokens, inspections, *now);
        noteWhatToDo(console, *pasted);
        const bool isBroken = std::ranges::any_of(inspections, [](const inspect::Inspection& inspection) {
            return inspection.verdict != inspect::Verdict::NotVerified;
        });
        return isBroken ? Exit::DoesNotHold : Exit::Holds;
    }

private:
    static void noteWhatToDo(Console& console, const std::string& pasted)
    {
        if (trimmed(pasted).empty())
            console.note("no token came: " + std::string(howToGiveAToken));
        else if (!console.json())
            console.note("Nothing was checked: token verify checks the signature.");
    }

    inspect::Inspection inspectOne(const std::string& token, const inspect::KeyRing& ring, Instant now,
                                   const inspect::Context& context) const
    {
        return m_keys.isGiven() ? inspect::inspectOpened(token, ring, now, context)
                                : inspect::inspect(token, now, context);
    }

    static void printAll(Console& console, const std::vector<inspect::FoundToken>& tokens,
                         const std::vector<inspect::Inspection>& inspections, Instant now)
    {
        for (std::size_t index = 0; index < tokens.size(); ++index) {
            printHeading(console, tokens, index);
            print(console, inspections[index], now);
        }
    }

    /// One token by itself; several as {"tokens":[…]}.
    static void printJson(Console& console, const std::vector<inspect::FoundToken>& tokens,
                          const std::vector<inspect::Inspection>& inspections, Instant now)
    {
        console.outLine(inspections.size() == 1 ? toJson(tokens.front(), inspections.front(), now)
                                                : toJson(tokens, inspections, now));
    }

    static void print(Console& console, const inspect::Inspection& inspection, Instant now)
    {
        printParts(console, inspection);
        if (inspection.verdict != inspect::Verdict::NotVerified &&
            inspection.verdict != inspect::Verdict::Malformed)
            console.outLine(console.paint(Style::Bad, toText(inspection.verdict)) + ": " +
                            console.untrusted(inspection.reason));
        printMembers(console, inspection, now);
        printDefects(console, inspection);
        printFindings(console, inspection);
    }

    TokenArgument m_token;
    KeyOptions m_keys; ///< opens encrypted layers
    TimeOption m_at;
};

} // namespace

std::unique_ptr<Command> makeTokenDecode()
{
    return std::make_unique<TokenDecode>();
}

} // namespace claimcheck::cli
