// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where keys from afar come from: the address of a JWK set, or an issuer whose metadata names it; and what
// came of it.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <http/message.h>
#include <jose/key.h>

namespace claimcheck::keys {

/// One of `jwksUrl` and `issuer` is set; the rest says how to reach it.
struct Source
{
    std::string jwksUrl = {};
    std::string issuer = {}; ///< exactly as tokens have it in `iss` (RFC 8414 §2)
    http::TlsProfile tls = {};
    std::string proxy = {};
    Milliseconds timeout{30'000}; ///< for each of the at most three requests

    bool operator==(const Source&) const = default;
};

struct KeySet
{
    std::vector<jose::Key> keys;
    std::vector<std::string> notes; ///< members that were left out, and why
    std::string url;                ///< of the set
    std::string issuer;             ///< as its metadata says; empty where the set itself was named
    Instant fetchedAt{};
    Instant freshUntil{};
};

/// What may be asked (jose-policy rule 24): https, and http to this machine alone, without a user's name.
enum class AddressFault
{
    NoAddress,
    UserName,
    PlainHttp
};
/// Nothing where it may be asked; what that means is the caller's to say.
std::optional<AddressFault> faultOf(const std::string& url);

/// The same for the address of keys. `what` names it in the error: "the JWKS URL". Refused is Usage.
Result<void> checkAddress(const std::string& url, std::string_view what);

} // namespace claimcheck::keys
