// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What came of an audit, as values: every report is written from this. A forged token that works is a secret,
// so none is in here: the header it had, and the recipe to make it again.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <audit/attack.h>
#include <audit/judge.h>
#include <base/time.h>

namespace claimcheck::audit {

/// One request, or why it was not made.
struct Row
{
    std::string attack; ///< id
    std::string variant = {};
    Outcome outcome = Outcome::NotRun;
    int status = 0;
    std::string why = {};
    std::string recipe = {};
    std::string header = {};    ///< of the forged token, as it can be read
    std::string request = {};   ///< "GET /protected", the token left out
    std::string mark = {};      ///< its X-Audit, by which the server's log has it
    std::string curl = {};      ///< sends it again, with $TOKEN in its place
    std::string answer = {};    ///< the beginning of the body, tokens masked
    std::string builtOn = {};   ///< id of the attack whose accepted forgery it was made of
    bool wasHeard = false;      ///< our listener was asked for a key
    bool isServerError = false; ///< 5xx, or the connection broke, and not for the token's size
};

struct RouteReport
{
    std::string name; ///< of its file in a collection, or its URL
    std::string method;
    std::string url;
    std::string objection = {}; ///< why nothing could be told; empty: it was tested
    int goodStatus = 0;
    int refusalStatus = 0; ///< without a token
    bool wasAnswered = false;
    std::vector<Row> rows = {};
};

struct Report
{
    Instant startedAt{};
    std::vector<RouteReport> routes = {};
    std::size_t requests = 0;
    double milliseconds = 0;
    bool isInterrupted = false;
    std::string folder =
        {}; ///< of the collection in its repository: "apis/shop"; empty: it is that, or in none
};

/// What got through, all variants of an attack on a route together.
struct Finding
{
    std::string_view findingClass;
    const Attack* attack = nullptr;
    Severity severity = Severity::Info;
    std::string_view means = {}; ///< a sentence without its full stop
    int cwe = 0;
    const RouteReport* route = nullptr;
    std::vector<const Row*> rows = {}; ///< never empty
    std::string_view followsFrom = {}; ///< "signature-ignored": every forgery gets through then
};

/// The worst first. They point into `report`.
std::vector<Finding> findingsOf(const Report& report);
/// What is worth knowing and no fault by itself: other texts of a good token, server errors.
std::vector<Finding> observationsOf(const Report& report);

/// Why it is no finding by itself that this attack gets through: "information only". Empty: it is one.
std::string_view noFindingWords(const Attack& attack);
/// Requests that got through, which is no finding by itself.
std::size_t notedIn(const RouteReport& route);

std::size_t countOf(const RouteReport& route, Outcome outcome);
/// All variants of an attack on a route together.
struct AttackOutcome
{
    Outcome outcome = Outcome::NotRun; ///< the worst: accepted, inconclusive, refused
    std::size_t count = 0;             ///< variants with this outcome
    std::size_t all = 0;               ///< 0: the attack was not chosen
    const Row* first = nullptr;        ///< with this outcome; null when there is none
};
AttackOutcome worstOf(const RouteReport& route, const Attack& attack);
/// A forged token was refused or accepted somewhere; or a control, where these alone were chosen.
bool isJudged(const Report& report);
/// "2 findings (1 critical) in 164 requests, 3 inconclusive"
std::string summaryOf(const Report& report);

std::string tableReport(const Report& report);
std::string jsonReport(const Report& report);
std::string sarifReport(const Report& report);
std::string junitReport(const Report& report);
std::string htmlReport(const Report& report);

struct ReportFormat
{
    std::string_view name;
    std::string (*write)(const Report& report);
};
/// table, json, sarif, junit, html; nullptr for another name.
const ReportFormat* findFormat(std::string_view name);

} // namespace claimcheck::audit
