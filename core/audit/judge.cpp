// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "judge.h"

#include "softrefusal.h"

#include <algorithm>
#include <charconv>

#include <base/text.h>
#include <json/document.h>

namespace claimcheck::audit {

/// From here on two answers are alike.
static constexpr double alike = 0.8;

std::string_view toText(Outcome outcome)
{
    static constexpr std::string_view words[] = {"refused", "accepted", "inconclusive", "not-run"};
    return words[static_cast<std::size_t>(outcome)];
}

static std::optional<json::Value> itemAt(const json::Value& value, const std::string& name)
{
    std::size_t index = 0;
    const char* end = name.data() + name.size();
    const bool isNumber = !name.empty() && std::from_chars(name.data(), end, index).ptr == end;
    return value.isArray() && isNumber && index < value.size() ? std::optional(value.items()[index])
                                                               : std::nullopt;
}

/// RFC 6901 §4; strings told from all else by a quote in front.
static std::optional<std::string> valueAt(std::string_view body, std::string_view pointer)
{
    const auto document = json::parse(body, {.depth = 64, .bytes = bodyLimit});
    if (!document || !pointer.starts_with('/'))
        return std::nullopt;
    std::optional<json::Value> value = document->root();
    while (value && !pointer.empty()) {
        pointer.remove_prefix(1);
        const std::size_t end = std::min(pointer.find('/'), pointer.size());
        const std::string name =
            withReplaced(withReplaced(std::string(pointer.substr(0, end)), "~1", "/"), "~0", "~");
        pointer.remove_prefix(end);
        value = value->isObject() ? value->find(name) : itemAt(*value, name);
    }
    if (!value)
        return std::nullopt;
    return value->isString() ? "\"" + value->string() : std::string(value->text());
}

Judge::Judge(Answer first, Answer second, std::string canary)
    : m_good(std::move(first)),
      m_again(std::move(second)),
      m_canary(std::move(canary)),
      m_unsteady(Content::differing(Content(m_good.body), Content(m_again.body)))
{
    if (m_good.body.find(m_canary) == std::string::npos) // a text that looks like a pointer is a text
        m_marked = valueAt(m_good.body, m_canary);
}

bool Judge::holdsCanary(const Answer& answer) const
{
    return m_marked ? valueAt(answer.body, m_canary) == m_marked
                    : answer.body.find(m_canary) != std::string::npos;
}

std::string Judge::objection() const
{
    for (const Answer* answer : {&m_good, &m_again}) {
        if (answer->status == 0)
            return "the good token got no answer: " + answer->error;
        if (answer->status >= 300 && answer->status < 400)
            return "the good token is redirected (" + std::to_string(answer->status) + ")";
        if (!answer->isSuccess())
            return "the good token is answered with " + std::to_string(answer->status) +
                   ": it must open the route";
        if (!m_canary.empty() && !holdsCanary(*answer))
            return m_marked ? "the canary points at a value that changes from answer to answer"
                            : "the answer to the good token does not hold the canary text";
    }
    return {};
}

double Judge::likeness(const Answer& left, const Answer& right, const std::vector<std::string>& changed) const
{
    Content one(left.body);
    Content other(right.body);
    one.leaveOut(m_unsteady, changed);
    other.leaveOut(m_unsteady, changed);
    return Content::likeness(one, other);
}

/// The nearest of those that were refused with a success all the same ("soft 401").
double Judge::likenessToRefusals(const Answer& answer, const std::vector<std::string>& changed) const
{
    double nearest = -1;
    for (const Answer& refusal : m_refusals)
        if (refusal.isSuccess())
            nearest = std::max(nearest, likeness(answer, refusal, changed));
    return nearest;
}

bool Judge::isLikeGood(const Answer& answer, const std::vector<std::string>& changedClaims) const
{
    if (!answer.isSuccess())
        return false;
    if (!m_canary.empty())
        return holdsCanary(answer);
    return likeness(answer, m_good, changedClaims) >= alike;
}

bool Judge::isStillGood(const Answer& answer) const
{
    if (isLikeGood(answer))
        return true;
    const bool isUnsteady = !m_unsteady.empty() && m_canary.empty();
    return isUnsteady && answer.isSuccess() && !saysNo(answer) && likenessToRefusals(answer, {}) < alike;
}

bool Judge::saysNo(const Answer& answer) const
{
    const bool isRefusal = softRefusalIn(answer.body) == SoftRefusal::Yes;
    const bool isSignIn = asksForPassword(answer.body);
    return (isRefusal && softRefusalIn(m_good.body) == SoftRefusal::No) ||
           (isSignIn && !asksForPassword(m_good.body));
}

Judgement Judge::judgeControl(const Answer& answer) const
{
    if (!answer.isSuccess())
        return judge(answer);
    const std::string status = std::to_string(answer.status);
    if (!isLikeGood(answer))
        return {Outcome::Refused, status + " with another body"};
    const bool isSame = !m_canary.empty() || likeness(answer, m_good, {}) == 1;
    if (!isSame && saysNo(answer))
        return {Outcome::Refused, status + " with a refusal in its body"};
    if (!isSame && isSteadyText())
        return {Outcome::Inconclusive,
                status + " that hardly differs from the good answer; a canary text would tell"};
    return {Outcome::Accepted, status + " like the answer to the good token"};
}

Judgement Judge::judgeSuccess(const Answer& answer, const std::vector<std::string>& changed) const
{
    const std::string status = std::to_string(answer.status);
    if (!m_canary.empty())
        return isLikeGood(answer, changed) ? Judgement{Outcome::Accepted, status + " with the canary text"}
                                           : Judgement{Outcome::Refused, status + " without the canary text"};
    const double toGood = likeness(answer, m_good, changed);
    if (toGood < 1 && saysNo(answer))
        return {Outcome::Refused, status + " with a refusal in its body"};
    const double toRefusal = likenessToRefusals(answer, changed);
    const bool isLikeRefusal = toRefusal >= alike;
    const bool isLikeAnswer = toGood >= alike;
    // A page of which only a few words tell who is signed in is like both: then only the same is the same.
    if (isLikeRefusal && (toRefusal == 1) > (toGood == 1))
        return {Outcome::Refused, status + " like the answer without a token"};
    if (isLikeAnswer && (!isLikeRefusal || (toGood == 1) > (toRefusal == 1)))
        return {Outcome::Accepted, status + " like the answer to the good token"};
    if (isLikeRefusal && !isLikeAnswer)
        return {Outcome::Refused, status + " like the answer without a token"};
    if (isLikeRefusal)
        return {Outcome::Inconclusive,
                status + " like the good answer and the refusal alike; a canary text would tell"};
    return {Outcome::Inconclusive,
            status + " with a body like neither the good answer nor a refusal; a canary text would tell"};
}

Judgement Judge::judge(const Answer& answer, const std::vector<std::string>& changedClaims) const
{
    const std::string status = std::to_string(answer.status);
    if (answer.status == 0)
        return {Outcome::Inconclusive, "no answer: " + answer.error};
    if (answer.status == 429)
        return {Outcome::Inconclusive, "429: the server limits how often it is asked"};
    if (answer.isServerError())
        return {Outcome::Refused, status + ": the server failed instead of refusing"};
    if (answer.status >= 300 && answer.status < 400)
        return {Outcome::Refused, status + " redirect" + (answer.location.empty() ? "" : " elsewhere")};
    if (!answer.isSuccess())
        return {Outcome::Refused, status};
    return judgeSuccess(answer, changedClaims);
}

Judgement judgeHeadRefusal(const Answer& without)
{
    const std::string status = std::to_string(without.status);
    if (without.status == 0)
        return {Outcome::Inconclusive, "no answer: " + without.error};
    if (without.status == 405 || without.status == 501) // RFC 9110 §15.5.6, §15.6.2
        return {Outcome::NotRun, "the route does not answer HEAD"};
    return {without.status == 429 ? Outcome::Inconclusive : Outcome::Refused, status};
}

Judgement judgeHead(const Answer& good, const Answer& without)
{
    const std::string status = std::to_string(without.status);
    if (!good.isSuccess())
        return {Outcome::NotRun, "the route does not answer HEAD"};
    if (!without.isSuccess())
        return judgeHeadRefusal(without);
    if (good.contentLength.empty() || without.contentLength.empty())
        return {Outcome::Inconclusive, status + " without a length to compare"};
    return good.contentLength == without.contentLength
               ? Judgement{Outcome::Accepted, status + " with the length of the good answer"}
               : Judgement{Outcome::Refused, status + " with another length than the good answer"};
}

} // namespace claimcheck::audit
