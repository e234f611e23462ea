// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ways to values, and constants.

#include <algorithm>
#include <array>

#include <base/text.h>
#include <interop/import/scriptchecks.h>

namespace claimcheck::interop {
namespace {

using Expression = ScriptExpression;
using Kind = ScriptExpression::Kind;

/// The whole answer as text has no expression of its own: res.body is JSON where it is JSON.
constexpr const char* bodyText = "text";

bool isPlainName(std::string_view name)
{
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '$';
    });
}

bool isDigits(std::string_view text)
{
    return !text.empty() && text.size() < 10 &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<std::string> headerPath(const std::string& name)
{
    const std::string lower = toLowerAscii(trimmed(name));
    if (lower.empty() || lower.find_first_of("'\"\\]") != std::string::npos)
        return std::nullopt;
    return "res.headers['" + lower + "']";
}

/// pm.response and what hangs on it.
std::optional<std::string> responsePath(const std::vector<ScriptLink>& links)
{
    if (links.size() == 3 && !links[2].call) {
        constexpr std::array<std::pair<std::string_view, const char*>, 3> values{
            {{"code", "res.status"}, {"status", "res.statusText"}, {"responseTime", "res.responseTime"}}};
        for (const auto& each : values)
            if (links[2].name == each.first)
                return each.second;
    }
    if (links.size() == 3 && links[2].call && links[2].count() == 0)
        return links[2].name == "json"   ? std::optional<std::string>("res.body")
               : links[2].name == "text" ? std::optional<std::string>(bodyText)
                                         : std::nullopt;
    if (links.size() == 4 && links[2].name == "headers" && links[3].name == "get" && links[3].count() == 1 &&
        links[3].argument(0).is(Kind::String))
        return headerPath(links[3].argument(0).text);
    return std::nullopt;
}

std::optional<std::string> callPath(const Expression& expression, const ScriptNames& names)
{
    const std::vector<ScriptLink> links = linksOf(expression);
    if (links.size() < 2)
        return std::nullopt;
    if (links[0].name == "pm" && links[1].name == "response" && !links[1].call)
        return responsePath(links);
    const ScriptLink& last = links.back();
    if (links.size() != 2 || !last.call || last.count() != 1)
        return std::nullopt;
    if (links[0].name == "JSON" && last.name == "parse") {
        const auto parsed = pathOf(last.argument(0), names);
        return parsed == bodyText ? std::optional<std::string>("res.body") : std::nullopt;
    }
    if (links[0].name == "postman" && last.name == "getResponseHeader" && last.argument(0).is(Kind::String))
        return headerPath(last.argument(0).text);
    return std::nullopt;
}

std::optional<std::string> namePath(const std::string& name, const ScriptNames& names)
{
    if (const auto found = names.find(name); found != names.end())
        return found->second.empty() ? std::nullopt : std::optional(found->second);
    if (name == "responseBody")
        return bodyText;
    return name == "responseTime" ? std::optional<std::string>("res.responseTime") : std::nullopt;
}

std::optional<std::string> memberPath(const Expression& expression, const ScriptNames& names)
{
    const auto object = pathOf(expression.parts[0], names);
    if (!object || *object == bodyText || !isPlainName(expression.text))
        return std::nullopt;
    return *object + (expression.isOptional ? "?." : ".") + expression.text;
}

std::optional<std::string> indexPath(const Expression& expression, const ScriptNames& names)
{
    const auto object = pathOf(expression.parts[0], names);
    const Expression& index = expression.parts[1];
    if (!object || *object == bodyText)
        return std::nullopt;
    const std::string start = *object + (expression.isOptional ? "?." : "");
    if (index.is(Kind::Number) && isDigits(index.text))
        return start + "[" + index.text + "]";
    const bool isQuotable =
        index.is(Kind::String) && index.text.find_first_of("'\"\\]\n") == std::string::npos;
    return isQuotable ? std::optional(start + "['" + index.text + "']") : std::nullopt;
}

/// responseCode.code and responseCode.name of the older scripts.
std::optional<std::string> olderPath(const Expression& expression)
{
    const bool isCode = expression.is(Kind::Member) && expression.parts[0].is(Kind::Name) &&
                        expression.parts[0].text == "responseCode";
    if (!isCode)
        return std::nullopt;
    return expression.text == "code"   ? std::optional<std::string>("res.status")
           : expression.text == "name" ? std::optional<std::string>("res.statusText")
                                       : std::nullopt;
}

std::optional<std::string> stringOperand(const std::string& text)
{
    constexpr std::array<std::string_view, 7> words{"true", "false",    "null",     "undefined",
                                                    "NaN",  "Infinity", "-Infinity"};
    // A backslash or ${ would be JavaScript to Bruno, {{ a variable.
    if (text.find_first_of("\\`\r\n") != std::string::npos || text.find("${") != std::string::npos ||
        text.find("{{") != std::string::npos)
        return std::nullopt;
    const bool isWord =
        !text.empty() && std::find(words.begin(), words.end(), text) == words.end() &&
        std::all_of(text.begin(), text.end(),
                    [](char c) {
                        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '_';
                    }) &&
        text == trimmed(text);
    if (isWord)
        return text;
    for (const char quote : {'"', '\''})
        if (text.find(quote) == std::string::npos)
            return quote + text + quote;
    return std::nullopt;
}

std::optional<std::string> numberOperand(const std::string& text, const char* sign)
{
    const bool isPlain = text.size() <= 15 && text.find_first_not_of("0123456789.") == std::string::npos &&
                         std::count(text.begin(), text.end(), '.') <= 1 && text.front() != '.' &&
                         text.back() != '.';
    return isPlain ? std::optional(sign + text) : std::nullopt;
}

} // namespace

std::vector<ScriptLink> linksOf(const Expression& expression)
{
    std::vector<ScriptLink> links;
    const Expression* at = &expression;
    const Expression* call = nullptr;
    while (true) {
        if (at->is(Kind::Call) && !call) {
            call = at;
        } else if (at->is(Kind::Member)) {
            links.push_back({at->text, call});
            call = nullptr;
        } else if (at->is(Kind::Name)) {
            links.push_back({at->text, call});
            std::reverse(links.begin(), links.end());
            return links;
        } else {
            return {};
        }
        at = &at->parts[0];
    }
}

std::optional<std::string> pathOf(const Expression& expression, const ScriptNames& names)
{
    if (expression.is(Kind::Name))
        return namePath(expression.text, names);
    if (auto path = callPath(expression, names))
        return path;
    if (auto path = olderPath(expression))
        return path;
    if (expression.is(Kind::Member))
        return memberPath(expression, names);
    return expression.is(Kind::Index) ? indexPath(expression, names) : std::nullopt;
}

std::optional<std::string> operandText(const Expression& expression)
{
    constexpr std::array<std::string_view, 4> words{"true", "false", "null", "undefined"};
    switch (expression.kind) {
    case Kind::String:
        return stringOperand(expression.text);
    case Kind::Number:
        return numberOperand(expression.text, "");
    case Kind::Unary:
        return expression.text == "-" && expression.parts[0].is(Kind::Number)
                   ? numberOperand(expression.parts[0].text, "-")
                   : std::nullopt;
    case Kind::Name:
        return std::find(words.begin(), words.end(), expression.text) != words.end()
                   ? std::optional(expression.text)
                   : std::nullopt;
    default:
        return std::nullopt;
    }
}

} // namespace claimcheck::interop
