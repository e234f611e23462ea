// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <archive/record.h>

#include <algorithm>
#include <string_view>

#include <base/text.h>
#include <store/secretlike.h>

namespace claimcheck::archive {
namespace {

using store::redactedMark;

bool isTokenChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// A part of a JWT on its own ("eyJ" is `{"`, "ZXlK" is the base64 of that): in the JSON serialisations, in
/// pieces, encoded once more. Dots and what is behind them go along.
void cutTokenParts(std::string& text)
{
    constexpr std::size_t shortest = 16;
    for (const std::string_view start : {std::string_view("eyJ"), std::string_view("ZXlK")})
        for (std::size_t at = text.find(start); at != std::string::npos; at = text.find(start, at)) {
            std::size_t end = at;
            while (end < text.size() && (isTokenChar(text[end]) || text[end] == '.' || text[end] == '+' ||
                                         text[end] == '/' || text[end] == '='))
                ++end;
            const bool isInside = at > 0 && isTokenChar(text[at - 1]);
            if (isInside || end - at < shortest) {
                at = end;
                continue;
            }
            text.replace(at, end - at, redactedMark);
            at += redactedMark.size();
        }
}

std::string withoutCookieValues(std::string_view pairs)
{
    std::string out;
    while (!pairs.empty()) {
        const std::string_view pair = pairs.substr(0, pairs.find(';'));
        pairs.remove_prefix(std::min(pair.size() + 1, pairs.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        out += (out.empty() ? "" : "; ") + std::string(trimmed(pair.substr(0, equals))) + "=";
        out += redactedMark;
    }
    return out;
}

/// The name and the attributes stay.
std::string withoutSetCookieValue(std::string_view value)
{
    const std::size_t semicolon = std::min(value.find(';'), value.size());
    const std::size_t equals = std::min(value.find('='), semicolon);
    return std::string(value.substr(0, equals)) + "=" + std::string(redactedMark) +
           std::string(value.substr(semicolon));
}

/// "Bearer abc" keeps its scheme.
std::string withoutCredentials(std::string_view value)
{
    const std::string_view scheme = value.substr(0, value.find(' '));
    const bool hasScheme = scheme.size() < value.size() && scheme.size() <= 24 &&
                           std::all_of(scheme.begin(), scheme.end(), isTokenChar);
    return hasScheme ? std::string(scheme) + " " + std::string(redactedMark) : std::string(redactedMark);
}

std::string cutHeader(const http::Header& header, const Clean& clean)
{
    const std::string name = toLowerAscii(header.name);
    if (name == "cookie")
        return withoutCookieValues(header.value);
    if (name == "set-cookie")
        return cut(withoutSetCookieValue(header.value), clean);
    if (trimmed(header.value).empty())
        return header.value;
    return store::isSecretHeader(header.name) ? withoutCredentials(header.value) : cut(header.value, clean);
}

http::Headers cutHeaders(const http::Headers& headers, const Clean& clean)
{
    http::Headers out;
    for (const http::Header& header : headers)
        out.push_back({header.name, cutHeader(header, clean)});
    return out;
}

bool hasMark(const Record& record)
{
    const auto holds = [](std::string_view text) {
        return text.find(redactedMark) != std::string_view::npos;
    };
    const auto inHeaders = [&](const http::Headers& headers) {
        return std::any_of(headers.begin(), headers.end(),
                           [&](const http::Header& header) { return holds(header.value); });
    };
    return holds(record.summary.url) || holds(record.requestBody) || holds(record.body) ||
           holds(record.reason) || inHeaders(record.requestHeaders) || inHeaders(record.headers);
}

/// Each part for itself: joined by a colon, "cannot read secret.txt" would have what follows cut out as the
/// value of that name.
std::string cutError(Error error, const Clean& clean)
{
    for (std::string* const part : {&error.what, &error.why, &error.fix})
        *part = cut(std::move(*part), clean);
    return describe(error);
}

void takeResponse(Record& record, const http::Response& response, const Clean& clean)
{
    record.summary.status = response.status;
    record.summary.bodySize = response.body.size();
    record.reason = cut(response.reason, clean);
    record.version = response.version;
    record.headers = cutHeaders(response.headers, clean);
    record.isBodyCut = response.body.size() > largestBody;
    record.body = cut(response.body.read(largestBody), clean);
}

} // namespace

std::string cut(std::string text, const Clean& clean)
{
    text = clean(std::move(text));
    store::redact(text);
    cutTokenParts(text);
    return text;
}

Record recordOf(const http::Exchange& exchange, const Origin& origin, const Clean& clean)
{
    Record record;
    record.origin = origin;
    record.summary.at = exchange.startedAt;
    record.summary.name = cut(origin.name, clean);
    record.origin.name = record.summary.name;
    record.summary.method = cut(exchange.request.method, clean);
    record.summary.url = cut(exchange.request.url, clean);
    record.summary.milliseconds = exchange.timings.total;
    record.summary.failed = exchange.error.has_value();
    record.requestHeaders = cutHeaders(exchange.request.headers, clean);
    record.hasBody = exchange.request.hasBody || !exchange.request.body.empty();
    record.isRequestCut = exchange.request.upload || exchange.request.body.size() > largestBody;
    // Of files nothing is kept: they are larger than what is, and stay where they are.
    record.requestBody =
        exchange.request.upload ? std::string() : cut(exchange.request.body.substr(0, largestBody), clean);
    if (exchange.response)
        takeResponse(record, *exchange.response, clean);
    if (exchange.error)
        record.error = cutError(*exchange.error, clean);
    record.engine = exchange.engine;
    record.remoteAddress = exchange.remoteAddress;
    record.hasCuts = hasMark(record);
    return record;
}

http::Exchange exchangeOf(const Record& record)
{
    http::Exchange exchange;
    exchange.request.method = record.summary.method;
    exchange.request.url = record.summary.url;
    exchange.request.headers = record.requestHeaders;
    exchange.request.body = record.requestBody;
    exchange.request.hasBody = record.hasBody;
    exchange.startedAt = record.summary.at;
    exchange.timings.total = record.summary.milliseconds;
    exchange.engine = record.engine;
    exchange.remoteAddress = record.remoteAddress;
    if (!record.error.empty())
        exchange.error = Error{ErrorKind::BadAnswer, record.error, "", "", std::nullopt};
    if (record.summary.status == 0)
        return exchange;
    http::Response response;
    response.status = record.summary.status;
    response.reason = record.reason;
    response.version = record.version;
    response.headers = record.headers;
    response.wireBytes = record.summary.bodySize;
    const bool isWhole = response.body.append(record.body);
    if (!isWhole && !exchange.error)
        exchange.error = Error{ErrorKind::Unreadable, "cannot show the body", "there is no room for it",
                               "free some space in the folder for temporary files", std::nullopt};
    if (record.isBodyCut && !exchange.error)
        exchange.error = Error{ErrorKind::TooLarge, "the body is not whole",
                               "the history keeps the first " + formatSize(largestBody) + " of one",
                               "send the request again to see all of it", std::nullopt};
    exchange.response = std::move(response);
    return exchange;
}

} // namespace claimcheck::archive
