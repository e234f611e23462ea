// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report for a terminal, and the table of report formats.

#include "report.h"

#include <base/text.h>

namespace claimcheck::audit {

namespace {

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(width, text.size()), ' ');
    return text + " ";
}

/// One line an attack: what came of its variants.
std::string attackLine(const RouteReport& route, const Attack& attack)
{
    std::size_t counts[4] = {};
    std::string why;
    for (const Row& row : route.rows)
        if (row.attack == attack.id) {
            ++counts[static_cast<std::size_t>(row.outcome)];
            if (why.empty() || row.outcome == Outcome::Accepted)
                why = row.outcome == Outcome::Accepted ? row.variant + ": " + row.why : row.why;
        }
    const std::size_t all = counts[0] + counts[1] + counts[2] + counts[3];
    if (all == 0)
        return {};
    const Outcome outcome = counts[1] > 0   ? Outcome::Accepted
                            : counts[2] > 0 ? Outcome::Inconclusive
                            : counts[0] > 0 ? Outcome::Refused
                                            : Outcome::NotRun;
    const std::size_t same = counts[static_cast<std::size_t>(outcome)];
    const std::string number =
        outcome == Outcome::NotRun ? "" : std::to_string(same) + "/" + std::to_string(all);
    return "  " + padded(std::string(toText(outcome)), 12) + padded(number, 5) +
           padded(std::string(attack.id), 22) + visible(why) + "\n";
}

std::string findingLines(const Finding& finding)
{
    std::string text = padded(std::string(toText(finding.severity)), 8) + std::string(finding.findingClass) +
                       ": " + std::string(finding.attack->acceptance);
    if (finding.findingClass == "key-url-followed")
        text = padded("medium", 8) + "key-url-followed: The server asks addresses that a token names";
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
    return text + summaryOf(report) + "\n";
}

const ReportFormat* findFormat(std::string_view name)
{
    for (const ReportFormat& format : formats)
        if (format.name == name)
            return &format;
    return nullptr;
}

} // namespace claimcheck::audit
