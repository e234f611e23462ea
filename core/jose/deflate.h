// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `zip: DEF` (RFC 7516 §4.1.3): raw DEFLATE (RFC 1951), bounded while it inflates. Private to the module.

#pragma once

#include <optional>
#include <string_view>

#include <base/result.h>
#include <base/secret.h>

namespace claimcheck::jose {

// jose-policy rule 17.
inline constexpr std::size_t mostInflated = 1024u * 1024u;

/// TooLarge above mostInflated; Malformed when it is no DEFLATE, or something stands behind its end.
Result<Secret> inflate(std::string_view compressed);
/// The whole content of gzip (RFC 1952) or zlib (RFC 1950), whatever stands behind its end; nothing for every
/// other text, and above mostInflated.
std::optional<Secret> unzipped(std::string_view text);
/// Usage above mostInflated: nobody could read it.
Result<Secret> deflate(std::string_view plain);

} // namespace claimcheck::jose
