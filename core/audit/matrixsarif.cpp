// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The matrix as SARIF 2.1.0 (OASIS): a rule for each finding class that was found, a result for each cell.

#include "matrixreport.h"
#include "sarif.h"

#include <json/write.h>

namespace claimcheck::audit {

namespace {

void writeRule(json::Writer& writer, const MatrixFinding& finding)
{
    writer.beginObject().member("id").value(finding.findingClass);
    writeText(writer, "shortDescription", finding.title);
    writeText(writer, "fullDescription", std::string(finding.means) + ".");
    writeText(writer, "help", finding.fix);
    const std::string page = finding.owasp.empty() ? "RFC 9110 §15.5" : "OWASP " + std::string(finding.owasp);
    writer.member("helpUri").value(helpUri(page));
    std::vector<std::string> tags;
    if (finding.cwe != 0)
        tags.push_back(cweTag(finding.cwe));
    if (!finding.owasp.empty())
        tags.push_back("OWASP-" + std::string(finding.owasp));
    if (const std::string_view number = asvsFor(finding.findingClass); !number.empty())
        tags.push_back("ASVS-5.0-" + std::string(number));
    writeRanking(writer, finding.findingClass, finding.severity, tags);
    writer.endObject();
}

void writeResult(json::Writer& writer, const std::string& folder, const MatrixFinding& finding,
                 std::size_t rule)
{
    const MatrixCell& cell = *finding.cell;
    const MatrixRowReport& row = *finding.row;
    const std::string place = row.method + " " + row.name;
    writer.beginObject().member("ruleId").value(finding.findingClass);
    writer.member("ruleIndex").value(static_cast<std::int64_t>(rule));
    writer.member("level").value(sarifLevel(finding.severity));
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
    const std::vector<const MatrixFinding*> rules = firstOfEachClass(findings);
    json::Writer writer(json::Layout::Pretty);
    beginSarif(writer, "Claimcheck access matrix");
    for (const MatrixFinding* rule : rules)
        writeRule(writer, *rule);
    writer.endArray().endObject().endObject().member("results").beginArray();
    for (const MatrixFinding& finding : findings)
        writeResult(writer, report.folder, finding, indexOfClass(rules, finding));
    writer.endArray();
    writeMatrixEnd(writer, report);
    return endSarif(writer);
}

} // namespace claimcheck::audit
