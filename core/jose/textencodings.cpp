// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "textencodings.h"

#include <string>
#include <utility>

#include <base/text.h>

namespace claimcheck::jose {

/// Every second byte from `first` on, where all the others are zero.
static std::optional<Secret> everySecond(std::string_view bytes, std::size_t first)
{
    std::string text;
    text.reserve(bytes.size() / 2);
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        if (bytes[at + 1 - first] != '\0') {
            wipe(text);
            return std::nullopt;
        }
        text += bytes[at + first];
    }
    return Secret::adopting(std::move(text));
}

std::optional<Secret> fromUtf16(std::string_view bytes)
{
    const bool isMarkedLittle = bytes.starts_with("\xFF\xFE");
    const bool isMarkedBig = bytes.starts_with("\xFE\xFF");
    if (isMarkedLittle || isMarkedBig)
        bytes.remove_prefix(2);
    if (bytes.size() < 2)
        return std::nullopt;
    return everySecond(bytes, bytes.front() == '\0' ? 1 : 0);
}

std::optional<Secret> fromPercentEncoding(std::string_view text, Plus plus)
{
    if (plus == Plus::Blank && text.find('+') == std::string_view::npos)
        return std::nullopt;
    bool isEncoded = false;
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = text[at] == '%' ? fromHex(text.substr(at + 1, 2)) : std::nullopt;
        if (byte && byte->size() == 1) {
            decoded += *byte;
            at += 2;
            isEncoded = true;
        } else {
            decoded += text[at] == '+' && plus == Plus::Blank ? ' ' : text[at];
        }
    }
    Secret result = Secret::adopting(std::move(decoded));
    return isEncoded ? std::optional(std::move(result)) : std::nullopt;
}

} // namespace claimcheck::jose
