// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "report.h"

#include <algorithm>

#include <audit/plan.h>

namespace claimcheck::audit {

namespace {

/// Classes that are about something else than a forged signature, and so do not follow when none is checked.
bool isIndependent(std::string_view findingClass)
{
    static constexpr std::string_view classes[] = {
        "no-token-accepted", "garbage-token-accepted", "token-in-query",  "token-in-cookie",
        "method-bypass",     "signature-ignored",      "key-url-followed"};
    return std::ranges::find(classes, findingClass) != std::ranges::end(classes);
}

bool isObservation(const Attack& attack)
{
    return attack.severity == Severity::Info;
}

/// What was observed; for most classes it is what the attack says of itself.
struct Kind
{
    std::string_view findingClass;
    Severity severity;
    std::string_view means;
    int cwe;
};

constexpr Kind keyUrlFollowed{"key-url-followed", Severity::Medium,
                              "The server asks addresses that a token names", 918};
constexpr Kind serverError{"server-error", Severity::Info, "A token makes the server fail", 755};

Kind kindOf(const Attack& attack)
{
    return {attack.findingClass, attack.severity, attack.acceptance, attack.cwe};
}

void addTo(std::vector<Finding>& findings, const RouteReport& route, const Row& row, const Attack& attack,
           const Kind& kind)
{
    for (Finding& finding : findings)
        if (finding.route == &route && finding.attack == &attack &&
            finding.findingClass == kind.findingClass) {
            finding.rows.push_back(&row);
            return;
        }
    findings.push_back({kind.findingClass, &attack, kind.severity, kind.means, kind.cwe, &route, {&row}, {}});
}

void addRow(std::vector<Finding>& findings, const RouteReport& route, const Row& row)
{
    const Attack* attack = findAttack(row.attack);
    if (attack == nullptr)
        return;
    const bool isAccepted = row.outcome == Outcome::Accepted;
    if (isAccepted && !attack->findingClass.empty() && !isObservation(*attack))
        addTo(findings, route, row, *attack, kindOf(*attack));
    if (row.wasHeard && !isAccepted)
        addTo(findings, route, row, *attack, keyUrlFollowed);
}

/// Under a kid that is in no list: the empty key counts whatever the kid says.
bool isAnyKidEmpty(const Finding& finding)
{
    return finding.attack->id == "empty-hmac-key" && std::ranges::any_of(finding.rows, [](const Row* row) {
               return row->variant.ends_with("kid unknown");
           });
}

/// A path that leads to nothing has the empty key, and so has an empty file: only a key that is the content
/// of a file shows that one was read.
bool isEmptyKeyAlone(const Finding& finding)
{
    return finding.attack->id == "kid-path-traversal" &&
           std::ranges::none_of(finding.rows, [](const Row* row) {
               return row->recipe.find("content of that file") != std::string::npos;
           });
}

void sayWhatFollows(std::vector<Finding>& findings)
{
    for (Finding& finding : findings) {
        const bool isUnsigned = std::ranges::any_of(findings, [&](const Finding& other) {
            return other.route == finding.route && other.findingClass == "signature-ignored";
        });
        if (isUnsigned && finding.attack->stage != Stage::Last && !isIndependent(finding.findingClass))
            finding.followsFrom = "signature-ignored";
        const Attack* base = findAttack(finding.rows.front()->builtOn);
        if (finding.followsFrom.empty() && base != nullptr)
            finding.followsFrom = base->findingClass;
        const bool isAnyEmpty = std::ranges::any_of(findings, [&](const Finding& other) {
            return other.route == finding.route && isAnyKidEmpty(other);
        });
        if (finding.followsFrom.empty() && isAnyEmpty && isEmptyKeyAlone(finding))
            finding.followsFrom = "empty-hmac-key";
    }
}

} // namespace

std::vector<Finding> findingsOf(const Report& report)
{
    std::vector<Finding> findings;
    for (const RouteReport& route : report.routes)
        for (const Row& row : route.rows)
            addRow(findings, route, row);
    sayWhatFollows(findings);
    std::ranges::stable_sort(findings, [](const Finding& left, const Finding& right) {
        return std::pair(left.followsFrom.empty(), left.severity) >
               std::pair(right.followsFrom.empty(), right.severity);
    });
    return findings;
}

std::vector<Finding> observationsOf(const Report& report)
{
    std::vector<Finding> found;
    for (const RouteReport& route : report.routes)
        for (const Row& row : route.rows) {
            const Attack* attack = findAttack(row.attack);
            if (attack == nullptr)
                continue;
            if (row.outcome == Outcome::Accepted && isObservation(*attack) && !attack->findingClass.empty())
                addTo(found, route, row, *attack, kindOf(*attack));
            if (row.isServerError)
                addTo(found, route, row, *attack, serverError);
        }
    return found;
}

std::string_view noFindingWords(const Attack& attack)
{
    if (isObservation(attack))
        return "information only";
    return attack.severity == Severity::Low && attack.findingClass.empty() ? "low, no finding by itself" : "";
}

std::size_t notedIn(const RouteReport& route)
{
    return static_cast<std::size_t>(std::ranges::count_if(route.rows, [](const Row& row) {
        const Attack* const attack = findAttack(row.attack);
        return row.outcome == Outcome::Accepted && attack != nullptr && !noFindingWords(*attack).empty();
    }));
}

std::size_t countOf(const RouteReport& route, Outcome outcome)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(route.rows, [&](const Row& row) { return row.outcome == outcome; }));
}

