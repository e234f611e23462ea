// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One identity of the open collection that is signing in or signed in: what its login needs is looked for and
// asked for, then a RunSession keeps it alive. Private to the module.

#pragma once

#include <deque>
#include <memory>
#include <vector>

#include <QtCore/qobject.h>
#include <QtCore/qpointer.h>

#include <run/runsession.h>

#include "identities.h"

namespace claimcheck::workbench {

class IdentityStore;
struct TypedSecret;

/// The word for IdentityState::login.
std::string loginOf(const collection::Identity& identity);

class LiveIdentity : public QObject
{
    Q_OBJECT
public:
    using Held = run::RunSession::Held;
    using Done = std::function<void(Result<Held>)>;

    /// `secrets` and `questions` outlive it.
    LiveIdentity(collection::Identity identity, run::SharedCollection collection, std::string environment,
                 Secrets& secrets, const IdentityQuestions& questions);
    ~LiveIdentity() override;

    const collection::Identity& identity() const { return m_identity; }
    const std::string& environment() const { return m_environment; }
    /// Signs in first, where it is not. As SessionKeeper::want().
    void want(QObject* context, Done done);
    /// As SessionKeeper::refused(); only of a token that its session gave.
    void refused(std::uint64_t generation, QObject* context, Done done);
    /// What is kept of a session before is not gone on with; the new one is kept where `kept`.
    void beginAnew(bool kept);
    /// Values that come before those of every other place; before the first want().
    void setTyped(const std::vector<TypedSecret>& typed);
    /// The collection as it is when a login is made ready, where files of it may change meanwhile; null: it
    /// is none any more. Before the first want().
    void setCollectionNow(std::function<run::SharedCollection()> now) { m_collectionNow = std::move(now); }
    /// The clock of the wall, which may be set while the program runs; before the first want().
    void setClock(std::function<Instant()> clock) { m_clock = std::move(clock); }
    /// The times that state() tells, where the clock was put back since: the token is good no longer than it
    /// was. Whether they are others now.
    bool followClock();
    /// The user wants it signed in: whatever came of the attempt before, another is made. Where the keychain
    /// was not opened for that one, and is not by now, it is signed in without what may be kept there.
    void signIn();
    /// A sign-in that failed begins afresh when it is wanted next, with the secrets that there are by then;
    /// not within the pause after it.
    void forgetFailure();
    /// As SessionKeeper has it.
    bool isRefused() const { return m_session && m_session->keeper().isRefused(); }
    /// The user wants another token. After a refusal it is made ready afresh, with the secrets that there are
    /// by then; a token that is still good stays in use until another one is there.
    void renew();
    /// Renews where it is time to, without anybody having asked.
    void renewInTime();
    /// A sign-in or renewal is under way, or made ready.
    bool isBusy() const;
    /// As SessionKeeper::isSigningIn(), or it is made ready.
    bool isSigningIn() const;
    /// Ends a sign-in or renewal that is under way.
    void cancel();
    /// As SessionKeeper::withdraw().
    void withdraw();
    /// Null until the login is ready.
    run::RunSession* session() { return m_session.get(); }
    std::optional<Held> held() const;
    std::optional<Milliseconds> untilDue() const;
    IdentityState state() const;
    /// Without what is secret in it; the redactor knows that from then on.
    archive::Record recorded(const http::Exchange& exchange);
    /// As Identities::steps().
    std::vector<archive::Record> steps() const;

    /// Whether its tokens are put into the keychain: those at hand, and each that comes.
    void setKept(bool kept);
    /// Tokens that the keychain did not take are put there if it is open by now; nobody is asked to open it.
    void keepAtLast();

Q_SIGNALS:
    void changed();
    /// A person has to do something before it goes on.
    void prompted(const claimcheck::auth::Prompt& prompt);
    /// Of a sign-in or renewal, with all its secrets, which the redactor knows by now.
    void exchanged(const claimcheck::http::Exchange& exchange);

private:
    struct Waiting
    {
        QPointer<QObject> context;
        Done done;
    };

    bool canBeginAfresh() const;
    void endAttempt();
    void prepare();
    bool asksForSecrets();
    bool asksForRelease();
    void ready();
    void begin(run::SessionPlan plan);
    void goOnOrBegin(run::SessionPlan plan);
    void lookForKept(const run::SessionPlan& plan);
    void takeKept(run::SessionPlan plan, const Result<std::optional<Secret>>& text);
    void goOnWithToken(run::SessionPlan& plan) const;
    void renewAfresh();
    void takeCollection();
    void fail(const Error& error);
    void stop(); ///< while it is made ready
    Done taking(QObject* context, Done done);
    void begins();
    void take(const Result<Held>& held);
    void announce();
    void observe(const http::Exchange& exchange);
    Result<run::SessionPlan> plan(const run::Outside& outside, const run::Guard& guard) const;
    keychain::Entry entry() const;

    collection::Identity m_identity;
    run::SharedCollection m_collection;
    std::function<run::SharedCollection()> m_collectionNow; ///< empty: it stays as it was given
    std::string m_environment;
    Secrets& m_secrets;
    const IdentityQuestions& m_questions;
    std::unique_ptr<QObject> m_preparing; ///< lives while the login is made ready
    run::Outside m_outside;
    std::function<Instant()> m_clock = currentTime;
    std::vector<run::SecretValue> m_typed; ///< without an environment
    std::optional<bool> m_anew;            ///< by beginAnew()
    std::optional<Error> m_locked;         ///< why the keychain did not say what it keeps
    bool m_doesWithoutKept = false;        ///< the user signs in although it does not
    bool m_askedForSecrets = false;
    std::vector<run::Release> m_askedFor;
    std::shared_ptr<IdentityStore> m_store;
    std::unique_ptr<run::RunSession> m_session;
    std::vector<Waiting> m_waiting;
    std::optional<Error> m_problem; ///< why the login could not be made ready
    std::optional<auth::Prompt> m_prompt;
    std::uint64_t m_generation = 0; ///< that the times are of
    bool m_wasBusy = false;         ///< when changed() came last
    std::optional<Instant> m_since;
    std::optional<Instant> m_ends;
    std::vector<TokenSpan> m_spans;
    std::deque<archive::Record> m_steps; ///< nothing secret stands in them
    bool m_isKeeping = false;            ///< by keepAtLast()
    bool m_areStepsOver = false;         ///< what comes next belongs to another sign-in
};

} // namespace claimcheck::workbench
