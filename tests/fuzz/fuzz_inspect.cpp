// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pasted text: what is unwrapped and found lies inside of it, and every inspection comes out as valid JSON
// that says "verified" only where a signature was.

#include "fuzz.h"

#include <inspect/find.h>
#include <inspect/inspection.h>
#include <json/document.h>

using namespace claimcheck;

static void run(std::string_view input)
{
    static inspect::Inspector inspector(
        {.keys = {jose::secretKey(Secret("your_secret_key"))}, .options = {}, .notes = {}}, {});
    const Instant now = fromUnixSeconds(1'763'900'000);
    const inspect::Unwrapped unwrapped = inspect::unwrap(input);
    FUZZ_CHECK(unwrapped.offset + unwrapped.token.size() <= input.size());
    FUZZ_CHECK(input.substr(unwrapped.offset, unwrapped.token.size()) == unwrapped.token);
    for (const inspect::FoundToken& found : inspect::findTokens(input))
        FUZZ_CHECK(input.substr(found.offset, found.text.size()) == found.text);
    const auto decoded = inspect::inspect(unwrapped.token, now);
    FUZZ_CHECK(decoded.verdict != inspect::Verdict::Verified);
    FUZZ_CHECK(json::parse(inspect::toJson(decoded, now)).has_value());
    const auto verified = inspector.inspect(unwrapped.token, now);
    FUZZ_CHECK(verified.verdict != inspect::Verdict::Verified || verified.token.isWellFormed());
    FUZZ_CHECK(json::parse(inspect::toJson(verified, now)).has_value());
}

FUZZ_MAIN(run);
