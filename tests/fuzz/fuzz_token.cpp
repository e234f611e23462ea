// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Compact tokens: decoding stays inside of the text, and what verifies under a key does so no longer with one
// bit of its signature changed.

#include "fuzz.h"

#include <jose/key.h>
#include <jose/sign.h>
#include <jose/verify.h>

using namespace claimcheck;
using namespace claimcheck::jose;

static constexpr const char* keySet = R"({"keys":[
    {"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"},
    {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
     "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},
    {"kty":"OKP","crv":"Ed25519","kid":"ed","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";

static void checkChangedSignature(Jws jws, Verifier& verifier)
{
    jws.signature.bytes.back() = static_cast<char>(jws.signature.bytes.back() ^ 1);
    FUZZ_CHECK(verifier.verify(jws).verdict != SignatureVerdict::Valid);
}

static void run(std::string_view input)
{
    static Verifier verifier(readKeys(keySet).value(), {});
    const Jws jws = decode(input);
    FUZZ_CHECK(jws.text == input);
    FUZZ_CHECK(jws.signingInput().size() <= input.size());
    for (const Defect& defect : jws.defects)
        FUZZ_CHECK(defect.offset <= input.size() && !defect.what.empty());
    const SignatureCheck check = verifier.verify(jws);
    FUZZ_CHECK((check.verdict == SignatureVerdict::Malformed) == !jws.isWellFormed());
    FUZZ_CHECK((check.verdict == SignatureVerdict::Valid) == check.why.empty());
    if (check.verdict == SignatureVerdict::Valid)
        checkChangedSignature(jws, verifier);
    static_cast<void>(verifier.verify(decodeDetached(input, "payload")));
}

FUZZ_MAIN(run);
