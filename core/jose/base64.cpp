// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base64.h"

#include <algorithm>

#include <base/secret.h>
#include <jose/base64url.h>

namespace claimcheck::jose {

std::optional<std::string> decodeBase64(std::string_view text)
{
    const std::string_view digits = text.substr(0, text.find('='));
    const std::string_view padding = text.substr(digits.size());
    const bool isWhole = padding.empty() || (padding.size() <= 2 && text.size() % 4 == 0 &&
                                             padding.find_first_not_of('=') == std::string_view::npos);
    const bool isMixed = text.find_first_of("+/") != std::string_view::npos &&
                         text.find_first_of("-_") != std::string_view::npos;
    if (digits.empty() || !isWhole || isMixed)
        return std::nullopt;
    std::string plain(digits);
    std::replace(plain.begin(), plain.end(), '+', '-');
    std::replace(plain.begin(), plain.end(), '/', '_');
    Result<std::string> bytes = decodeBase64Url(plain);
    wipe(plain);
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

} // namespace claimcheck::jose
