// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auditing.h"

#include <algorithm>
#include <utility>

#include <audit/shown.h>
#include <base/text.h>
#include <jose/jws.h>
#include <jose/verify.h>
#include <run/release.h>
#include <store/repository.h>

#include "identities.h"
#include "outcome.h"

namespace claimcheck::workbench {

Auditing::Auditing(Workbench& workbench, QObject* parent) : QObject(parent), m_workbench(workbench) {}

Auditing::~Auditing() = default;

void Auditing::setState(State state)
{
    m_state = state;
    Q_EMIT changed();
}

void Auditing::clear()
{
    ++m_generation;
    m_wait.reset();
    if (m_ready) // may be what calls
        m_ready.release()->deleteLater();
    m_making.cancel();
    m_planning.cancel();
    if (m_auditor) {
        m_auditor->disconnect(this);
        m_auditor->stop();
        m_auditor.release()->deleteLater();
    }
    m_problem.reset();
    m_leftOut.clear();
    m_notes.clear();
    m_next = 0;
    m_found.clear();
    m_idToken = m_secondToken = Secret();
    m_fetched.clear();
    m_planned.reset();
    m_routes.clear();
    m_report.reset();
    setState(State::Idle);
}

void Auditing::fail(Error error)
{
    clear();
    m_problem = std::move(error);
    Q_EMIT changed();
}

// --- before anything is sent ---

void Auditing::prepare(AuditWish wish)
{
    clear();
    m_wish = std::move(wish);
    m_identity = m_workbench.identities().chosen();
    m_environment = m_workbench.environment();
    const auto& open = m_workbench.collection();
    m_folder = open ? store::pathInRepository(open->directory) : std::string();
    if (m_wish.items.empty())
        return fail({ErrorKind::Usage, "there is nothing to audit", "no request is chosen",
                     "open one that takes a token", std::nullopt});
    setState(State::Preparing);
    makeNextReady();
}

/// One after the other: each may have a question.
void Auditing::makeNextReady()
{
    if (m_next == m_wish.items.size())
        return wantSecond();
    m_ready = std::make_unique<MakeReady>(m_workbench, m_wish.items[m_next], m_identity,
                                          [this, generation = m_generation](Result<ReadyRequest> made) {
                                              if (generation == m_generation)
                                                  takeReady(std::move(made));
                                          });
    m_ready->start();
}

static std::string nameOf(const collection::Item& item)
{
    return item.path.empty() ? item.entry.name : item.path;
}

void Auditing::takeReady(Result<ReadyRequest> made)
{
    m_ready.release()->deleteLater(); // it is what calls
    const collection::Item& item = m_wish.items[m_next++];
    auto target = made ? auditTarget(*made, nameOf(item)) : tl::unexpected(made.error());
    if (!target && m_wish.items.size() == 1)
        return fail(target.error());
    if (!target) {
        m_leftOut.push_back(visible(nameOf(item)) + " is left out: " + target.error().why);
    } else {
        const http::Request& request = target->request;
        if (!request.tls.verify && toLowerAscii(request.url).starts_with("https:"))
            m_notes.push_back(visible(nameOf(item)) +
                              ": TLS is not verified, as its collection says: anybody could be at the other "
                              "end and read the tokens");
        m_idToken = made->tokens.idToken;
        m_found.push_back({*std::move(target), made->secrets});
    }
    makeNextReady();
}

/// "" or why nobody else's token goes along: it would go to every route, each of which somebody must have let
/// its session go to.
std::string Auditing::objectionToSecond() const
{
    run::RunSession* const session = m_workbench.identities().session(m_wish.secondIdentity);
    if (session == nullptr || m_workbench.environment() != m_environment)
        return "another environment was chosen, or it is signed out: prepare the audit again";
    const auto heldBack = std::ranges::find_if(m_found, [&](const Found& found) {
        return !session->releaseFor(found.target.request, m_environment).secrets.empty();
    });
    if (heldBack == m_found.end())
        return {};
    return "it does not belong to " + visible(run::destinationOf(heldBack->target.request)) + ", where " +
           visible(heldBack->target.name) + " goes: send that request once as " +
           visible(m_wish.secondIdentity) + " and allow it there, then prepare the audit again";
}

void Auditing::wantSecond()
{
    if (m_found.empty())
        return fail({ErrorKind::Usage, "there is nothing to audit", "none of the requests carries a token",
                     "sign in and let their authorisation be the session's, or name {{token}} in them",
                     std::nullopt});
    if (m_wish.secondIdentity.empty())
        return fetchKeys();
    m_wait = std::make_unique<QObject>();
    m_workbench.identities().want(m_wish.secondIdentity, m_wait.get(), [this](Result<Identities::Held> held) {
        m_wait.release()->deleteLater();
        if (!held)
            m_notes.push_back("no token of another user: " + visible(describe(held.error())));
        else if (held->tokens.isBound)
            m_notes.emplace_back("no token of another user: it is bound to a key (DPoP)");
        else if (const std::string objection = objectionToSecond(); !objection.empty())
            m_notes.push_back("no token of another user: " + objection);
        else
            m_secondToken = held->tokens.accessToken;
        fetchKeys();
    });
}

void Auditing::fetchKeys()
{
    if (m_wish.jwksUrl.empty())
        return makeMaterial();
    if (const auto allowed = keys::checkAddress(m_wish.jwksUrl, "the address of the keys"); !allowed)
        return fail(allowed.error());
    m_wait = std::make_unique<QObject>();
    keys::Source source;
    source.jwksUrl = m_wish.jwksUrl;
    m_keys.find(source, jose::decode(m_found.front().target.token).kid(), currentTime(), m_wait.get(),
                [this](Result<keys::KeySet> set) {
                    m_wait.release()->deleteLater();
                    if (set)
                        m_fetched = std::move(set->keys);
                    else
                        m_notes.push_back("no public key: " + visible(describe(set.error())));
                    makeMaterial();
                });
}

audit::Settings Auditing::Trials::settings() const
{
    audit::Settings settings;
    settings.chosen = chosen;
    settings.methods = methods;
    return settings;
}

Result<Auditing::Prepared> Auditing::prepared(const std::vector<Found>& found, const AuditKnowledge& known,
                                              Instant now, const Trials& trials)
{
    const audit::Settings settings = trials.settings();
    Prepared all;
    for (const Found& each : found) {
        auto material = audit::materialBehind(all.routes, each.target.token,
                                              [&] { return auditMaterial(each.target, known, now); });
        if (!material)
            return tl::unexpected(material.error());
        all.routes.push_back({each.target, *std::move(material), {}, each.secrets});
        all.plans.push_back(audit::planOf(all.routes.back(), settings));
    }
    return all;
}

void Auditing::makeMaterial()
{
    const AuditKnowledge known{m_workbench.keyRing(), m_fetched, m_secondToken, m_idToken};
    m_making.run([found = m_found, known, now = currentTime(),
                  trials = m_trials] { return prepared(found, known, now, trials); },
                 [this](Result<Prepared> all) { takePrepared(std::move(all)); });
}

void Auditing::takePrepared(Result<Prepared> prepared)
{
    if (!prepared)
        return fail(prepared.error());
    m_planned = std::make_shared<const std::vector<audit::Route>>(std::move(prepared->routes));
    m_state = State::Planned;
    for (const audit::Route& route : *m_planned) {
        const std::vector<Secret> known = audit::knownOf(route);
        PlannedRoute shown;
        shown.name = audit::shownName(route.target, known);
        shown.method = route.target.request.method;
        shown.url = audit::shownUrl(route.target, route.target.request.url, known);
        shown.host = audit::hostToConfirm(route.target.request);
        shown.algorithm = route.material.good.alg().value_or("");
        shown.hasPublicKey = !route.material.publicKeys.empty();
        shown.hasSigningKey = route.material.signer() != nullptr;
        m_routes.push_back(std::move(shown));
    }
    showPlans(prepared->plans);
}

void Auditing::showPlans(const std::vector<audit::Plan>& plans)
{
    for (std::size_t i = 0; i < m_routes.size() && i < plans.size(); ++i)
        m_routes[i].plan = plans[i];
    Q_EMIT changed();
}

void Auditing::choose(std::vector<const audit::Attack*> chosen)
{
    for (const audit::Attack& attack : audit::attacks())
        if (attack.stage == audit::Stage::Control && std::ranges::find(chosen, &attack) == chosen.end())
            chosen.push_back(&attack); // none at all would be every attack
    m_trials.chosen = std::move(chosen);
    planAnew();
}

void Auditing::tryMethods(std::vector<std::string> methods)
{
    if (m_trials.methods == methods)
        return;
    m_trials.methods = std::move(methods);
    planAnew();
}

void Auditing::planAnew()
{
    if (m_state != State::Planned)
        return;
    m_planning.run(
        [routes = m_planned, trials = m_trials] {
            const audit::Settings settings = trials.settings();
            std::vector<audit::Plan> plans;
            for (const audit::Route& route : *routes)
                plans.push_back(audit::planOf(route, settings));
            return plans;
        },
        [this](const std::vector<audit::Plan>& plans) {
            if (m_state == State::Planned)
                showPlans(plans);
        });
}

std::size_t Auditing::requests() const
{
    std::size_t all = 0;
    for (const PlannedRoute& route : m_routes)
        all += route.plan.requests();
    return all;
}

Milliseconds Auditing::lateness() const
{
    Milliseconds most{0};
    for (const PlannedRoute& route : m_routes)
        most = std::max(most, route.plan.lateness);
    return most;
}

std::size_t Auditing::sent() const
{
    return m_auditor ? m_auditor->requests() : 0;
}

std::vector<std::string> Auditing::hosts() const
{
    std::vector<std::string> hosts;
    for (const PlannedRoute& route : m_routes)
        if (!route.host.empty() && std::ranges::find(hosts, route.host) == hosts.end())
            hosts.push_back(route.host);
    return hosts;
}

// --- what is sent ---

Result<void> Auditing::check(const AuditStart& wanted) const
{
    if (m_state != State::Planned)
        return failure(ErrorKind::Usage, "the audit cannot start", "there is no plan", "plan it first");
    for (std::size_t i = 0; i < m_routes.size(); ++i) {
        const PlannedRoute& route = m_routes[i];
        if (!route.host.empty() && !wanted.confirmed.contains(route.host))
            return failure(ErrorKind::Refused, "cannot audit " + visible(route.name),
                           "it is on another machine, " + visible(route.host) +
                               ", and forged tokens are an attack there",
                           "confirm that you may test this host");
        if (!audit::isHarmless(route.method) && !wanted.mayWrite.contains(i))
            return failure(ErrorKind::Refused, "cannot audit " + visible(route.name),
                           visible(route.method) +
                               " may change something on the server, again with each forged token",
                           "allow it for this route when that is all right");
    }
    return audit::checkRate(wanted.rate, hosts().empty(), "the audit cannot start at this rate");
}

Result<void> Auditing::start(const AuditStart& wanted)
{
    if (auto checked = check(wanted); !checked)
        return checked;
    m_planning.cancel();
    std::vector<audit::Route> routes = *m_planned;
    std::vector<http::Request> requests;
    for (audit::Route& route : routes) {
        route.canary = wanted.canary;
        requests.push_back(route.target.request);
    }
    audit::Confirmed confirmed = audit::confirmedWith(requests); // check() saw to each of them
    audit::Settings settings = m_trials.settings();
    settings.rate = wanted.rate;
    settings.confirmedHosts = std::move(confirmed.hosts);
    settings.isConfirmed = confirmed.isEveryWay;
    settings.mayWrite = true; // check() saw to the methods, too
    auto auditor = std::make_unique<audit::Auditor>(std::move(routes), settings);
    m_current = 0;
    connect(auditor.get(), &audit::Auditor::routeStarted, this, [this](int route) { m_current = route; });
    connect(auditor.get(), &audit::Auditor::rowAdded, this,
            [this](const audit::Row& row) { Q_EMIT rowAdded(m_current, row); });
    connect(auditor.get(), &audit::Auditor::finished, this, [this](const audit::Report& report) {
        m_report = report;
        m_report->folder = m_folder;
        setState(State::Ended);
        Q_EMIT finished(*m_report);
    });
    if (auto started = auditor->start(); !started)
        return started;
    m_auditor = std::move(auditor);
    setState(State::Running);
    return {};
}

void Auditing::stop()
{
    if (m_state == State::Preparing)
        return clear();
    if (m_state == State::Running)
        m_auditor->stop();
}

/// Null where that row was not sent.
const audit::Forgery* Auditing::sentForgery(std::size_t route, std::size_t row) const
{
    if (!m_auditor || !m_report || route >= m_report->routes.size() ||
        row >= m_report->routes[route].rows.size())
        return nullptr;
    const bool wasSent = m_report->routes[route].rows[row].status != 0;
    return wasSent ? m_auditor->forgeryOf(route, row) : nullptr;
}

Secret Auditing::forgeryOf(std::size_t route, std::size_t row) const
{
    const audit::Forgery* const forgery = sentForgery(route, row);
    return forgery != nullptr ? forgery->token : Secret();
}

Secret Auditing::requestOf(std::size_t route, std::size_t row, Token token) const
{
    const audit::Forgery* const forgery = sentForgery(route, row);
    if (forgery == nullptr || !m_planned || route >= m_planned->size())
        return {};
    const audit::Route& planned = (*m_planned)[route];
    return Secret(audit::requestText(planned.target, *forgery,
                                     token == Token::Shown ? forgery->token.reveal() : "$TOKEN",
                                     audit::knownOf(planned)));
}

Secret Auditing::goodToken() const
{
    return m_planned && !m_planned->empty() ? Secret(m_planned->front().target.token) : Secret();
}

std::vector<jose::Key> Auditing::fetchedKeys() const
{
    if (m_fetched.empty() || goodToken().isEmpty())
        return {};
    const auto check = jose::verifySignature(jose::decode(m_planned->front().target.token), m_fetched,
                                             {.allowedAlgorithms = {}, .allowWeakKeys = true});
    return check.verdict == jose::SignatureVerdict::Valid ? m_fetched : std::vector<jose::Key>();
}

} // namespace claimcheck::workbench
