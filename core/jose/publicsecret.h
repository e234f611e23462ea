// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Is what was given as a secret really a public key or certificate? Verifiers that take a public key's bytes
// for an HMAC secret let everybody sign (RFC 8725 §2.1).

#pragma once

#include <string>
#include <string_view>

namespace claimcheck::jose {

/// Why these bytes can be no secret: they are a public key in one of the forms that people and settings files
/// write it in, or hold one as a JWK with a private half does. Empty for everything else, also for private
/// keys in PEM and DER. Read are PEM (SPKI, PKCS#1, X.509, requests; with or without line breaks, `\n` as two
/// characters, text around it), DER of the same, JWK and JWK sets, SSH public keys, points of a curve by both
/// coordinates, an RSA modulus in decimal, and each of them in base64, base64url, hex, UTF-16,
/// percent-encoding, gzip or as a JSON string. The text names the key, never a byte of it.
std::string refusalOfPublicSecret(std::string_view secret);

} // namespace claimcheck::jose
