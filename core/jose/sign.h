// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Making a JWS (RFC 7515 §5.1), compact or in one of the JSON forms.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include <jose/algorithm.h>
#include <jose/jws.h>
#include <jose/key.h>

namespace claimcheck::jose {

/// The raw signature over `input` in its JOSE form (ECDSA as r‖s). Refused when the key does not fit the
/// algorithm or has no private half.
Result<std::string> signBytes(const Algorithm& algorithm, const Key& key, std::string_view input);

struct SignOptions
{
    std::string header =
        {}; ///< JSON object; `alg` is put first when it is missing, must agree when it is there
    std::optional<std::string> kid = {}; ///< added to the header when it is not in it
    std::string typ = "JWT";             ///< added when the header is empty; "" leaves it out
    bool detached = false;               ///< header..signature (RFC 7515 App. F)
    Serialization form = Serialization::Compact;
    bool allowWeakKeys = false;
};

/// The payload's bytes go in exactly as given. Header members keep the order as typed. With `b64: false` in
/// the header (RFC 7797; `crit` must name it) the payload is signed as it is; with a dot in it the token must
/// be detached.
Result<Secret> sign(const Algorithm& algorithm, const Key& key, std::string_view payload,
                    const SignOptions& options = {});

/// One of several that sign the same payload.
struct Signer
{
    const Algorithm* algorithm; ///< never null
    const Key* key;             ///< never null
    std::string header = {};    ///< as SignOptions::header
    std::optional<std::string> kid = {};
};
/// The general form with a signature of each (RFC 7515 §7.2.1). Of the options `detached` and
/// `allowWeakKeys` count.
Result<Secret> signTogether(std::span<const Signer> signers, std::string_view payload,
                            const SignOptions& options = {});

} // namespace claimcheck::jose
