// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The demo API's kinds of token, one line each, and their keys: the public secret, and key pairs that are
// fresh in every run and made when first asked for.

#pragma once

#include <array>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include <base/result.h>
#include <jose/key.h>

namespace claimcheck::demo {

struct Flavour
{
    std::string_view prefix;    ///< of its routes: "/rs256"; empty for the guide's own
    std::string_view algorithm; ///< the `alg` of its tokens
    std::string_view kid;       ///< empty: the shared secret
};

inline constexpr std::array<Flavour, 4> flavours{{
    {"", "HS256", ""},
    {"/rs256", "RS256", "demo-rs256"},
    {"/es256", "ES256", "demo-es256"},
    {"/eddsa", "EdDSA", "demo-eddsa"},
}};

class DemoKeys
{
public:
    /// The pointer is valid while this object lives.
    Result<const jose::Key*> key(const Flavour& flavour);
    /// The public keys as a JWK set (RFC 7517 §5).
    Result<std::string> jwks();

private:
    std::mutex m_mutex;
    std::map<std::string_view, jose::Key> m_keys; ///< by algorithm
};

} // namespace claimcheck::demo
