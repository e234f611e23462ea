// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sender.h"

#include <algorithm>

#include <QtCore/qtimer.h>

#include <base/text.h>
#include <http/date.h>

namespace claimcheck::audit {

/// Longer than this nobody waits: the answer counts as it is.
static constexpr Seconds longestWait{60};
static constexpr int attempts = 3;

static std::optional<Seconds> readRetryAfter(const std::string& text, Instant now)
{
    const std::string_view digits = trimmed(text);
    if (!digits.empty() && digits.size() < 8 &&
        digits.find_first_not_of("0123456789") == std::string_view::npos)
        return Seconds(std::stol(std::string(digits)));
    const auto date = http::readDate(digits);
    return date ? std::optional(std::chrono::ceil<Seconds>(std::max(*date - now, Milliseconds(0))))
                : std::nullopt;
}

Answer answerOf(const http::Exchange& exchange, Instant now)
{
    Answer answer;
    if (exchange.error || !exchange.response) {
        answer.error = exchange.error ? exchange.error->what + ": " + exchange.error->why : "nothing came";
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

Sender::Sender(double rate) : m_interval(rate > 0 ? static_cast<std::int64_t>(1000.0 / rate) : 0) {}

Milliseconds Sender::waitingTime() const
{
    if (!m_sinceLast.isValid())
        return Milliseconds(0);
    return std::max(Milliseconds(0), m_interval - Milliseconds(m_sinceLast.elapsed()));
}

void Sender::send(const http::Request& request, Done done)
{
    QTimer::singleShot(waitingTime(), &m_context,
                       [this, request, done = std::move(done)] { sendNow(request, 1, done); });
}

void Sender::sendNow(const http::Request& request, int attempt, const Done& done)
{
    if (m_isStopped)
        return;
    ++m_requests;
    m_sinceLast.start();
    m_call =
        m_client.send(request, &m_context, [this, request, attempt, done](const http::Exchange& exchange) {
            finish(request, attempt, done, {answerOf(exchange, currentTime()), exchange.remoteAddress});
        });
}

void Sender::finish(const http::Request& request, int attempt, const Done& done, const Reply& reply)
{
    if (m_isStopped)
        return;
    const Answer& answer = reply.answer;
    const bool isBusy = answer.status == 429 || (answer.status == 503 && answer.retryAfter);
    const Seconds wait = answer.retryAfter.value_or(Seconds(attempt));
    if (!isBusy || attempt == attempts || wait > longestWait)
        return done(reply);
    const Milliseconds pause = std::max(std::chrono::duration_cast<Milliseconds>(wait), waitingTime());
    QTimer::singleShot(pause, &m_context,
                       [this, request, attempt, done] { sendNow(request, attempt + 1, done); });
}

void Sender::stop()
{
    m_isStopped = true;
    m_call.cancel();
}

} // namespace claimcheck::audit
