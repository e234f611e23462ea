// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the answers to one request say about who may make it. Pure. There is no good token here whose answer
// is the measure: everybody's answers are held against each other, and against the one to nobody.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <audit/judge.h>
#include <collection/matrix.h>

namespace claimcheck::audit {

enum class Verdict
{
    Allowed,
    Denied,
    Inconclusive,
    NotRun
};
std::string_view toText(Verdict verdict); ///< "allowed", "denied", "inconclusive", "not-run"

struct CellAnswer
{
    std::string identity; ///< collection::anonymous: without a token
    std::string owner;    ///< whose object was asked for; empty: one's own, or there are none
    Answer answer;
};

/// Of one request.
struct RowAnswers
{
    std::vector<CellAnswer> cells;        ///< nobody's is the first
    std::optional<Answer> again = {};     ///< the second one to nobody: what differs between both is left out
    bool isPublic = false;                ///< nobody is expected to be let in
    std::string canary = {};              ///< what answers hold to who is let in; empty: unknown
    std::vector<std::string> owners = {}; ///< identities that have an object of their own
};

struct Observed
{
    Verdict verdict = Verdict::Inconclusive;
    std::string why;
    /// A refusal that a token which nobody takes would get as well: it counts only for one that works.
    bool needsProof = false;
    /// The status alone says nothing, unless somebody says what it means.
    bool isOpen = false;

    bool operator==(const Observed&) const = default;
};

/// One for each cell, in their order.
std::vector<Observed> judgeRow(const RowAnswers& row);

/// How what was observed fits what is expected.
enum class Fit
{
    AsExpected,
    TooMuch,     ///< let in who should not be
    TooLittle,   ///< kept out who should not be
    OtherStatus, ///< as expected but for the status
    Inconclusive,
    NotRun,
    Unset ///< nothing is expected
};
std::string_view toText(Fit fit); ///< "as-expected", "too-much", "too-little", "other-status", …
Fit fitOf(const std::optional<collection::ExpectedAccess>& expected, const Observed& observed, int status);

} // namespace claimcheck::audit
