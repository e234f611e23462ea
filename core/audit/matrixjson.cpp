// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The matrix as JSON; its names are a contract (docs/cli.md).

#include "matrixreport.h"

#include <json/write.h>

namespace claimcheck::audit {

namespace {

void writeCell(json::Writer& writer, const MatrixCell& cell)
{
    writer.beginObject().member("identity").value(cell.identity);
    if (!cell.owner.empty())
        writer.member("owner").value(cell.owner);
    writer.member("expected").value(cell.expected ? toText(*cell.expected) : std::string());
    writer.member("observed").value(toText(cell.verdict)).member("status").value(cell.status);
    writer.member("outcome").value(toText(cell.fit)).member("why").value(cell.why);
    writer.endObject();
}

void writeRow(json::Writer& writer, const MatrixRowReport& row)
{
    writer.beginObject().member("name").value(row.name).member("method").value(row.method);
    writer.member("url").value(row.url).member("why").value(row.objection).member("cells").beginArray();
    for (const MatrixCell& cell : row.cells)
        writeCell(writer, cell);
    writer.endArray().endObject();
}

void writeFinding(json::Writer& writer, const MatrixFinding& finding)
{
    const MatrixCell& cell = *finding.cell;
    writer.beginObject().member("class").value(finding.findingClass);
    writer.member("severity").value(toText(finding.severity)).member("title").value(finding.title);
    writer.member("name").value(finding.row->name).member("method").value(finding.row->method);
    writer.member("url").value(finding.row->url).member("identity").value(cell.identity);
    writer.member("owner").value(cell.owner).member("means").value(finding.means);
    writer.member("cwe").value(finding.cwe == 0 ? std::string() : "CWE-" + std::to_string(finding.cwe));
    writer.member("owasp").value(finding.owasp).member("fix").value(finding.fix);
    writer.member("evidence").beginObject();
    writer.member("expected").value(cell.expected ? toText(*cell.expected) : std::string());
    writer.member("request").value(cell.request).member("curl").value(cell.curl);
    writer.member("status").value(cell.status).member("why").value(cell.why);
    writer.member("answer").value(cell.answer).endObject().endObject();
}

} // namespace

std::string matrixJson(const MatrixReport& report)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("identities").beginArray();
    for (const std::string& identity : report.identities)
        writer.value(identity);
    writer.endArray().member("rows").beginArray();
    for (const MatrixRowReport& row : report.rows)
        writeRow(writer, row);
    writer.endArray().member("findings").beginArray();
    for (const MatrixFinding& finding : findingsOf(report))
        writeFinding(writer, finding);
    writer.endArray().member("requests").value(static_cast<std::int64_t>(report.requests));
    writer.member("interrupted").value(report.isInterrupted).endObject();
    return writer.take() + "\n";
}

} // namespace claimcheck::audit
