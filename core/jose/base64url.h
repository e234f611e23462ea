// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// base64url without padding (RFC 4648 §5, RFC 7515 §2): a strict decoder for what is verified, a
// forgiving one for what is only looked at.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>

namespace claimcheck::jose {

std::string encodeBase64Url(std::string_view bytes);
/// Of their SHA-256: thumbprints (RFC 7638 §3, RFC 7515 §4.1.8), `ath` (RFC 9449 §4.2), code challenges (RFC
/// 7636 §4.2). Empty when OpenSSL refuses.
std::string sha256Base64Url(std::string_view bytes);

enum class EncodingDefect
{
    Padding,          ///< '=' (RFC 7515 §2: no padding)
    StandardAlphabet, ///< '+' or '/'
    WhiteSpace,
    Character,   ///< anything else outside of the alphabet
    Length,      ///< 4n+1 characters: no bytes have that encoding
    TrailingBits ///< unused low bits of the last character are not zero
};

/// One sentence part: "padding '='", "a character outside of base64url", …
std::string_view describe(EncodingDefect defect);

struct Base64UrlDefect
{
    EncodingDefect kind;
    std::size_t offset; ///< byte offset in the decoded text

    bool operator==(const Base64UrlDefect&) const = default;
};

struct LenientBytes
{
    std::string bytes;                    ///< as far as it goes
    std::vector<Base64UrlDefect> defects; ///< in order; empty exactly when the strict decoder accepts
    /// Where reading ended: what is no digit of any base64, or text behind padding. From there on nobody
    /// knows which digits belong together.
    std::optional<std::size_t> cutAt = {};
};

/// Malformed with the byte offset of the first defect. Accepts nothing but the one canonical text of some
/// bytes.
Result<std::string> decodeBase64Url(std::string_view text);
/// Never fails: reads the signs of plain base64, skips white space and padding, ends in front of anything
/// else, and says where that was. What lies behind is neither decoded nor judged.
LenientBytes decodeBase64UrlLeniently(std::string_view text);

} // namespace claimcheck::jose
