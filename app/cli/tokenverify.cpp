// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token verify: signature, then times and claims; one token, or a file with one a line.

#include "command.h"

#include <CLI/CLI.hpp>

#include <inspect/inspection.h>

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
        m_batchOption =
            app.add_option("--batch", m_batch, "Verify a file with one token a line (- for standard input)")
                ->type_name("FILE");
        m_payloadOption =
            app.add_option("--payload", m_payload, "The detached payload of the token (- for standard input)")
                ->type_name("FILE");
        addExpectations(app);
        m_at.addTo(app);
    }

    Result<Exit> run(Console& console) override
    {
        if (m_batchOption->count() > 0 && (m_token.isGiven() || m_payloadOption->count() > 0))
            return failure(ErrorKind::Usage, "wrong usage", "--batch goes with neither TOKEN nor --payload",
                           "give a file of tokens, or one token");
        const Result<Instant> now = m_at.time();
        if (!now)
            return tl::unexpected(now.error());
        const Result<inspect::Expectations> expected = expectations();
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
    void addExpectations(CLI::App& app)
    {
        const auto text = [&app](const char* name, std::string& value, const char* meaning) {
            return app.add_option(name, value, meaning)->type_name("TEXT")->group("Expectations");
        };
        m_issuerOption = text("--iss", m_issuer, "The issuer that the token must name");
        m_audienceOption = text("--aud", m_audience, "The audience that the token must name");
        m_typeOption = text("--typ", m_type, "The type that the header must name");
        app.add_option("--require", m_required, "A claim that must be there; may be repeated")
            ->type_name("CLAIM")
            ->allow_extra_args(false)
            ->group("Expectations");
        app.add_option("--leeway", m_leeway, "How far clocks may differ")
            ->type_name("SECONDS")
            ->group("Expectations");
        app.add_flag("--allow-expired", m_allowExpired, "Forgive an exp that is over")->group("Expectations");
    }

    Result<inspect::Expectations> expectations() const
    {
        inspect::Expectations expected;
        if (m_issuerOption->count() > 0)
            expected.issuer = m_issuer;
        if (m_audienceOption->count() > 0)
            expected.audience = m_audience;
        if (m_typeOption->count() > 0)
            expected.type = m_type;
        expected.requiredClaims = m_required;
        expected.allowExpired = m_allowExpired;
        const Result<Seconds> leeway = readDuration(m_leeway, "--leeway");
        if (!leeway)
            return tl::unexpected(leeway.error());
        expected.leeway = *leeway;
        return expected;
    }

    Result<jose::Jws> readToken() const
    {
        const Result<std::string> token = m_token.read();
        if (!token)
            return tl::unexpected(token.error());
        if (m_payloadOption->count() == 0)
            return jose::decode(*token);
        const Result<std::string> payload = readFile(m_payload, "payload");
        if (!payload)
            return tl::unexpected(payload.error());
        return jose::decodeDetached(*token, *payload);
    }

    Result<Exit> verifyOne(Console& console, const inspect::KeyRing& ring,
                           const inspect::Expectations& expected, Instant now) const
    {
        Result<jose::Jws> token = readToken();
        if (!token)
            return tl::unexpected(token.error());
        inspect::Inspector inspector(ring, expected);
        const inspect::Inspection inspection = inspector.inspect(std::move(*token), now);
        if (console.json()) {
            console.outLine(inspect::toJson(inspection, now));
        } else {
            printVerdict(console, inspection);
            if (!console.quiet()) {
                printMembers(console, inspection, now);
                printFindings(console, inspection);
            }
        }
        return inspection.verdict == inspect::Verdict::Verified ? Exit::Holds : Exit::DoesNotHold;
    }

    TokenArgument m_token;
    KeyOptions m_keys;
    TimeOption m_at;
    std::string m_batch;
    std::string m_payload;
    std::string m_issuer;
    std::string m_audience;
    std::string m_type;
    std::vector<std::string> m_required;
    std::string m_leeway = "0";
    bool m_allowExpired = false;
    const CLI::Option* m_batchOption = nullptr;
    const CLI::Option* m_payloadOption = nullptr;
    const CLI::Option* m_issuerOption = nullptr;
    const CLI::Option* m_audienceOption = nullptr;
    const CLI::Option* m_typeOption = nullptr;
};

} // namespace

std::unique_ptr<Command> makeTokenVerify()
{
    return std::make_unique<TokenVerify>();
}

} // namespace claimcheck::cli
