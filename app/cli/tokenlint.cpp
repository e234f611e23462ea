// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token lint: findings only, of every token in what was pasted; with a KEY the key is looked
// at too. A broken token and a refused key are findings here, no errors (jose-policy rule 21).

#include "command.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include <inspect/find.h>
#include <inspect/inspection.h>
#include <json/write.h>

#include "input.h"
#include "keyoptions.h"
#include "timeoption.h"
#include "tokenargument.h"
#include "tokenoutput.h"

namespace claimcheck::cli {

namespace {

using inspect::Finding;
using inspect::Severity;

constexpr Severity severities[] = {Severity::Error, Severity::High, Severity::Medium, Severity::Low,
                                   Severity::Info};

Result<std::optional<Severity>> readSeverity(const std::string& name)
{
    if (name == "never")
        return std::nullopt;
    for (const Severity severity : severities)
        if (toText(severity) == name)
            return severity;
    return failure(ErrorKind::Usage, "wrong usage", "--fail-on: '" + name + "' is no severity",
                   "give error, high, medium, low, info or never");
}

class TokenLint final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_token.addTo(app);
        m_keys.addTo(app);
        m_keys.addRoute(app);
        app.add_option("--fail-on", m_failOn,
                       "Status 1 from this severity up: error, high, medium, low, info, never")
            ->type_name("SEVERITY");
        m_accessTokenOption =
            app.add_option("--access-token", m_accessToken, "The token that at_hash or ath should be of")
                ->type_name("TOKEN");
        m_nonceOption =
            app.add_option("--nonce", m_nonce, "What a key-binding JWT should repeat")->type_name("TEXT");
        m_at.addTo(app);
    }

    bool reachesServers() const override { return m_keys.isRemote(); }

    Result<Exit> run(Console& console) override
    {
        const Result<std::optional<Severity>> failOn = readSeverity(m_failOn);
        if (!failOn)
            return tl::unexpected(failOn.error());
        const Result<Instant> now = m_at.time();
        if (!now)
            return tl::unexpected(now.error());
        const Result<std::string> pasted = m_token.readPasted();
        if (!pasted)
            return tl::unexpected(pasted.error());
        Error keyError;
        const Result<inspect::KeyRing> ring = m_keys.ringToLint(console, keyError);
        if (!ring)
            return tl::unexpected(ring.error());
        const Result<std::vector<Finding>> findings = lint(*pasted, *ring, *now, console);
        if (!findings)
            return tl::unexpected(findings.error());
        // What is no key, and nothing that a rule knows, could not be read.
        if (!keyError.why.empty() && std::ranges::find(*findings, "key", &Finding::where) == findings->end())
            return tl::unexpected(keyError);
        print(console, *findings);
        const bool isBad = std::ranges::any_of(
            *findings, [&](const Finding& finding) { return *failOn && finding.severity <= **failOn; });
        return isBad ? Exit::DoesNotHold : Exit::Holds;
    }

private:
    Result<inspect::Context> context(const std::string& pasted, Console& console) const
    {
        inspect::Context context = inspect::contextOf(pasted);
        context.hadSpaceAround = false; // files end with a line end, and so do pipes
        if (m_nonceOption->count() > 0)
            context.nonce = m_nonce;
        if (m_accessTokenOption->count() == 0)
            return context;
        const Result<std::string> accessToken = readToken(m_accessToken, console);
        if (!accessToken)
            return tl::unexpected(accessToken.error());
        if (Result<void> given = demandAccessToken(*accessToken); !given)
            return tl::unexpected(given.error());
        context.accessToken = Secret(*accessToken);
        return context;
    }

    Result<std::vector<Finding>> lint(const std::string& pasted, const inspect::KeyRing& ring, Instant now,
                                      Console& console) const
    {
        Result<inspect::Context> known = context(pasted, console);
        if (!known)
            return tl::unexpected(known.error());
        inspect::NonceMemory nonces; // of all the tokens in the text
        known->nonces = &nonces;
        const std::vector<inspect::FoundToken> tokens = inspect::takeTokens(pasted);
        const bool hasKey = !ring.isEmpty() || !ring.source.isEmpty();
        std::vector<Finding> all;
        for (std::size_t index = 0; index < tokens.size(); ++index) {
            const inspect::Inspection inspection =
                hasKey ? inspect::inspect(tokens[index].text, ring, {}, now, *known)
                       : inspect::inspect(tokens[index].text, now, *known);
            for (Finding finding : inspection.findings) {
                if (tokens.size() > 1)
                    finding.where = "token " + std::to_string(index + 1) + ", " + finding.where;
                all.push_back(std::move(finding));
            }
        }
        return all;
    }

    static void print(Console& console, const std::vector<Finding>& findings)
    {
        if (console.json()) {
            json::Writer writer(json::Layout::Pretty);
            writer.beginObject();
            inspect::writeFindings(writer, findings);
            writer.endObject();
            const std::string compact = writer.take();
            const auto document = json::parse(compact);
            console.outLine(document ? json::format(document->root(), json::Layout::Pretty) : compact);
            return;
        }
        printFindingsInFull(console, findings);
        if (findings.empty())
            console.note("No findings.");
    }

    TokenArgument m_token;
    KeyOptions m_keys;
    TimeOption m_at;
    std::string m_failOn = "high";
    std::string m_accessToken;
    std::string m_nonce;
    const CLI::Option* m_accessTokenOption = nullptr;
    const CLI::Option* m_nonceOption = nullptr;
};

} // namespace

std::unique_ptr<Command> makeTokenLint()
{
    return std::make_unique<TokenLint>();
}

} // namespace claimcheck::cli
