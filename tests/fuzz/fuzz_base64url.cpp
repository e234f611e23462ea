// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// base64url: the strict decoder takes exactly what the encoder writes, and the two decoders agree.

#include "fuzz.h"

#include <jose/base64url.h>

using namespace claimcheck;

static void run(std::string_view input)
{
    const auto strict = jose::decodeBase64Url(input);
    const jose::LenientBytes lenient = jose::decodeBase64UrlLeniently(input);
    FUZZ_CHECK(strict.has_value() == lenient.defects.empty());
    FUZZ_CHECK(!strict || (*strict == lenient.bytes && jose::encodeBase64Url(*strict) == input));
    FUZZ_CHECK(lenient.bytes.size() <= input.size());
    for (const jose::Base64UrlDefect& defect : lenient.defects)
        FUZZ_CHECK(defect.offset < input.size());
    FUZZ_CHECK(jose::decodeBase64Url(jose::encodeBase64Url(input)).value() == input);
}

FUZZ_MAIN(run);
