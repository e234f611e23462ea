// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/requesturl.h>

#include <algorithm>

#include <base/percent.h>
#include <base/text.h>

namespace claimcheck::run {

namespace {

/// Where the path begins: behind scheme and host.
std::size_t pathStart(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    return std::min(url.find_first_of("/?#", scheme == std::string_view::npos ? 0 : scheme + 3), url.size());
}

Result<std::string> fillSegment(std::string_view segment, const collection::Details& details,
                                const Values& values)
{
    const auto found =
        std::find_if(details.parameters.begin(), details.parameters.end(),
                     [segment](const collection::Parameter& parameter) {
                         return parameter.inPath && parameter.enabled && segment == ":" + parameter.name;
                     });
    if (found == details.parameters.end())
        return std::string(segment);
    const Result<std::string> value = values.resolve(found->value, "path parameter " + found->name);
    if (!value || trimmed(*value).empty())
        return value ? std::string(segment) : value;
    return percentEncoded(*value, "!$&'()*+,;=:@/%");
}

/// Each `:name` between slashes for which there is a path parameter with a value.
Result<std::string> withPathParameters(const std::string& url, const collection::Details& details,
                                       const Values& values)
{
    const std::size_t start = pathStart(url);
    const std::size_t end = std::min(url.find_first_of("?#", start), url.size());
    std::string out = url.substr(0, start);
    for (std::size_t at = start; at < end;) {
        const std::size_t next = std::min(url.find('/', at + 1), end);
        const bool hasSlash = url[at] == '/';
        const std::size_t from = at + (hasSlash ? 1 : 0);
        const auto segment = fillSegment(std::string_view(url).substr(from, next - from), details, values);
        if (!segment)
            return segment;
        out += (hasSlash ? "/" : "") + *segment;
        at = next;
    }
    return out + url.substr(end);
}

/// With `encodeUrl`, names and values of the query are encoded as a whole, "%" and "#" too, as Bruno has it.
std::string encodedQuery(std::string_view query)
{
    constexpr std::string_view kept = "!*'()";
    std::string out;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (trimmed(pair.substr(0, equals)).empty())
            continue;
        out += (out.empty() ? "" : "&") + percentEncoded(pair.substr(0, equals), kept);
        if (equals < pair.size())
            out += "=" + percentEncoded(pair.substr(equals + 1), kept);
    }
    return out;
}

/// A space, which no request target may hold, becomes %20; the rest goes out as typed.
std::string encodedUrl(const std::string& url, bool encodeQuery)
{
    const std::size_t query = encodeQuery ? url.find('?') : std::string::npos;
    std::string out;
    for (const char c : url.substr(0, query))
        out += c == ' ' ? std::string("%20") : std::string(1, c);
    return query == std::string::npos ? out : out + "?" + encodedQuery(url.substr(query + 1));
}

} // namespace

Result<void> setUrl(http::Request& request, const collection::Collection& collection,
                    const collection::Item& item, const Values& values)
{
    if (request.url.find("://") == std::string::npos)
        request.url.insert(0, "http://"); // as Bruno has it
    const Result<std::string> url = withPathParameters(request.url, item.details, values);
    if (!url)
        return tl::unexpected(url.error());
    request.url = encodedUrl(*url, effectiveSettings(collection, item).encodeUrl.value_or(false));
    return {};
}

void addQueryParameter(std::string& url, std::string_view name, std::string_view value)
{
    const std::size_t end = std::min(url.find('#'), url.size());
    const char* const joint = url.find('?') == std::string::npos ? "?" : "&";
    url.insert(end, joint + percentEncoded(name) + "=" + percentEncoded(value));
}

} // namespace claimcheck::run
