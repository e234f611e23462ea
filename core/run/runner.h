// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs a collection: each request in its turn, its captures into run-time variables, its assertions judged;
// one report in the end, also of a run that was stopped. Iterations have their own variables, cookies and
// connections, so that several may run at a time.

#pragma once

#include <memory>
#include <random>

#include <QtCore/qobject.h>

#include <auth/signin.h>
#include <collection/checks.h>
#include <run/datafile.h>
#include <run/plan.h>
#include <run/prepare.h>
#include <run/redactor.h>
#include <run/release.h>
#include <run/report.h>
#include <run/scopes.h>
#include <run/secrets.h>
#include <run/sessionplan.h>
#include <run/tokenkeys.h>
#include <schema/schema.h>

namespace claimcheck::run {

class LiveSession;

struct Options
{
    Selection selection;
    std::string environment;
    std::vector<variables::Variable> overrides; ///< nearer than the environment: --env-var
    bool takesOverrides = false;                ///< as Outside has it
    std::vector<variables::Variable>
        outermost;                            ///< --env-file and .env: under their name and process.env.NAME
    std::vector<variables::Variable> process; ///< allowed ones of the process: process.env.NAME
    std::vector<SecretValue> secrets;         ///< of the environment's secret variables: findSecrets()
    int iterations = 1;
    std::vector<DataRow> data; ///< where there is any, one iteration a row
    int jobs = 1;              ///< iterations at a time
    bool bail = false;
    Milliseconds delay{0}; ///< between two requests in turn, of two iterations or rows too
    bool allowUndefined = false;
    std::vector<std::string> allowedOrigins; ///< as http::Request has them
    collection::Checks checks;               ///< of .claimcheck/checks.yaml
    http::Request connection;                ///< its TLS profile and proxy are used for every request
    Guard guard;                             ///< what goes only where it was let go
    std::optional<SessionPlan> session;      ///< that the requests are sent with
    std::shared_ptr<LiveSession> lent;       ///< in its place: one that somebody else keeps alive
    bool isNobody = false;                   ///< no request takes a session's token along
    std::function<void(const auth::Prompt&)> prompted; ///< what somebody has to do for its sign-in
};

class Runner : public QObject
{
    Q_OBJECT
public:
    Runner(collection::Collection collection, Options options, QObject* parent = nullptr);
    ~Runner() override;

    /// What it would run. Usage when there is nothing of that path or environment.
    Result<std::vector<const collection::Item*>> check() const;
    /// The same errors; then nothing happens.
    Result<void> start();
    /// Cancels what is running; the rest is skipped, and finished() comes.
    void stop();
    /// How many requests there are in all.
    std::size_t total() const;
    /// What it knows to be secret, by now.
    const Redactor& redactor() const { return m_redactor; }

Q_SIGNALS:
    /// `exchange` is null where nothing was sent.
    void requestFinished(const claimcheck::run::RequestResult& result,
                         const std::shared_ptr<const claimcheck::http::Exchange>& exchange);
    /// In order: iteration by iteration.
    void finished(const claimcheck::run::Report& report);

private:
    class Iteration;
    using Items = std::vector<const collection::Item*>;

    void readSchemas();
    void reportStrayChecks();
    int iterationCount() const;
    void halt();
    void startNext();
    void endIteration(int number, std::vector<RequestResult> results);
    void finish();
    std::vector<variables::Scope> scopesOf(const collection::Item& item) const;
    Build build() const;

    collection::Collection m_collection;
    Options m_options;
    Outside m_outside;
    Items m_items;
    std::mt19937_64 m_random;
    Redactor m_redactor;
    TokenKeys m_keys;
    std::vector<std::string> m_sessionNotes; ///< as SessionReport::notes
    std::shared_ptr<LiveSession> m_session;  ///< null: requests are sent as their files say
    std::uint64_t m_firstTokens = 0;         ///< generation that was used first; 0: none was
    std::uint64_t m_latestTokens = 0;
    std::map<std::string, Result<schema::Schema>> m_schemas; ///< by request
    std::vector<std::unique_ptr<Iteration>> m_running;
    std::vector<std::vector<RequestResult>> m_results; ///< by iteration
    Report m_report;
    int m_next = 0;
    int m_ended = 0;
    bool m_isSessionWanted = false; ///< a request took it, or would have
    bool m_isHalted = false;        ///< by bail or stop(): nothing new is sent
};

} // namespace claimcheck::run
