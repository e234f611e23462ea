// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/sessionuse.h>

#include <algorithm>

#include <http/message.h>
#include <state/requestform.h>

namespace claimcheck::ui {
namespace {

bool goesToSession(const SessionUse& session, const std::string& url,
                   const std::vector<variables::Scope>& scopes)
{
    const Result<std::string> resolved = variables::resolve(url, scopes, "URL");
    const std::string origin = resolved ? http::originOf(*resolved) : std::string();
    return !origin.empty() && std::ranges::find(session.origins, origin) != session.origins.end();
}

} // namespace

bool wantsToken(collection::AuthMode effective)
{
    return effective == collection::AuthMode::SessionRaw || effective == collection::AuthMode::SessionBearer;
}

SessionHint sessionHint(const SessionUse& session, collection::AuthMode effective,
                        const collection::Entry& entry, const std::vector<variables::Scope>& scopes,
                        Instant now)
{
    if (session.name.isEmpty() || setsAuthorization(entry) || !goesToSession(session, entry.url, scopes))
        return SessionHint::None;
    if (!wantsToken(effective))
        return session.isExpired(now) ? SessionHint::None : SessionHint::Unused;
    return session.isExpired(now) ? SessionHint::Expired : SessionHint::None;
}

} // namespace claimcheck::ui
