// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report as JSON; its names are a contract (docs/cli.md).

#include "report.h"

#include <json/write.h>

namespace claimcheck::audit {

namespace {

void writeRow(json::Writer& writer, const Row& row)
{
    const Attack* attack = findAttack(row.attack);
    writer.beginObject().member("attack").value(row.attack).member("variant").value(row.variant);
    writer.member("class").value(attack ? attack->findingClass : std::string_view());
    writer.member("outcome").value(toText(row.outcome)).member("status").value(row.status);
    writer.member("why").value(row.why);
    if (!row.recipe.empty())
        writer.member("recipe").value(row.recipe);
    if (row.wasHeard)
        writer.member("listener").value("asked");
    writer.endObject();
}

void writeRoute(json::Writer& writer, const RouteReport& route)
{
    writer.beginObject().member("name").value(route.name).member("method").value(route.method);
    writer.member("url").value(route.url);
    writer.member("control").beginObject();
    writer.member("testable").value(route.objection.empty()).member("why").value(route.objection);
    writer.member("good").value(route.goodStatus).member("withoutToken").value(route.refusalStatus);
    writer.endObject();
    writer.member("results").beginArray();
    for (const Row& row : route.rows)
        writeRow(writer, row);
    writer.endArray().endObject();
}

void writeEvidence(json::Writer& writer, const Finding& finding)
{
    const Row& row = *finding.rows.front();
    writer.member("evidence").beginObject();
    writer.member("variants").beginArray();
    for (const Row* one : finding.rows)
        writer.value(one->variant);
    writer.endArray();
    writer.member("recipe").value(row.recipe).member("header").value(row.header);
    writer.member("request").value(row.request).member("curl").value(row.curl);
    writer.member("status").value(row.status).member("why").value(row.why);
    writer.member("answer").value(row.answer).endObject();
}

void writeFindings(json::Writer& writer, const std::vector<Finding>& findings)
{
    writer.beginArray();
    for (const Finding& finding : findings) {
        const Attack& attack = *finding.attack;
        writer.beginObject().member("class").value(finding.findingClass).member("attack").value(attack.id);
        writer.member("severity").value(toText(finding.severity)).member("title").value(attack.title);
        writer.member("method").value(finding.route->method).member("url").value(finding.route->url);
        writer.member("means").value(finding.means);
        writer.member("cwe").value("CWE-" + std::to_string(finding.cwe)).member("owasp").value(attack.owasp);
        writer.member("asvs").value(asvsFor(finding.findingClass));
        const Cvss cvss = cvssFor(finding.findingClass, finding.severity);
        writer.member("cvss").beginObject().member("vector").value(cvss.vector);
        writer.member("score").value(cvss.score).endObject();
        writer.member("reference").value(attack.reference);
        writer.member("fix").value(fixFor(finding.findingClass));
        if (!finding.followsFrom.empty())
            writer.member("followsFrom").value(finding.followsFrom);
        writeEvidence(writer, finding);
        writer.endObject();
    }
    writer.endArray();
}

} // namespace

std::string jsonReport(const Report& report)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("routes").beginArray();
    for (const RouteReport& route : report.routes)
        writeRoute(writer, route);
    writer.endArray().member("findings");
    writeFindings(writer, findingsOf(report));
    writer.member("observations");
    writeFindings(writer, observationsOf(report));
    writer.member("requests").value(static_cast<std::int64_t>(report.requests));
    writer.member("interrupted").value(report.isInterrupted).endObject();
    return writer.take() + "\n";
}

} // namespace claimcheck::audit
