// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scripts of collections: reading ends, and what is made of them is never empty.

#include "fuzz.h"

#include <interop/import/scriptchecks.h>

using namespace claimcheck;

static void run(std::string_view input)
{
    const interop::ScriptReading reading = interop::readTestScript(input);
    for (const collection::Capture& capture : reading.captures)
        FUZZ_CHECK(!capture.variable.empty() && capture.expression.starts_with("res."));
    for (const collection::Assertion& assertion : reading.assertions)
        FUZZ_CHECK(!assertion.operation.empty() && assertion.expression.starts_with("res."));
    for (const interop::ScriptReading::Left& left : reading.left)
        FUZZ_CHECK(left.line > 0 && !left.why.empty());
    interop::readRequestScript(input);
}

FUZZ_MAIN(run);
