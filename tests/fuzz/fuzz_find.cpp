// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A pasted text: every token that is found lies inside of it, in order and none in another; each can be
// looked into with what the text says of its way, and compared with the next.

#include "fuzz.h"

#include <inspect/diff.h>
#include <inspect/find.h>
#include <inspect/inspection.h>

using namespace claimcheck;

static void run(std::string_view input)
{
    const Instant now = fromUnixSeconds(1'763'900'000);
    const inspect::Context context = inspect::contextOf(input);
    const std::vector<inspect::FoundToken> tokens = inspect::takeTokens(input);
    FUZZ_CHECK(!tokens.empty());
    std::size_t least = 0;
    for (const inspect::FoundToken& token : tokens) {
        FUZZ_CHECK(token.offset >= least);
        FUZZ_CHECK(input.substr(token.offset, token.text.size()) == token.text);
        least = token.offset + token.text.size();
    }
    for (std::size_t index = 0; index < tokens.size() && index < 4; ++index) {
        const inspect::Inspection inspection = inspect::inspect(tokens[index].text, now, context);
        FUZZ_CHECK(inspection.token.text == tokens[index].text);
        for (const inspect::Finding& finding : inspection.findings)
            FUZZ_CHECK(finding.offset.value_or(0) <= inspection.token.text.size());
        for (const auto& difference : inspect::compareTokens(inspection.token, inspection.token))
            FUZZ_CHECK(difference.change == json::Change::Same);
    }
}

FUZZ_MAIN(run);
