// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs an audit: route after route, at one pace, with one listener for all. Tokens that name the listener can
// only be forged once it has its port, so each route's are forged when it begins, beside the calling thread.
// What the audit says in the end is a Report; finished() comes once, after stop() as well.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qobject.h>

#include <audit/lastaudit.h>
#include <audit/report.h>
#include <audit/routeaudit.h>
#include <base/latestjob.h>

namespace claimcheck::audit {

struct Route
{
    Target target;
    Material material; ///< without a listener: that one is ours
    std::string canary = {};
    std::vector<Secret> secrets = {}; ///< further ones that no report may hold
};

struct Settings
{
    double rate = 5;                              ///< requests a second; 0: as fast as it goes
    std::vector<const Attack*> chosen = {};       ///< empty: every attack
    bool isConfirmed = false;                     ///< targets may be other machines
    std::vector<std::string> confirmedHosts = {}; ///< hosts that may be tested, confirmed before
    bool mayWrite = false;                        ///< methods other than GET and HEAD
    std::vector<std::string> methods = {};        ///< Material::methods
    LastTrials last = {};
    /// How long a server may take to ask our listener for a key when it has answered already.
    Milliseconds lateness{1500};
};

/// What no line about it may hold: tokens, and what else of it is secret.
std::vector<Secret> knownOf(const Route& route);

/// What a route behind these is made of: of the same as the one before it, where the token is the same; else
/// of what `make` gives. One listener serves all of them, so there is one set of our own keys.
Result<Material> materialBehind(const std::vector<Route>& routes, const std::string& token,
                                const std::function<Result<Material>()>& make);

/// "" or what speaks against it, before anything is sent: another machine that nobody confirmed, a method
/// that may change something.
Result<void> checkRoute(const Route& route, const Settings& settings);

/// What would be sent to it; the listener has no port yet.
Plan planOf(const Route& route, const Settings& settings);

class Auditor : public QObject
{
    Q_OBJECT
public:
    Auditor(std::vector<Route> routes, Settings settings, QObject* parent = nullptr);
    ~Auditor() override;

    /// What start() would send; the listener has no port yet. Forges all of it, on the calling thread.
    std::vector<Plan> plans() const;
    /// An error when a route is refused by checkRoute() or the listener does not start. Forges nothing on the
    /// calling thread.
    Result<void> start();
    void stop();
    /// Sent so far, the good token's among them.
    std::size_t requests() const { return m_sender.requests(); }
    /// The forged token of a row that was sent, exactly as it went out: `row` counts as those of the report
    /// do. Null where the row was never meant to be sent.
    const Forgery* forgeryOf(std::size_t route, std::size_t row) const;

Q_SIGNALS:
    /// Rows that come from now on belong to it.
    void routeStarted(int route);
    void rowAdded(const claimcheck::audit::Row& row);
    /// Nothing is sent until then: the good token is to expire.
    void waiting(claimcheck::Instant until);
    void finished(const claimcheck::audit::Report& report);

private:
    void nextRoute();
    void startRoute(std::size_t route);
    std::vector<Forgery> buildOn(std::size_t route, const Forgery& taken);
    void startLast();
    std::vector<LastSubject> lastSubjects();
    void leaveOutLast(const std::string& why);
    void addRow(std::size_t route, Row row);
    void takeRow(std::size_t route, const Row& row);
    bool hearTheLate();
    void listenOn();
    void finish();

    std::vector<Route> m_routes;
    Settings m_settings;
    LatestJob<Plan> m_forging; ///< of the route that is to begin
    std::vector<Plan> m_begun; ///< of the routes that were begun
    std::string m_mark;
    std::unique_ptr<KeyHost> m_host;
    Sender m_sender;
    std::unique_ptr<RouteAudit> m_current;
    std::unique_ptr<LastAudit> m_last;
    std::size_t m_next = 0;
    QElapsedTimer m_sinceNamed; ///< since the answer to the last token that names our listener
    bool m_isFinished = false;
    QElapsedTimer m_time;
    Report m_report;
};

} // namespace claimcheck::audit
