// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token verify: signature, then times and claims; one token, each of a text with several,
// or a file with one a line.

#include "command.h"

#include <algorithm>
#include <csignal>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <inspect/find.h>
#include <inspect/inspection.h>

#include "expectationoptions.h"
#include "input.h"
#include "keyoptions.h"
#include "severaltokens.h"
#include "timeoption.h"
#include "tokenargument.h"
#include "tokenbatch.h"
#include "tokenoutput.h"

namespace claimcheck::cli {

namespace {

class TokenVerify final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_token.addTo(app);
        m_keys.addTo(app);
        m_keys.addRoute(app);
        m_batchOption =
            app.add_option("--batch", m_batch, "Verify a file with one token a line (- for standard input)")
                ->type_name("FILE");
        m_payloadOption =
            app.add_option("--payload", m_payload, "The detached payload of the token (- for standard input)")
                ->type_name("FILE");
        m_expectations.addTo(app);
        m_at.addTo(app);
    }

    bool reachesServers() const override { return m_keys.isRemote(); }

    Result<Exit> run(Console& console) override
    {
        if (m_batchOption->count() > 0 && (m_token.isGiven() || m_payloadOption->count() > 0))
            return failure(ErrorKind::Usage, "wrong usage", "--batch goes with neither TOKEN nor --payload",
                           "give a file of tokens, or one token");
        const Result<Instant> now = m_at.time();
        if (!now)
            return tl::unexpected(now.error());
        const Result<inspect::Expectations> expected = m_expectations.read();
        if (!expected)
            return tl::unexpected(expected.error());
        const Result<inspect::KeyRing> ring = m_keys.keyRing(console);
        if (!ring)
            return tl::unexpected(ring.error());
        if (m_batchOption->count() > 0)
            return verifyMany(console, *ring, *expected, *now);
        return verifyAll(console, *ring, *expected, *now);
    }

private:
    Result<Exit> verifyMany(Console& console, const inspect::KeyRing& ring,
                            const inspect::Expectations& expected, Instant now) const
    {
        KeyRenewal::Fetch fetch;
        if (m_keys.isRemote())
            fetch = [this, &console, &ring] { return fetchAnew(console, ring); };
        KeyRenewal keys(ring, std::move(fetch));
        return verifyBatch(console, m_batch, keys, expected, now);
    }

    std::optional<inspect::KeyRing> fetchAnew(Console& console, const inspect::KeyRing& ring) const
    {
        Result<inspect::KeyRing> newer = m_keys.fetchedAnew(ring);
        if (newer)
            return std::move(*newer);
        if (newer.error().kind == ErrorKind::Cancelled)
            std::raise(SIGINT); // again, and it ends the process: the other threads may wait for input
        console.warn("the keys stay as they were, though a token has a kid that none of them has: " +
                     describe(newer.error()));
        return std::nullopt;
    }

    Result<std::vector<inspect::Inspection>> inspect(const std::vector<inspect::FoundToken>& tokens,
                                                     inspect::Inspector& inspector, Instant now) const
    {
        const bool hasPayload = m_payloadOption->count() > 0;
        const Result<std::string> payload = hasPayload ? readFile(m_payload, "payload") : std::string();
        if (!payload)
            return tl::unexpected(payload.error());
        inspect::NonceMemory nonces; // of all the tokens in the text
        inspect::Context context;
        context.nonces = &nonces;
        std::vector<inspect::Inspection> inspections;
        for (const inspect::FoundToken& token : tokens)
            inspections.push_back(hasPayload
                                      ? inspector.inspect(jose::decodeAll(token.text, *payload), now, context)
                                      : inspector.inspect(token.text, now, context));
        return inspections;
    }

