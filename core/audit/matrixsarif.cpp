// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The matrix as SARIF 2.1.0 (OASIS): a rule for each finding class that was found, a result for each cell.

#include "matrixreport.h"
#include "sarifuri.h"

#include <algorithm>

#include <json/write.h>

namespace claimcheck::audit {

namespace {

/// §3.27.10
std::string_view levelOf(Severity severity)
{
    return severity >= Severity::High ? "error" : "warning";
}

void writeText(json::Writer& writer, std::string_view name, std::string_view text)
{
    writer.member(name).beginObject().member("text").value(text).endObject();
}

void writeRule(json::Writer& writer, const MatrixFinding& finding)
{
    writer.beginObject().member("id").value(finding.findingClass);
    writeText(writer, "shortDescription", finding.title);
    writeText(writer, "fullDescription", std::string(finding.means) + ".");
    writeText(writer, "help", finding.fix);
    const std::string page = finding.owasp.empty() ? "RFC 9110 §15.5" : "OWASP " + std::string(finding.owasp);
    writer.member("helpUri").value(helpUri(page));
    writer.member("defaultConfiguration").beginObject();
    writer.member("level").value(levelOf(finding.severity)).endObject();
    const Cvss cvss = cvssFor(finding.findingClass, finding.severity);
    writer.member("properties").beginObject().member("security-severity").value(cvss.score);
    writer.member("cvss").value(cvss.vector);
    writer.member("precision").value("very-high"); // an answer shows it
    writer.member("tags").beginArray().value("security");
    if (finding.cwe != 0)
        writer.value(cweTag(finding.cwe));
    if (!finding.owasp.empty())
        writer.value("OWASP-" + std::string(finding.owasp));
    if (const std::string_view number = asvsFor(finding.findingClass); !number.empty())
        writer.value("ASVS-5.0-" + std::string(number));
    writer.endArray().endObject().endObject();
}

void writeResult(json::Writer& writer, const std::string& folder, const MatrixFinding& finding,
                 std::size_t rule)
{
    const MatrixCell& cell = *finding.cell;
    const MatrixRowReport& row = *finding.row;
    const std::string place = row.method + " " + row.name;
    writer.beginObject().member("ruleId").value(finding.findingClass);
    writer.member("ruleIndex").value(static_cast<std::int64_t>(rule));
    writer.member("level").value(levelOf(finding.severity));
    writeText(writer, "message",
              place + " as " + who(cell) + ": " + std::string(finding.means) + ". Expected " +
                  (cell.expected ? toText(*cell.expected) : "nothing") + ", got " +
                  (cell.why.empty() ? std::to_string(cell.status) : cell.why) + ".");
    writePlace(writer, placeIn(folder, row.name), place, "cell/v1", place + " " + who(cell));
    writer.member("properties").beginObject().member("identity").value(cell.identity);
    writer.member("owner").value(cell.owner).member("curl").value(cell.curl).endObject().endObject();
}

void writeMatrixEnd(json::Writer& writer, const MatrixReport& report)
{
    const std::string problem = report.isInterrupted ? "the test was interrupted" : problemOf(report);
    std::vector<std::string> untold;
    for (const MatrixRowReport& row : report.rows)
        if (!row.objection.empty())
            untold.push_back(row.method + " " + row.name + " was not tested: " + row.objection);
    writeInvocation(writer, problem, untold);
}

} // namespace

std::string matrixSarif(const MatrixReport& report)
{
    const std::vector<MatrixFinding> findings = findingsOf(report);
    std::vector<const MatrixFinding*> rules;
    const auto ruleOf = [&](const MatrixFinding& finding) {
        const auto found = std::ranges::find_if(
            rules, [&](const MatrixFinding* rule) { return rule->findingClass == finding.findingClass; });
        return static_cast<std::size_t>(found - rules.begin());
    };
    for (const MatrixFinding& finding : findings)
        if (ruleOf(finding) == rules.size())
            rules.push_back(&finding);
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("$schema").value("https://json.schemastore.org/sarif-2.1.0.json");
    writer.member("version").value("2.1.0").member("runs").beginArray().beginObject();
    writer.member("tool").beginObject().member("driver").beginObject();
    writer.member("name").value("Claimcheck access matrix");
    writer.member("version").value(CLAIMCHECK_VERSION).member("rules").beginArray();
    for (const MatrixFinding* rule : rules)
        writeRule(writer, *rule);
    writer.endArray().endObject().endObject().member("results").beginArray();
    for (const MatrixFinding& finding : findings)
        writeResult(writer, report.folder, finding, ruleOf(finding));
    writer.endArray();
    writeMatrixEnd(writer, report);
    writer.endObject().endArray().endObject();
    return writer.take() + "\n";
}

} // namespace claimcheck::audit
