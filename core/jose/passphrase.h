// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Encrypted private keys: whether a passphrase is asked for, and what readKeys() says without the right one.

#pragma once

#include <string_view>

#include <base/result.h>

namespace claimcheck::jose {

/// An encrypted private key is in there: PEM (RFC 7468 §11, or the older headers of RFC 1421 §4.6) or DER
/// (RFC 5958 §3). By its form alone, nothing is decrypted.
bool isEncryptedKey(std::string_view bytes);

/// The errors of readKeys() for such a key without a passphrase, and with one that does not open it. Both are
/// told apart from others by Setting::Passphrase.
Error noPassphrase();
Error wrongPassphrase();

} // namespace claimcheck::jose
