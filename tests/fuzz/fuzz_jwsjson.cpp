// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON serialisations of signed tokens: reading stays inside of the text, a defect stands in it, and what
// verifies does so no longer with one bit of its signature or input changed.

#include "fuzz.h"

#include <jose/key.h>
#include <jose/verify.h>

using namespace claimcheck;
using namespace claimcheck::jose;

static constexpr const char* keySet = R"({"keys":[
    {"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"},
    {"kty":"EC","crv":"P-256","kid":"e9bc097a-ce51-4036-9562-d2ade882db0d",
     "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";

static void checkChanged(const Jws& jws, Verifier& verifier)
{
    Jws changed = jws;
    changed.signature.bytes.back() = static_cast<char>(changed.signature.bytes.back() ^ 1);
    FUZZ_CHECK(verifier.verify(changed).verdict != SignatureVerdict::Valid);
    changed = jws;
    changed.detachedInput += 'x';
    FUZZ_CHECK(verifier.verify(changed).verdict != SignatureVerdict::Valid);
}

static void check(const Jws& jws, std::string_view input, Verifier& verifier)
{
    FUZZ_CHECK(jws.text == input);
    for (const Segment* part : {&jws.header, &jws.payload, &jws.signature})
        FUZZ_CHECK(part->offset + part->length <= input.size());
    for (const Defect& defect : jws.defects)
        FUZZ_CHECK(defect.offset <= input.size() && !defect.what.empty());
    const SignatureCheck result = verifier.verify(jws);
    FUZZ_CHECK((result.verdict == SignatureVerdict::Malformed) == !jws.isWellFormed());
    if (result.verdict == SignatureVerdict::Valid)
        checkChanged(jws, verifier);
}

static void run(std::string_view input)
{
    static Verifier verifier(readKeys(keySet).value(), {});
    if (!input.starts_with('{'))
        return;
    for (const Jws& jws : decodeAll(input))
        check(jws, input, verifier);
    for (const Jws& jws : decodeAll(input, "payload"))
        check(jws, input, verifier);
}

FUZZ_MAIN(run);
