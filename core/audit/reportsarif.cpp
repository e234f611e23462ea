// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// SARIF 2.1.0 (OASIS): a rule for each finding class that was found, a result for each finding.

#include "report.h"
#include "sarif.h"

#include <algorithm>

#include <json/write.h>

namespace claimcheck::audit {

namespace {

void writeRule(json::Writer& writer, const Finding& finding)
{
    const Attack& attack = *finding.attack;
    writer.beginObject().member("id").value(finding.findingClass);
    writeText(writer, "shortDescription", attack.title);
    writeText(writer, "fullDescription", std::string(attack.does) + " " + std::string(finding.means) + ".");
    writeText(writer, "help", fixFor(finding.findingClass));
    if (const std::string page = helpUri(attack.reference); !page.empty())
        writer.member("helpUri").value(page);
    writeRanking(writer, finding.findingClass, finding.severity,
                 {cweTag(finding.cwe), "OWASP-" + std::string(attack.owasp),
                  "ASVS-5.0-" + std::string(asvsFor(finding.findingClass))});
    writer.endObject();
}

void writeResult(json::Writer& writer, const std::string& folder, const Finding& finding, std::size_t rule)
{
    const Row& row = *finding.rows.front();
    const RouteReport& route = *finding.route;
    writer.beginObject().member("ruleId").value(finding.findingClass);
    writer.member("ruleIndex").value(static_cast<std::int64_t>(rule));
    writer.member("level").value(sarifLevel(finding.severity));
    writeText(writer, "message",
              route.method + " " + route.url + ": " + std::string(finding.means) + ". " + row.variant + ": " +
                  row.recipe + ". " + row.why + ".");
    const std::string place = route.method + " " + route.name;
    writePlace(writer, placeIn(folder, route.name), place, "attack/v1",
               std::string(finding.findingClass) + " " + std::string(finding.attack->id) + " " + place);
    writer.member("properties").beginObject().member("attack").value(finding.attack->id);
    writer.member("curl").value(row.curl).member("header").value(row.header).endObject().endObject();
}

/// "" where each request of the route told something: nothing found is not the same as nothing there.
std::string untoldOf(const RouteReport& route)
{
    const std::string name = route.method + " " + route.url;
    if (!route.objection.empty())
        return name + " is not testable: " + route.objection;
    const std::size_t count = countOf(route, Outcome::Inconclusive);
    if (count == 0)
        return {};
    const auto first = std::ranges::find(route.rows, Outcome::Inconclusive, &Row::outcome);
    return name + ": " + std::to_string(count) +
           (count == 1 ? " request is inconclusive: " : " requests are inconclusive, the first one ") +
           first->attack + " (" + first->variant + "): " + first->why;
}

void writeEnd(json::Writer& writer, const Report& report, bool hasFindings)
{
    std::string problem;
    if (report.isInterrupted)
        problem = "the audit was interrupted";
    else if (!hasFindings && !isJudged(report))
        problem = "nothing could be judged";
    std::vector<std::string> untold;
    for (const RouteReport& route : report.routes)
        if (std::string text = untoldOf(route); !text.empty())
            untold.push_back(std::move(text));
    writeInvocation(writer, problem, untold);
}

} // namespace

std::string sarifReport(const Report& report)
{
    const std::vector<Finding> findings = findingsOf(report);
    const std::vector<const Finding*> rules = firstOfEachClass(findings);
    json::Writer writer(json::Layout::Pretty);
    beginSarif(writer, "Claimcheck audit");
    for (const Finding* rule : rules)
        writeRule(writer, *rule);
    writer.endArray().endObject().endObject().member("results").beginArray();
    for (const Finding& finding : findings)
        writeResult(writer, report.folder, finding, indexOfClass(rules, finding));
    writer.endArray();
    writeEnd(writer, report, !findings.empty());
    return endSarif(writer);
}

} // namespace claimcheck::audit
