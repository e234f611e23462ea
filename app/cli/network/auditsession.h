// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The identities of a collection that an audit is done as: whose token is the good one, and who else is
// tried.

#pragma once

#include "auditrequests.h"
#include "sessionoptions.h"

namespace claimcheck::cli {

struct AuditIdentities
{
    std::string session;       ///< whose token is the good one
    std::string secondSession; ///< another user; empty: none
    std::vector<std::string> allowedOrigins;
    bool usesKeychain = true;
};

struct AuditTokens
{
    Secret good;
    Secret second; ///< of the other user
    Secret idToken;
    std::vector<Secret> others; ///< secrets that no report may hold either
};

class AuditSession
{
public:
    /// What the files and the keychain know of the collection and its identities; nobody is signed in by
    /// that. Needs the event loop's application around it.
    static Result<AuditSession> open(const AuditSelection& selection, const AuditIdentities& identities,
                                     const ConnectionOptions& connection, Console& console);

    /// With this text as the token. Errors stand where a request takes no session's token, and where one of
    /// the tokens or a secret may not go to.
    std::vector<NamedRequest> requests(const std::string& token) const;
    /// Of one of the collection's request files, for the session's token; errors as above.
    Result<http::Request> requestAt(const std::string& path, const std::string& token) const;
    /// Whether the good token may go to this URL.
    Result<void> checkOrigin(const std::string& url) const;
    /// Whose token is the good one.
    const run::SessionPlan& plan() const { return m_plans.front(); }
    /// Goes on with a kept session, or signs in. Usage for tokens that are bound to a key: no forged one is.
    Result<AuditTokens> signIn(Console& console) const;
    /// Nobody is signed in: tokens of nobody, of the kind that most issuers give (RFC 9068), to plan with.
    AuditTokens standIns() const;

private:
    AuditSession(AuditCollection audited, SessionSurroundings around)
        : m_audited(std::move(audited)), m_around(std::move(around))
    {}
    Result<void> addPlan(const std::string& name, bool usesKeychain, Console& console);
    Result<http::Request> request(const collection::Item& item, const std::string& token) const;

    AuditCollection m_audited;
    SessionSurroundings m_around;
    std::vector<run::SessionPlan> m_plans; ///< the good token's, then the other user's
};

} // namespace claimcheck::cli
