// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session that is there and not used, or used and over, is said beside the request, with one button that
// mends it: the answer would be a 401 or 403 without a hint.

#include <algorithm>

#include <base/text.h>
#include <request/requesteditor.h>
#include <request/requesttabsprivate.h>

namespace claimcheck::ui {
namespace {

constexpr auto longestWait = std::chrono::hours(24); ///< a timer's number of ms is an int

QString shown(const QString& name)
{
    return toQString(visible(toUtf8(name)));
}

} // namespace

void RequestTabs::Private::renewSession()
{
    const bool expired = session.isExpired(clock());
    for (std::size_t index = 0; index < tabs.size(); ++index) {
        tabs[index].editor->setSession(session.name, expired);
        tabs[index].editor->setNote(noteOf(tabs[index]));
    }
}

void RequestTabs::Private::watchSessionEnd()
{
    sessionEnd.stop();
    const Instant now = clock();
    if (session.name.isEmpty() || !session.expiresAt || session.isExpired(now))
        return;
    sessionEnd.start(std::min<Milliseconds>(*session.expiresAt - now, longestWait));
}

SessionHint RequestTabs::Private::hintOf(const Tab& tab) const
{
    const collection::Entry entry = tab.editor->entry();
    const bool inherits = entry.auth == collection::AuthMode::Inherit;
    if (!mintedWith(tab, entry.auth).empty())
        return SessionHint::None; // no session has a part in it
    const SessionHint hint =
        sessionHint(session, inherits ? inheritedBy(tab).mode : entry.auth, entry, scopes, clock());
    // A saved request that says "none" means it.
    const bool meant = hint == SessionHint::Unused && !inherits && !tab.path.empty();
    return meant ? SessionHint::None : hint;
}

Note RequestTabs::Private::noteOfSession(const Tab& tab) const
{
    const QString name = shown(session.name);
    switch (hintOf(tab)) {
    case SessionHint::Unused:
        return {
            Tone::Info,
            QObject::tr("Without a token"),
            QObject::tr("%1 is signed in at this server; this request is sent without that token.").arg(name),
            {{sessionNote::use, QObject::tr("Send as %1").arg(name)}}};
    case SessionHint::Expired:
        return {Tone::Warn,
                QObject::tr("Expired"),
                QObject::tr("The token of %1 has expired; a server that checks it refuses this request.")
                    .arg(name),
                {{sessionNote::signIn, QObject::tr("Sign in again")}}};
    case SessionHint::None:
        break;
    }
    return {};
}

/// As the folder says where that brings a token, else in the standard's own form (RFC 6750 section 2.1).
void RequestTabs::Private::useSession(Tab& tab)
{
    RequestEditor* editor = tab.editor;
    editor->setAuth(wantsToken(inheritedBy(tab).mode) ? collection::AuthMode::Inherit
                                                      : collection::AuthMode::SessionBearer);
    editor->focusUrl();
}

} // namespace claimcheck::ui
