// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token verified where it turns up, with the key that the collection names for its issuer
// (`.claimcheck/keys.yaml`). The token's `iss` only picks among keys that the collection has: nothing in a
// token is ever followed (docs/architecture.md).

#pragma once

#include <optional>
#include <string>

#include <run/tokenkeys.h>

namespace claimcheck::run {

struct IssuerKey
{
    std::string name; ///< in keys.yaml
    collection::KeyReference reference;
    std::string issuer; ///< with its variables filled in
};

/// `iss` of a signed token that could be read; nothing for what is opaque, encrypted or broken.
std::optional<std::string> issuerOf(const inspect::Inspection& token);
/// The first key, by name, that is this issuer's. An address whose variables have no value is nobody's.
std::optional<IssuerKey> keyOfIssuer(const collection::Checks& checks, const Values& values,
                                     const std::string& issuer);

/// `kid` of the token that a key is looked for with.
std::optional<std::string> kidOf(const inspect::Inspection& token);

/// Tokens of that issuer alone.
inspect::KeyRing ringOfIssuer(inspect::KeyRing ring, const IssuerKey& key);

} // namespace claimcheck::run
