// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sender.h"

#include "plan.h"
#include "target.h"

#include <algorithm>
#include <iterator>

#include <QtCore/qtimer.h>

#include <base/text.h>
#include <http/date.h>
#include <http/transport.h>

namespace claimcheck::audit {

/// Longer than this nobody waits: the route ends there.
static constexpr Seconds longestWait{60};
static constexpr int attempts = 3;

static std::optional<Seconds> readRetryAfter(const std::string& text, Instant now)
{
    static constexpr std::size_t mostDigits = 7; // a quarter of a year; more is as long
    const std::string_view digits = trimmed(text);
    if (!digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos)
        return Seconds(digits.size() > mostDigits ? 9'999'999 : std::stol(std::string(digits)));
    const auto date = http::readDate(digits);
    return date ? std::optional(std::chrono::ceil<Seconds>(std::max(*date - now, Milliseconds(0))))
                : std::nullopt;
}

/// Who refuses a request for its size answers before all of it was read, and closes: what is still under way
/// then resets the connection, and the body of the answer is lost with it. Its head says all there is to say.
static bool isRefusedForSize(const http::Exchange& exchange)
{
    static constexpr int statuses[] = {413, 414, 431}; // RFC 9110 §15.5.14, §15.5.15; RFC 6585 §5
    return exchange.error && exchange.error->kind == ErrorKind::BadAnswer && exchange.response &&
           std::ranges::find(statuses, exchange.response->status) != std::end(statuses);
}

/// Whoever shows it says already that no answer came.
static std::string errorWords(const Error& error)
{
    return error.what.starts_with("no answer") ? error.why : error.what + ": " + error.why;
}

Answer answerOf(const http::Exchange& exchange, Instant now)
{
    Answer answer;
    if ((exchange.error && !isRefusedForSize(exchange)) || !exchange.response) {
        answer.error = exchange.error ? errorWords(*exchange.error) : "nothing came";
        answer.isReset = exchange.error && exchange.error->step == ErrorStep::Request;
        return answer;
    }
    const http::Response& response = *exchange.response;
    answer.status = response.status;
    answer.location = http::headerValue(response.headers, "Location").value_or("");
    answer.contentLength = http::headerValue(response.headers, "Content-Length").value_or("");
    answer.body = response.body.read(bodyLimit);
    if (const auto retry = http::headerValue(response.headers, "Retry-After"))
        answer.retryAfter = readRetryAfter(*retry, now);
    return answer;
}

/// One request a day is slow enough.
static Milliseconds intervalOf(double rate)
{
    return rate > 0 ? Milliseconds(static_cast<std::int64_t>(std::min(1000.0 / rate, 86'400'000.0)))
                    : Milliseconds(0);
}

Sender::Sender(double rate, IsConfirmed isConfirmed, std::unique_ptr<http::Transport> transport)
    : m_isConfirmed(std::move(isConfirmed)), m_client(std::move(transport)), m_interval(intervalOf(rate))
{}

Sender::Sender(double rate, IsConfirmed isConfirmed)
    : Sender(rate, std::move(isConfirmed), http::makeDefaultTransport())
{}

static Milliseconds remainingOf(const std::map<std::string, QDeadlineTimer>& deadlines,
                                const std::string& origin)
{
    const auto found = deadlines.find(origin);
    return Milliseconds(found == deadlines.end() ? 0 : found->second.remainingTime());
}

Milliseconds Sender::waitingTime(const std::string& origin) const
{
    const Milliseconds pace =
        m_sinceLast.isValid() ? m_interval - Milliseconds(m_sinceLast.elapsed()) : Milliseconds(0);
    return std::max({Milliseconds(0), pace, remainingOf(m_notBefore, origin)});
}

std::string Sender::obstacleTo(const std::string& origin) const
{
    if (m_left == 0)
        return std::string(limitReached);
    const Milliseconds remaining = remainingOf(m_notBefore, origin);
    return remaining <= longestWait
               ? std::string()
               : "the server wants to be left alone for " +
                     std::to_string(std::chrono::ceil<Seconds>(remaining).count()) + " s (Retry-After)";
}

void Sender::send(const http::Request& request, Done done)
{
    sendLater(request, 1, std::move(done));
}

void Sender::sendLater(const http::Request& request, int attempt, Done done)
{
    const std::string origin = http::originOf(request.url);
    const Milliseconds wait = obstacleTo(origin).empty() ? waitingTime(origin) : Milliseconds(0);
    // Not a coarse timer: that one may come early.
    QTimer::singleShot(wait, Qt::PreciseTimer, &m_context,
                       [this, request, attempt, done = std::move(done)] { sendNow(request, attempt, done); });
}

void Sender::sendNow(const http::Request& request, int attempt, const Done& done)
{
    if (m_isStopped)
        return;
    if (std::string why = obstacleTo(http::originOf(request.url)); !why.empty())
        return done({.halt = std::move(why)});
    ++m_requests;
    --m_left;
    m_sinceLast.start();
    m_call =
        m_client.send(request, &m_context, [this, request, attempt, done](const http::Exchange& exchange) {
            finish(request, attempt, done,
                   {.answer = answerOf(exchange, currentTime()), .remoteAddress = exchange.remoteAddress});
        });
}

void Sender::finish(const http::Request& request, int attempt, const Done& done, const Reply& reply)
{
    if (m_isStopped)
        return;
    const Answer& answer = reply.answer;
    // Each time anew: a name may lead elsewhere from one look-up to the next, and each route has its own.
    const bool wasReached = answer.status != 0 || !reply.remoteAddress.empty();
    if (wasReached && !m_isConfirmed(request))
        if (std::string astray = straying(request, reply.remoteAddress); !astray.empty())
            return done({answer, reply.remoteAddress, std::move(astray)});
    if (!answer.isBusy())
        return done(reply);
    // Whoever is next waits as well, be it another token.
    const std::string origin = http::originOf(request.url);
    const Milliseconds wait = answer.retryAfter.value_or(Seconds(attempt));
    if (wait > remainingOf(m_notBefore, origin))
        m_notBefore[origin] = QDeadlineTimer(wait, Qt::PreciseTimer);
    if (attempt == attempts || wait > longestWait || m_left == 0)
        return done(reply);
    sendLater(request, attempt + 1, done);
}

void Sender::stop()
{
    m_isStopped = true;
    m_call.cancel();
}

} // namespace claimcheck::audit
