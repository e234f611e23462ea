// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/conversation.h>

#include <algorithm>
#include <iterator>

#include <http/errors.h>
#include <http/redirect.h>

namespace claimcheck::http {

namespace {

/// Phases of all hops add up; one that happened nowhere stays negative.
void addPhase(double& sum, double phase)
{
    if (phase >= 0)
        sum = sum < 0 ? phase : sum + phase;
}

void addTimings(Timings& sum, const Timings& hop)
{
    addPhase(sum.dns, hop.dns);
    addPhase(sum.connect, hop.connect);
    addPhase(sum.tls, hop.tls);
    addPhase(sum.send, hop.send);
    addPhase(sum.wait, hop.wait);
    addPhase(sum.receive, hop.receive);
    sum.total += hop.total;
}

} // namespace

Conversation::Conversation(Transport& transport, std::shared_ptr<CookieJar> cookies, Exchange exchange,
                           std::function<void()> finished)
    : m_transport(transport),
      m_cookies(std::move(cookies)),
      m_exchange(std::move(exchange)),
      m_finished(std::move(finished))
{
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    m_deadline.callOnTimeout(this, [this] { fail(totalTimedOut(m_exchange.request.totalTimeout)); });
}

void Conversation::start(Request prepared)
{
    m_clock.start();
    m_current = std::move(prepared);
    if (m_current.totalTimeout.count() > 0)
        m_deadline.start(m_current.totalTimeout);
    startHop();
}

void Conversation::cancel()
{
    QMetaObject::invokeMethod(
        this, [this] { fail(cancelled()); }, Qt::QueuedConnection);
}

void Conversation::fail(Error error)
{
    if (m_isFinished)
        return;
    recordBrokenHop();
    m_exchange.error = std::move(error);
    close();
    // Queued: whoever calls this, the timer or Client::send(), is not done with this object.
    QMetaObject::invokeMethod(
        this, [this] { announce(); }, Qt::QueuedConnection);
}

/// What was sent and came before the stop is shown beside the reason for it.
void Conversation::recordBrokenHop()
{
    if (!m_transfer)
        return;
    if (auto result = m_transfer->takeSoFar()) {
        record(*result);
        m_exchange.response = std::move(result->response);
    }
    m_exchange.timings.total = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
}

void Conversation::startHop()
{
    // The jar's cookies and a signature are this hop's alone: the next one gets what its own URL may have.
    std::optional<Request> completed;
    if (m_current.useCookies && m_cookies->hasCookiesFor(m_current.url))
        m_cookies->addTo(completed.emplace(m_current));
    if (m_current.authentication.scheme == AuthScheme::AwsSigV4)
        completed = signedForAws(completed ? *std::move(completed) : m_current, currentTime(), &m_uploadHash);
    m_transfer = m_transport.start(completed ? *completed : m_current,
                                   [this](HopResult result) { handleHop(std::move(result)); });
}

void Conversation::handleHop(HopResult result)
{
    m_transfer.reset();
    record(result);
    followOrFinish(std::move(result));
}

void Conversation::record(HopResult& result)
{
    recordCookies(result);
    std::vector<Hop> hops = std::move(result.challenges);
    result.hop.remoteAddress = result.remoteAddress;
    result.hop.isReused = result.connectionReused;
    hops.push_back(std::move(result.hop));
    hops.front().withheld = std::exchange(m_withheld, {});
    std::move(hops.begin(), hops.end(), std::back_inserter(m_exchange.hops));
    addTimings(m_exchange.timings, result.timings);
    m_exchange.tls = std::move(result.tls);
    m_exchange.localAddress = std::move(result.localAddress);
    m_exchange.remoteAddress = std::move(result.remoteAddress);
    m_exchange.connectionReused = result.connectionReused;
    m_exchange.attempts += result.attempts - 1;
}

void Conversation::recordCookies(const HopResult& result)
{
    if (!result.response)
        return;
    const Headers& fields = result.response->headers;
    std::vector<Cookie> cookies =
        m_current.useCookies ? m_cookies->store(m_current.url, fields) : cookiesOf(fields);
    std::move(cookies.begin(), cookies.end(), std::back_inserter(m_exchange.cookies));
}

void Conversation::followOrFinish(HopResult result)
{
    m_exchange.error = std::move(result.error);
    m_exchange.response = std::move(result.response);
    if (!m_exchange.error && m_exchange.response) {
        auto next = redirectFrom(m_current, *m_exchange.response, m_redirects);
        if (next && *next) {
            ++m_redirects;
            m_exchange.response.reset();
            m_current = std::move((*next)->request);
            m_withheld = std::move((*next)->withheld);
            startHop();
            return;
        }
        if (!next)
            m_exchange.error = next.error();
    }
    close();
    announce();
}

void Conversation::close()
{
    m_isFinished = true;
    m_deadline.stop();
    m_transfer.reset();
}

void Conversation::announce()
{
    const auto finished = std::move(m_finished); // which outlives this object
    finished();
}

} // namespace claimcheck::http
