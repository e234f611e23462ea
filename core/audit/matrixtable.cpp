// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The matrix for a terminal, and the table of its formats.

#include "matrixreport.h"

#include <algorithm>

#include <base/text.h>

namespace claimcheck::audit {

namespace {

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(width, text.size()), ' ');
    return text + "  ";
}

/// What is in order is the verdict alone; what is not says so in capitals, which no colour has to.
std::string cellText(const MatrixCell& cell)
{
    const std::string status = cell.status == 0 ? "" : " " + std::to_string(cell.status);
    const std::string seen = std::string(toText(cell.verdict)) + status;
    switch (cell.fit) {
    case Fit::TooMuch:
        return "TOO MUCH" + status;
    case Fit::TooLittle:
        return "TOO LITTLE" + status;
    case Fit::OtherStatus:
        return "STATUS" + status;
    case Fit::Unset:
        return seen + " ?";
    default:
        return seen;
    }
}

const MatrixCell* cellOf(const MatrixRowReport& row, const std::string& identity)
{
    const auto found = std::ranges::find_if(
        row.cells, [&](const MatrixCell& cell) { return cell.owner.empty() && cell.identity == identity; });
    return found == row.cells.end() ? nullptr : &*found;
}

using Line = std::vector<std::string>;

std::vector<Line> linesOf(const MatrixReport& report)
{
    std::vector<Line> lines{{"request"}};
    for (const std::string& identity : report.identities)
        lines.front().push_back(visible(identity));
    for (const MatrixRowReport& row : report.rows) {
        Line line{visible(row.method + " " + row.name)};
        for (const std::string& identity : report.identities) {
            const MatrixCell* cell = cellOf(row, identity);
            line.push_back(cell == nullptr ? "-" : cellText(*cell));
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::string aligned(const std::vector<Line>& lines)
{
    std::string text;
    std::vector<std::size_t> widths(lines.front().size(), 0);
    for (const Line& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], line[i].size());
    for (const Line& line : lines) {
        std::string out;
        for (std::size_t i = 0; i < line.size(); ++i)
            out += padded(line[i], widths[i]);
        text += out.substr(0, out.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

/// What others' objects gave, and why a cell tells nothing.
std::string notesOf(const MatrixRowReport& row)
{
    std::string text;
    for (const MatrixCell& cell : row.cells) {
        const bool isOpen = cell.fit == Fit::Inconclusive || cell.verdict == Verdict::Inconclusive;
        if (!cell.owner.empty() || isOpen)
            text += visible(row.name + ": " + who(cell)) + ": " + cellText(cell) +
                    (cell.why.empty() ? "" : " (" + visible(cell.why) + ")") + "\n";
    }
    return text;
}

std::string findingText(const MatrixFinding& finding)
{
    const MatrixCell& cell = *finding.cell;
    return padded(std::string(toText(finding.severity)), 8) + std::string(finding.findingClass) + ": " +
           std::string(finding.means) + "\n          " + visible(finding.row->name + ", " + who(cell)) +
           ": expected " + (cell.expected ? toText(*cell.expected) : "nothing") + ", got " +
           visible(cell.why.empty() ? std::to_string(cell.status) : cell.why) + "\n          " +
           visible(cell.curl) + "\n          Fix: " + std::string(finding.fix) + "\n";
}

constexpr MatrixFormat matrixFormats[] = {{"table", matrixTable},
                                          {"json", matrixJson},
                                          {"sarif", matrixSarif},
                                          {"junit", matrixJunit},
                                          {"html", matrixHtml}};

} // namespace

std::string matrixTable(const MatrixReport& report)
{
    std::string text = aligned(linesOf(report)) + "\n";
    std::string notes;
    for (const MatrixRowReport& row : report.rows) {
        if (!row.objection.empty())
            notes += visible(row.name) + ": not run: " + visible(row.objection) + "\n";
        notes += notesOf(row);
    }
    text += notes.empty() ? "" : notes + "\n";
    for (const MatrixFinding& finding : findingsOf(report))
        text += findingText(finding) + "\n";
    return text + summaryOf(report) + "\n";
}

const MatrixFormat* findMatrixFormat(std::string_view name)
{
    for (const MatrixFormat& format : matrixFormats)
        if (format.name == name)
            return &format;
    return nullptr;
}

} // namespace claimcheck::audit
