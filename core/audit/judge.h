// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an answer says about the token that was sent. Pure: the answers to the good token and to none are the
// measure, and a forged token was taken when its answer is like the first and unlike the second.

#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <base/time.h>

namespace claimcheck::audit {

/// The part of an exchange that a judgement is made of.
struct Answer
{
    int status = 0; ///< 0: none came
    std::string error = {};
    bool isReset = false; ///< none came: the connection was reset (ErrorStep::Request)
    std::string location = {};
    std::string contentLength = {};
    std::string body = {}; ///< at most bodyLimit bytes of it
    std::optional<Seconds> retryAfter = {};

    bool isSuccess() const { return status >= 200 && status < 300; }
    bool isServerError() const { return status >= 500; }
    /// It wants to be asked later, or less often (RFC 6585 §4, RFC 9110 §15.6.4).
    bool isBusy() const { return status == 429 || (status == 503 && retryAfter.has_value()); }
};
inline constexpr std::size_t bodyLimit = 512u * 1024u;

enum class Outcome
{
    Refused,
    Accepted,
    Inconclusive,
    NotRun
};
std::string_view toText(Outcome outcome); ///< "refused", "accepted", "inconclusive", "not-run"

struct Judgement
{
    Outcome outcome = Outcome::Inconclusive;
    std::string why;

    bool operator==(const Judgement&) const = default;
};

/// A body as something that can be compared: the leaves of JSON by their path, or the words of a text.
class Content
{
public:
    explicit Content(std::string_view body);
    /// Leaves whose path has one of these members in it.
    void leaveOut(const std::set<std::string>& paths, const std::vector<std::string>& members);
    /// Paths (or words) that the two do not share.
    static std::set<std::string> differing(const Content& left, const Content& right);
    /// 0 to 1: which part of both is the same. Of two that are empty, 1.
    static double likeness(const Content& left, const Content& right);
    /// Of the parts of this, those that are in one of two others alone, and those that are in none of them.
    struct Leaning
    {
        std::size_t toOne = 0;
        std::size_t toOther = 0;
        std::size_t toNeither = 0;
    };
    Leaning leaning(const Content& one, const Content& other) const;
    bool isJson() const { return m_isJson; }

private:
    bool m_isJson = false;
    std::map<std::string, std::string> m_parts; ///< path and value, or word and how often
};

class Judge
{
public:
    /// Two answers to the good token. What differs between them is left out from then on. With a `canary`
    /// only an answer that holds this text is one to a good token; where it is a JSON pointer (RFC 6901) into
    /// the first answer, only one that has the same value there.
    Judge(Answer first, Answer second, std::string canary = {});

    /// "" or why nothing can be told about this route.
    std::string objection() const;
    /// Answers to requests that must be refused.
    void addRefusal(const Answer& answer) { m_refusals.push_back(answer); }

    /// As the good token was answered, whatever else is known: for controls.
    bool isLikeGood(const Answer& answer, const std::vector<std::string>& changedClaims = {}) const;
    /// The good token is let in as before. Where two good answers differed, a third may differ more: then
    /// only what looks like a refusal is one.
    bool isStillGood(const Answer& answer) const;
    Judgement judge(const Answer& answer, const std::vector<std::string>& changedClaims = {}) const;
    /// Of a request that must be refused, whatever is known of refusals: accepted when it is answered as the
    /// good token is.
    Judgement judgeControl(const Answer& answer) const;

private:
    bool holdsCanary(const Answer& answer) const;
    double likeness(const Answer& left, const Answer& right, const std::vector<std::string>& changed) const;
    double likenessToRefusals(const Answer& answer, const std::vector<std::string>& changed) const;
    Judgement judgeSuccess(const Answer& answer, const std::vector<std::string>& changed) const;
    /// A success that says by itself that it is none, where the good answer does not.
    bool saysNo(const Answer& answer) const;
    /// Both good answers are one text to the word: then each word that differs tells something.
    bool isSteadyText() const { return m_unsteady.empty() && !Content(m_good.body).isJson(); }

    Answer m_good;
    Answer m_again;
    std::string m_canary;
    std::optional<std::string> m_marked; ///< what the canary points at in the first answer
    std::set<std::string> m_unsteady;
    std::vector<Answer> m_refusals;
};

/// HEAD without a token, where that is no success.
Judgement judgeHeadRefusal(const Answer& without);
/// HEAD has no body: two answers with the same status and the same length of what GET would give.
Judgement judgeHead(const Answer& good, const Answer& without);

} // namespace claimcheck::audit
