// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The URL of a Postman request: its parts count, the raw text only where there are none.

#include <interop/import/postmanvalues.h>

#include <algorithm>

#include <base/percent.h>

namespace claimcheck::interop {
namespace {

/// A piece of a URL with the characters escaped that would end it; {{names}} are left alone.
std::string piece(std::string_view text, std::string_view ending)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t close = text.substr(i).starts_with("{{") ? text.find("}}", i) : std::string::npos;
        if (close != std::string_view::npos) {
            out += text.substr(i, close + 2 - i);
            i = close + 1;
            continue;
        }
        if (ending.find(text[i]) != std::string_view::npos)
            appendPercentEncoded(out, text[i]);
        else
            out += text[i];
    }
    return out;
}

/// A list of words with something between them; a text as it is.
std::string joinedAt(const json::Value& url, std::string_view name, char between, std::string_view ending)
{
    const auto value = url.find(name);
    if (!value || !value->isArray())
        return value ? textOf(*value) : std::string();
    std::string out;
    bool isFirst = true;
    for (const json::Value& each : value->items()) {
        out += isFirst ? "" : std::string(1, between);
        out += piece(each.isObject() ? textAt(each, "value") : textOf(each), ending);
        isFirst = false;
    }
    return out;
}

std::string queryPair(const json::Value& pair)
{
    const auto value = pair.find("value");
    const std::string name = piece(textAt(pair, "key"), "&#=");
    return name + (value && !value->isNull() ? "=" + piece(textOf(*value), "&#") : "");
}

std::string builtUrl(const json::Value& url)
{
    const std::string protocol = textAt(url, "protocol");
    const std::string host = joinedAt(url, "host", '.', "");
    const std::string port = textAt(url, "port");
    std::string path = joinedAt(url, "path", '/', "?#");
    if (!path.empty() && !path.starts_with('/'))
        path.insert(0, 1, '/');
    std::string query;
    for (const json::Value& pair : listAt(url, "query"))
        if (pair.isObject() && !flagAt(pair, "disabled"))
            query += (query.empty() ? "?" : "&") + queryPair(pair);
    const std::string hash = textAt(url, "hash");
    const bool hasScheme = !protocol.empty() || host.starts_with("{{") || host.empty();
    return (protocol.empty() ? (hasScheme ? "" : "http://") : protocol + "://") + host +
           (port.empty() ? "" : ":" + port) + path + query + (hash.empty() ? "" : "#" + hash);
}

void readParameters(const json::Value& url, collection::Item& item)
{
    const std::vector<json::Value> query = listAt(url, "query");
    const bool isAnyOff = std::any_of(query.begin(), query.end(),
                                      [](const json::Value& pair) { return flagAt(pair, "disabled"); });
    for (const json::Value& pair : query)
        if (isAnyOff && pair.isObject())
            item.details.parameters.push_back(
                {textAt(pair, "key"), textAt(pair, "value"), false, !flagAt(pair, "disabled")});
    for (const json::Value& pair : listAt(url, "variable")) {
        const std::string name = textAt(pair, "key").empty() ? textAt(pair, "id") : textAt(pair, "key");
        if (!name.empty() && item.entry.url.find(":" + name) != std::string::npos)
            item.details.parameters.push_back({name, textAt(pair, "value"), true, !flagAt(pair, "disabled")});
    }
}

} // namespace

std::string postmanUrl(const json::Value& url)
{
    if (!url.isObject())
        return textOf(url);
    const bool hasParts = url.find("host") || url.find("path");
    return hasParts ? builtUrl(url) : textAt(url, "raw");
}

void readPostmanUrl(const json::Value& url, collection::Item& item)
{
    item.entry.url = postmanUrl(url);
    if (url.isObject())
        readParameters(url, item);
}

} // namespace claimcheck::interop
