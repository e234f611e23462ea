// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sarifuri.h"

namespace claimcheck::audit {

static bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::string sarifUri(std::string_view url)
{
    static constexpr std::string_view marks = "-._~:/?#[]@!$&'()*+,;="; // RFC 3986 §2.2, §2.3
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string uri;
    for (std::size_t i = 0; i < url.size(); ++i) {
        const char c = url[i];
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool isEncoded =
            c == '%' && i + 2 < url.size() && isHexDigit(url[i + 1]) && isHexDigit(url[i + 2]);
        if (isLetter || isEncoded || marks.find(c) != std::string_view::npos) {
            uri += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        uri += '%';
        uri += digits[byte / 16u];
        uri += digits[byte % 16u];
    }
    return uri;
}

} // namespace claimcheck::audit
