// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token verify: signature, then times and claims; one token, or a file with one a line.

#include "command.h"

#include <CLI/CLI.hpp>

#include <inspect/inspection.h>

#include "expectationoptions.h"
#include "input.h"
#include "keyoptions.h"
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
            return verifyBatch(console, m_batch, *ring, *expected, *now);
        return verifyOne(console, *ring, *expected, *now);
    }

private:
    Result<inspect::Inspection> inspect(inspect::Inspector& inspector, Instant now) const
    {
        const Result<std::string> token = m_token.read();
        if (!token)
            return tl::unexpected(token.error());
        if (m_payloadOption->count() == 0)
            return inspector.inspect(*token, now);
        const Result<std::string> payload = readFile(m_payload, "payload");
        if (!payload)
            return tl::unexpected(payload.error());
        return inspector.inspect(jose::decodeAll(*token, *payload), now);
    }

    Result<Exit> verifyOne(Console& console, const inspect::KeyRing& ring,
                           const inspect::Expectations& expected, Instant now) const
    {
        inspect::Inspector inspector(ring, expected);
        const Result<inspect::Inspection> inspected = inspect(inspector, now);
        if (!inspected)
            return tl::unexpected(inspected.error());
        const inspect::Inspection& inspection = *inspected;
        if (console.json()) {
            console.outLine(inspect::toJson(inspection, now));
        } else {
            printVerdict(console, inspection);
            if (!console.quiet()) {
                printMembers(console, inspection, now);
                printFindings(console, inspection);
            }
        }
        return inspect::holds(inspection.verdict) ? Exit::Holds : Exit::DoesNotHold;
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
