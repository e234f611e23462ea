// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "matrixrun.h"

#include <algorithm>

#include <QtCore/qtimer.h>

#include <audit/forgery.h>
#include <base/random.h>
#include <base/text.h>
#include <http/url.h>

#include "plan.h"
#include "shown.h"
#include "softrefusal.h"

namespace claimcheck::audit {

static constexpr int proofAttempts = 3;

/// The call as the reports' helpers know requests: with the token of its identity, of which no other is made.
static Forgery asForgery(const Target& target)
{
    Forgery forgery;
    forgery.token = Secret(target.token);
    return forgery;
}

static bool isNobody(const MatrixCall& call)
{
    return call.identity == collection::anonymous;
}

MatrixRun::MatrixRun(std::vector<MatrixTask> tasks, std::vector<std::string> identities,
                     MatrixSettings settings, QObject* parent)
    : QObject(parent),
      m_tasks(std::move(tasks)),
      m_settings(std::move(settings)),
      m_mark(toHex(randomBytes(4))),
      m_sender(m_settings.rate, [this](const http::Request& request) {
          return m_settings.isConfirmed || isAmong(m_settings.confirmedHosts, request);
      })
{
    m_report.identities = std::move(identities);
}

Result<void> MatrixRun::start()
{
    if (m_tasks.empty())
        return failure(ErrorKind::Usage, "there is nothing to test", "no request is given", "name one");
    for (const MatrixTask& task : m_tasks)
        if (auto checked = checkTask(task, m_settings); !checked)
            return checked;
    m_report.startedAt = currentTime();
    m_time.start();
    nextTask();
    return {};
}

/// `done` is not called where nothing more may be sent: the task ends there.
void MatrixRun::send(const MatrixCall& call, std::function<void(const Answer& answer)> done)
{
    const std::string mark = m_mark + "-" + std::to_string(++m_marks);
    m_sender.send(auditRequest(call.target.request, mark),
                  [this, done = std::move(done)](const Reply& reply) {
                      m_report.wasAnswered = m_report.wasAnswered || reply.answer.status != 0;
                      if (!reply.halt.empty())
                          return endTask(reply.halt);
                      done(reply.answer);
                  });
}

void MatrixRun::nextTask()
{
    if (m_report.isInterrupted)
        return;
    if (m_next == m_tasks.size())
        return proveNext(1, [this] { finish(); });
    m_call = 0;
    m_sent.clear();
    m_again.reset();
    m_sender.startRoute(mostRequests);
    nextCall();
}

void MatrixRun::nextCall()
{
    const std::vector<MatrixCall>& calls = m_tasks[m_next].calls;
    const auto isLeftOut = [&](const MatrixCall& call) { // nobody's answer is the measure of the others
        return !m_standings[call.identity].lost.empty() || isBusyToTheEnd(call) ||
               isBusyToTheEnd(calls.front());
    };
    while (m_call < calls.size() && isLeftOut(calls[m_call]))
        ++m_call; // it has no cell among those that were sent
    if (m_call < calls.size())
        return sendCall(calls[m_call], 1);
    const bool isBusy =
        std::ranges::any_of(calls, [this](const MatrixCall& call) { return isBusyToTheEnd(call); });
    endTask(isBusy ? std::string(busyToTheEnd) : std::string());
}

void MatrixRun::countBusy(const MatrixCall& call, const Answer& answer)
{
    std::size_t& busy = m_busy[http::originOf(call.target.request.url)];
    busy = answer.isBusy() ? busy + 1 : 0;
}

bool MatrixRun::isBusyToTheEnd(const MatrixCall& call) const
{
    const auto found = m_busy.find(http::originOf(call.target.request.url));
    return found != m_busy.end() && found->second >= mostBusy;
}

/// What fails is asked once more, unless that would write twice. Whoever says to wait was waited for.
void MatrixRun::sendCall(const MatrixCall& call, int attempt)
{
    send(call, [this, &call, attempt](const Answer& answer) {
        const bool isFailure = answer.status == 0 || (answer.isServerError() && !answer.isBusy());
        if (isFailure && attempt == 1 && isHarmless(call.target.request.method))
            return sendCall(call, 2);
        take(call, answer);
    });
}

/// A success without a token has to be told from the others': by what does not change by itself.
void MatrixRun::take(const MatrixCall& call, const Answer& answer)
{
    countBusy(call, answer);
    m_sent.push_back({&call, answer});
    ++m_call;
    Q_EMIT callDone();
    const bool needsAgain = m_call == 1 && answer.isSuccess() &&
                            softRefusalIn(answer.body) == SoftRefusal::No &&
                            isHarmless(call.target.request.method);
    if (!needsAgain)
        return nextCall();
    send(call, [this](const Answer& again) {
        m_again = again;
        nextCall();
    });
}

void MatrixRun::endTask(const std::string& why)
{
    if (m_isFinished || m_report.isInterrupted)
        return;
    judgeTask(why);
    QTimer::singleShot(0, this, [this] { // not from inside of what ends here
        if (!m_report.isInterrupted)
            proveNext(checkEvery, [this] { nextTask(); });
    });
}

/// Judges what was sent; the rest of the task is not run, for the reason `why` or because a token is lost.
void MatrixRun::judgeTask(const std::string& why)
{
    const MatrixTask& task = m_tasks[m_next];
    RowAnswers answers{.cells = {}, .again = m_again, .isPublic = false, .canary = task.canary, .owners = {}};
    const auto expected = task.calls.front().expected;
    answers.isPublic = expected && expected->access == collection::Access::Allow;
    for (const Sent& sent : m_sent)
        answers.cells.push_back({sent.call->identity, sent.call->owner, sent.answer});
    for (const MatrixCall& call : task.calls)
        if (!call.owner.empty() && std::ranges::find(answers.owners, call.owner) == answers.owners.end())
            answers.owners.push_back(call.owner);
    addCells(judgeRow(answers), why);
    m_sent.clear();
    ++m_next;
}

std::vector<Secret> MatrixRun::knownOf(const Target& target) const
{
    return knownTexts(target, asForgery(target), m_settings.secrets);
}

MatrixCell MatrixRun::cellOf(const MatrixCall& call) const
{
    MatrixCell cell{.identity = call.identity, .owner = call.owner, .expected = call.expected};
    const std::vector<Secret> known = knownOf(call.target);
    cell.request = call.target.request.method + " " + shownUrl(call.target, call.target.request.url, known);
    cell.curl = curlLine(call.target, asForgery(call.target), known);
    return cell;
}

void MatrixRun::addCells(const std::vector<Observed>& observed, const std::string& why)
{
    const MatrixTask& task = m_tasks[m_next];
    const Target& shown = task.calls.front().target;
    MatrixRowReport row{.name = task.name,
                        .method = shown.request.method,
                        .url = shownUrl(shown, shown.request.url, knownOf(shown))};
    if (m_sent.empty())
        row.objection = why;
    const std::size_t index = m_report.rows.size();
    for (const MatrixCall& call : task.calls) {
        MatrixCell cell = cellOf(call);
        const auto sent = std::ranges::find_if(m_sent, [&](const Sent& one) { return one.call == &call; });
        if (sent == m_sent.end()) {
            const std::string& lost = m_standings[call.identity].lost;
            cell.why = lost.empty() ? why : lost;
        } else {
            const Observed& seen = observed[static_cast<std::size_t>(sent - m_sent.begin())];
            const std::vector<Secret> known = knownOf(call.target);
            cell.status = sent->answer.status;
            cell.verdict = seen.verdict;
            cell.fit = fitOf(call.expected, seen, cell.status);
            cell.why = withoutKnown(seen.why, known);
            if (cell.fit == Fit::TooMuch)
                cell.answer = shownAnswer(sent->answer.body, known);
            // A route for everybody lets in a token that nobody takes as well.
            const bool isProof = observed.front().verdict == Verdict::Denied;
            keepStanding(call, seen, isProof,
                         call.isControl ? std::nullopt : std::optional(Place{index, row.cells.size()}));
        }
        if (!call.isControl)
            row.cells.push_back(std::move(cell));
    }
    m_report.rows.push_back(std::move(row));
}

void MatrixRun::keepStanding(const MatrixCall& call, const Observed& observed, bool isProof,
                             std::optional<Place> place)
{
    if (isNobody(call))
        return;
    Standing& standing = m_standings[call.identity];
    if (observed.verdict == Verdict::Allowed && isProof) {
        standing.unproven.clear();
        if (standing.proof == nullptr && isHarmless(call.target.request.method)) {
            standing.proof = &call;
            standing.around = {.cells = {{std::string(collection::anonymous), {}, m_sent.front().answer}},
                               .again = m_again,
                               .canary = m_tasks[m_next].canary};
        }
    } else if (observed.needsProof && place) {
        standing.unproven.push_back(*place);
    }
}

/// The next identity that has so many refusals which nothing speaks for; `then` when there is none.
void MatrixRun::proveNext(std::size_t atLeast, const Then& then)
{
    for (auto& [identity, standing] : m_standings) {
        if (standing.unproven.size() < atLeast || (standing.proof == nullptr && atLeast > 1))
            continue;
        if (standing.proof == nullptr) {
            doubt(standing, "nothing shows that its token works: it is let in nowhere");
            continue;
        }
        if (isBusyToTheEnd(*standing.proof)) {
            doubt(standing, std::string(busyToTheEnd));
            continue;
        }
        m_sender.startRoute(proofAttempts * 3); // with what a rate limit has repeated
        return prove(identity, 1, [this, atLeast, then] { proveNext(atLeast, then); });
    }
    then();
}

/// Why nothing shows any more that a token works, of the last answer to it.
static std::string whyLost(const Reply& reply)
{
    if (!reply.halt.empty())
        return reply.halt;
    if (reply.answer.isBusy())
        return std::string(busyToTheEnd);
    const int status = reply.answer.status;
    return "its token does not work any more: it " +
           (status == 0 ? "gets no answer" : "gets " + std::to_string(status)) +
           " where it was let in before";
}

void MatrixRun::prove(const std::string& identity, int attempt, const Then& then)
{
    const MatrixCall* call = m_standings[identity].proof;
    const std::string mark = m_mark + "-" + std::to_string(++m_marks);
    m_sender.send(auditRequest(call->target.request, mark),
                  [this, identity, attempt, then](const Reply& reply) {
                      Standing& standing = m_standings[identity];
                      countBusy(*standing.proof, reply.answer);
                      RowAnswers row = standing.around;
                      row.cells.push_back({identity, {}, reply.answer});
                      if (reply.halt.empty() && judgeRow(row).back().verdict == Verdict::Allowed) {
                          standing.unproven.clear();
                          return then();
                      }
                      if (reply.halt.empty() && attempt < proofAttempts)
                          return prove(identity, attempt + 1, then);
                      standing.lost = whyLost(reply);
                      doubt(standing, standing.lost);
                      then();
                  });
}

void MatrixRun::doubt(Standing& standing, const std::string& why)
{
    for (const Place& place : standing.unproven) {
        MatrixCell& cell = m_report.rows[place.row].cells[place.cell];
        cell.verdict = Verdict::Inconclusive;
        cell.fit = fitOf(cell.expected, {Verdict::Inconclusive, {}}, cell.status);
        cell.why += "; " + why;
    }
    standing.unproven.clear();
}

void MatrixRun::stop()
{
    if (m_report.isInterrupted || m_isFinished)
        return;
    m_sender.stop();
    m_report.isInterrupted = true;
    while (m_next < m_tasks.size())
        judgeTask("stopped");
    for (auto& [identity, standing] : m_standings)
        doubt(standing, "stopped before its token was tried again");
    QTimer::singleShot(0, this, [this] { finish(); });
}

void MatrixRun::finish()
{
    if (m_isFinished)
        return;
    m_isFinished = true;
    m_report.requests = m_sender.requests();
    m_report.milliseconds = static_cast<double>(m_time.elapsed());
    Q_EMIT finished(m_report);
}

} // namespace claimcheck::audit
