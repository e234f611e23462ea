// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <base/percent.h>

namespace claimcheck {

bool isUnreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-._~").find(c) != std::string_view::npos;
}

void appendPercentEncoded(std::string& out, char c)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out.append({'%', digits[byte >> 4u], digits[byte & 0x0Fu]});
}

std::string percentEncoded(std::string_view text, std::string_view alsoKept)
{
    std::string out;
    for (const char c : text)
        if (isUnreserved(c) || alsoKept.find(c) != std::string_view::npos)
            out += c;
        else
            appendPercentEncoded(out, c);
    return out;
}

} // namespace claimcheck
