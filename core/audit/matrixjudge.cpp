// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "matrixjudge.h"

#include <algorithm>
#include <array>

#include "softrefusal.h"

namespace claimcheck::audit {

namespace {

using collection::Access;
using collection::ExpectedAccess;

constexpr double alikeFrom = 0.8; // as for forged tokens

bool isRedirect(const Answer& answer)
{
    return answer.status >= 300 && answer.status < 400;
}

/// Says something of the moment and nothing of who asks: RFC 9110 §15.5, RFC 4918, RFC 8470.
bool isOfTheMoment(int status)
{
    static constexpr std::array<int, 5> statuses{408, 409, 423, 425, 429};
    return std::ranges::find(statuses, status) != statuses.end();
}

class RowJudge
{
public:
    explicit RowJudge(const RowAnswers& row) : m_row(row), m_observed(row.cells.size())
    {
        if (row.again && row.again->isSuccess())
            m_unsteady = Content::differing(Content(nobody().body), Content(row.again->body));
    }

    std::vector<Observed> judge()
    {
        for (std::size_t i = 0; i < m_row.cells.size(); ++i)
            m_observed[i] = byItself(m_row.cells[i].answer);
        if (m_row.canary.empty())
            compareSuccesses();
        decideOpenOnes();
        for (std::size_t i = 0; i < m_row.cells.size(); ++i)
            if (!m_row.cells[i].owner.empty())
                judgeObject(i);
        for (std::size_t i = 1; i < m_row.cells.size(); ++i)
            m_observed[i].needsProof = needsProof(i);
        return m_observed;
    }

private:
    const Answer& nobody() const { return m_row.cells.front().answer; }
    bool isBase(std::size_t i) const { return m_row.cells[i].owner.empty(); }

    Observed byItself(const Answer& answer) const
    {
        const std::string status = std::to_string(answer.status);
        if (answer.status == 0)
            return {Verdict::Inconclusive, "no answer: " + answer.error};
        if (answer.status == 429)
            return {Verdict::Inconclusive, "429: the server limits how often it is asked"};
        if (answer.isServerError())
            return {Verdict::Inconclusive, status + ": the server failed, which is no refusal"};
        if (isOfTheMoment(answer.status))
            return {Verdict::Inconclusive, status + ": a conflict of the moment, which is no refusal"};
        if (answer.isSuccess())
            return bySuccess(answer, status);
        if (answer.status == 401 || answer.status == 403)
            return {Verdict::Denied, status};
        if (isRedirect(answer) && leadsToSignIn(answer.location))
            return {Verdict::Denied, status + " to where one signs in"};
        Observed open{Verdict::Inconclusive, status};
        open.isOpen = true;
        return open;
    }

    Observed bySuccess(const Answer& answer, const std::string& status) const
    {
        if (!m_row.canary.empty())
            return answer.body.find(m_row.canary) != std::string::npos
                       ? Observed{Verdict::Allowed, status + " with the canary text"}
                       : Observed{Verdict::Denied, status + " without the canary text"};
        const SoftRefusal soft = softRefusalIn(answer.body);
        if (soft == SoftRefusal::Yes)
            return {Verdict::Denied, status + " with an error in its body"};
        if (soft == SoftRefusal::Unclear)
            return {Verdict::Inconclusive, status + " with an error and content in its body"};
        return {Verdict::Allowed, status};
    }

    double likeness(const Answer& left, const Answer& right) const
    {
        Content one(left.body);
        Content other(right.body);
        one.leaveOut(m_unsteady, {});
        other.leaveOut(m_unsteady, {});
        return Content::likeness(one, other);
    }

    /// Where nobody gets a success as well, the others' say something only by how they differ from it.
    void compareSuccesses()
    {
        if (!nobody().isSuccess() || m_row.isPublic)
            return;
        if (asksForPassword(nobody().body))
            m_observed.front() = {Verdict::Denied,
                                  std::to_string(nobody().status) + " with a page to sign in"};
        const bool isRefused = m_observed.front().verdict == Verdict::Denied;
        std::size_t alike = 0;
        std::size_t others = 0;
        for (std::size_t i = 1; i < m_observed.size(); ++i) {
            if (m_observed[i].verdict != Verdict::Allowed)
                continue;
            const Answer& answer = m_row.cells[i].answer;
            const bool isLike = likeness(answer, nobody()) >= alikeFrom;
            const std::string status = std::to_string(answer.status);
            if (isLike && isRefused)
                m_observed[i] = {Verdict::Denied, status + " like the answer without a token"};
            else if (isBase(i))
                ++(isLike ? alike : others);
        }
        if (!isRefused && others > 0)
            doubtLikeNobody(alike > 0);
    }

    /// Some get what nobody gets and some get something else: a page for everybody, or a refusal in its
    /// words.
    void doubtLikeNobody(bool hasLike)
    {
        const std::string tell = "; a canary text would tell";
        m_observed.front() = {Verdict::Inconclusive, std::to_string(nobody().status) +
                                                         " with another body than with a token" + tell};
        for (std::size_t i = 1; hasLike && i < m_observed.size(); ++i)
            if (m_observed[i].verdict == Verdict::Allowed &&
                likeness(m_row.cells[i].answer, nobody()) >= alikeFrom)
                m_observed[i] = {Verdict::Inconclusive, std::to_string(m_row.cells[i].answer.status) +
                                                            " like the answer without a token" + tell};
    }

