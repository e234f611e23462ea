// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The session that a run sends its requests with: signed in when the first of them needs it, renewed for all
// of them together.

#pragma once

#include <auth/sessionkeeper.h>
#include <auth/tokenuse.h>
#include <run/livesession.h>
#include <run/redactor.h>
#include <run/release.h>
#include <run/sessionplan.h>

namespace claimcheck::run {

/// How a session is begun and kept alive: by its plan.
auth::SessionKeeper::Options keeperOptions(const SessionPlan& plan,
                                           std::function<void(const auth::Prompt&)> prompted);

/// A session among what may be let go somewhere.
SecretName sessionSecret(const std::string& environment, const std::string& name);

/// Every token of it is cut out of what is said from now on.
void addTokens(Redactor& redactor, const auth::LiveTokens& tokens);

class RunSession : public LiveSession
{
public:
    /// `redactor`: gets to know every token, and outlives this.
    RunSession(SessionPlan plan, SessionBounds bounds, std::function<void(const auth::Prompt&)> prompted,
               Redactor& redactor);

    const std::string& name() const override { return m_plan.name; }
    void want(QObject* context, Done done) override { m_keeper.want(context, std::move(done)); }
    void refused(std::uint64_t generation, QObject* context, Done done) override
    {
        m_keeper.refused(generation, context, std::move(done));
    }
    void cancelSignIn() override
    {
        if (m_keeper.isSigningIn())
            m_keeper.withdraw();
    }
    RunSession* session() override { return this; }

    const SessionPlan& plan() const { return m_plan; }
    auth::SessionKeeper& keeper() { return m_keeper; }

    /// What keeps the token from this request until somebody lets it go there: guarded secrets that it was
    /// made with, and the session itself, by sessionSecret(), where the origin is none of its own.
    Release releaseFor(const http::Request& request, const std::string& environment) const;
    /// Its token may go there from now on.
    void allowOrigin(const std::string& origin);

    /// Whether a request takes the session: it asks for one, or names {{token}}.
    static bool isWanted(const collection::Collection& collection, const collection::Item& item,
                         const std::vector<variables::Scope>& scopes);
    /// `values` with the token as {{token}}.
    Values withToken(Values values, const Held& held);
    /// The request with the token in it. Refused for an origin or a way that the token does not go.
    /// `values`: of withToken(). `use` is told that it is sent.
    Result<http::Request> build(const collection::Collection& collection, const collection::Item& item,
                                const Values& values, const Held& held, auth::TokenUse& use) const;

private:
    SessionPlan m_plan;
    SessionBounds m_bounds;
    Redactor& m_redactor;
    http::Client m_client;
    keys::KeyCache m_keys{m_client};
    auth::SessionKeeper m_keeper;
};

} // namespace claimcheck::run
