// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JUnit's XML, as CI systems read it: a suite an iteration, a case a request.

#include <run/report.h>

#include <cstdio>

#include <base/text.h>

namespace claimcheck::run {
namespace {

std::string seconds(double milliseconds)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", milliseconds / 1000);
    return text;
}

std::string attribute(const char* name, std::string_view value)
{
    return std::string(" ") + name + "=\"" + escapedMarkup(value) + "\"";
}

std::string failures(const RequestResult& result)
{
    if (!result.error.empty())
        return "      <error" + attribute("message", result.error) + "/>\n";
    std::string text;
    for (const Check& check : result.checks)
        if (check.outcome != Outcome::Passed)
            text += "      <failure" + attribute("message", check.name + ": " + check.why) + "/>\n";
    return text;
}

std::string testCase(const RequestResult& result)
{
    std::string inner = result.status == Status::Failed ? failures(result) : std::string();
    if (result.status == Status::Skipped)
        inner = "      <skipped" + attribute("message", result.reason) + "/>\n";
    std::string notes;
    for (const std::string& sentence : result.explanation)
        notes += (notes.empty() ? "" : "\n") + escapedMarkup(sentence);
    if (!notes.empty())
        inner += "      <system-out>" + notes + "</system-out>\n";
    const std::string head = "    <testcase" + attribute("name", result.name) +
                             attribute("classname", result.path) +
                             attribute("time", seconds(result.milliseconds));
    return inner.empty() ? head + "/>\n" : head + ">\n" + inner + "    </testcase>\n";
}

struct Counts
{
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;
    double milliseconds = 0;

    void add(const RequestResult& result)
    {
        ++tests;
        const bool isFailed = result.status == Status::Failed;
        failures += isFailed && result.error.empty() ? 1u : 0u;
        errors += isFailed && !result.error.empty() ? 1u : 0u;
        skipped += result.status == Status::Skipped ? 1u : 0u;
        milliseconds += result.milliseconds;
    }
    std::string attributes() const
    {
        return attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) +
               attribute("errors", std::to_string(errors)) + attribute("skipped", std::to_string(skipped)) +
               attribute("time", seconds(milliseconds));
    }
};

} // namespace

std::string junitReport(const Report& report)
{
    Counts all;
    std::string suites;
    for (int iteration = 1; iteration <= report.iterations; ++iteration) {
        Counts counts;
        std::string cases;
        for (const RequestResult& result : report.results) {
            if (result.iteration != iteration)
                continue;
            counts.add(result);
            all.add(result);
            cases += testCase(result);
        }
        const std::string name = report.iterations == 1
                                     ? report.collection
                                     : report.collection + " (iteration " + std::to_string(iteration) + ")";
        suites += "  <testsuite" + attribute("name", name) + counts.attributes() +
                  attribute("timestamp", formatUtc(report.startedAt)) + ">\n" + cases + "  </testsuite>\n";
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", report.collection) +
           all.attributes() + ">\n" + suites + "</testsuites>\n";
}

} // namespace claimcheck::run
