// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "target.h"

#include <algorithm>
#include <array>

#include <base/text.h>
#include <http/url.h>
#include <inspect/find.h>

namespace claimcheck::audit {

namespace {

bool holds(std::string_view text, const std::string& token)
{
    return text.find(token) != std::string_view::npos;
}

/// The pairs of a cookie field or a query without those that hold the token.
std::string withoutPairs(std::string_view pairs, char separator, const std::string& token)
{
    std::string kept;
    while (!pairs.empty()) {
        const std::size_t end = std::min(pairs.find(separator), pairs.size());
        const std::string_view pair = pairs.substr(0, end);
        if (!holds(pair, token))
            kept += (kept.empty() ? "" : std::string(1, separator)) + std::string(pair);
        pairs.remove_prefix(std::min(end + 1, pairs.size()));
    }
    return kept;
}

std::string urlWithoutToken(const std::string& url, const std::string& token)
{
    const std::size_t question = url.find('?');
    if (question == std::string::npos || !holds(url, token))
        return url;
    const std::string query = withoutPairs(std::string_view(url).substr(question + 1), '&', token);
    return url.substr(0, question) + (query.empty() ? "" : "?" + query);
}

void removeToken(http::Request& request, const std::string& token)
{
    request.url = urlWithoutToken(request.url, token);
    for (http::Header& header : request.headers)
        if (equalsIgnoringCase(header.name, "Cookie") && holds(header.value, token))
            header.value = std::string(trimmed(withoutPairs(header.value, ';', token)));
        else if (holds(header.value, token))
            header.name.clear();
    std::erase_if(request.headers, [](const http::Header& header) {
        return header.name.empty() || (equalsIgnoringCase(header.name, "Cookie") && header.value.empty());
    });
}

void replaceToken(http::Request& request, const std::string& token, std::string_view by)
{
    request.url = withReplaced(request.url, token, by);
    for (http::Header& header : request.headers)
        header.value = withReplaced(header.value, token, by);
}

void addCookie(http::Request& request, const std::string& pair)
{
    for (http::Header& header : request.headers)
        if (equalsIgnoringCase(header.name, "Cookie")) {
            header.value += "; " + pair;
            return;
        }
    request.headers.push_back({"Cookie", pair});
}

void deliver(http::Request& request, const std::string& good, const Forgery& forgery, std::string_view token)
{
    const Delivery& delivery = forgery.delivery;
    const std::string pair = delivery.name + "=" + std::string(token);
    const http::Header field{"Authorization", delivery.prefix + std::string(token)};
    if (!delivery.method.empty())
        request.method = delivery.method;
    if (delivery.place == Place::Same)
        return replaceToken(request, good, token);
    if (delivery.place != Place::InFront && delivery.place != Place::Behind)
        removeToken(request, good);
    if (delivery.place == Place::Header || delivery.place == Place::Behind)
        request.headers.push_back(field);
    else if (delivery.place == Place::InFront)
        request.headers.insert(request.headers.begin(), field);
    else if (delivery.place == Place::Query)
        request.url += (request.url.find('?') == std::string::npos ? "?" : "&") + pair;
    else if (delivery.place == Place::Cookie)
        addCookie(request, pair);
}

http::Request prepared(const Target& target, const std::string& mark)
{
    static constexpr Milliseconds patience{15'000};
    static constexpr std::uint64_t largest = 16u * 1024u * 1024u;
    http::Request request = target.request;
    request.followRedirects = false;
    request.useCookies = false;
    request.totalTimeout = patience;
    request.maximumBody = largest;
    request.headers.push_back({"X-Audit", mark});
    return request;
}

bool looksSecret(std::string_view name)
{
    static constexpr std::array words{"token", "key", "secret", "sig", "pass", "auth", "code", "jwt"};
    const std::string lower = toLowerAscii(name);
    return std::ranges::any_of(words,
                               [&](const char* word) { return lower.find(word) != std::string::npos; });
}

std::string maskedQuery(std::string_view query)
{
    std::string text;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        text += text.empty() ? "?" : "&";
        text +=
            looksSecret(pair.substr(0, equals)) && equals < pair.size() && pair.substr(equals) != "=$TOKEN"
                ? std::string(pair.substr(0, equals)) + "=***"
                : std::string(pair);
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return text;
}

} // namespace

Result<void> checkTarget(const Target& target)
{
    const bool isThere = !target.token.empty() &&
                         (holds(target.request.url, target.token) ||
                          std::ranges::any_of(target.request.headers, [&](const http::Header& header) {
                              return holds(header.value, target.token);
                          }));
    if (!isThere)
        return failure(ErrorKind::Usage, "cannot audit " + visible(target.name),
                       "the request carries no token in a header or in its URL", "give it with --token");
    return http::validate(target.request);
}

bool isHarmless(std::string_view method)
{
    return method == "GET" || method == "HEAD";
}

http::Request goodRequest(const Target& target, const std::string& mark)
{
    return prepared(target, mark);
}

http::Request forgedRequest(const Target& target, const Forgery& forgery, const std::string& mark)
{
    http::Request request = prepared(target, mark);
    deliver(request, target.token, forgery, forgery.token.reveal());
    return request;
}

bool isLoopbackUrl(std::string_view url)
{
    const auto parsed = http::parseUrl(url);
    return parsed &&
           (equalsIgnoringCase(parsed->host, "localhost") || isLoopbackAddress(parsed->host + ":1"));
}

bool isLoopbackAddress(std::string_view address)
{
    const std::string_view host = address.substr(0, address.rfind(':'));
    if (host == "[::1]" || host == "::1")
        return true;
    const bool isNumeric = host.find_first_not_of("0123456789.") == std::string_view::npos;
    return isNumeric && std::ranges::count(host, '.') == 3 && host.starts_with("127.");
}

std::string shownUrl(const Target& target, std::string_view url)
{
    const std::string text = withReplaced(std::string(url), target.token, "$TOKEN");
    const auto parsed = http::parseUrl(text);
    const std::string plain = parsed ? http::toText(*parsed) : text;
    const std::size_t question = std::min(plain.find('?'), plain.size());
    const std::string_view query = std::string_view(plain).substr(std::min(question + 1, plain.size()));
    return plain.substr(0, question) + maskedQuery(query);
}

std::string curlLine(const Target& target, const Forgery& forgery)
{
    http::Request request = target.request;
    const std::string token = forgery.token.isEmpty() ? "" : "$TOKEN";
    deliver(request, target.token, forgery, token);
    std::string line = "curl -si";
    if (request.method == "HEAD")
        line += " --head";
    else if (request.method != "GET")
        line += " -X " + request.method;
    for (const http::Header& header : request.headers)
        if (header.value.find("$TOKEN") != std::string::npos ||
            equalsIgnoringCase(header.name, "Authorization"))
            line += " -H \"" + header.name + ": " + withReplaced(header.value, target.token, "$GOOD") + "\"";
    return line + " \"" + shownUrl(target, request.url) + "\"";
}

std::string shownAnswer(const std::string& body)
{
    static constexpr std::size_t shown = 600;
    std::string text = body.substr(0, 16 * shown);
    const auto found = inspect::findTokens(text);
    for (auto token = found.rbegin(); token != found.rend(); ++token)
        if (token->offset + token->text.size() <= text.size())
            text.replace(token->offset, token->text.size(), "[token]");
    text = text.substr(0, shown);
    if (const auto broken = firstInvalidUtf8(text))
        text.resize(std::min(*broken, text.size()));
    return text;
}

} // namespace claimcheck::audit
