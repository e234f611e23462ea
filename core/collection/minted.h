// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token that is made for each request anew, from the `minted` list of `.claimcheck/sessions.yaml`.

#pragma once

#include <optional>
#include <string>

#include <base/time.h>

namespace claimcheck::collection {

/// Texts may hold variables.
struct MintedToken
{
    std::string path; ///< of the request's file or the folder; empty: the whole collection
    std::string algorithm;
    std::string key;     ///< a secret, or a key as PEM or JWK; empty: in the file
    std::string keyFile; ///< in the collection's folder
    std::string passphrase;
    std::string header;              ///< a JSON object with more than `alg` and `typ`; may be empty
    std::string claims;              ///< a JSON object; `iat` and `exp` are added where it has none
    std::optional<Seconds> lifetime; ///< until `exp`; none: no `exp`
    bool allowWeakKey = false;
    bool inQuery = false;
    std::string name;   ///< of the header or query parameter
    std::string prefix; ///< before the token in a header: "Bearer "

    bool operator==(const MintedToken&) const = default;
};

} // namespace claimcheck::collection
