// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report as one HTML page: no script, nothing loaded from anywhere (its policy forbids both), and every
// word of a server or file as text.

#include <run/report.h>

#include <base/htmlpage.h>
#include <base/text.h>

namespace claimcheck::run {
namespace {

constexpr std::string_view style =
    R"(body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid #8884; }
td.number { text-align: right; white-space: nowrap; }
ul { margin: .2rem 0; padding-left: 1.2rem; }
code { overflow-wrap: anywhere; }
.passed { color: light-dark(#0a6b2d, #6fd08c); }
.failed { color: light-dark(#a11, #ff8f8f); font-weight: 600; }
.skipped { color: light-dark(#666, #aaa); }
)";

std::string word(Status status)
{
    return status == Status::Passed ? "passed" : status == Status::Failed ? "failed" : "skipped";
}

std::string checkItem(const Check& check)
{
    const bool passed = check.outcome == Outcome::Passed;
    return "<li class=\"" + std::string(passed ? "passed" : "failed") + "\"><code>" +
           escapedMarkup(check.name) + "</code>" + (passed ? "" : ": " + escapedMarkup(check.why)) + "</li>";
}

std::string details(const RequestResult& result)
{
    std::string text;
    for (const Check& check : result.checks)
        text += checkItem(check);
    if (!result.error.empty())
        text += "<li class=\"failed\">" + escapedMarkup(result.error) + "</li>";
    if (!result.reason.empty())
        text += "<li class=\"skipped\">" + escapedMarkup(result.reason) + "</li>";
    for (const std::string& sentence : result.explanation)
        text += "<li>" + escapedMarkup(sentence) + "</li>";
    return text.empty() ? text : "<ul>" + text + "</ul>";
}

std::string row(const RequestResult& result, bool withIteration)
{
    const std::string status = result.answer == 0 ? "" : std::to_string(result.answer);
    const std::string time = result.answer == 0 ? "" : formatDuration(result.milliseconds);
    const std::string number = withIteration ? " (" + std::to_string(result.iteration) + ")" : "";
    return "<tr><td class=\"" + word(result.status) + "\">" + word(result.status) + "</td><td><strong>" +
           escapedMarkup(result.name) + "</strong>" + number + "<br><code>" + escapedMarkup(result.path) +
           "</code></td><td><code>" + escapedMarkup(result.method + " " + result.url) + "</code>" +
           details(result) + "</td><td class=\"number\">" + status + "</td><td class=\"number\">" +
           escapedMarkup(time) + "</td></tr>\n";
}

} // namespace

std::string htmlReport(const Report& report)
{
    const std::string name = escapedMarkup(report.collection);
    std::string text = htmlHead(report.collection, style) + "<h1>" + name + "</h1>\n<p>" + summary(report) +
                       " &middot; " + escapedMarkup(formatDuration(report.milliseconds)) + " &middot; " +
                       escapedMarkup(formatUtc(report.startedAt));
    if (!report.environment.empty())
        text += " &middot; environment " + escapedMarkup(report.environment);
    text += std::string(report.isInterrupted ? " &middot; interrupted" : "") +
            "</p>\n<table>\n<tr><th>Result</th><th>Request</th><th>Checks</th><th>Status</th><th>Time</th></"
            "tr>\n";
    for (const RequestResult& result : report.results)
        text += row(result, report.iterations > 1);
    return text + "</table>\n</body>\n</html>\n";
}

} // namespace claimcheck::run
