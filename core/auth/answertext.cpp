// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answertext.h"

#include <base/text.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace claimcheck::auth {

std::string statusText(const http::Response& response, const Secrets& secrets)
{
    const std::string status = std::to_string(response.status);
    return response.reason.empty() ? status : status + " " + visible(cutOut(response.reason, secrets));
}

static std::string contentType(const http::Response& response)
{
    return toLowerAscii(http::headerValue(response.headers, "Content-Type").value_or(""));
}

std::optional<double> secondsIn(const json::Value& value)
{
    if (!value.isString())
        return value.number();
    const std::string text = value.string();
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    return isWhole ? std::optional(seconds) : std::nullopt;
}

bool isHtml(const http::Response& response, std::string_view body)
{
    const std::string type = contentType(response);
    const std::string_view text = trimmed(body);
    return type.starts_with("text/html") || type.starts_with("application/xhtml") ||
           startsWithIgnoringCase(text, "<!doctype html") || startsWithIgnoringCase(text, "<html");
}

bool claimsJson(const http::Response& response, std::string_view body)
{
    const std::string_view text = trimmed(body);
    const bool looks = text.starts_with('{') || text.starts_with('[');
    return looks || contentType(response).find("json") != std::string::npos;
}

/// Safe to show, on one line, cut where a character ends. A secret is no longer one when a part of it is
/// gone, so it goes first.
static std::string excerpt(std::string_view text, const Secrets& secrets)
{
    const std::string clean = cutOut(text, secrets);
    const std::string_view start = trimmed(clean);
    return visible(shortened(trimmed(start.substr(0, start.find_first_of("\r\n"))), 200));
}

std::string htmlTitle(std::string_view page, const Secrets& secrets)
{
    const std::string lower = toLowerAscii(page.substr(0, 64u * 1024u));
    const std::size_t start = lower.find("<title");
    const std::size_t open = start == std::string::npos ? start : lower.find('>', start);
    const std::size_t end = open == std::string::npos ? open : lower.find("</title", open);
    if (end == std::string::npos)
        return {};
    return excerpt(page.substr(open + 1, end - open - 1), secrets);
}

static std::string jsonMessage(const json::Value& value, const Secrets& secrets, int depth)
{
    // The habits of Express, OAuth (RFC 6749 §5.2), Problem Details (RFC 9457), Spring, Laravel, Go services.
    static constexpr std::array<std::string_view, 9> names{
        "message", "error_description", "detail", "msg", "error", "title", "errors", "reason", "status"};
    if (value.isString())
        return excerpt(value.string(), secrets);
    if (depth == 0)
        return {};
    for (const std::string_view name : names) {
        const auto member = value.find(name);
        std::string message = member ? jsonMessage(*member, secrets, depth - 1) : std::string();
        if (!message.empty())
            return message;
    }
    const auto items = value.items();
    return items.empty() ? std::string() : jsonMessage(items.front(), secrets, depth - 1);
}

std::string serverMessage(const http::Response& response, std::string_view body, const Secrets& secrets)
{
    if (isHtml(response, body))
        return htmlTitle(body, secrets);
    const auto document = json::parse(body);
    if (document)
        return jsonMessage(document->root(), secrets, 3);
    return firstInvalidUtf8(body) ? std::string() : excerpt(body, secrets);
}

} // namespace claimcheck::auth
