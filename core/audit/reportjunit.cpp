// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JUnit's XML: a suite a route, a case an attack. What was not judged is skipped, never passed; where nothing
// was, it is an error, as it is for the command.

#include "report.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::audit {

namespace {

std::string xmlAttribute(const char* name, std::string_view value)
{
    return std::string(" ") + name + "=\"" + escapedMarkup(value) + "\"";
}

struct Suite
{
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;
    std::string cases = {};
};

/// The worst, or nothing.
const Finding* findingOf(const std::vector<Finding>& findings, const RouteReport& route, const Attack& attack)
{
    const auto found = std::ranges::find_if(findings, [&](const Finding& finding) {
        return finding.route == &route && finding.attack == &attack;
    });
    return found == findings.end() ? nullptr : &*found;
}

/// A finding fails a build, as it does the command; an observation does not.
void addCase(Suite& suite, const RouteReport& route, const Attack& attack, const Finding* finding)
{
    const Row* open = nullptr;
    std::size_t count = 0;
    for (const Row& row : route.rows) {
        if (row.attack != attack.id)
            continue;
        ++count;
        if (row.outcome == Outcome::Inconclusive || row.outcome == Outcome::NotRun)
            open = open ? open : &row;
    }
    if (count == 0)
        return;
    ++suite.tests;
    suite.cases += "    <testcase" +
                   xmlAttribute("name", std::string(attack.id) + ": " + std::string(attack.title)) +
                   xmlAttribute("classname", route.name);
    if (finding != nullptr) {
        const Row& row = *finding->rows.front();
        ++suite.failures;
        suite.cases += ">\n      <failure" +
                       xmlAttribute("message", std::string(finding->means) + " (" + row.variant + ")") + ">" +
                       escapedMarkup(row.recipe + "\n" + row.why + "\n" + row.curl, LineEnds::Keep) +
                       "</failure>\n    </testcase>\n";
    } else if (open != nullptr) {
        ++suite.skipped;
        suite.cases += ">\n      <skipped" + xmlAttribute("message", open->why) + "/>\n    </testcase>\n";
    } else {
        suite.cases += "/>\n";
    }
}

/// A case of its own for what is no attack: why a route told nothing. An error where the whole audit did not.
void addTestable(Suite& suite, const RouteReport& route, const std::string& problem)
{
    const std::string& why = route.objection.empty() ? problem : route.objection;
    if (why.empty())
        return;
    ++suite.tests;
    ++(problem.empty() ? suite.skipped : suite.errors);
    suite.cases += "    <testcase name=\"testable\"" + xmlAttribute("classname", route.name) + ">\n      <" +
                   (problem.empty() ? "skipped" : "error") + xmlAttribute("message", why) +
                   "/>\n    </testcase>\n";
}

std::string suiteText(const RouteReport& route, const std::vector<Finding>& findings,
                      const std::string& problem)
{
    Suite suite;
    addTestable(suite, route, problem);
    for (const Attack& attack : attacks())
        addCase(suite, route, attack, findingOf(findings, route, attack));
    return "  <testsuite" + xmlAttribute("name", route.method + " " + route.url) +
           xmlAttribute("tests", std::to_string(suite.tests)) +
           xmlAttribute("failures", std::to_string(suite.failures)) +
           xmlAttribute("errors", std::to_string(suite.errors)) +
           xmlAttribute("skipped", std::to_string(suite.skipped)) + ">\n" + suite.cases + "  </testsuite>\n";
}

/// Why the command fails though nothing was found; empty where it does not. Findings fail by themselves.
std::string whyInVain(const Report& report, const std::vector<Finding>& findings)
{
    if (!findings.empty())
        return {};
    if (report.isInterrupted)
        return "the audit was interrupted";
    return isJudged(report) ? "" : "nothing could be judged";
}

} // namespace

std::string junitReport(const Report& report)
{
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"Claimcheck audit\">\n";
    const std::vector<Finding> findings = findingsOf(report);
    const std::string problem = whyInVain(report, findings);
    for (const RouteReport& route : report.routes)
        text += suiteText(route, findings, problem);
    if (report.routes.empty() && !problem.empty()) // it ended before the first one
        text +=
            suiteText({.name = "audit", .method = "audit", .url = "(nothing was sent)"}, findings, problem);
    return text + "</testsuites>\n";
}

} // namespace claimcheck::audit
