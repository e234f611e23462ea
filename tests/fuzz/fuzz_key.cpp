// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keys in any form: what is read can be described, written and read again as the same key.

#include "fuzz.h"

#include <jose/key.h>
#include <jose/sign.h>
#include <jose/verify.h>

using namespace claimcheck;
using namespace claimcheck::jose;

static void checkWriting(const Key& key)
{
    const auto jwk = privateJwk(key);
    if (!jwk || !key.refusal.empty())
        return;
    const auto again = readKeys(jwk->reveal());
    FUZZ_CHECK(again && again->size() == 1);
    FUZZ_CHECK(again->front().type == key.type && again->front().isPrivate == key.isPrivate);
    FUZZ_CHECK(thumbprint(again->front()).value() == thumbprint(key).value());
}

static void checkUse(const Key& key)
{
    if (key.bits > 4096)
        return;
    for (const Algorithm& algorithm : algorithms()) {
        const auto token = sign(algorithm, key, "{}", {.allowWeakKeys = true});
        if (!token || !key.isPrivate || key.keyOps)
            continue;
        const Jws jws = decode(token->reveal());
        FUZZ_CHECK(verifySignature(jws, std::span(&key, 1), {.allowWeakKeys = true}).verdict ==
                   SignatureVerdict::Valid);
    }
}

static void run(std::string_view input)
{
    const ReadOptions options{.passphrase = Secret("passphrase"), .limit = 1u << 16u};
    std::vector<std::string> skipped;
    const auto keys = readKeys(input, options, &skipped);
    if (!keys) {
        FUZZ_CHECK(!keys.error().why.empty());
        return;
    }
    FUZZ_CHECK(!keys->empty());
    for (const Key& key : *keys) {
        FUZZ_CHECK(!describe(key).empty());
        checkWriting(key);
        checkUse(key);
    }
}

FUZZ_MAIN(run);
