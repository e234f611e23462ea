// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether the session fits a request: it may be there and not be used, or be used and be over. Both end in
// a 401 or 403 that nothing in the answer explains.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <QtCore/qstring.h>

#include <base/time.h>
#include <collection/collection.h>
#include <variables/resolve.h>

namespace claimcheck::ui {

/// Who is signed in, without the token.
struct SessionUse
{
    QString name;                     ///< empty: nobody
    std::vector<std::string> origins; ///< as http::originOf writes them
    std::optional<Instant> expiresAt;

    bool isExpired(Instant now) const { return !name.isEmpty() && expiresAt && now >= *expiresAt; }
    bool operator==(const SessionUse&) const = default;
};

enum class SessionHint
{
    None,
    Unused, ///< the request goes to the session's server, and goes without its token
    Expired ///< the request goes out with a token that is over
};

bool wantsToken(collection::AuthMode effective);

/// `effective` is what the entry's mode comes to after inheritance.
SessionHint sessionHint(const SessionUse& session, collection::AuthMode effective,
                        const collection::Entry& entry, const std::vector<variables::Scope>& scopes,
                        Instant now);

} // namespace claimcheck::ui
