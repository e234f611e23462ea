// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "target.h"

#include "shown.h"

#include <algorithm>
#include <tuple>

#include <base/loopback.h>
#include <base/text.h>
#include <http/url.h>
#include <inspect/find.h>

namespace claimcheck::audit {

namespace {

bool holds(std::string_view text, std::string_view token)
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

} // namespace

http::Request auditRequest(http::Request request, const std::string& mark)
{
    static constexpr Milliseconds patience{15'000};
    static constexpr std::uint64_t largest = 16u * 1024u * 1024u;
    request.followRedirects = false;
    request.useCookies = false;
    if (request.totalTimeout <= Milliseconds(0))
        request.totalTimeout = patience;
    request.maximumBody = largest;
    request.headers.push_back({"X-Audit", mark});
    return request;
}

bool carries(const http::Request& request, std::string_view text)
{
    return !text.empty() &&
           (holds(request.url, text) || std::ranges::any_of(request.headers, [&](const http::Header& header) {
                return holds(header.value, text);
            }));
}

std::string tokenIn(const http::Request& request)
{
    for (const http::Header& header : request.headers)
        if (const auto found = inspect::findTokens(header.value); !found.empty())
            return found.front().text;
    const auto found = inspect::findTokens(request.url);
    return found.empty() ? std::string() : found.front().text;
}

std::vector<std::string> hostWords(const std::string& url)
{
    std::vector<std::string> words;
    const auto parsed = http::parseUrl(url);
    std::string_view host = parsed ? std::string_view(parsed->host) : std::string_view();
    if (!host.empty())
        words.emplace_back(host);
    while (!host.empty()) {
        const std::size_t end = std::min(host.find('.'), host.size());
        words.emplace_back(host.substr(0, end));
        host.remove_prefix(std::min(end + 1, host.size()));
    }
    return words;
}

Result<void> checkTarget(const Target& target)
{
    if (!carries(target.request, target.token))
        return failure(ErrorKind::Usage, "cannot audit " + visible(shownName(target)),
                       "the request carries no token in a header or in its URL", "give it with --token");
    return http::validate(target.request);
}

bool isHarmless(std::string_view method)
{
    return method == "GET" || method == "HEAD";
}

bool staysHere(const http::Request& request)
{
    return request.proxy.empty() && http::isLoopbackUrl(request.url);
}

std::string hostToConfirm(const http::Request& request)
{
    const auto url = http::parseUrl(request.url);
    return staysHere(request) || !url ? std::string() : toLowerAscii(url->host);
}

bool isAmong(const std::vector<std::string>& confirmedHosts, const http::Request& request)
{
    return request.proxy.empty() &&
           std::ranges::find(confirmedHosts, hostToConfirm(request)) != confirmedHosts.end();
}

Confirmed confirmedWith(const std::vector<http::Request>& requests)
{
    Confirmed confirmed;
    for (const http::Request& request : requests) {
        const std::string host = hostToConfirm(request);
        if (!host.empty() && std::ranges::find(confirmed.hosts, host) == confirmed.hosts.end())
            confirmed.hosts.push_back(host);
        confirmed.isEveryWay = confirmed.isEveryWay || !request.proxy.empty();
    }
    return confirmed;
}

http::Request goodRequest(const Target& target, const std::string& mark)
{
    return auditRequest(target.request, mark);
}

http::Request requestWith(const Target& target, const Forgery& forgery, std::string_view token)
{
    http::Request request = target.request;
    const Delivery& delivery = forgery.delivery;
    const std::string pair = delivery.name + "=" + std::string(token);
    const http::Header field{"Authorization", delivery.prefix + std::string(token)};
    if (!delivery.method.empty())
        request.method = delivery.method;
    if (delivery.place == Place::Same)
        replaceToken(request, target.token, token);
    else if (delivery.place == Place::Swapped)
        replaceToken(request, target.token, garbageToken);
    else if (delivery.place != Place::InFront && delivery.place != Place::Behind)
        removeToken(request, target.token);
    if (delivery.place == Place::Header || delivery.place == Place::Behind)
        request.headers.push_back(field);
    else if (delivery.place == Place::InFront)
        request.headers.insert(request.headers.begin(), field);
    else if (delivery.place == Place::Query)
        request.url += (request.url.find('?') == std::string::npos ? "?" : "&") + pair;
    else if (delivery.place == Place::Cookie || delivery.place == Place::Swapped)
        addCookie(request, pair);
    return request;
}

bool isGoodRequest(const Target& target, const Forgery& forgery)
{
    const auto sorted = [](http::Request request) {
        for (http::Header& header : request.headers)
            header.name = toLowerAscii(header.name);
        std::ranges::sort(request.headers, {},
                          [](const http::Header& header) { return std::tie(header.name, header.value); });
        return request;
    };
    return sorted(forgedRequest(target, forgery, "")) == sorted(goodRequest(target, ""));
}

http::Request forgedRequest(const Target& target, const Forgery& forgery, const std::string& mark)
{
    return auditRequest(requestWith(target, forgery, forgery.token.reveal()), mark);
}

bool isLoopbackAddress(std::string_view address)
{
    const std::string_view host = address.substr(0, address.rfind(':'));
    return host == "::1" || isLoopbackHost(host);
}

std::string straying(const http::Request& request, std::string_view remoteAddress)
{
    if (isLoopbackAddress(remoteAddress))
        return {};
    if (!remoteAddress.empty())
        return "its name leads to " + std::string(remoteAddress) +
               ", another machine: confirm that you may test it (--yes)";
    // An address leads where it says; a name where the machine's resolver says.
    const auto url = http::parseUrl(request.url);
    const bool isAddress = url && url->host.find_first_of("0123456789[:") == 0;
    return isAddress && staysHere(request)
               ? std::string()
               : "nobody knows which machine its name leads to: write 127.0.0.1 or [::1] in its URL";
}

} // namespace claimcheck::audit
