// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answertext.h"

#include <base/text.h>
#include <json/document.h>

#include <algorithm>
#include <array>

namespace claimcheck::auth {

static constexpr std::size_t shownBytes = 200;

std::string statusText(const http::Response& response)
{
    const std::string status = std::to_string(response.status);
    return response.reason.empty() ? status : status + " " + visible(response.reason);
}

static std::string contentType(const http::Response& response)
{
    return toLowerAscii(http::headerValue(response.headers, "Content-Type").value_or(""));
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

/// Safe to show, on one line, cut where a character ends.
static std::string excerpt(std::string_view text)
{
    std::string_view line = trimmed(text);
    line = trimmed(line.substr(0, line.find_first_of("\r\n")));
    if (line.size() <= shownBytes)
        return visible(line);
    std::size_t end = shownBytes;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0u) == 0x80u)
        --end;
    return visible(line.substr(0, end)) + "…";
}

std::string htmlTitle(std::string_view page)
{
    const std::string lower = toLowerAscii(page.substr(0, 64u * 1024u));
    const std::size_t start = lower.find("<title");
    const std::size_t open = start == std::string::npos ? start : lower.find('>', start);
    const std::size_t end = open == std::string::npos ? open : lower.find("</title", open);
    if (end == std::string::npos)
        return {};
    return excerpt(page.substr(open + 1, end - open - 1));
}

static std::string jsonMessage(const json::Value& value, int depth)
{
    // The habits of Express, OAuth (RFC 6749 §5.2), Problem Details (RFC 9457), Spring, Laravel, Go services.
    static constexpr std::array<std::string_view, 9> names{
        "message", "error_description", "detail", "msg", "error", "title", "errors", "reason", "status"};
    if (value.isString())
        return excerpt(value.string());
    if (depth == 0)
        return {};
    for (const std::string_view name : names) {
        const auto member = value.find(name);
        std::string message = member ? jsonMessage(*member, depth - 1) : std::string();
        if (!message.empty())
            return message;
    }
    const auto items = value.items();
    return items.empty() ? std::string() : jsonMessage(items.front(), depth - 1);
}

std::string serverMessage(const http::Response& response, std::string_view body)
{
    if (isHtml(response, body))
        return htmlTitle(body);
    const auto document = json::parse(body);
    if (document)
        return jsonMessage(document->root(), 3);
    return firstInvalidUtf8(body) ? std::string() : excerpt(body);
}

} // namespace claimcheck::auth
