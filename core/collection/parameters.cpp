// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collection/parameters.h>

#include <algorithm>

#include <base/percent.h>

namespace claimcheck::collection {
namespace {

/// RFC 3986 §3: the places where query and fragment begin, at their signs.
struct Parts
{
    std::size_t query;
    std::size_t fragment;
};

Parts partsOf(std::string_view url)
{
    const std::size_t fragment = std::min(url.find('#'), url.size());
    return {std::min(url.find('?'), fragment), fragment};
}

std::vector<Parameter> queryOf(std::string_view url)
{
    const Parts parts = partsOf(url);
    std::vector<Parameter> found;
    std::size_t at = parts.query + 1;
    while (at < parts.fragment) {
        const std::size_t end = std::min(url.find('&', at), parts.fragment);
        const std::string_view pair = url.substr(at, end - at);
        const std::size_t sign = std::min(pair.find('='), pair.size());
        const std::string_view value = sign < pair.size() ? pair.substr(sign + 1) : std::string_view();
        if (!pair.empty())
            found.push_back({std::string(pair.substr(0, sign)), std::string(value), false, true});
        at = end + 1;
    }
    return found;
}

std::vector<std::string> pathNames(std::string_view url)
{
    const std::size_t end = partsOf(url).query;
    const std::size_t scheme = url.find("://");
    std::vector<std::string> names;
    std::size_t at = url.find('/', scheme < end ? scheme + 3 : 0);
    while (at < end) {
        const std::size_t next = std::min(url.find('/', at + 1), end);
        const std::string_view segment = url.substr(at + 1, next - at - 1);
        const std::string name(segment.substr(std::min<std::size_t>(1, segment.size())));
        const bool isNew = std::find(names.begin(), names.end(), name) == names.end();
        if (segment.size() > 1 && segment.front() == ':' && isNew)
            names.push_back(name);
        at = next;
    }
    return names;
}

std::string encoded(const std::string& text, std::string_view reserved)
{
    std::string out;
    for (const char c : text) {
        if (reserved.find(c) == std::string_view::npos)
            out += c;
        else
            appendPercentEncoded(out, c);
    }
    return out;
}

} // namespace

std::vector<Parameter> parametersOf(std::string_view url, const std::vector<Parameter>& known)
{
    std::vector<Parameter> query = queryOf(url);
    std::vector<std::string> names = pathNames(url);
    std::vector<Parameter> out;
    auto next = query.begin();
    for (const Parameter& parameter : known) {
        const auto name = std::find(names.begin(), names.end(), parameter.name);
        if (parameter.inPath && name != names.end()) {
            out.push_back(parameter);
            names.erase(name);
        } else if (!parameter.inPath && !parameter.enabled) {
            out.push_back(parameter);
        } else if (!parameter.inPath && next != query.end()) {
            out.push_back(*next++);
        }
    }
    out.insert(out.end(), next, query.end());
    for (const std::string& name : names)
        out.push_back({name, {}, true, true});
    return out;
}

std::string withQuery(std::string_view url, const std::vector<Parameter>& parameters)
{
    const Parts parts = partsOf(url);
    std::string query;
    for (const Parameter& parameter : parameters) {
        if (parameter.inPath || !parameter.enabled || (parameter.name.empty() && parameter.value.empty()))
            continue;
        query += query.empty() ? '?' : '&';
        query += encoded(parameter.name, "&#=") + "=" + encoded(parameter.value, "&#");
    }
    return std::string(url.substr(0, parts.query)) + query + std::string(url.substr(parts.fragment));
}

} // namespace claimcheck::collection
