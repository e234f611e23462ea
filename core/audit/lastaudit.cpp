// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "lastaudit.h"

#include "shown.h"

#include <algorithm>

#include <QtCore/qpointer.h>
#include <QtCore/qtimer.h>

#include <base/text.h>
#include <jose/jws.h>

namespace claimcheck::audit {

namespace {

constexpr std::string_view afterLogout = "not-revoked";
constexpr std::string_view afterTime = "expired-good-token";

/// `exp` (RFC 7519 §4.1.4); nothing where the token says none that can be read.
std::optional<Instant> endOf(const std::string& token)
{
    const jose::Jws decoded = jose::decode(token);
    const auto exp = decoded.payloadJson ? decoded.payloadJson->root().find("exp") : std::nullopt;
    const auto seconds = exp ? exp->number() : std::nullopt;
    return seconds ? std::optional(fromUnixSeconds(*seconds)) : std::nullopt;
}

std::string inSeconds(Milliseconds time)
{
    return std::to_string(std::chrono::ceil<Seconds>(time).count()) + " s";
}

Target withToken(const Target& target, const std::optional<Secret>& fresh)
{
    if (!fresh)
        return target;
    Target own = target;
    own.request = requestWith(target, {}, fresh->reveal());
    own.token = std::string(fresh->reveal());
    return own;
}

} // namespace

LastAudit::LastAudit(std::vector<LastSubject> subjects, LastTrials trials, std::string mark, Sender& sender,
                     Told told)
    : m_subjects(std::move(subjects)),
      m_trials(std::move(trials)),
      m_mark(std::move(mark)),
      m_sender(sender),
      m_told(std::move(told)),
      m_attacks{afterLogout, afterTime}
{}

void LastAudit::start()
{
    m_sender.startRoute(mostRequests);
    nextTrial();
}

void LastAudit::nextTrial()
{
    m_current.clear();
    if (m_attacks.empty())
        return m_told.done();
    m_attack = m_attacks.front();
    m_attacks.erase(m_attacks.begin());
    const bool isWanted = std::ranges::any_of(m_subjects, [this](const LastSubject& subject) {
        return std::ranges::any_of(subject.last,
                                   [this](const Forgery& each) { return each.attack == m_attack; });
    });
    if (!isWanted)
        return nextTrial();
    if (!m_trials.freshToken)
        return takeToken(Secret());
    m_trials.freshToken([this, life = QPointer<QObject>(m_context.get())](const Result<Secret>& fresh) {
        if (life)
            takeToken(fresh);
    });
}

/// Without tokens to be had, an empty one comes: the good one of each route is meant.
void LastAudit::takeToken(const Result<Secret>& fresh)
{
    const std::optional<Secret> own =
        fresh && !fresh->isEmpty() ? std::optional<Secret>(*fresh) : std::nullopt;
    for (const LastSubject& subject : m_subjects)
        for (const Forgery& forgery : subject.last)
            if (forgery.attack == m_attack)
                addTrial(subject, forgery, own);
    if (!fresh) {
        endRest(Outcome::NotRun, "there is no token to be used up: " + fresh.error().why);
        return nextTrial();
    }
    for (Trial& trial : m_current)
        if (const std::string why = obstacleTo(trial); !why.empty())
            end(trial, {Outcome::NotRun, why});
    tryEach(
        0, [this](Trial& trial, const Then& then) { control(trial, then); }, [this] { useUp(); });
}

void LastAudit::addTrial(const LastSubject& subject, const Forgery& forgery,
                         const std::optional<Secret>& fresh)
{
    Trial trial;
    trial.subject = &subject;
    trial.forgery = &forgery;
    trial.target = withToken(subject.target, fresh);
    m_current.push_back(std::move(trial));
}

std::string LastAudit::obstacleTo(const Trial& trial) const
{
    const std::string& token = trial.target.token;
    if (isLogout())
        return {};
    if (std::ranges::find(m_ended, token) != m_ended.end())
        return "the logout ended the token before its time; with a session, another one is tried";
    const std::optional<Instant> end = endOf(token);
    if (!end)
        return "the token says not when it ends (exp)";
    const Milliseconds rest = *end + m_trials.leeway - m_trials.clock();
    if (rest > m_trials.longestWait)
        return "it would take " + inSeconds(rest) + ", longer than is waited (" +
               inSeconds(m_trials.longestWait) + ")";
    return {};
}

/// One after the other, those that are over left out.
void LastAudit::tryEach(std::size_t from, const std::function<void(Trial&, const Then&)>& step,
                        const Then& then)
{
    std::size_t at = from;
    while (at < m_current.size() && m_current[at].isOver)
        ++at;
    if (at == m_current.size())
        return then();
    step(m_current[at], [this, at, step, then] { tryEach(at + 1, step, then); });
}

/// The good token twice, and none: as on the route itself, since it may be another token, and later.
void LastAudit::control(Trial& trial, const Then& then)
{
    send(goodRequest(trial.target, nextMark()), [this, &trial, then](const Answer& answer) {
        trial.good.push_back(answer);
        if (trial.good.size() < 2)
            return control(trial, then);
        trial.judge.emplace(trial.good.front(), trial.good.back(), trial.subject->canary);
        if (const std::string why = trial.judge->objection(); !why.empty()) {
            end(trial, {Outcome::Inconclusive, "before it was used up, " + why}, answer);
            return then();
        }
        Forgery without = *trial.forgery;
        without.delivery.place = Place::Nowhere;
        send(forgedRequest(trial.target, without, nextMark()), [this, &trial, then](const Answer& refusal) {
            takeWithout(trial, refusal);
            then();
        });
    });
}

void LastAudit::takeWithout(Trial& trial, const Answer& answer)
{
    if (trial.judge->isLikeGood(answer))
        return end(trial, {Outcome::Inconclusive, "the route lets everybody in"}, answer);
    trial.refusalStatus = answer.status;
    if (answer.status != 0 && answer.status != 429 && !answer.isServerError())
        trial.judge->addRefusal(answer);
}

void LastAudit::useUp()
{
    if (!isLogout())
        return wait();
    tryEach(
        0, [this](Trial& trial, const Then& then) { logOut(trial, then); },
        [this] {
            tryEach(
                0, [this](Trial& trial, const Then& then) { sendOnceMore(trial, 1, then); },
                [this] { nextTrial(); });
        });
}

/// Until the last of the tokens is over, and clocks that differ a little agree on it.
void LastAudit::wait()
{
    std::optional<Instant> until;
    for (const Trial& trial : m_current)
        if (!trial.isOver)
            until = std::max(until.value_or(Instant::min()),
                             endOf(trial.target.token).value_or(Instant::min()) + m_trials.leeway);
    if (!until)
        return nextTrial();
    const Milliseconds rest = std::max(Milliseconds(0), *until - m_trials.clock());
    if (rest > Milliseconds(0))
        m_told.waiting(*until);
    if (!m_context) // whoever was told has stopped it
        return;
    QTimer::singleShot(rest, Qt::PreciseTimer, m_context.get(), [this] {
        tryEach(
            0, [this](Trial& trial, const Then& then) { sendOnceMore(trial, 1, then); },
            [this] { nextTrial(); });
    });
}

/// Once for each token, whatever the number of routes. Only where the server said yes, the answer after it
/// says something.
void LastAudit::logOut(Trial& trial, const Then& then)
{
    const std::string token = trial.target.token;
    const auto take = [this, &trial, token, then](const std::string& why) {
        m_logouts[token] = why;
        if (!why.empty())
            end(trial, {Outcome::Inconclusive, why});
        then();
    };
    if (const auto known = m_logouts.find(token); known != m_logouts.end())
        return take(known->second);
    const Result<http::Request> request = m_trials.ending(Secret(token));
    if (!request)
        return take("nobody could be logged out: " + request.error().why);
    send(auditRequest(*request, nextMark()), [take](const Answer& answer) {
        if (answer.status == 0)
            return take("the logout got no answer: " + answer.error);
        const bool isDone = answer.isSuccess() || (answer.status >= 300 && answer.status < 400);
        take(isDone ? "" : "the logout was answered with " + std::to_string(answer.status));
    });
}

void LastAudit::sendOnceMore(Trial& trial, int attempt, const Then& then)
{
    send(goodRequest(trial.target, nextMark()), [this, &trial, attempt, then](const Answer& answer) {
        const Judgement judgement = judged(trial, answer);
        if (judgement.outcome == Outcome::Accepted && isLogout() && attempt == 1) {
            QTimer::singleShot(m_trials.propagation, Qt::PreciseTimer, m_context.get(),
                               [this, &trial, then] { sendOnceMore(trial, 2, then); });
            return;
        }
        if (isLogout() && judgement.outcome != Outcome::Accepted)
            m_ended.push_back(trial.target.token);
        end(trial, judgement, answer);
        then();
    });
}

/// Nothing good is left that could show that the route still opens: so a refusal counts only when it is one
/// of a token (RFC 6750 §3.1), or the one that was given without any.
Judgement LastAudit::judged(const Trial& trial, const Answer& answer) const
{
    Judgement judgement = trial.judge->judge(answer);
    const bool isRefusal = answer.isSuccess() || answer.status == 401 || answer.status == 403 ||
                           (answer.status == trial.refusalStatus && !answer.isServerError());
    if (judgement.outcome == Outcome::Refused && !isRefusal)
        judgement = {Outcome::Inconclusive, std::to_string(answer.status) + ", which refuses no token"};
    const std::string when = isLogout() ? "after the logout" : inSeconds(m_trials.leeway) + " after its exp";
    judgement.why += ", " + when;
    return judgement;
}

void LastAudit::send(const http::Request& request, const std::function<void(const Answer&)>& done)
{
    m_sender.send(request, [this, done](const Reply& reply) {
        if (reply.halt.empty())
            return done(reply.answer);
        halt(reply.halt);
    });
}

/// Nothing more may be sent: the rest ends here.
void LastAudit::halt(const std::string& why)
{
    endRest(Outcome::NotRun, why);
    for (const std::string_view attack : m_attacks) {
        m_attack = attack;
        m_current.clear();
        for (const LastSubject& subject : m_subjects)
            for (const Forgery& forgery : subject.last)
                if (forgery.attack == attack)
                    addTrial(subject, forgery, std::nullopt);
        endRest(Outcome::NotRun, why);
    }
    m_attacks.clear();
    m_told.done();
}

void LastAudit::stop()
{
    if (!m_context)
        return;
    m_context.reset();
    m_told.done = [] {};
    halt("stopped");
}

void LastAudit::end(Trial& trial, const Judgement& judgement, const Answer& answer)
{
    if (trial.isOver)
        return;
    trial.isOver = true;
    const Target& target = trial.target;
    const std::vector<Secret> known = knownTexts(target, *trial.forgery, trial.subject->secrets);
    Row row;
    row.attack = trial.forgery->attack;
    row.variant = trial.forgery->variant;
    row.recipe = trial.forgery->recipe;
    row.curl = curlLine(target, *trial.forgery, known);
    row.request = target.request.method + " " + shownUrl(target, target.request.url, known);
    row.outcome = judgement.outcome;
    row.why = withoutKnown(judgement.why, known);
    row.status = answer.status;
    row.isServerError = answer.isServerError();
    if (row.outcome == Outcome::Accepted)
        row.answer = shownAnswer(answer.body, known);
    m_told.rowAdded(trial.subject->route, std::move(row));
}

void LastAudit::endRest(Outcome outcome, const std::string& why)
{
    for (Trial& trial : m_current)
        end(trial, {outcome, why});
}

} // namespace claimcheck::audit
