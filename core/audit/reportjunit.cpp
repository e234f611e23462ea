// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JUnit's XML: a suite a route, a case an attack. What was not judged is skipped, never passed.

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

std::string suiteText(const RouteReport& route, const std::vector<Finding>& findings)
{
    Suite suite;
    for (const Attack& attack : attacks())
        addCase(suite, route, attack, findingOf(findings, route, attack));
    std::string errors;
    if (!route.objection.empty()) {
        ++suite.tests;
        ++suite.skipped;
        errors = "    <testcase name=\"testable\"" + xmlAttribute("classname", route.name) +
                 ">\n      <skipped" + xmlAttribute("message", route.objection) + "/>\n    </testcase>\n";
    }
    return "  <testsuite" + xmlAttribute("name", route.method + " " + route.url) +
           xmlAttribute("tests", std::to_string(suite.tests)) +
           xmlAttribute("failures", std::to_string(suite.failures)) + " errors=\"0\"" +
           xmlAttribute("skipped", std::to_string(suite.skipped)) + ">\n" + errors + suite.cases +
           "  </testsuite>\n";
}

} // namespace

std::string junitReport(const Report& report)
{
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"Claimcheck audit\">\n";
    const std::vector<Finding> findings = findingsOf(report);
    for (const RouteReport& route : report.routes)
        text += suiteText(route, findings);
    return text + "</testsuites>\n";
}

} // namespace claimcheck::audit