    /// 404 where others are let in hides what is there; 404 for all is none, and so with the like.
    void decideOpenOnes()
    {
        const bool isOpenToSome = std::ranges::any_of(
            m_observed, [](const Observed& one) { return one.verdict == Verdict::Allowed; });
        for (Observed& one : m_observed) {
            if (!one.isOpen)
                continue;
            if (isOpenToSome)
                one = {Verdict::Denied, one.why + ", where others are let in"};
            else
                one.why += ", and nobody is let in who would show what this means";
        }
    }

    std::optional<std::size_t> ownOf(const std::string& identity) const
    {
        if (std::ranges::find(m_row.owners, identity) == m_row.owners.end())
            return std::nullopt;
        for (std::size_t i = 0; i < m_row.cells.size(); ++i)
            if (isBase(i) && m_row.cells[i].identity == identity)
                return i;
        return std::nullopt;
    }

    /// A small answer that says who asks, or when, is unlike its owner's by that alone. There counts what is
    /// in the owner's and not in one's own: an identifier that is merely repeated stands in it once or twice,
    /// and what anybody may see of an object lacks most of it.
    bool isTheOwners(const Answer& answer, std::size_t owners, std::size_t own) const
    {
        static constexpr std::size_t enough = 3;
        const Content content(answer.body);
        if (!content.isJson() || m_observed[own].verdict != Verdict::Allowed)
            return false;
        const Content theirs(m_row.cells[owners].answer.body);
        const Content ones(m_row.cells[own].answer.body);
        const Content::Leaning leaning = content.leaning(theirs, ones);
        return leaning.toOne >= enough && leaning.toOne > 2 * leaning.toOther &&
               leaning.toOne > leaning.toNeither && leaning.toOne > theirs.leaning(content, ones).toNeither;
    }

    /// Somebody else's object: what was answered to its owner is the measure.
    void judgeObject(std::size_t i)
    {
        Observed& observed = m_observed[i];
        const CellAnswer& cell = m_row.cells[i];
        const auto owners = ownOf(cell.owner);
        if (!owners || m_observed[*owners].verdict != Verdict::Allowed) {
            if (observed.verdict != Verdict::Inconclusive || observed.isOpen)
                observed = {Verdict::Inconclusive,
                            "the owner does not get the object: nothing shows that it is there"};
            return;
        }
        if (observed.verdict != Verdict::Allowed || !m_row.canary.empty())
            return;
        const std::string status = std::to_string(cell.answer.status);
        const double toOwners = likeness(cell.answer, m_row.cells[*owners].answer);
        const auto own = ownOf(cell.identity);
        const double toOwn = own ? likeness(cell.answer, m_row.cells[*own].answer) : -1;
        if (toOwn > toOwners && toOwn >= alikeFrom)
            observed = {Verdict::Denied, status + " with one's own object instead"};
        else if (toOwners >= alikeFrom)
            observed = {Verdict::Allowed, status + " like the answer to its owner"};
        else if (own && isTheOwners(cell.answer, *owners, *own))
            observed = {Verdict::Allowed, status + " with what its owner gets and not with one's own"};
        else
            observed = {Verdict::Inconclusive,
                        status + " with a body unlike the one that its owner gets; a canary text would tell"};
    }

    /// 403 where nobody gets another answer says who asks (RFC 9110 §15.5.4); every other refusal may be one
    /// of the token itself.
    bool needsProof(std::size_t i) const
    {
        if (m_observed[i].verdict != Verdict::Denied || m_row.cells[i].identity == collection::anonymous)
            return false;
        return m_row.cells[i].answer.status != 403 || nobody().status == 403;
    }

    const RowAnswers& m_row;
    std::vector<Observed> m_observed;
    std::set<std::string> m_unsteady;
};

/// 3xx and 4xx that say nothing by themselves mean what a cell that names them says.
bool isNamed(const ExpectedAccess& expected, const Observed& observed, int status)
{
    return observed.verdict == Verdict::Inconclusive && observed.isOpen && expected.status == status;
}

} // namespace

std::string_view toText(Verdict verdict)
{
    static constexpr std::array<std::string_view, 4> words{"allowed", "denied", "inconclusive", "not-run"};
    return words[static_cast<std::size_t>(verdict)];
}

std::string_view toText(Fit fit)
{
    static constexpr std::array<std::string_view, 7> words{
        "as-expected", "too-much", "too-little", "other-status", "inconclusive", "not-run", "unset"};
    return words[static_cast<std::size_t>(fit)];
}

std::vector<Observed> judgeRow(const RowAnswers& row)
{
    return row.cells.empty() ? std::vector<Observed>() : RowJudge(row).judge();
}

Fit fitOf(const std::optional<ExpectedAccess>& expected, const Observed& observed, int status)
{
    if (observed.verdict == Verdict::NotRun)
        return Fit::NotRun;
    if (!expected || (expected->access == Access::Any && expected->status == 0))
        return Fit::Unset;
    if (expected->access == Access::Any && status != 0)
        return expected->status == status ? Fit::AsExpected : Fit::OtherStatus;
    if (isNamed(*expected, observed, status))
        return Fit::AsExpected;
    if (observed.verdict == Verdict::Inconclusive)
        return Fit::Inconclusive;
    const bool isAllowed = observed.verdict == Verdict::Allowed;
    if (isAllowed != (expected->access == Access::Allow))
        return isAllowed ? Fit::TooMuch : Fit::TooLittle;
    return expected->status == 0 || expected->status == status ? Fit::AsExpected : Fit::OtherStatus;
}

} // namespace claimcheck::audit
