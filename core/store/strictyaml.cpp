// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/strictyaml.h>

#include <algorithm>

#include <base/text.h>
#include <json/write.h>

namespace claimcheck::store {
namespace {

std::string listed(const std::vector<std::string_view>& names)
{
    std::string text;
    for (const std::string_view name : names)
        text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

std::string scalarAsJson(const YamlValue& value)
{
    const std::string text = value.text();
    if (value.isNull())
        return "null";
    const bool isPlain = value.node().style == YamlStyle::Plain;
    const auto number = isPlain && !text.empty() ? json::parse(text) : json::parse("\"\"");
    const bool isBare = isPlain && number && !number->root().isString() && number->root().size() == 0;
    return isBare ? text : json::quoted(text);
}

void append(std::string& out, const YamlValue& value)
{
    bool isFirst = true;
    const auto separate = [&] {
        out += isFirst ? "" : ",";
        isFirst = false;
    };
    if (value.isMapping()) {
        out += '{';
        for (const YamlPair& pair : value.pairs()) {
            separate();
            json::appendQuoted(out, pair.key.text());
            out += ':';
            append(out, pair.value);
        }
        out += '}';
    } else if (value.isSequence()) {
        out += '[';
        for (const YamlValue& item : value.items()) {
            separate();
            append(out, item);
        }
        out += ']';
    } else {
        out += scalarAsJson(value);
    }
}

} // namespace

void StrictYaml::reject(const YamlValue& value, const std::string& why)
{
    if (!m_problem)
        m_problem = Error{ErrorKind::Malformed, m_what, why, "correct the file", value.position()};
}

std::vector<YamlPair> StrictYaml::pairs(const YamlValue& value, std::string_view name,
                                        const std::vector<std::string_view>& known)
{
    if (!value.isMapping()) {
        reject(value, std::string(name) + " must be a mapping");
        return {};
    }
    for (const YamlPair& pair : value.pairs())
        if (!known.empty() && std::find(known.begin(), known.end(), pair.key.text()) == known.end())
            reject(pair.key, std::string(name) + " has no key \"" + visible(pair.key.text()) +
                                 "\" (known: " + listed(known) + ")");
    return value.pairs();
}

std::vector<YamlValue> StrictYaml::items(const YamlValue& value, std::string_view name)
{
    if (!value.isSequence())
        reject(value, std::string(name) + " must be a list");
    return value.items();
}

std::string StrictYaml::text(const YamlValue& value, std::string_view name)
{
    if (!value.isScalar() || trimmed(value.text()).empty())
        reject(value, std::string(name) + " must be a text");
    return value.text();
}

bool StrictYaml::truth(const YamlValue& value, std::string_view name)
{
    if (!value.isScalar() || (!value.isTrue() && value.text() != "false"))
        reject(value, std::string(name) + " must be true or false");
    return value.isTrue();
}

/// Recursive: the parser has bounded the depth, and what aliases expand to.
std::string toJson(const YamlValue& value)
{
    std::string out;
    append(out, value);
    return out;
}

} // namespace claimcheck::store
