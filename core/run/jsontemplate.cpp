// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/jsontemplate.h>

#include <json/write.h>

namespace claimcheck::run {

namespace {

/// Whether the place behind `text` is inside of a JSON string.
bool endsInString(std::string_view text)
{
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (inside && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            inside = !inside;
    }
    return inside;
}

std::string escapedInString(const std::string& text)
{
    const std::string quoted = json::quoted(text);
    return quoted.substr(1, quoted.size() - 2);
}

} // namespace

Result<std::string> resolveText(const std::string& text, TextKind kind, const Values& values,
                                const std::string& place)
{
    std::string out;
    std::size_t done = 0;
    for (const variables::Reference& reference : variables::references(text)) {
        const std::string typed = text.substr(reference.offset, reference.length);
        out.append(text, done, reference.offset - done);
        done = reference.offset + reference.length;
        const Result<std::string> value = values.resolve(typed, place);
        if (!value && !values.allowUndefined)
            return value;
        if (!value)
            out += typed;
        else if (kind == TextKind::Json && endsInString(out))
            out += escapedInString(*value);
        else
            out += *value;
    }
    return out.append(text, done);
}

} // namespace claimcheck::run
