// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person gives as the key: a typed secret, pasted PEM or JWK text, or a file's content.

#pragma once

#include <string>

#include <base/result.h>
#include <base/secret.h>
#include <inspect/inspection.h>

namespace claimcheck::ui {

/// PEM and JSON are read as keys, anything else is a secret as typed. Empty text gives an empty ring.
Result<inspect::KeyRing> keyRingFromText(const Secret& typed);
/// A key file of any kind; the error names the file.
Result<inspect::KeyRing> keyRingFromFile(const std::string& path);
/// The secret as it was typed; empty where the ring is another key, or none.
Secret typedSecretOf(const inspect::KeyRing& ring);
/// "Secret, 15 bytes", "RSA 2048-bit public key (SPKI PEM) and 2 more": never any secret part.
std::string describe(const inspect::KeyRing& ring);

} // namespace claimcheck::ui
