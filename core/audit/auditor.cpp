// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auditor.h"

#include "making.h"
#include "rate.h"

#include <algorithm>

#include <QtCore/qtimer.h>

#include <base/random.h>
#include <base/text.h>
#include <http/message.h>
#include <http/url.h>
#include <jose/base64url.h>

namespace claimcheck::audit {

static std::vector<Secret> secretsOf(const Route& route)
{
    const Material& material = route.material;
    std::vector<Secret> secrets = route.secrets;
    secrets.emplace_back(material.secondToken);
    secrets.emplace_back(material.idToken);
    for (const std::optional<jose::Key>* key : {&material.signingKey, &material.guessedSecret})
        if (*key && (*key)->type == jose::KeyType::Oct) {
            secrets.push_back((*key)->secret);
            secrets.emplace_back(jose::encodeBase64Url((*key)->secret.reveal()));
        }
    return secrets;
}

static bool isConfirmed(const http::Request& request, const Settings& settings)
{
    return settings.isConfirmed || isAmong(settings.confirmedHosts, request);
}

std::vector<Secret> knownOf(const Route& route)
{
    return knownTexts(route.target, {}, secretsOf(route));
}

Result<Material> materialBehind(const std::vector<Route>& routes, const std::string& token,
                                const std::function<Result<Material>()>& make)
{
    if (routes.empty())
        return make();
    auto material = routes.back().target.token == token ? Result<Material>(routes.back().material) : make();
    if (material) {
        material->own = routes.front().material.own;
        material->nonce = routes.front().material.nonce;
    }
    return material;
}

/// A logout is a request that nothing forged is in, but it shows another machine a token.
static Result<void> checkEnding(const Route& route, const Settings& settings)
{
    if (!settings.last.ending)
        return {};
    const auto request = settings.last.ending(Secret(route.target.token));
    if (!request)
        return tl::unexpected(request.error());
    if (const auto valid = http::validate(*request); !valid)
        return valid;
    if (!staysHere(*request) && !isConfirmed(*request, settings))
        return failure(ErrorKind::Usage, "cannot log out for the audit",
                       "the logout goes to another machine, and nobody said that it may be tested",
                       "give --yes when you may test it");
    return {};
}

Result<void> checkRoute(const Route& route, const Settings& settings)
{
    const http::Request& request = route.target.request;
    if (auto checked = checkTarget(route.target); !checked)
        return checked;
    if (!isHarmless(request.method) && !settings.mayWrite)
        return failure(ErrorKind::Usage, "cannot audit " + visible(shownName(route.target, knownOf(route))),
                       request.method + " may change something on the server, again with each forged token",
                       "give --allow-writes when that is all right");
    const bool isHere = staysHere(request);
    if (!isHere && !isConfirmed(request, settings))
        return failure(ErrorKind::Usage, "cannot audit " + visible(shownName(route.target, knownOf(route))),
                       "it is on another machine, and forged tokens are an attack there",
                       "give --yes when you may test it");
    if (auto checked =
            checkRate(settings.rate, isHere,
                      "cannot audit " + visible(shownName(route.target, knownOf(route))) + " at this rate");
        !checked)
        return checked;
    return checkEnding(route, settings);
}

static Material materialFor(const Route& route, const Settings& settings, const std::string& listener)
{
    Material material = route.material;
    material.listener = listener;
    material.methods = settings.methods;
    material.mayQuery = material.mayQuery || staysHere(route.target.request);
    material.mayWait = settings.last.waits;
    material.mayEnd = settings.last.ending != nullptr;
    return material;
}

/// Another machine does not reach the listener.
static Milliseconds latenessOf(const Plan& plan, const Target& target, Milliseconds most)
{
    const bool isNamed =
        std::ranges::any_of(plan.forgeries, [](const Forgery& forgery) { return !forgery.callback.empty(); });
    return isNamed && staysHere(target.request) ? most : Milliseconds(0);
}

/// Beside the thread that the settings belong to: of them it gets the choice and a number alone.
static Plan forgedFor(const Target& target, const Material& material,
                      const std::vector<const Attack*>& chosen, Milliseconds lateness)
{
    Plan plan = planFor(material, chosen);
    // Which scheme is the good one the request says, and the token alone does not.
    std::erase_if(plan.forgeries, [&](const Forgery& forgery) {
        const bool isOfScheme = forgery.attack == "other-schemes" || forgery.attack == "scheme-case";
        return isOfScheme && isGoodRequest(target, forgery);
    });
    // Where no Authorization counts, to overlook the forged one there is right.
    const auto authorization = http::headerValue(target.request.headers, "Authorization");
    const bool isAuthorized = authorization && authorization->find(target.token) != std::string::npos;
    std::erase_if(plan.forgeries, [&](const Forgery& forgery) {
        const Place place = forgery.delivery.place;
        return !isAuthorized && (place == Place::InFront || place == Place::Behind);
    });
    // Without a token the route's own method is a control already. HEAD is compared in another way.
    std::erase_if(plan.forgeries, [&](const Forgery& forgery) {
        const std::string& method = forgery.delivery.method;
        return !method.empty() && method != "HEAD" && method == target.request.method;
    });
    plan.lateness = latenessOf(plan, target, lateness);
    return plan;
}

Plan planOf(const Route& route, const Settings& settings)
{
    return forgedFor(route.target, materialFor(route, settings, "http://127.0.0.1:PORT/RANDOM"),
                     settings.chosen, settings.lateness);
}

Auditor::Auditor(std::vector<Route> routes, Settings settings, QObject* parent)
    : QObject(parent),
      m_routes(std::move(routes)),
      m_settings(std::move(settings)),
      m_mark(toHex(randomBytes(4))),
      m_sender(m_settings.rate,
               [this](const http::Request& request) { return isConfirmed(request, m_settings); })
{}

Auditor::~Auditor() = default;

std::vector<Plan> Auditor::plans() const
{
    std::vector<Plan> plans;
    for (const Route& route : m_routes)
        plans.push_back(planOf(route, m_settings));
    return plans;
}

/// Rows stand in the order of the plan.
const Forgery* Auditor::forgeryOf(std::size_t route, std::size_t row) const
{
    if (route >= m_begun.size())
        return nullptr;
    const Plan& plan = m_begun[route];
    if (row < plan.controls.size())
        return &plan.controls[row];
    row -= plan.controls.size();
    return row < plan.forgeries.size() ? &plan.forgeries[row] : nullptr;
}

Result<void> Auditor::start()
{
    for (const Route& route : m_routes)
        if (auto checked = checkRoute(route, m_settings); !checked)
            return checked;
    if (m_routes.empty())
        return failure(ErrorKind::Usage, "there is nothing to audit", "no route is given", "name one");
    const Material& material = m_routes.front().material;
    m_host = std::make_unique<KeyHost>(material.own, ownKid(material), toHex(randomBytes(16)), material.now);
    if (auto started = m_host->start(); !started)
        return started;
    m_report.startedAt = material.now;
    m_time.start();
    nextRoute();
    return {};
}

void Auditor::nextRoute()
{
    if (m_report.isInterrupted) // while this was waiting: stop() sees to the end
        return;
    if (m_next == m_routes.size())
        return startLast();
    const std::size_t next = m_next++;
    const Route& route = m_routes[next];
    m_host->startRoute(route.material.good.kid());
    m_forging.run([target = route.target, material = materialFor(route, m_settings, m_host->url()),
                   chosen = m_settings.chosen,
                   lateness = m_settings.lateness] { return forgedFor(target, material, chosen, lateness); },
                  [this, next](Plan plan) {
                      m_begun.push_back(std::move(plan));
                      startRoute(next);
                  });
}

/// Its plan is the last of those that were begun.
void Auditor::startRoute(std::size_t index)
{
    const Route& route = m_routes[index];
    Q_EMIT routeStarted(static_cast<int>(index));
    RouteTask task{route.target, m_begun.back(), route.canary, m_mark, secretsOf(route)};
    if (route.material.signer() == nullptr)
        task.build = [this, index](const Forgery& taken) { return buildOn(index, taken); };
    m_current = std::make_unique<RouteAudit>(
        std::move(task), m_sender, m_host.get(), [this, index](const Row& row) { takeRow(index, row); },
        [this](RouteReport report) {
            m_report.routes.push_back(std::move(report));
            if (!m_report.isInterrupted)
                QTimer::singleShot(0, this, [this] { nextRoute(); }); // not from inside of what ends here
        });
    m_current->start();
}

void Auditor::takeRow(std::size_t route, const Row& row)
{
    static constexpr Needs named[] = {Needs::Listener, Needs::ListenerAndIssuer, Needs::Redirect};
    const Attack* attack = findAttack(row.attack);
    const bool isNamed = attack != nullptr && std::ranges::find(named, attack->needs) != std::end(named);
    if (isNamed && m_begun[route].lateness.count() > 0)
        m_sinceNamed.start();
    Q_EMIT rowAdded(row);
}

/// They stand behind what was planned of the route, as their rows do.
std::vector<Forgery> Auditor::buildOn(std::size_t route, const Forgery& taken)
{
    Material material = materialFor(m_routes[route], m_settings, m_host->url());
    material.taken = Taken{taken.attack, taken.variant, taken.remake};
    std::vector<Forgery> made = builtOn(material, m_settings.chosen);
    std::vector<Forgery>& planned = m_begun[route].forgeries;
    planned.insert(planned.end(), made.begin(), made.end());
    return made;
}

static Row notRun(const Forgery& forgery, const std::string& why)
{
    Row row;
    row.attack = forgery.attack;
    row.variant = forgery.variant;
    row.why = why;
    return row;
}

void Auditor::addRow(std::size_t route, Row row)
{
    m_report.routes[route].rows.push_back(std::move(row));
    Q_EMIT rowAdded(m_report.routes[route].rows.back());
}

/// Of the routes that were begun.
void Auditor::leaveOutLast(const std::string& why)
{
    for (std::size_t i = 0; i < m_report.routes.size(); ++i)
        for (const Forgery& forgery : m_begun[i].last)
            addRow(i, notRun(forgery, why));
}

/// Of the routes that told something; the others say why they did not.
std::vector<LastSubject> Auditor::lastSubjects()
{
    std::vector<LastSubject> subjects;
    for (std::size_t i = 0; i < m_report.routes.size(); ++i) {
        const RouteReport& report = m_report.routes[i];
        const bool isOpen = std::ranges::any_of(report.rows, [](const Row& row) {
            const Attack* attack = findAttack(row.attack);
            return attack != nullptr && attack->stage == Stage::Control && row.outcome == Outcome::Accepted;
        });
        if (report.objection.empty() && !isOpen) {
            std::vector<Secret> secrets = secretsOf(m_routes[i]);
            secrets.emplace_back(m_routes[i].target.token);
            subjects.push_back(
                {i, m_routes[i].target, m_begun[i].last, m_routes[i].canary, std::move(secrets)});
            continue;
        }
        for (const Forgery& forgery : m_begun[i].last)
            addRow(i, notRun(forgery, isOpen ? "the route lets everybody in" : "the route is not testable"));
    }
    return subjects;
}

void Auditor::startLast()
{
    m_current.reset();
    m_last = std::make_unique<LastAudit>(
        lastSubjects(), m_settings.last, m_mark, m_sender,
        LastAudit::Told{.rowAdded = [this](std::size_t route, Row row) { addRow(route, std::move(row)); },
                        .waiting = [this](Instant until) { Q_EMIT waiting(until); },
                        .done =
                            [this] {
                                if (!m_report.isInterrupted)
                                    QTimer::singleShot(0, this, [this] { listenOn(); });
                            }});
    m_last->start();
}

void Auditor::stop()
{
    if (m_report.isInterrupted || m_isFinished)
        return;
    m_forging.cancel();
    m_sender.stop();
    m_report.isInterrupted = true;
    if (m_current)
        m_current->stop();
    if (m_last)
        m_last->stop();
    else
        leaveOutLast("stopped");
    QTimer::singleShot(0, this, [this] { finish(); });
}

/// A server may answer first and ask for the key then: it asks all the same. Whether somebody has not come.
bool Auditor::hearTheLate()
{
    bool isOpen = false;
    for (std::size_t i = 0; i < m_report.routes.size(); ++i) {
        std::vector<Row>& rows = m_report.routes[i].rows;
        for (std::size_t k = 0; k < rows.size(); ++k) {
            const Forgery* forgery = forgeryOf(i, k);
            if (forgery == nullptr || forgery->callback.empty())
                continue;
            rows[k].wasHeard = rows[k].wasHeard || m_host->wasAsked(i, forgery->callback);
            isOpen = isOpen || !rows[k].wasHeard;
        }
    }
    return isOpen;
}

/// Once for all routes, and only for what is left of the time.
void Auditor::listenOn()
{
    const bool mayCome = m_sinceNamed.isValid() && hearTheLate();
    const Milliseconds left =
        mayCome ? m_settings.lateness - Milliseconds(m_sinceNamed.elapsed()) : Milliseconds(0);
    QTimer::singleShot(std::max(left, Milliseconds(0)), Qt::PreciseTimer, this, [this] { finish(); });
}

void Auditor::finish()
{
    if (m_isFinished) // stopped while it listened
        return;
    m_isFinished = true;
    hearTheLate();
    m_host.reset();
    m_report.requests = m_sender.requests();
    m_report.milliseconds = static_cast<double>(m_time.elapsed());
    Q_EMIT finished(m_report);
}

} // namespace claimcheck::audit
