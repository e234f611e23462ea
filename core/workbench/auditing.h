// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An audit in the window, from the requests that somebody chose to the report: they are made ready with the
// token of who requests are sent as, the plan is made beside the window, and nothing goes to a route before
// start(). The exact forged tokens stay in memory, as long as this audit is shown.
//
//   Idle ──prepare()──▶ Preparing ──▶ Planned ──start()──▶ Running ──▶ Ended
//                                    └── problem(): Idle again

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <QtCore/qobject.h>

#include <audit/auditor.h>
#include <audit/rate.h>
#include <base/latestjob.h>
#include <http/client.h>
#include <keys/keycache.h>
#include <workbench/auditmaterial.h>
#include <workbench/readyrequest.h>

namespace claimcheck::workbench {

struct AuditWish
{
    std::vector<collection::Item> items;
    std::string jwksUrl = {};        ///< of the issuer; empty: the key ring alone
    std::string secondIdentity = {}; ///< another user, whose token is tried; empty: none
};

/// A route before anything is sent. No token is in it.
struct PlannedRoute
{
    std::string name; ///< of its request's file, or its URL
    std::string method;
    std::string url;       ///< without what is secret
    std::string host;      ///< as audit::hostToConfirm(); empty: this machine
    std::string algorithm; ///< of the good token
    bool hasPublicKey = false;
    bool hasSigningKey = false;
    audit::Plan plan = {};
};

struct AuditStart
{
    double rate = 5;                      ///< requests a second; 0: as fast as it goes
    std::string canary = {};              ///< that every good answer holds
    std::set<std::size_t> mayWrite = {};  ///< routes whose method may change something, and may be sent
    std::set<std::string> confirmed = {}; ///< hosts that the user may test
};
using audit::mostRemoteRate;

class Auditing : public QObject
{
    Q_OBJECT
public:
    enum class State
    {
        Idle,
        Preparing,
        Planned,
        Running,
        Ended
    };

    /// Which outlives it.
    explicit Auditing(Workbench& workbench, QObject* parent = nullptr);
    ~Auditing() override;

    /// What was there before is stopped and forgotten.
    void prepare(AuditWish wish);
    /// Plans anew with these attacks, and the controls.
    void choose(std::vector<const audit::Attack*> chosen);
    /// Plans anew with these methods tried without a token, besides HEAD and OPTIONS: whoever names them said
    /// that the route may be asked with them, although they may change something.
    void tryMethods(std::vector<std::string> methods);
    /// Usage or Refused where a route is on a machine that is not confirmed, or its method may change
    /// something and nobody said that it may.
    Result<void> start(const AuditStart& wanted);
    /// What is prepared is forgotten; what runs ends with what came so far.
    void stop();
    void clear();

    State state() const { return m_state; }
    const AuditWish& wish() const { return m_wish; }
    /// As who: Identities::chosen() when it was prepared.
    const std::string& identity() const { return m_identity; }
    const std::optional<Error>& problem() const { return m_problem; }
    /// "orders.yml is left out: …", a line each request that is no target.
    const std::vector<std::string>& leftOut() const { return m_leftOut; }
    /// What else is missing, or odd.
    const std::vector<std::string>& notes() const { return m_notes; }
    const std::vector<PlannedRoute>& routes() const { return m_routes; }
    std::size_t requests() const;
    /// How long, at the most, our listener waits at the end for who asks it late; 0: no token names it.
    Milliseconds lateness() const;
    /// Really sent so far, repetitions and the good token's among them …
    std::size_t sent() const;
    /// … and never more than these.
    std::size_t mostRequests() const { return m_routes.size() * audit::mostRequests; }
    /// Other machines among the routes.
    std::vector<std::string> hosts() const;
    const std::optional<audit::Report>& report() const { return m_report; }
    /// Exactly as it was sent; empty where that row was not.
    Secret forgeryOf(std::size_t route, std::size_t row) const;
    /// The request of that row as it went out, audit::requestText(); empty where it was not sent.
    enum class Token
    {
        Masked, ///< "$TOKEN"
        Shown
    };
    Secret requestOf(std::size_t route, std::size_t row, Token token) const;
    /// Of the first route; empty before it is planned.
    Secret goodToken() const;
    /// The keys that came from wish().jwksUrl, where goodToken() is signed with one of them; else none.
    std::vector<jose::Key> fetchedKeys() const;

Q_SIGNALS:
    /// State, plans, notes, or what is left out.
    void changed();
    void rowAdded(int route, const claimcheck::audit::Row& row);
    void finished(const claimcheck::audit::Report& report);

private:
    /// A target without what its forged tokens are made of.
    struct Found
    {
        audit::Target target;
        std::vector<Secret> secrets;
    };
    /// What is tried, as the user chose it.
    struct Trials
    {
        std::vector<const audit::Attack*> chosen = {};
        std::vector<std::string> methods = {};

        audit::Settings settings() const;
    };
    struct Prepared
    {
        std::vector<audit::Route> routes;
        std::vector<audit::Plan> plans;
    };

    void makeNextReady();
    void takeReady(Result<ReadyRequest> made);
    std::string objectionToSecond() const;
    void wantSecond();
    void fetchKeys();
    void makeMaterial();
    static Result<Prepared> prepared(const std::vector<Found>& found, const AuditKnowledge& known,
                                     Instant now, const Trials& trials);
    void takePrepared(Result<Prepared> prepared);
    void planAnew();
    void showPlans(const std::vector<audit::Plan>& plans);
    void fail(Error error);
    void setState(State state);
    Result<void> check(const AuditStart& wanted) const;
    const audit::Forgery* sentForgery(std::size_t route, std::size_t row) const;

    Workbench& m_workbench;
    AuditWish m_wish;
    std::string m_identity;
    std::string m_environment; ///< when it was prepared
    std::string m_folder;      ///< then, of the collection in its repository
    State m_state = State::Idle;
    std::optional<Error> m_problem;
    std::vector<std::string> m_leftOut;
    std::vector<std::string> m_notes;
    http::Client m_client;
    keys::KeyCache m_keys{m_client};
    std::unique_ptr<QObject> m_wait; ///< lives while a token or keys are waited for
    std::unique_ptr<MakeReady> m_ready;
    std::uint64_t m_generation = 0; ///< of what is prepared: what an older one says comes too late
    std::size_t m_next = 0;         ///< item
    std::vector<Found> m_found;
    Secret m_idToken;
    Secret m_secondToken;
    std::vector<jose::Key> m_fetched;
    LatestJob<Result<Prepared>> m_making;
    LatestJob<std::vector<audit::Plan>> m_planning;
    Trials m_trials;
    std::shared_ptr<const std::vector<audit::Route>> m_planned; ///< shared with the planning beside
    std::vector<PlannedRoute> m_routes;
    std::unique_ptr<audit::Auditor> m_auditor;
    int m_current = 0; ///< route
    std::optional<audit::Report> m_report;
};

} // namespace claimcheck::workbench
