// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Is this secret one that is published, or one that could be guessed? Published ones are looked up by hash in
// the program's own bytes: no copy, less than a microsecond.

#pragma once

#include <string>
#include <string_view>

namespace claimcheck::inspect {

/// Exactly this text is a line of the shipped list of published secrets.
bool isPublishedSecret(std::string_view secret);

/// All of them, a line each; unpacked anew at every call.
std::string publishedSecrets();

/// An upper bound of the bits in a text, by the frequency of its characters (Shannon).
double randomBitsOf(std::string_view text);

/// All one byte, or printable with so little variety that guessing it is cheap: below 60 bits by the
/// frequency of its characters (Shannon), which is an upper bound of what a guesser has to try.
bool isGuessable(std::string_view secret);

/// A key or certificate pasted as a secret: text that begins as PEM does, JSON with `kty`, or a public key in
/// any of the forms that jose refuses.
bool looksLikeKey(std::string_view secret);

} // namespace claimcheck::inspect
