// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an audit is going to send, before anything is sent.

#pragma once

#include <vector>

#include <audit/forgery.h>
#include <audit/report.h>

namespace claimcheck::audit {

struct Plan
{
    std::vector<Forgery> controls = {};
    std::vector<Forgery> forgeries = {};
    std::vector<Forgery> last = {}; ///< when all routes are done: it uses a good token up
    std::vector<Row> notRun = {};   ///< with the reason
    /// For who asks our listener after it has answered, behind the last token that names it; 0 without any.
    Milliseconds lateness{0};

    /// With the good token in front, between and at the end; repetitions after errors come on top.
    std::size_t requests() const;
};

/// At most this many requests a route; what is beyond is not run.
inline constexpr std::size_t mostRequests = 300;
inline constexpr std::string_view limitReached = "the route has had its 300 requests";
/// Requests in a row that a server answers with nothing but to wait, each sent as often as may be: whoever
/// does not let go by then will not for the next.
inline constexpr std::size_t mostBusy = 3;
inline constexpr std::string_view busyToTheEnd =
    "the server limits how often it is asked, and waiting did not help: test it again with fewer requests a "
    "second, or from an address that its limit leaves out";
/// The good token is sent again after so many.
inline constexpr std::size_t checkEvery = 10;

/// Two good ones and one without a token in front; the logout; and the token once more, twice where it is
/// taken.
inline constexpr std::size_t costOfLast = 6;

/// Requests that a forgery needs: what proves an answer to it comes on top.
std::size_t costOf(const Forgery& forgery);

/// Controls are always in it. `chosen` empty: every attack.
Plan planFor(const Material& material, const std::vector<const Attack*>& chosen);
/// What can be made of a forgery that the route took (`material.taken`), where the signing key is not known.
std::vector<Forgery> builtOn(const Material& material, const std::vector<const Attack*>& chosen);
/// A table of what would be sent.
std::string planText(const Plan& plan, const std::string& route);
/// The same of all routes: {"routes": [{"request", "requests", "lateness", "attacks": [{"attack", "requests",
/// "why"}]}], "requests"}, with "why" where an attack is not run, and "lateness" in milliseconds. `routes`:
/// "GET http://…" for each plan.
std::string planJson(const std::vector<Plan>& plans, const std::vector<std::string>& routes);

/// A published secret, or one of `words`, that the good token is signed with; for HS256 and its kin.
std::optional<jose::Key> guessSecretOf(const jose::Jws& good, const std::vector<std::string>& words);

} // namespace claimcheck::audit
