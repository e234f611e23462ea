// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/import/postmanvalues.h>

#include <algorithm>

#include <base/text.h>
#include <json/write.h>

namespace claimcheck::interop {
namespace {

/// "Name: value"; a line without a colon is no header.
void addHeaderLine(std::string_view line, std::vector<collection::Field>& headers)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || trimmed(line.substr(0, colon)).empty())
        return;
    headers.push_back(
        {std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1))), true});
}

void addHeaderLines(std::string_view text, std::vector<collection::Field>& headers)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        addHeaderLine(text.substr(0, end), headers);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// Environments say `enabled`, everything else `disabled`.
bool isEnabled(const json::Value& value)
{
    const auto enabled = value.find("enabled");
    return !flagAt(value, "disabled") && (!enabled || !enabled->isBool() || enabled->boolean());
}

} // namespace

tl::unexpected<Error> PostmanReading::wrong(const json::Value& value, std::string why) const
{
    return failure(ErrorKind::Malformed, "cannot import this Postman file", std::move(why),
                   "export it again from Postman", json::positionOf(source, value.offset()));
}

std::string textOf(const json::Value& value)
{
    if (value.isString())
        return value.string();
    return value.isNull() ? std::string() : json::format(value, json::Layout::Compact);
}

std::string textAt(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value ? textOf(*value) : std::string();
}

bool flagAt(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value && value->isBool() && value->boolean();
}

std::string descriptionOf(const json::Value& object)
{
    const auto value = object.find("description");
    if (!value)
        return {};
    return value->isObject() ? textAt(*value, "content") : textOf(*value);
}

std::vector<json::Value> listAt(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    if (value && value->isObject())
        return {*value};
    return value ? value->items() : std::vector<json::Value>();
}

std::string toUpperAscii(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
}

std::string linesOf(const json::Value& value)
{
    if (!value.isArray())
        return textOf(value);
    std::string text;
    for (const json::Value& line : value.items())
        text += (text.empty() ? "" : "\n") + textOf(line);
    return text;
}

std::vector<collection::Field> headersOf(const json::Value& around, std::string_view name)
{
    std::vector<collection::Field> headers;
    const auto value = around.find(name);
    if (value && value->isString())
        addHeaderLines(value->string(), headers);
    for (const json::Value& item : value ? value->items() : std::vector<json::Value>()) {
        if (item.isString())
            addHeaderLine(item.string(), headers);
        else if (const std::string key = textAt(item, "key"); !trimmed(key).empty())
            headers.push_back(
                {std::string(trimmed(key)), std::string(trimmed(textAt(item, "value"))), isEnabled(item)});
    }
    return headers;
}

std::vector<variables::Variable> variablesOf(const std::vector<json::Value>& list, const std::string& where,
                                             PostmanReading& reading)
{
    std::vector<variables::Variable> variables;
    for (const json::Value& each : list) {
        std::string name = textAt(each, "key");
        if (name.empty())
            name = textAt(each, "id");
        if (trimmed(name).empty())
            continue;
        const bool isSecret = textAt(each, "type") == "secret" || flagAt(each, "secret");
        const bool isOn = isEnabled(each);
        const auto same = [&](const variables::Variable& other) {
            return isOn && other.enabled && other.name == name;
        };
        if (std::erase_if(variables, same) > 0)
            reading.leaveOut(where, "an earlier value of the variable " + name,
                             "of several of one name the last one counts");
        variables.push_back({std::move(name), textAt(each, "value"), isOn, isSecret});
    }
    return variables;
}

} // namespace claimcheck::interop
