// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every way in which a server may hold a public key, as the bytes that an HMAC would take for its key.
// Private to the module.

#pragma once

#include <string>
#include <vector>

#include <jose/key.h>

namespace claimcheck::audit {

struct KeyForm
{
    std::string name; ///< "pem", "spki" …
    std::string bytes;
    std::string meaning; ///< "the SPKI PEM as it is"
};

/// DER of the certificate that a JWK set has for this key (`x5c`, RFC 7517 §4.7); empty: it has none.
std::string certificateInSet(const jose::Key& key, const std::string& asServed);

/// The likeliest first; `asServed` are the bytes of the file that the key was read from.
std::vector<KeyForm> publicForms(const jose::Key& key, const std::string& asServed);

} // namespace claimcheck::audit
