// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A key ring as a list that people read and change: what each key is, and the ring with one more or one less.
// Never any secret part, but where keyText() is asked for one.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <base/result.h>
#include <inspect/inspection.h>
#include <keys/source.h>

namespace claimcheck::ui {

struct KeyLine
{
    std::string kind;       ///< "RSA private key", "Secret", "P-256 public key"
    std::string size;       ///< "2048 bits", "15 bytes"
    std::string kid;        ///< empty without
    std::string algorithms; ///< "RS256 … PS512", or the one that the key is for
    std::string thumbprint; ///< RFC 7638; empty for a typed secret
    std::string origin;     ///< "PKCS#8 PEM", "JWK", "as typed"
    std::string problem;    ///< why it is refused, or weak; empty for a good one
    bool isPrivate = false;

    bool operator==(const KeyLine&) const = default;
};
std::vector<KeyLine> keyLines(const inspect::KeyRing& ring);

/// Behind what is there, but for keys that are there already.
inspect::KeyRing withKeys(inspect::KeyRing ring, const inspect::KeyRing& added);
/// The keys of an issuer speak for that issuer alone (jose-policy rule 24): Refused beside those of another.
Result<inspect::KeyRing> withFetched(inspect::KeyRing ring, const keys::KeySet& set);
/// Of a typed secret all the ways in which it was read go with it.
inspect::KeyRing withoutKey(inspect::KeyRing ring, std::size_t index);

enum class KeyForm
{
    PublicPem,
    PublicJwk,
    PrivatePem,
    PrivateJwk,
    PublicSet ///< the public halves of the whole ring as JWK set
};
/// The key at `index` as text, in its other form. Usage where there is none of it.
Result<Secret> keyText(const inspect::KeyRing& ring, std::size_t index, KeyForm form);

/// Names of signature algorithms that this key can sign or verify with, the usual ones first.
std::vector<std::string> algorithmsOf(const jose::Key& key);

} // namespace claimcheck::ui
