// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Base64 as keys and secrets are written down with it (RFC 4648 §4 and §5): never for the parts of a token,
// which base64url.h reads.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace claimcheck::jose {

/// Either alphabet, but not both in one text; padding whole or none; unused bits zero. Nothing otherwise, and
/// nothing for an empty text.
std::optional<std::string> decodeBase64(std::string_view text);

} // namespace claimcheck::jose
