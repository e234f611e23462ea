// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One recipient's share of a token that is being made (RFC 7516 §5.1 steps 1 to 6). Private to the module.

#pragma once

#include <optional>
#include <string>

#include <jose/encrypt.h>

namespace claimcheck::jose {

struct Wrapped
{
    Secret contentKey;
    std::string encryptedKey;
    /// What goes into the header for it: epk, iv, tag, p2s, p2c. Name and JSON text of the value.
    std::vector<std::pair<std::string, std::string>> members;
};

struct WrapInput
{
    const KeyManagement& management;
    const ContentEncryption& content;
    const Key& key;
    std::string apu; ///< decoded
    std::string apv;
    std::int64_t iterations;
};

/// `contentKey` is wrapped, but for the ways that bring their own. Nothing when OpenSSL fails, or when an RSA
/// key is too small for it.
std::optional<Wrapped> wrapFor(const WrapInput& input, const Secret& contentKey);

} // namespace claimcheck::jose