    /// All tokens of the text: one that was passed over would count as verified with the others.
    Result<Exit> verifyAll(Console& console, const inspect::KeyRing& ring,
                           const inspect::Expectations& expected, Instant now) const
    {
        const Result<std::string> pasted = m_token.readPasted();
        if (!pasted)
            return tl::unexpected(pasted.error());
        const std::vector<inspect::FoundToken> tokens = inspect::takeTokens(*pasted);
        inspect::Inspector inspector(ring, expected);
        const Result<std::vector<inspect::Inspection>> inspections = inspect(tokens, inspector, now);
        if (!inspections)
            return tl::unexpected(inspections.error());
        if (console.json())
            printJson(console, tokens, *inspections, now);
        else
            print(console, tokens, *inspections, now);
        for (const inspect::Inspection& inspection : *inspections)
            hintAtPayload(console, inspection);
        hintAtKeys(console, *inspections, expected);
        return firstThatFails(*inspections) ? Exit::DoesNotHold : Exit::Holds;
    }

    static std::optional<std::size_t> firstThatFails(const std::vector<inspect::Inspection>& inspections)
    {
        for (std::size_t index = 0; index < inspections.size(); ++index)
            if (!inspect::holds(inspections[index].verdict))
                return index;
        return std::nullopt;
    }

    static void print(Console& console, const std::vector<inspect::FoundToken>& tokens,
                      const std::vector<inspect::Inspection>& inspections, Instant now)
    {
        for (std::size_t index = 0; index < tokens.size(); ++index) {
            printHeading(console, tokens, index);
            printVerdict(console, inspections[index]);
            if (console.quiet())
                continue;
            printMembers(console, inspections[index], now);
            printFindings(console, inspections[index]);
        }
    }

    /// One token as it is; several as "tokens" behind a verdict that holds where all of theirs do.
    static void printJson(Console& console, const std::vector<inspect::FoundToken>& tokens,
                          const std::vector<inspect::Inspection>& inspections, Instant now)
    {
        if (tokens.size() == 1)
            return console.outLine(inspect::toJson(inspections.front(), now));
        const std::optional<std::size_t> failed = firstThatFails(inspections);
        const inspect::Inspection& decisive = inspections[failed.value_or(0)];
        const std::string reason = failed ? "token " + std::to_string(*failed + 1) + " of " +
                                                std::to_string(tokens.size()) + ": " + decisive.reason
                                          : std::string();
        console.outLine(toJson(tokens, inspections, now,
                               "\"verdict\":" + json::quoted(toText(decisive.verdict)) + ",\"valid\":" +
                                   (failed ? "false" : "true") + ",\"reason\":" + json::quoted(reason)));
    }

    void hintAtPayload(Console& console, const inspect::Inspection& inspection) const
    {
        if (!inspect::holds(inspection.verdict) && m_payloadOption->count() == 0 &&
            inspect::lacksPayload(inspection.token))
            console.note("note: the token has no payload in it; --payload FILE gives one that is detached");
    }

    void hintAtKeys(Console& console, const std::vector<inspect::Inspection>& inspections,
                    const inspect::Expectations& expected) const
    {
        const auto lacking =
            std::ranges::find(inspections, inspect::Verdict::NoKey, &inspect::Inspection::verdict);
        if (m_keys.isGiven() || lacking == inspections.end())
            return;
        const bool hasRequest = expected.method && expected.url;
        if (!isProof(*lacking))
            console.note("note: " + m_keys.hint());
        else if (!hasRequest) // it brings its key, of which nothing but the request makes use
            console.note(
                "note: a DPoP proof is verified with the key in its header (jwk) once --htm and --htu "
                "say what request it is for");
    }

    static bool isProof(const inspect::Inspection& inspection)
    {
        const auto& header = inspection.token.headerJson;
        const auto typ = header ? header->root().find("typ") : std::nullopt;
        return typ && toLowerAscii(typ->string()) == "dpop+jwt";
    }

    TokenArgument m_token;
    KeyOptions m_keys;
    ExpectationOptions m_expectations;
    TimeOption m_at;
    std::string m_batch;
    std::string m_payload;
    const CLI::Option* m_batchOption = nullptr;
    const CLI::Option* m_payloadOption = nullptr;
};

} // namespace

std::unique_ptr<Command> makeTokenVerify()
{
    return std::make_unique<TokenVerify>();
}

} // namespace claimcheck::cli
