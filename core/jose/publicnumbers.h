// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bare numbers of a public key (an RSA modulus, a point of a curve) where a secret should stand: those
// that nothing but chance could have made, and those that a random secret may look like.

#pragma once

#include <string>
#include <string_view>

namespace claimcheck::jose {

struct Curve;

/// The encoding of a point of `curve`, compressed or not (SEC1 §2.3.3). False where OpenSSL says that it is
/// none; where it fails at the question, no public key shall pass for that.
bool mayBePointOf(const Curve& curve, std::string_view bytes);

/// Two coordinates one behind the other, without the byte of SEC1 that says so; as above.
bool mayBeCoordinatesOf(const Curve& curve, std::string_view bytes);

/// "RSA modulus of 2048 bits in decimal"; empty for every other text. Nobody makes a secret of so many
/// decimal digits; where OpenSSL fails at the question, no public key shall pass.
std::string modulusInDecimal(std::string_view text);

/// What these bytes may be besides a secret: "a compressed point of P-256", "an RSA modulus of 2048 bits";
/// empty for most. As they are, or as what they stand for in hex (colons between its digits too), base64 or
/// base64url. Of random bytes of
/// just that length one in 170 reads as a point, one in 25 as a modulus: reason to ask, none to refuse.
std::string resemblanceToPublic(std::string_view secret);

} // namespace claimcheck::jose
