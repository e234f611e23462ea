// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// TAP 14 (testanything.org): a line a request, its failed checks as a YAML block behind it.

#include <run/report.h>

#include <base/text.h>
#include <json/write.h>

namespace claimcheck::run {
namespace {

/// '#' would begin a directive.
std::string description(std::string_view text)
{
    std::string out;
    for (const char c : visible(text)) {
        if (c == '#' || c == '\\')
            out += '\\';
        out += c;
    }
    return out;
}

std::string diagnosis(const RequestResult& result)
{
    std::string text = "  ---\n";
    if (!result.error.empty())
        text += "  message: " + json::quoted(visible(result.error)) + "\n";
    std::string failed;
    for (const Check& check : result.checks)
        if (check.outcome != Outcome::Passed)
            failed += "    - " + json::quoted(visible(check.name + ": " + check.why)) + "\n";
    std::string notes;
    for (const std::string& sentence : result.explanation)
        notes += "    - " + json::quoted(visible(sentence)) + "\n";
    return text + (failed.empty() ? "" : "  failed:\n" + failed) +
           (notes.empty() ? "" : "  notes:\n" + notes) + "  ...\n";
}

std::string line(const RequestResult& result, std::size_t number)
{
    std::string text = (result.status == Status::Failed ? "not ok " : "ok ") + std::to_string(number) +
                       " - " + description(result.path + ": " + result.name);
    if (result.status == Status::Skipped)
        text += " # SKIP " + description(result.reason);
    return text + "\n" + (result.status == Status::Failed ? diagnosis(result) : std::string());
}

} // namespace

std::string tapReport(const Report& report)
{
    std::string text = "TAP version 14\n1.." + std::to_string(report.results.size()) + "\n";
    std::size_t number = 0;
    for (const RequestResult& result : report.results)
        text += line(result, ++number);
    // What was skipped since counts as good in TAP, and nobody must take this run for a whole one.
    const std::string end = report.isInterrupted ? "Bail out! interrupted\n" : "";
    return text + "# " + summary(report) + "\n" + end;
}

} // namespace claimcheck::run
