// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person sees of a run while it goes on, and the table of reporters.

#include <run/report.h>

#include <base/text.h>

namespace claimcheck::run {

std::string summary(const Report& report)
{
    return std::to_string(report.count(Status::Passed)) + " passed, " +
           std::to_string(report.count(Status::Failed)) + " failed, " +
           std::to_string(report.count(Status::Skipped)) + " skipped";
}

std::string consoleLines(const RequestResult& result)
{
    const char* const mark = result.status == Status::Passed   ? "passed   "
                             : result.status == Status::Failed ? "failed   "
                                                               : "skipped  ";
    std::string text = mark + visible(result.path);
    if (result.answer != 0)
        text += "  " + std::to_string(result.answer) + "  " + formatDuration(result.milliseconds);
    if (!result.reason.empty())
        text += "  (" + visible(result.reason) + ")";
    text += "\n";
    if (!result.error.empty())
        text += "         " + visible(result.error) + "\n";
    for (const Check& check : result.checks)
        if (check.outcome != Outcome::Passed)
            text += "         " + visible(check.name) + ": " + visible(check.why) + "\n";
    for (const std::string& sentence : result.explanation)
        text += "         note: " + visible(sentence) + "\n";
    return text;
}

static constexpr Reporter reporters[] = {
    {"junit", junitReport}, {"json", jsonReport}, {"html", htmlReport}, {"tap", tapReport}};

const Reporter* findReporter(std::string_view name)
{
    for (const Reporter& reporter : reporters)
        if (name == reporter.name)
            return &reporter;
    return nullptr;
}

} // namespace claimcheck::run
