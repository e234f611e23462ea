// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Recognising a text without keeping it: nobody without the key can tell which text a hash is of, however few
// texts there may be.

#pragma once

#include <string>
#include <string_view>

#include <base/secret.h>

namespace claimcheck {

/// HMAC-SHA-256 (RFC 2104), its 32 bytes. Empty where OpenSSL refuses.
std::string keyedHash(const Secret& key, std::string_view text);

} // namespace claimcheck
