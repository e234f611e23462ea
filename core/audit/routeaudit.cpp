// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "routeaudit.h"

#include <utility>

#include <base/text.h>
#include <inspect/numericdate.h>
#include <jose/base64url.h>

namespace claimcheck::audit {

static constexpr int goodAttempts = 3;

/// It may have been this once: whoever fails is asked again.
static bool hasFailed(const Answer& answer)
{
    return answer.status == 0 || answer.isServerError();
}

/// The most likely reason why a good token is refused.
static std::string endIfOver(const std::string& token)
{
    const jose::Jws good = jose::decode(token);
    const auto exp = good.payloadJson ? good.payloadJson->root().find("exp") : std::nullopt;
    const auto end = exp ? inspect::readNumericDate(*exp) : std::nullopt;
    return end && end->time <= currentTime() ? "; its exp is over since " + formatUtc(end->time)
                                             : std::string();
}

RouteAudit::RouteAudit(RouteTask task, Sender& sender, const KeyHost* host,
                       std::function<void(const Row&)> changed, std::function<void(RouteReport)> done)
    : m_task(std::move(task)),
      m_sender(sender),
      m_host(host),
      m_changed(std::move(changed)),
      m_done(std::move(done))
{
    const Target& target = m_task.target;
    m_report.method = target.request.method;
    const std::vector<Secret> known = knownTexts(target, {}, m_task.secrets);
    m_report.url = shownUrl(target, target.request.url, known);
    m_report.name = shownName(target, known);
}

std::string RouteAudit::nextMark()
{
    return m_task.mark + "-" + std::to_string(++m_marks);
}

void RouteAudit::send(const http::Request& request, const Sender::Done& done)
{
    m_sender.send(request, [this, done](const Reply& reply) {
        if (reply.halt.empty())
            return done(reply);
        m_report.wasAnswered = m_report.wasAnswered || reply.answer.status != 0;
        halt(reply.halt);
    });
}

/// A server that repeats the token that it got answers each one otherwise: what it repeats tells nothing.
static Sender::Done withoutEcho(std::string_view token, Sender::Done done)
{
    static constexpr std::size_t shortest = 5; // a shorter one stands in many a word
    if (token.size() < shortest)
        return done;
    return [known = Secret(token), done = std::move(done)](const Reply& reply) {
        Reply without = reply;
        without.answer.body = withReplaced(std::move(without.answer.body), known.reveal(), "[secret]");
        done(without);
    };
}

void RouteAudit::sendGood(const Sender::Done& done)
{
    send(goodRequest(m_task.target, nextMark()), withoutEcho(m_task.target.token, done));
}

void RouteAudit::sendForgery(const Forgery& forgery, const Sender::Done& done)
{
    ++m_sinceGood;
    m_sentMark = nextMark();
    send(forgedRequest(m_task.target, forgery, m_sentMark), withoutEcho(forgery.token.reveal(), done));
}

void RouteAudit::start()
{
    m_sender.startRoute(mostRequests);
    sendGood([this](const Reply& reply) { takeFirst(reply); });
}

void RouteAudit::takeFirst(const Reply& reply)
{
    m_report.wasAnswered = reply.answer.status != 0;
    m_report.goodStatus = reply.answer.status;
    m_first = reply.answer;
    if (!hasFailed(m_first))
        return sendGood([this](const Reply& second) { takeSecond(second); });
    if (++m_goodFailures < goodAttempts)
        return sendGood([this](const Reply& again) { takeFirst(again); });
    takeSecond(reply);
}

void RouteAudit::takeSecond(const Reply& reply)
{
    if (hasFailed(reply.answer) && m_goodFailures < goodAttempts && ++m_goodFailures < goodAttempts)
        return sendGood([this](const Reply& again) { takeSecond(again); });
    m_judge.emplace(m_first, reply.answer, m_task.canary);
    m_report.objection = m_judge->objection();
    if (m_report.objection.empty())
        return nextControl();
    if (m_first.status == 401 || reply.answer.status == 401)
        m_report.objection += endIfOver(m_task.target.token);
    skipRest(Outcome::NotRun, "the route is not testable");
    finish();
}

void RouteAudit::nextControl()
{
    if (m_next < m_task.plan.controls.size()) {
        const Forgery& control = m_task.plan.controls[m_next++];
        return sendForgery(control,
                           [this, &control](const Reply& reply) { takeControl(control, reply.answer, 1); });
    }
    m_next = 0;
    if (!m_isOpen)
        return nextForgery();
    skipRest(Outcome::NotRun, "the route lets everybody in: forged tokens say nothing");
    finish();
}

void RouteAudit::takeControl(const Forgery& control, const Answer& answer, int attempt)
{
    if (hasFailed(answer) && attempt == 1) {
        m_failure = answer;
        return checkGood(1, [this, &control] {
            sendForgery(control,
                        [this, &control](const Reply& reply) { takeControl(control, reply.answer, 2); });
        });
    }
    if (control.attack == "no-token")
        m_report.refusalStatus = answer.status;
    const Judgement judgement = m_judge->judgeControl(answer);
    const bool isAnswered = answer.status != 0 && answer.status != 429;
    m_isOpen = m_isOpen || judgement.outcome == Outcome::Accepted;
    m_isRefusing = m_isRefusing || (control.attack == "garbage-token" && isAnswered &&
                                    judgement.outcome != Outcome::Accepted);
    if (isAnswered && !answer.isServerError())
        m_judge->addRefusal(answer);
    addRow(control, answer, judgement);
    nextControl();
}

void RouteAudit::nextForgery()
{
    const std::vector<Forgery>& forgeries = m_task.plan.forgeries;
    if (m_next >= forgeries.size())
        return buildOn();
    if (m_sender.left() <= costOf(forgeries[m_next])) // one is kept for the good token
        return endWith(std::string(limitReached));
    if (m_busy >= mostBusy)
        return endWith(std::string(busyToTheEnd), Outcome::Inconclusive);
    if (m_sinceGood >= checkEvery)
        return checkGood(1, [this] { nextForgery(); });
    const Forgery& forgery = forgeries[m_next++];
    sendForgery(forgery, [this, &forgery](const Reply& reply) { takeForgery(forgery, reply.answer, 1); });
}

/// Once, when all else was tried: what needs the signing key is made as the accepted forgery was.
void RouteAudit::buildOn()
{
    const auto build = std::exchange(m_task.build, {});
    std::vector<Forgery> more = m_taken && build ? build(*m_taken) : std::vector<Forgery>();
    if (more.empty())
        return endWith("");
    for (Forgery& forgery : more) {
        std::erase_if(m_task.plan.notRun, [&](const Row& row) { return row.attack == forgery.attack; });
        m_task.plan.forgeries.push_back(std::move(forgery));
    }
    nextForgery();
}

/// What was judged counts when the good token still works; the rest is not run.
void RouteAudit::endWith(const std::string& why, Outcome rest)
{
    const auto end = [this, why, rest] {
        skipRest(rest, why);
        finish();
    };
    if (m_confirmed == m_report.rows.size())
        return end();
    checkGood(1, end);
}

/// All garbage made it fail, twice each, while the good token worked: there a failure is how it refuses, and
/// is no chance that asks for a second try.
static bool refusesByFailing(const RouteReport& report)
{
    std::size_t all = 0;
    std::size_t failed = 0;
    for (const Row& row : report.rows)
        if (row.attack == "garbage-token") {
            ++all;
            failed += row.isServerError && row.status != 0 ? 1u : 0u;
        }
    return all > 1 && failed == all;
}

/// A server that fails now and then is not the same as one that this token makes fail: only what fails again
/// while the good token works does.
void RouteAudit::takeForgery(const Forgery& forgery, const Answer& answer, int attempt)
{
    if (hasFailed(answer) && attempt == 1) {
        m_failure = answer;
        const bool isItsManner = answer.isServerError() && !answer.isBusy() && refusesByFailing(m_report);
        return checkGood(1, [this, &forgery, answer, isItsManner] {
            if (isItsManner)
                return takeForgery(forgery, answer, 2);
            sendForgery(forgery,
                        [this, &forgery](const Reply& reply) { takeForgery(forgery, reply.answer, 2); });
        });
    }
    m_busy = answer.isBusy() ? m_busy + 1 : 0;
    if (forgery.delivery.method == "HEAD")
        return compareHead(forgery, answer);
    const Judgement judgement = judged(forgery, answer);
    if (judgement.outcome == Outcome::Accepted && !forgery.counterproof.isEmpty())
        return proveCounter(forgery, answer);
    addRow(forgery, answer, judgement);
    nextForgery();
}

Judgement RouteAudit::judged(const Forgery& forgery, const Answer& answer) const
{
    const Judgement judgement = m_judge->judge(answer, forgery.changedClaims);
    const bool isOther = judgement.outcome == Outcome::Inconclusive && answer.isSuccess();
    if (forgery.delivery.method == "OPTIONS" && isOther) // a list of methods, for one (RFC 9110 §9.3.7)
        return {Outcome::Refused, std::to_string(answer.status) + " without the content of the route"};
    return judgement;
}

void RouteAudit::proveCounter(const Forgery& forgery, const Answer& answer)
{
    Forgery counter = forgery;
    counter.token = forgery.counterproof;
    const std::string mark = m_sentMark;
    sendForgery(counter, [this, &forgery, answer, mark](const Reply& reply) {
        m_sentMark = mark; // the row is of the forgery, not of what proves it
        if (judged(forgery, reply.answer).outcome == Outcome::Accepted)
            addRow(forgery, answer,
                   {Outcome::Inconclusive, "what proves nothing gets through in this form as well"});
        else
            addRow(forgery, answer, judged(forgery, answer));
        nextForgery();
    });
}

/// The good token goes out for it only where it tells something: when there was a success without one.
void RouteAudit::compareHead(const Forgery& forgery, const Answer& without)
{
    const auto compare = [this, &forgery, without](const Answer& with) {
        addRow(forgery, without, judgeHead(with, without));
        nextForgery();
    };
    if (!without.isSuccess()) {
        addRow(forgery, without, judgeHeadRefusal(without));
        return nextForgery();
    }
    if (m_task.target.request.method == "HEAD")
        return compare(m_first);
    http::Request good = goodRequest(m_task.target, nextMark());
    good.method = "HEAD";
    send(good, [compare](const Reply& with) { compare(with.answer); });
}

void RouteAudit::checkGood(int attempt, const Then& then)
{
    sendGood([this, attempt, then](const Reply& reply) {
        if (m_judge->isStillGood(reply.answer)) {
            m_sinceGood = 0;
            m_confirmed = m_report.rows.size();
            return then();
        }
        if (attempt == goodAttempts)
            return giveUp(reply.answer);
        checkGood(attempt + 1, then);
    });
}

static std::string whyGoodFails(const Answer& answer)
{
    if (answer.status == 0)
        return "the good token gets no answer any more";
    const std::string status =
        "the good token does not open the route any more (" + std::to_string(answer.status) + "): ";
    return status + std::string(answer.isBusy()
                                    ? busyToTheEnd
                                    : std::string_view("the session ended, or the server locked it"));
}

void RouteAudit::giveUp(const Answer& answer)
{
    m_isDown = hasFailed(answer);
    const std::string why = whyGoodFails(answer);
    doubtUnconfirmed(why);
    skipRest(Outcome::Inconclusive, why);
    finish();
}

void RouteAudit::doubtUnconfirmed(const std::string& why)
{
    for (std::size_t i = m_confirmed; i < m_report.rows.size(); ++i)
        if (m_report.rows[i].outcome == Outcome::Refused) {
            m_report.rows[i].outcome = Outcome::Inconclusive;
            m_report.rows[i].why += "; then " + why;
        }
}

void RouteAudit::halt(const std::string& why)
{
    if (!m_judge)
        m_report.objection = why;
    doubtUnconfirmed(why);
    skipRest(Outcome::NotRun, why);
    finish();
}

static std::string shownHeader(const Forgery& forgery)
{
    const std::string_view token = forgery.token.reveal();
    if (forgery.delivery != Delivery() || token.starts_with('{'))
        return {};
    return jose::decodeBase64UrlLeniently(token.substr(0, token.find('.'))).bytes;
}

Row RouteAudit::rowFor(const Forgery& forgery) const
{
    const Target& target = m_task.target;
    Row row;
    row.attack = forgery.attack;
    row.variant = forgery.variant;
    row.recipe = forgery.recipe;
    row.builtOn = forgery.builtOn;
    row.header = shownHeader(forgery);
    row.curl = curlLine(target, forgery, knownTexts(target, forgery, m_task.secrets));
    const std::string& method = forgery.delivery.method;
    row.request = (method.empty() ? target.request.method : method) + " " + m_report.url;
    return row;
}

static bool isFailure(const Answer& answer)
{
    return answer.isServerError() || (answer.status == 0 && !answer.error.empty());
}

/// Who answers a token of less, and resets the connection while this one is under way, may refuse it for its
/// size: it did not read the token to its end, so that it is not what is in it.
bool RouteAudit::isCutForSize(const Forgery& forgery, const Answer& answer) const
{
    if (forgery.attack != "large-token" || !answer.isReset)
        return false;
    bool isAnswered = false;
    for (const Row& smaller : m_report.rows) { // they come before the larger
        if (smaller.attack != forgery.attack)
            continue;
        if (smaller.isServerError)
            return false;
        isAnswered = isAnswered || smaller.status != 0;
    }
    return isAnswered;
}

static constexpr std::string_view maybeTooLarge =
    "; smaller tokens are answered, so it may be refused for its size";

void RouteAudit::addRow(const Forgery& forgery, const Answer& answer, const Judgement& judgement)
{
    m_failure.reset();
    Row row = rowFor(forgery);
    row.outcome = judgement.outcome;
    const std::vector<Secret> known = knownTexts(m_task.target, forgery, m_task.secrets);
    row.why = withoutKnown(judgement.why, known);
    const bool isTrial = m_report.rows.size() >= m_task.plan.controls.size();
    if (isTrial && !m_isRefusing && row.outcome == Outcome::Accepted) {
        row.outcome = Outcome::Inconclusive;
        row.why += "; but garbage was never answered, so nobody knows whether anything is refused";
    }
    row.status = answer.status;
    row.mark = m_sentMark;
    const bool isCut = isCutForSize(forgery, answer);
    if (isCut)
        row.why += maybeTooLarge;
    row.isServerError = isFailure(answer) && !isCut;
    row.wasHeard = m_host != nullptr && m_host->wasAsked(forgery.callback);
    const bool isDeaf = !forgery.callback.empty() && !staysHere(m_task.target.request);
    if (isDeaf && row.outcome == Outcome::Refused && !row.wasHeard) {
        row.outcome = Outcome::Inconclusive;
        row.why += "; but our listener is on this machine, where another one does not reach it";
    }
    if (row.outcome == Outcome::Accepted) {
        row.answer = shownAnswer(answer.body, known);
        if (forgery.remake && !m_taken)
            m_taken = forgery;
    }
    m_report.rows.push_back(std::move(row));
    m_changed(m_report.rows.back());
}

/// A row is added for each that was judged, in the order of the plan: what has none is the rest.
void RouteAudit::skipRest(Outcome outcome, const std::string& why)
{
    const std::vector<Forgery>& controls = m_task.plan.controls;
    const std::vector<Forgery>& forgeries = m_task.plan.forgeries;
    for (std::size_t i = m_report.rows.size(); i < controls.size() + forgeries.size(); ++i) {
        const Forgery& forgery = i < controls.size() ? controls[i] : forgeries[i - controls.size()];
        Row row = rowFor(forgery);
        row.outcome = outcome;
        row.why = why;
        if (m_failure) // the one that broke the server, it may be for good
            markBroken(row, forgery);
        m_report.rows.push_back(std::move(row));
    }
    m_report.rows.insert(m_report.rows.end(), m_task.plan.notRun.begin(), m_task.plan.notRun.end());
}

void RouteAudit::markBroken(Row& row, const Forgery& forgery)
{
    row.outcome = Outcome::Inconclusive;
    row.status = m_failure->status;
    // Where the good token gets no answer either, the server is down, and no size is why.
    const bool isCut = !m_isDown && isCutForSize(forgery, *m_failure);
    row.isServerError = isFailure(*m_failure) && !isCut;
    const std::string answered = judged(forgery, *m_failure).why + std::string(isCut ? maybeTooLarge : "");
    row.why =
        withoutKnown(answered, knownTexts(m_task.target, forgery, m_task.secrets)) + "; then " + row.why;
    m_failure.reset();
}

void RouteAudit::stop()
{
    if (m_isDone)
        return;
    skipRest(Outcome::NotRun, "stopped");
    finish();
}

void RouteAudit::finish()
{
    if (m_isDone)
        return;
    m_isDone = true;
    m_done(m_report);
}

} // namespace claimcheck::audit
