// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collection/collection.h>

namespace claimcheck::collection {
namespace {

/// The application/x-www-form-urlencoded percent-encode set leaves these as they are (WHATWG URL §1.3).
bool staysAsItIs(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '*' ||
           c == '-' || c == '.' || c == '_';
}

void appendEncoded(std::string& out, std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (staysAsItIs(c))
            out += c;
        else if (c == ' ')
            out += '+';
        else
            out.append({'%', digits[byte >> 4u], digits[byte & 15u]});
    }
}

} // namespace

std::string encodeForm(const std::vector<Field>& fields)
{
    std::string out;
    for (const Field& field : fields) {
        if (!field.enabled)
            continue;
        if (!out.empty())
            out += '&';
        appendEncoded(out, field.name);
        out += '=';
        appendEncoded(out, field.value);
    }
    return out;
}

} // namespace claimcheck::collection
