// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// SD-JWTs: whatever comes, the text stays as it is, every disclosure is where it says, and what was disclosed
// holds no digest of a disclosure any more. Judged under a key, nothing unsigned is ever verified.

#include "fuzz.h"

#include <inspect/inspection.h>
#include <jose/sdjwt.h>

using namespace claimcheck;
using namespace claimcheck::jose;

static const Key& key()
{
    static const Key made = generateKey(*findAlgorithm("ES256")).value();
    return made;
}

static void checkDisclosures(const SdJwt& sd)
{
    for (const Disclosure& disclosure : sd.disclosures) {
        // Within JSON there may be escapes.
        const bool isThere = sd.text.substr(disclosure.offset, disclosure.text.size()) == disclosure.text;
        FUZZ_CHECK(isThere || sd.text.starts_with('{'));
        FUZZ_CHECK(disclosure.path.empty() || !disclosure.value.empty());
    }
    if (sd.disclosed && sd.faults.empty())
        FUZZ_CHECK(sd.disclosed->root().kind() == sd.issuer.payloadJson->root().kind());
}

static void run(std::string_view input)
{
    const DecodeLimits limits{.bytes = 1u << 16u, .depth = 64};
    const SdJwt sd = decodeSdJwt(input, limits);
    FUZZ_CHECK(sd.text == input);
    FUZZ_CHECK(input.starts_with(sd.presented()) || input.starts_with('{'));
    checkDisclosures(sd);
    inspect::KeyRing ring;
    ring.keys.push_back(key());
    const Instant now = fromUnixSeconds(1'700'000'000);
    const inspect::Inspection inspection = inspect::inspect(input, ring, {}, now);
    FUZZ_CHECK(inspection.verdict != inspect::Verdict::Verified);
    FUZZ_CHECK(!inspect::toJson(inspection, now).empty());
    FUZZ_CHECK(!inspect::toJson(inspect::inspect(input, now), now).empty());
}

FUZZ_MAIN(run);