AttackOutcome worstOf(const RouteReport& route, const Attack& attack)
{
    static constexpr Outcome worstFirst[] = {Outcome::Accepted, Outcome::Inconclusive, Outcome::Refused};
    std::size_t counts[4] = {};
    AttackOutcome worst;
    for (const Row& row : route.rows)
        if (row.attack == attack.id) {
            ++counts[static_cast<std::size_t>(row.outcome)];
            ++worst.all;
        }
    for (const Outcome outcome : worstFirst)
        if (worst.outcome == Outcome::NotRun && counts[static_cast<std::size_t>(outcome)] > 0)
            worst.outcome = outcome;
    worst.count = counts[static_cast<std::size_t>(worst.outcome)];
    for (const Row& row : route.rows)
        if (worst.first == nullptr && row.attack == attack.id && row.outcome == worst.outcome)
            worst.first = &row;
    return worst;
}

/// A control that is refused shows that the route is protected, and nothing of forged tokens: where these
/// were to be sent, one of them must have been judged.
static bool isJudged(const RouteReport& route)
{
    std::size_t trials = 0;
    std::size_t judgedTrials = 0;
    for (const Row& row : route.rows)
        if (const Attack* attack = findAttack(row.attack); attack && attack->stage != Stage::Control) {
            ++trials;
            judgedTrials += row.outcome == Outcome::Refused || row.outcome == Outcome::Accepted ? 1u : 0u;
        }
    return judgedTrials > 0 || countOf(route, Outcome::Accepted) > 0 ||
           (trials == 0 && countOf(route, Outcome::Refused) > 0);
}

bool isJudged(const Report& report)
{
    return std::ranges::any_of(report.routes, [](const RouteReport& route) { return isJudged(route); });
}

/// Forged tokens that were planned and for which no request was left.
static std::size_t leftOutIn(const Report& report)
{
    std::size_t left = 0;
    for (const RouteReport& route : report.routes)
        left += static_cast<std::size_t>(std::ranges::count_if(route.rows, [](const Row& row) {
            return row.outcome == Outcome::NotRun && row.why == limitReached;
        }));
    return left;
}

std::string summaryOf(const Report& report)
{
    const std::vector<Finding> findings = findingsOf(report);
    const auto critical = std::ranges::count_if(
        findings, [](const Finding& finding) { return finding.severity == Severity::Critical; });
    const std::size_t count = findings.size();
    std::string text =
        count == 0 ? "no findings" : std::to_string(count) + (count == 1 ? " finding" : " findings");
    if (critical > 0)
        text += " (" + std::to_string(critical) + " critical)";
    text += " in " + std::to_string(report.requests) + (report.requests == 1 ? " request" : " requests");
    std::size_t open = 0;
    for (const RouteReport& route : report.routes)
        open += countOf(route, Outcome::Inconclusive);
    if (open > 0) // nothing found is not the same as nothing there
        text += ", " + std::to_string(open) + " inconclusive";
    if (const std::size_t left = leftOutIn(report); left > 0)
        text += ", " + std::to_string(left) + " not tried (" + std::to_string(mostRequests) +
                " requests are the most for a route)";
    return text + (report.isInterrupted ? ", interrupted" : "");
}

} // namespace claimcheck::audit
