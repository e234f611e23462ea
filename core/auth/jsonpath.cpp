// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jsonpath.h"

#include <base/text.h>
#include <json/write.h>

#include <algorithm>
#include <charconv>
#include <span>

namespace claimcheck::auth {

namespace {

/// A cursor over the path's text; every function takes something away from the front.
struct PathReader
{
    std::string_view text;
    std::size_t at = 0;

    bool atEnd() const { return at == text.size(); }
    std::string_view rest() const { return text.substr(at); }
    bool take(char c)
    {
        const bool there = !atEnd() && text[at] == c;
        at += there ? 1 : 0;
        return there;
    }
};

tl::unexpected<Error> badPath(const PathReader& reader, const std::string& why)
{
    return failure(ErrorKind::Usage, "the path " + visible(reader.text) + " cannot be read", why,
                   "write it as data.access_token, items[0].token, header:X-Token or cookie:session",
                   Position{"path", reader.at, 0, 0});
}

/// A bare name ends at the next dot or bracket.
Result<PathStep> takeName(PathReader& reader)
{
    const std::size_t end = std::min(reader.text.find_first_of(".[]", reader.at), reader.text.size());
    if (end == reader.at)
        return badPath(reader, "a name is missing");
    const std::string_view name = reader.text.substr(reader.at, end - reader.at);
    reader.at = end;
    return PathStep(std::string(name));
}

/// `"a\"b"`: the end of the quoted text, behind its quote.
std::size_t endOfQuoted(std::string_view rest)
{
    std::size_t end = 1;
    while (end < rest.size() && rest[end] != '"')
        end += rest[end] == '\\' ? std::size_t{2} : std::size_t{1};
    return std::min(end + 1, rest.size());
}

Result<PathStep> takeQuoted(PathReader& reader)
{
    const std::string_view quoted = reader.rest().substr(0, endOfQuoted(reader.rest()));
    const auto name = json::parse(quoted);
    if (!name || !name->root().isString())
        return badPath(reader, "the quoted name is no JSON string");
    reader.at += quoted.size();
    return PathStep(name->root().string());
}

Result<PathStep> takeIndex(PathReader& reader)
{
    std::size_t index = 0;
    const std::string_view rest = reader.rest();
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), index);
    if (error != std::errc())
        return badPath(reader, "a number or a quoted name must stand between the brackets");
    reader.at += static_cast<std::size_t>(end - rest.data());
    return PathStep(index);
}

Result<PathStep> takeBracketed(PathReader& reader)
{
    auto step = reader.rest().starts_with('"') ? takeQuoted(reader) : takeIndex(reader);
    if (step && !reader.take(']'))
        return badPath(reader, "] is missing");
    return step;
}

bool isPlainName(std::string_view name)
{
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-';
    });
}

std::string describe(const json::Value& value, std::span<const Secret> secrets)
{
    switch (value.kind()) {
    case json::Kind::Object:
        return value.size() == 0 ? "an empty object" : "an object with " + memberList(value, secrets);
    case json::Kind::Array:
        return "an array of " + std::to_string(value.size());
    case json::Kind::String:
        return "a string";
    case json::Kind::Number:
        return "a number";
    case json::Kind::Bool:
        return "a boolean";
    case json::Kind::Null:
        break;
    }
    return "null";
}

std::optional<json::Value> stepInto(const json::Value& value, const PathStep& step)
{
    if (const auto* name = std::get_if<std::string>(&step))
        return value.find(*name);
    const auto items = value.items();
    const std::size_t index = std::get<std::size_t>(step);
    return index < items.size() ? std::optional(items[index]) : std::nullopt;
}

} // namespace

Result<JsonPath> parsePath(std::string_view text)
{
    PathReader reader{text};
    JsonPath path;
    reader.take('$');
    if (!reader.rest().starts_with('['))
        reader.take('.');
    while (!reader.atEnd()) {
        if (!path.empty() && !reader.rest().starts_with('[') && !reader.take('.'))
            return badPath(reader, "a dot is missing");
        auto step = reader.take('[') ? takeBracketed(reader) : takeName(reader);
        if (!step)
            return tl::unexpected(step.error());
        path.push_back(*std::move(step));
    }
    if (text.ends_with('.') || path.empty())
        return badPath(reader, "a name is missing");
    return path;
}

std::string toText(const JsonPath& path)
{
    std::string text;
    for (const PathStep& step : path) {
        const auto* name = std::get_if<std::string>(&step);
        if (name == nullptr)
            text += "[" + std::to_string(std::get<std::size_t>(step)) + "]";
        else
            text += isPlainName(*name) ? "." + *name : "[" + json::quoted(*name) + "]";
    }
    return text;
}

std::string memberList(const json::Value& object, std::span<const Secret> secrets)
{
    static constexpr std::size_t shown = 8;
    std::string list;
    const auto members = object.members();
    for (std::size_t i = 0; i < std::min(members.size(), shown); ++i)
        list += (i == 0 ? "" : ", ") + visible(shortened(cutOut(members[i].name, secrets), 60));
    return members.size() > shown ? list + " …" : list;
}

Result<json::Value> follow(json::Value root, const JsonPath& path, std::span<const Secret> secrets)
{
    json::Value value = root;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto next = stepInto(value, path[i]);
        if (!next) {
            const JsonPath held(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i));
            const std::string place = held.empty() ? "the body" : visible(toText(held));
            return settable(Setting::TokenPlace,
                            failure(ErrorKind::Malformed,
                                    "no token at " + visible(toText(path)) + " in the answer",
                                    place + " is " + describe(value, secrets),
                                    "correct the path, or leave it out to search"));
        }
        value = *next;
    }
    return value;
}

} // namespace claimcheck::auth
