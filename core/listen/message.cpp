// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "message.h"

#include <base/text.h>

#include <algorithm>
#include <array>
#include <utility>

namespace claimcheck::listen {

static const ListenerHeader* findHeader(const ListenerRequest& request, std::string_view name)
{
    const auto found = std::find_if(request.headers.begin(), request.headers.end(),
                                    [&](const auto& field) { return equalsIgnoringCase(field.name, name); });
    return found == request.headers.end() ? nullptr : &*found;
}

std::string ListenerRequest::header(std::string_view name) const
{
    const ListenerHeader* field = findHeader(*this, name);
    return field ? field->value : std::string();
}

bool ListenerRequest::hasHeader(std::string_view name) const
{
    return findHeader(*this, name) != nullptr;
}

// RFC 9110 §15: those that we or our handlers send.
static constexpr std::array<std::pair<int, std::string_view>, 24> phrases{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {421, "Misdirected Request"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {505, "HTTP Version Not Supported"},
}};

std::string_view reasonPhrase(int status)
{
    for (const auto& [code, phrase] : phrases)
        if (code == status)
            return phrase;
    return {};
}

static bool isSafe(const ListenerHeader& field)
{
    static constexpr std::string_view forbidden("\r\n\0", 3);
    return !field.name.empty() && field.name.find_first_of(forbidden) == std::string::npos &&
           field.value.find_first_of(forbidden) == std::string::npos;
}

static void appendField(std::string& out, const ListenerHeader& field)
{
    if (isSafe(field))
        out.append(field.name).append(": ").append(field.value).append("\r\n");
}

/// RFC 9110 §6.4.1: these have no content and no length either.
static bool hasNoContent(int status)
{
    return status == 204 || status == 304;
}

std::string serialise(const ListenerResponse& response, BodyPart body, Persistence persistence)
{
    std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
    out.append(reasonPhrase(response.status)).append("\r\n");
    const bool empty = hasNoContent(response.status);
    if (!response.contentType.empty() && !empty)
        appendField(out, {"Content-Type", response.contentType});
    for (const ListenerHeader& field : response.headers)
        appendField(out, field);
    if (!empty)
        appendField(out, {"Content-Length", std::to_string(response.body.size())});
    appendField(out, {"Connection", persistence == Persistence::Close ? "close" : "keep-alive"});
    out.append("\r\n");
    if (body == BodyPart::Send && !empty)
        out.append(response.body);
    return out;
}

} // namespace claimcheck::listen
