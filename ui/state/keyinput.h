// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person gives as the key: a typed secret, pasted PEM or JWK text, or a file's content.

#pragma once

#include <string>
#include <string_view>

#include <base/result.h>
#include <base/secret.h>
#include <inspect/inspection.h>

namespace claimcheck::ui {

/// PEM and JSON are read as keys, anything else is a secret as typed. Empty text gives an empty ring.
/// `passphrase` opens an encrypted private key.
Result<inspect::KeyRing> keyRingFromText(const Secret& typed, const Secret& passphrase = {});
/// A key file of any kind; the error names the file.
Result<inspect::KeyRing> keyRingFromFile(const std::string& path, const Secret& passphrase = {});
/// It was not read because it is encrypted and the passphrase is missing, or wrong.
bool asksForPassphrase(const Error& error);
/// The text of a key, not of a secret: PEM, JSON, or a line of an SSH public key.
bool looksLikeKeyText(std::string_view text);
/// The secret as it was typed; empty where the ring holds anything else, or nothing.
Secret typedSecretOf(const inspect::KeyRing& ring);
/// "Secret, 15 bytes", "RSA 2048-bit public key (SPKI PEM) and 2 more": never any secret part.
std::string describe(const inspect::KeyRing& ring);

} // namespace claimcheck::ui
