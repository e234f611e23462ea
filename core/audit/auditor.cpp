// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auditor.h"

#include "making.h"

#include <QtCore/qtimer.h>

#include <base/random.h>
#include <base/text.h>
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

/// A proxy is a way out, wherever it listens.
static bool staysHere(const http::Request& request)
{
    return request.proxy.empty() && http::isLoopbackUrl(request.url);
}

Result<void> checkRoute(const Route& route, const Settings& settings)
{
    const http::Request& request = route.target.request;
    if (auto checked = checkTarget(route.target); !checked)
        return checked;
    if (!isHarmless(request.method) && !settings.mayWrite)
        return failure(ErrorKind::Usage, "cannot audit " + visible(shownName(route.target)),
                       request.method + " may change something on the server, again with each forged token",
                       "give --allow-writes when that is all right");
    const bool isHere = staysHere(request);
    if (!isHere && !settings.isConfirmed)
        return failure(ErrorKind::Usage, "cannot audit " + visible(shownName(route.target)),
                       "it is on another machine, and forged tokens are an attack there",
                       "give --yes when you may test it");
    if (!(settings.rate >= 0)) // NaN too
        return failure(ErrorKind::Usage, "cannot audit " + visible(shownName(route.target)),
                       "the rate is no number", "give a number of requests a second");
    if (settings.rate == 0 && !isHere)
        return failure(ErrorKind::Usage, "cannot audit " + visible(shownName(route.target)),
                       "--rate 0 is for this machine alone", "give a number of requests a second");
    return {};
}

Auditor::Auditor(std::vector<Route> routes, Settings settings, QObject* parent)
    : QObject(parent),
      m_routes(std::move(routes)),
      m_settings(std::move(settings)),
      m_mark(toHex(randomBytes(4))),
      m_sender(m_settings.rate)
{}

Auditor::~Auditor() = default;

Material Auditor::materialFor(const Route& route) const
{
    Material material = route.material;
    material.listener = m_host ? m_host->url() : "http://127.0.0.1:PORT/RANDOM";
    material.mayQuery = material.mayQuery || staysHere(route.target.request);
    return material;
}

std::vector<Plan> Auditor::plans() const
{
    std::vector<Plan> plans;
    for (const Route& route : m_routes)
        plans.push_back(planFor(materialFor(route), m_settings.chosen));
    return plans;
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
        return finish();
    const Route& route = m_routes[m_next++];
    m_host->startRoute(route.material.good.kid());
    RouteTask task{route.target,           planFor(materialFor(route), m_settings.chosen),
                   route.canary,           m_mark,
                   m_settings.isConfirmed, secretsOf(route)};
    m_current = std::make_unique<RouteAudit>(
        std::move(task), m_sender, m_host.get(), [this](const Row& row) { Q_EMIT rowAdded(row); },
        [this](RouteReport report) {
            m_report.routes.push_back(std::move(report));
            if (!m_report.isInterrupted)
                QTimer::singleShot(0, this, [this] { nextRoute(); }); // not from inside of what ends here
        });
    m_current->start();
}

void Auditor::stop()
{
    if (m_report.isInterrupted || m_isFinished)
        return;
    m_sender.stop();
    m_report.isInterrupted = true;
    if (m_current)
        m_current->stop();
    QTimer::singleShot(0, this, [this] { finish(); });
}

void Auditor::finish()
{
    m_isFinished = true;
    m_host.reset();
    m_report.requests = m_sender.requests();
    m_report.milliseconds = static_cast<double>(m_time.elapsed());
    Q_EMIT finished(m_report);
}

} // namespace claimcheck::audit
