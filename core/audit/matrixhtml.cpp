// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The matrix as one page to hand on. No script, nothing from elsewhere (its policy forbids both), every word
// of a server as text.

#include "matrixreport.h"

#include <algorithm>

#include <base/htmlpage.h>
#include <base/text.h>

namespace claimcheck::audit {

namespace {

constexpr std::string_view matrixStyle =
    R"(body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8884; }
.scroll { overflow-x: auto; }
.too-much { color: light-dark(#a11, #ff8f8f); font-weight: 600; }
.too-little, .other-status, .inconclusive { color: light-dark(#8a5a00, #e6b450); }
.as-expected { color: light-dark(#0a6b2d, #6fd08c); }
.not-run, .unset { color: light-dark(#666, #aaa); }
section { border-left: 4px solid light-dark(#a11, #ff8f8f); margin: 1.5rem 0; padding-left: 1rem; }
code { overflow-wrap: anywhere; white-space: pre-wrap; font-size: .9em; }
dt { font-weight: 600; margin-top: .4rem; }
dd { margin: 0; }
)";

std::string cellMarkup(const MatrixCell* cell)
{
    if (cell == nullptr)
        return "<td class=\"unset\">&ndash;</td>";
    const std::string fit(toText(cell->fit));
    const std::string status = cell->status == 0 ? "" : " " + std::to_string(cell->status);
    const std::string expected = cell->expected ? toText(*cell->expected) : "nothing";
    return "<td class=\"" + fit + "\" title=\"" +
           escapedMarkup("expected " + expected + (cell->why.empty() ? "" : ": " + cell->why)) + "\">" +
           std::string(toText(cell->verdict)) + status +
           (cell->fit == Fit::AsExpected ? "" : "<br><small>" + withReplaced(fit, "-", " ") + "</small>") +
           "</td>";
}

const MatrixCell* findCell(const MatrixRowReport& row, const std::string& identity, const std::string& owner)
{
    const auto found = std::ranges::find_if(
        row.cells, [&](const MatrixCell& cell) { return cell.identity == identity && cell.owner == owner; });
    return found == row.cells.end() ? nullptr : &*found;
}

std::string lineOf(const MatrixReport& report, const MatrixRowReport& row, const std::string& owner)
{
    std::string text = "<tr><th>" + escapedMarkup(row.method + " " + row.name) +
                       (owner.empty() ? "" : "<br><small>object of " + escapedMarkup(owner) + "</small>") +
                       (row.objection.empty() || !owner.empty()
                            ? ""
                            : "<br><small>not run: " + escapedMarkup(row.objection) + "</small>") +
                       "</th>";
    for (const std::string& identity : report.identities)
        text += cellMarkup(findCell(row, identity, owner));
    return text + "</tr>\n";
}

std::string mapOf(const MatrixReport& report)
{
    std::string text = "<div class=\"scroll\"><table>\n<tr><th>Request</th>";
    for (const std::string& identity : report.identities)
        text += "<th>" + escapedMarkup(identity) + "</th>";
    text += "</tr>\n";
    for (const MatrixRowReport& row : report.rows) {
        text += lineOf(report, row, {});
        std::vector<std::string> owners;
        for (const MatrixCell& cell : row.cells)
            if (!cell.owner.empty() && std::ranges::find(owners, cell.owner) == owners.end())
                owners.push_back(cell.owner);
        for (const std::string& owner : owners)
            text += lineOf(report, row, owner);
    }
    return text + "</table></div>\n";
}

std::string entry(const char* name, std::string_view text)
{
    return text.empty() ? std::string()
                        : "<dt>" + std::string(name) + "</dt><dd><code>" +
                              escapedMarkup(text, LineEnds::Keep) + "</code></dd>\n";
}

std::string sectionOf(const MatrixFinding& finding)
{
    const MatrixCell& cell = *finding.cell;
    std::string references = finding.cwe == 0 ? std::string() : "CWE-" + std::to_string(finding.cwe);
    if (!finding.owasp.empty())
        references += ", OWASP " + std::string(finding.owasp);
    return "<section>\n<h3>" + escapedMarkup(finding.title) + " <small>" +
           escapedMarkup(finding.findingClass) + ", " + std::string(toText(finding.severity)) +
           "</small></h3>\n<p>" + escapedMarkup(finding.means) + ".</p>\n<dl>\n" +
           entry("Request", cell.request) + entry("As", who(cell)) +
           entry("Expected", cell.expected ? toText(*cell.expected) : "nothing") +
           entry("Got", cell.why.empty() ? std::to_string(cell.status) : cell.why) +
           entry("Send it again", cell.curl) + entry("Answer", cell.answer) +
           entry("References", references) + "<dt>Fix</dt><dd>" + escapedMarkup(finding.fix) +
           "</dd>\n</dl>\n</section>\n";
}

} // namespace

std::string matrixHtml(const MatrixReport& report)
{
    const std::vector<MatrixFinding> findings = findingsOf(report);
    std::string text = htmlHead("Access matrix", matrixStyle) + "<h1>Access matrix</h1>\n<p>" +
                       escapedMarkup(summaryOf(report)) + " &middot; " +
                       escapedMarkup(formatUtc(report.startedAt)) + "</p>\n" + mapOf(report);
    if (!findings.empty())
        text += "<h2>Findings</h2>\n";
    for (const MatrixFinding& finding : findings)
        text += sectionOf(finding);
    return text + "</body>\n</html>\n";
}

} // namespace claimcheck::audit
