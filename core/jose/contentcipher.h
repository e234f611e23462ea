// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The six ciphers for the content of a token (RFC 7518 §5), and AES-GCM over a content key (§4.7). All
// lengths are checked by the caller or refused here; OpenSSL itself would take a tag of four bytes.
// Private to the module.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <jose/encryption.h>

namespace claimcheck::jose {

/// AES-GCM with the wrapping key of A128GCMKW and its kin.
ContentEncryption gcmOf(const KeyManagement& management);

struct Sealed
{
    std::string ciphertext;
    std::string tag;
};

/// Nothing when a length is wrong or OpenSSL fails.
std::optional<Sealed> seal(const ContentEncryption& content, std::string_view key, std::string_view iv,
                           std::string_view additionalData, std::string_view plaintext);
/// Nothing when the tag does not fit, whatever the reason: the caller has one text for all of them.
std::optional<Secret> open(const ContentEncryption& content, std::string_view key, std::string_view iv,
                           std::string_view additionalData, const Sealed& sealed);

} // namespace claimcheck::jose
