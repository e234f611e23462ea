// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows about encrypted tokens that are opened: what the rules say when they see the content too.

#pragma once

#include <jose/encrypt.h>

#include "lintcase.h"

namespace claimcheck::test {

/// Encrypted to the key, without `cty` unless `members` have one.
inline std::string sealed(const jose::Key& key, std::string_view content, const std::string& members = "",
                          const char* alg = "ECDH-ES+A128KW", bool isCompressed = false)
{
    const auto made =
        jose::encrypt(*jose::findKeyManagement(alg), *jose::findContentEncryption("A128GCM"),
                      std::span(&key, 1), content, {.header = members, .isCompressed = isCompressed});
    return made ? std::string(made->reveal()) : std::string();
}

/// The key that opens, and the secret that token() signs with.
inline inspect::KeyRing ringOfBoth(const jose::Key& key)
{
    inspect::KeyRing ring;
    ring.keys.push_back(key);
    ring.keys.push_back(jose::secretKey(Secret(strongSecret)));
    return ring;
}

inline void addOpenedCases(LintCases cases)
{
    const jose::Key key = jose::generateKeyFor("ECDH-ES+A128KW").value();
    const auto opened = [key](const std::string& token) {
        return [key, token] { return verify(token, ringOfBoth(key)); };
    };
    cases.rule("JWE-SYM-ONLY-AUTH")
        .add(true, "opened, claims alone", opened(sealed(key, goodClaims)))
        .add(true, "opened, no token in spite of cty", opened(sealed(key, "text", R"({"cty":"JWT"})")))
        .add(false, "opened, signed inside", opened(sealed(key, token(header, goodClaims))));
    cases.rule("JWE-ZIP")
        .add(true, "opened, compressed", opened(sealed(key, goodClaims, "", "ECDH-ES+A128KW", true)))
        .add(false, "opened, not compressed", opened(sealed(key, goodClaims)));
    const jose::Key content =
        jose::secretKey(Secret("\x8f\x1c\xe5\xa7\x7d\x12\x02\xf7\x99\x98\x97\x96\x95\x94\x93\x92"));
    cases.rule("JWE-CEK-LEN").add(false, "opened by one of two", [content] {
        inspect::KeyRing ring = ringOfBoth(content);
        std::swap(ring.keys[0], ring.keys[1]);
        return verify(sealed(content, goodClaims, "", "dir"), ring);
    });
    cases.rule("CLM-EXPIRED")
        .add(true, "inside", opened(sealed(key, R"({"exp":1})")))
        .add(true, "two deep", opened(sealed(key, token(header, R"({"exp":1})"))))
        .add(false, "inside", opened(sealed(key, goodClaims)));
    cases.rule("NEST-DEPTH")
        .add(true, "opened", opened(sealed(key, sealed(key, sealed(key, token(header, goodClaims))))));
    cases.add(false, "opened", opened(sealed(key, token(header, goodClaims))));
}

} // namespace claimcheck::test
