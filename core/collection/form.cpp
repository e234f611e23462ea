// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collection/collection.h>

#include <algorithm>

#include <base/percent.h>
#include <http/url.h>

namespace claimcheck::collection {
namespace {

/// The application/x-www-form-urlencoded percent-encode set leaves these as they are (WHATWG URL §1.3).
bool staysAsItIs(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '*' ||
           c == '-' || c == '.' || c == '_';
}

std::string formDecoded(std::string_view text)
{
    std::string spaced(text);
    std::ranges::replace(spaced, '+', ' ');
    return http::percentDecoded(spaced);
}

} // namespace

std::string formEncoded(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (staysAsItIs(c))
            out += c;
        else if (c == ' ')
            out += '+';
        else
            appendPercentEncoded(out, c);
    }
    return out;
}

std::string encodeForm(const std::vector<Field>& fields)
{
    std::string out;
    for (const Field& field : fields) {
        if (!field.enabled)
            continue;
        if (!out.empty())
            out += '&';
        out += formEncoded(field.name);
        out += '=';
        out += formEncoded(field.value);
    }
    return out;
}

std::vector<Field> decodeForm(std::string_view form)
{
    std::vector<Field> fields;
    while (!form.empty()) {
        const std::string_view pair = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(pair.size() + 1, form.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (!pair.empty())
            fields.push_back({formDecoded(pair.substr(0, equals)),
                              formDecoded(pair.substr(std::min(equals + 1, pair.size())))});
    }
    return fields;
}

} // namespace claimcheck::collection
