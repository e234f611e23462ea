// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report for a terminal, and the table of report formats.

#include "report.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::audit {

namespace {

/// Empty where nothing got through.
std::string_view noteOn(const RouteReport& route, const Attack& attack)
{
    return worstOf(route, attack).outcome == Outcome::Accepted ? noFindingWords(attack) : "";
}

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(width, text.size()), ' ');
    return text + " ";
}

/// One line an attack: what came of its variants.
std::string attackLine(const RouteReport& route, const Attack& attack)
{
    const AttackOutcome worst = worstOf(route, attack);
    if (worst.first == nullptr)
        return {};
    const bool isAccepted = worst.outcome == Outcome::Accepted;
    const std::string why = (isAccepted ? worst.first->variant + ": " : "") + worst.first->why;
    const std::string_view words = noteOn(route, attack);
    const std::string number =
        worst.outcome == Outcome::NotRun ? "" : std::to_string(worst.count) + "/" + std::to_string(worst.all);
    return "  " + padded(std::string(toText(worst.outcome)), 12) + padded(number, 5) +
           padded(std::string(attack.id), 22) + visible(why) +
           (words.empty() ? "" : " (" + std::string(words) + ")") + "\n";
}

/// What says "accepted" and is not counted as a finding: requests, as the line above and the HTML page count.
std::string informationLine(const Report& report)
{
    std::size_t count = 0;
    for (const RouteReport& route : report.routes)
        count += notedIn(route);
    return count == 0 ? "" : std::to_string(count) + " more accepted, no findings by themselves\n";
}

std::string findingLines(const Finding& finding)
{
    std::string text = padded(std::string(toText(finding.severity)), 8) + std::string(finding.findingClass) +
                       ": " + std::string(finding.means);
    if (!finding.followsFrom.empty())
        text += " (follows from " + std::string(finding.followsFrom) + ")";
    const Row& row = *finding.rows.front();
    text += "\n           " + visible(finding.route->method + " " + finding.route->url) + "\n           " +
            visible(row.variant) + ": " + visible(row.recipe) + "\n           " + visible(row.curl) +
            "\n           Fix: " + std::string(fixFor(finding.findingClass)) + "\n";
    return text;
}

std::string routeLines(const RouteReport& route)
{
    std::string text = visible(route.method + " " + route.url) + "\n";
    if (!route.objection.empty())
        return text + "  not testable: " + visible(route.objection) + "\n\n";
    text += "  good token " + std::to_string(route.goodStatus) + ", no token " +
            std::to_string(route.refusalStatus) + "\n";
    for (const Attack& attack : attacks())
        text += attackLine(route, attack);
    return text + "\n";
}

constexpr ReportFormat formats[] = {{"table", tableReport},
                                    {"json", jsonReport},
                                    {"sarif", sarifReport},
                                    {"junit", junitReport},
                                    {"html", htmlReport}};

} // namespace

std::string tableReport(const Report& report)
{
    std::string text;
    for (const RouteReport& route : report.routes)
        text += routeLines(route);
    for (const Finding& finding : findingsOf(report))
        text += findingLines(finding) + "\n";
    return text + summaryOf(report) + "\n" + informationLine(report);
}

const ReportFormat* findFormat(std::string_view name)
{
    for (const ReportFormat& format : formats)
        if (format.name == name)
            return &format;
    return nullptr;
}

} // namespace claimcheck::audit
