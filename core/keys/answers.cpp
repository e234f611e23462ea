// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answers.h"

#include "freshness.h"

#include <base/text.h>
#include <jose/keyset.h>
#include <json/document.h>

namespace claimcheck::keys {

http::Request requestFor(const Source& source, const std::string& url)
{
    http::Request request;
    request.url = url;
    request.headers = {{"Accept", "application/jwk-set+json, application/json"}};
    request.tls = source.tls;
    request.proxy = source.proxy;
    request.totalTimeout = source.timeout;
    request.followRedirects = false;
    request.maximumBody = mostBytes;
    return request;
}

static std::string cannotRead(const http::Exchange& exchange, const char* what)
{
    return std::string("cannot get ") + what + " from " + visible(exchange.request.url);
}

static tl::unexpected<Error> badAnswer(const http::Exchange& exchange, const char* what, std::string why,
                                       std::string fix = {})
{
    return failure(ErrorKind::BadAnswer, cannotRead(exchange, what), std::move(why), std::move(fix));
}

static tl::unexpected<Error> badStatus(const http::Exchange& exchange, const char* what)
{
    const http::Response& response = *exchange.response;
    const auto target = http::headerValue(response.headers, "Location");
    if (response.status >= 300 && response.status < 400 && target)
        return badAnswer(exchange, what,
                         "it answers with a redirect to " + visible(*target) +
                             ", and keys are taken from nowhere but the address that was named",
                         "name the address where they are");
    return badAnswer(exchange, what, "it answers with status " + std::to_string(response.status),
                     "check the address");
}

Result<std::string> bodyOf(const http::Exchange& exchange, const char* what)
{
    if (exchange.error) {
        Error error = *exchange.error;
        error.why = error.what + (error.why.empty() ? "" : ": ") + error.why;
        error.what = cannotRead(exchange, what);
        return tl::unexpected(std::move(error));
    }
    if (!exchange.response)
        return badAnswer(exchange, what, "no answer came");
    if (exchange.response->status != 200)
        return badStatus(exchange, what);
    if (exchange.response->body.size() > mostBytes)
        return failure(ErrorKind::TooLarge, cannotRead(exchange, what),
                       "it has more than 1 MiB, which is not read");
    return exchange.response->body.read(mostBytes);
}

bool isElsewhere(const http::Exchange& exchange)
{
    return !exchange.error && exchange.response && exchange.response->status >= 400 &&
           exchange.response->status < 500;
}

/// How many members a set has; 0 for what is no set, which readKeys() has words for.
static std::size_t sizeOf(const std::string& body)
{
    const auto document = json::parse(body);
    const auto keys = document ? document->root().find("keys") : std::nullopt;
    return keys ? keys->size() : 0;
}

static bool isPage(std::string_view body)
{
    const std::string_view text = trimmed(body);
    return startsWithIgnoringCase(text, "<!doctype html") || startsWithIgnoringCase(text, "<html");
}

Result<KeySet> keySetOf(const http::Exchange& exchange, Instant now)
{
    static constexpr const char* what = "the JWK set";
    const Result<std::string> body = bodyOf(exchange, what);
    if (!body)
        return tl::unexpected(body.error());
    if (isPage(*body))
        return badAnswer(exchange, what, "the answer is an HTML page, no JSON object",
                         "the address is probably one for people: give that of the JWK set itself");
    if (!trimmed(*body).starts_with('{')) // a certificate at that address is no answer to this question
        return badAnswer(exchange, what, "the answer is no JSON object", "check the address");
    if (const std::size_t size = sizeOf(*body); size > mostKeys)
        return failure(ErrorKind::TooLarge, cannotRead(exchange, what),
                       "it has " + std::to_string(size) + " keys; more than " + std::to_string(mostKeys) +
                           " are not read");
    KeySet set;
    Result<std::vector<jose::Key>> keys = jose::readKeys(*body, {}, &set.notes);
    if (const auto why = keys ? std::nullopt : jose::whySetHasNoKey(*body)) {
        set.notes.insert(set.notes.begin(), *why);
        keys = std::vector<jose::Key>();
    }
    if (!keys)
        return badAnswer(exchange, what, keys.error().why, keys.error().fix);
    set.keys = std::move(*keys);
    set.url = exchange.request.url;
    set.fetchedAt = now;
    set.freshUntil = now + freshness(exchange.response->headers);
    return set;
}

} // namespace claimcheck::keys
