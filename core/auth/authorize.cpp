// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session.h"

#include <base/text.h>

#include <algorithm>

namespace claimcheck::auth {

bool belongsTo(const Session& session, std::string_view url)
{
    const std::string origin = http::originOf(url);
    return !origin.empty() &&
           std::find(session.origins.begin(), session.origins.end(), origin) != session.origins.end();
}

static tl::unexpected<Error> foreignOrigin(const Session& session, const std::string& url)
{
    const std::string owner = session.origins.empty() ? "no server" : session.origins.front();
    return failure(ErrorKind::Refused, "the session's token was not sent to " + visible(http::originOf(url)),
                   "the session " + visible(session.name) + " belongs to " + owner,
                   "sign in at that server, or set the request's authorisation to none");
}

Result<http::Request> authorize(http::Request request, collection::AuthMode mode, const Session* session)
{
    const bool wants =
        mode == collection::AuthMode::SessionRaw || mode == collection::AuthMode::SessionBearer;
    if (!wants || session == nullptr || http::headerValue(request.headers, "Authorization"))
        return request;
    if (!belongsTo(*session, request.url))
        return foreignOrigin(*session, request.url);
    const std::string prefix = mode == collection::AuthMode::SessionBearer ? "Bearer " : "";
    request.headers.push_back({"Authorization", prefix + std::string(session->token.reveal())});
    return request;
}

} // namespace claimcheck::auth
