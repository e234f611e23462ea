// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/accessmatrix.h>

#include <algorithm>

#include <base/text.h>
#include <state/plaintip.h>

namespace claimcheck::ui {

using audit::Fit;
using collection::Access;

namespace {

QString accessText(std::string_view text)
{
    return toQString(visible(text));
}

QString identityWords(const std::string& identity)
{
    return identity == collection::anonymous ? AccessMatrix::tr("nobody (no token)") : accessText(identity);
}

QString whoWords(const audit::MatrixCell& cell)
{
    const QString who = identityWords(cell.identity);
    return cell.owner.empty() ? who
                              : AccessMatrix::tr("%1 on the object of %2").arg(who, accessText(cell.owner));
}

/// In the words of the buttons, which a number may follow: "allow 200", "anything".
QString expectedWords(const collection::ExpectedAccess& expected)
{
    return expected.access == Access::Any ? AccessMatrix::tr("anything") : accessText(toText(expected));
}

/// What matters most of several objects.
int weightOf(Fit fit)
{
    switch (fit) {
    case Fit::TooMuch:
        return 6;
    case Fit::TooLittle:
        return 5;
    case Fit::OtherStatus:
        return 4;
    case Fit::Inconclusive:
        return 3;
    case Fit::NotRun:
        return 2;
    case Fit::Unset:
        return 1;
    case Fit::AsExpected:
        break;
    }
    return 0;
}

} // namespace

QString fitSign(Fit fit)
{
    switch (fit) {
    case Fit::AsExpected:
        return QStringLiteral("✓");
    case Fit::TooMuch:
    case Fit::TooLittle:
        return QStringLiteral("✗");
    case Fit::OtherStatus:
        return QStringLiteral("≠");
    case Fit::Inconclusive:
        return QStringLiteral("?");
    case Fit::NotRun:
        return QStringLiteral("–");
    case Fit::Unset:
        break;
    }
    return QStringLiteral("•");
}

collection::ExpectedAccess nextExpected(const collection::ExpectedAccess& expected)
{
    const Access next = expected.access == Access::Any     ? Access::Allow
                        : expected.access == Access::Allow ? Access::Deny
                                                           : Access::Any;
    return {next, 0};
}

void AccessMatrix::addRows(const collection::Folder& folder)
{
    for (const collection::Item& item : folder.items) {
        if (item.problem)
            continue;
        const std::string title = item.entry.method + " " + item.entry.name;
        m_rows.push_back({item.path, title});
        const collection::MatrixRow* const known = findRow(m_matrix, item.path);
        if (known != nullptr && known->objects)
            m_rows.push_back({item.path, title, true});
    }
    for (const collection::Folder& inner : folder.folders)
        addRows(inner);
}

void AccessMatrix::setMatrix(const collection::Collection& collection, const collection::Matrix& matrix,
                             const std::vector<std::string>& columns)
{
    beginResetModel();
    m_matrix = matrix;
    m_columns = columns;
    m_rows.clear();
    addRows(collection.root);
    endResetModel();
}

void AccessMatrix::clear()
{
    beginResetModel();
    m_matrix = {};
    m_columns.clear();
    m_rows.clear();
    m_report.reset();
    endResetModel();
}

void AccessMatrix::setReport(const std::optional<audit::MatrixReport>& report)
{
    m_report = report;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

std::string AccessMatrix::requestAt(const QModelIndex& index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_rows.size() ? m_rows[row].request : std::string();
}

std::string AccessMatrix::identityAt(const QModelIndex& index) const
{
    const auto column = static_cast<std::size_t>(index.column()) - 1;
    return index.isValid() && index.column() > 0 && column < m_columns.size() ? m_columns[column]
                                                                              : std::string();
}

bool AccessMatrix::isEditable(const QModelIndex& index) const
{
    return !identityAt(index).empty() && !requestAt(index).empty() &&
           !m_rows[static_cast<std::size_t>(index.row())].isOfOthers;
}

collection::ExpectedAccess AccessMatrix::expectedAt(const QModelIndex& index) const
{
    const collection::MatrixRow* const row = findRow(m_matrix, requestAt(index));
    const std::string identity = identityAt(index);
    if (row == nullptr || identity.empty())
        return {};
    if (isEditable(index))
        return accessOf(row->expected, identity).value_or(collection::ExpectedAccess{});
    const bool isAsked = row->objects && identity != collection::anonymous;
    return isAsked ? accessOf(row->objects->others, identity)
                         .value_or(collection::ExpectedAccess{Access::Deny, 0})
                   : collection::ExpectedAccess{};
}

std::vector<audit::MatrixCell> AccessMatrix::cellsAt(const QModelIndex& index) const
{
    std::vector<audit::MatrixCell> cells;
    const std::string identity = identityAt(index);
    if (!m_report || identity.empty())
        return cells;
    const bool isOfOthers = !isEditable(index);
    for (const audit::MatrixRowReport& row : m_report->rows)
        if (row.name == requestAt(index))
            for (const audit::MatrixCell& cell : row.cells)
                if (cell.identity == identity && cell.owner.empty() != isOfOthers)
                    cells.push_back(cell);
    return cells;
}

std::optional<audit::MatrixCell> AccessMatrix::worstAt(const QModelIndex& index) const
{
    const std::vector<audit::MatrixCell> cells = cellsAt(index);
    const auto worst =
        std::ranges::max_element(cells, {}, [](const audit::MatrixCell& cell) { return weightOf(cell.fit); });
    return worst == cells.end() ? std::nullopt : std::optional(*worst);
}

QString AccessMatrix::text(const QModelIndex& index) const
{
    if (index.column() == 0) {
        const Row& row = m_rows[static_cast<std::size_t>(index.row())];
        return row.isOfOthers ? QString(QStringLiteral("    ") + tr("the objects of other identities"))
                              : accessText(row.title);
    }
    const collection::ExpectedAccess expected = expectedAt(index);
    const bool isExpected = expected.access != Access::Any;
    const QString wanted = isExpected ? accessText(toText(expected)) : QString();
    const std::optional<audit::MatrixCell> cell = worstAt(index);
    if (!cell)
        return wanted;
    QString words = fitSign(cell->fit) + u' ' + accessText(audit::toText(cell->verdict));
    if (cell->status > 0)
        words += u' ' + tr("(%1)").arg(cell->status);
    if (isExpected && cell->fit != Fit::AsExpected)
        words += tr(", expected: %1").arg(wanted);
    return words;
}

QString AccessMatrix::detail(const QModelIndex& index) const
{
    const std::string identity = identityAt(index);
    if (identity.empty() || requestAt(index).empty())
        return {};
    QStringList lines;
    const std::string& title = m_rows[static_cast<std::size_t>(index.row())].title;
    lines += tr("%1 as %2").arg(accessText(title), identityWords(identity));
    lines += tr("Expected: %1").arg(expectedWords(expectedAt(index)));
    for (const audit::MatrixCell& cell : cellsAt(index)) {
        lines += QString();
        lines +=
            tr("%1: %2 %3").arg(whoWords(cell), fitSign(cell.fit), accessText(audit::toText(cell.verdict)));
        if (!cell.why.empty())
            lines += tr("Why: %1").arg(accessText(cell.why));
        if (!cell.request.empty())
            lines += tr("Sent: %1").arg(accessText(cell.request));
        if (!cell.answer.empty())
            lines += tr("Answer: %1").arg(accessText(cell.answer));
        for (const audit::MatrixFinding& finding : audit::findingsOf(*m_report))
            if (finding.cell->identity == cell.identity && finding.cell->owner == cell.owner &&
                finding.row->name == requestAt(index)) {
                lines += tr("%1 (%2): %3")
                             .arg(accessText(finding.title), accessText(audit::toText(finding.severity)),
                                  accessText(finding.means));
                if (!finding.owasp.empty())
                    lines += accessText(finding.owasp);
                lines += tr("Fix: %1").arg(accessText(finding.fix));
            }
        if (!cell.curl.empty())
            lines += tr("Send it again: %1").arg(accessText(cell.curl));
    }
    return lines.join(u'\n');
}

int AccessMatrix::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AccessMatrix::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size()) + 1;
}

QVariant AccessMatrix::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return text(index);
    if (role == Qt::ToolTipRole)
        return plainTip(index.column() == 0 ? accessText(requestAt(index)) : text(index));
    if (role == Qt::AccessibleTextRole && index.column() > 0)
        return tr("%1 as %2: %3")
            .arg(text(index.siblingAtColumn(0)).trimmed(), identityWords(identityAt(index)),
                 text(index).isEmpty() ? tr("nothing is expected") : text(index));
    if (role == fitRole)
        if (const auto cell = worstAt(index))
            return static_cast<int>(cell->fit);
    return {};
}

QVariant AccessMatrix::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (section == 0)
        return tr("Request");
    const auto column = static_cast<std::size_t>(section) - 1;
    if (section < 0 || column >= m_columns.size())
        return {};
    return m_columns[column] == collection::anonymous ? tr("Nobody (no token)")
                                                      : accessText(m_columns[column]);
}

} // namespace claimcheck::ui
