// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session: one signed-in identity and its live token. Values only; workbench keeps them.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <auth/login.h>
#include <base/secret.h>
#include <base/time.h>
#include <collection/collection.h>
#include <http/message.h>

namespace claimcheck::auth {

struct Session
{
    std::string name; ///< "demo"
    Login login;      ///< how it was made
    Secret token;
    std::string place;                ///< where the token was found: "body .token"
    std::vector<std::string> origins; ///< the session belongs to these
    std::optional<Instant> issuedAt;
    std::optional<Instant> expiresAt;

    bool isExpired(Instant now) const { return expiresAt && now >= *expiresAt; }
    bool operator==(const Session&) const = default;
};

/// Whether the session may be used for this URL: its origin is one of the session's.
bool belongsTo(const Session& session, std::string_view url);

/// The request with the session's token in Authorization, raw or as Bearer, unless the user has set that
/// header himself. Refused when the session does not belong to the request's origin.
Result<http::Request> authorize(http::Request request, collection::AuthMode mode, const Session* session);

} // namespace claimcheck::auth
