// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/auditmatrix.h>

#include <algorithm>

#include <QtCore/qcoreapplication.h>

#include <base/text.h>
#include <state/plaintip.h>

namespace claimcheck::ui {
namespace {

QString matrixWords(const char* text)
{
    return QCoreApplication::translate("claimcheck::ui::AuditMatrix", text);
}

QString ofView(std::string_view text)
{
    return toQString(visible(text));
}

std::size_t sum(const std::array<std::size_t, 4>& counts)
{
    return counts[0] + counts[1] + counts[2] + counts[3];
}

} // namespace

QString routeWords(const std::string& method, const std::string& url)
{
    constexpr std::size_t behindScheme = 8;
    const std::string path = url.substr(std::min(url.find('/', behindScheme), url.size()));
    return ofView(method + " " + (path.empty() ? url : path));
}

CellState stateOf(audit::Outcome outcome, const audit::Attack* attack)
{
    switch (outcome) {
    case audit::Outcome::Refused:
        return CellState::Refused;
    case audit::Outcome::Accepted:
        return attack != nullptr && !audit::noFindingWords(*attack).empty() ? CellState::Noted
                                                                            : CellState::Accepted;
    case audit::Outcome::Inconclusive:
        return CellState::Inconclusive;
    case audit::Outcome::NotRun:
        break;
    }
    return CellState::NotRun;
}

CellState stateOf(const audit::Row& row)
{
    return stateOf(row.outcome, audit::findAttack(row.attack));
}

QString stateWord(CellState state)
{
    switch (state) {
    case CellState::Refused:
        return matrixWords("refused");
    case CellState::Accepted:
        return matrixWords("accepted");
    case CellState::Noted:
        return matrixWords("accepted, no finding");
    case CellState::Inconclusive:
        return matrixWords("could not be judged");
    case CellState::NotRun:
        return matrixWords("not run");
    case CellState::Planned:
        return matrixWords("planned");
    case CellState::Absent:
        break;
    }
    return {};
}

QString stateSign(CellState state)
{
    switch (state) {
    case CellState::Refused:
        return QStringLiteral("✓");
    case CellState::Accepted:
        return QStringLiteral("✗");
    case CellState::Noted:
        return QStringLiteral("•");
    case CellState::Inconclusive:
        return QStringLiteral("?");
    case CellState::NotRun:
        return QStringLiteral("–");
    case CellState::Planned:
    case CellState::Absent:
        break;
    }
    return {};
}

std::size_t AuditMatrix::placeOf(std::string_view attack)
{
    const audit::Attack* const found = audit::findAttack(attack);
    return found == nullptr ? audit::attacks().size()
                            : static_cast<std::size_t>(found - audit::attacks().data());
}

void AuditMatrix::setRoutes(const std::vector<workbench::PlannedRoute>& routes)
{
    beginResetModel();
    m_routes.clear();
    m_attacks.clear();
    for (const workbench::PlannedRoute& planned : routes) {
        Route route{planned, std::vector<Cell>(audit::attacks().size() + 1)};
        for (const auto* list : {&planned.plan.controls, &planned.plan.forgeries})
            for (const audit::Forgery& forgery : *list)
                ++route.cells[placeOf(forgery.attack)].planned;
        for (const audit::Row& row : planned.plan.notRun)
            route.cells[placeOf(row.attack)].notRun = row.why;
        m_routes.push_back(std::move(route));
    }
    for (std::size_t place = 0; place < audit::attacks().size(); ++place)
        if (std::ranges::any_of(m_routes, [&](const Route& route) {
                return route.cells[place].planned > 0 || !route.cells[place].notRun.empty();
            }))
            m_attacks.push_back(place);
    endResetModel();
}

void AuditMatrix::clear()
{
    setRoutes({});
}

audit::Outcome AuditMatrix::worstOf(const Cell& cell)
{
    for (const audit::Outcome outcome :
         {audit::Outcome::Accepted, audit::Outcome::Inconclusive, audit::Outcome::Refused})
        if (cell.counts[static_cast<std::size_t>(outcome)] > 0)
            return outcome;
    return audit::Outcome::NotRun;
}

void AuditMatrix::count(Cell& cell, const audit::Row& row)
{
    const audit::Outcome before = worstOf(cell);
    const bool isFirst = sum(cell.counts) == 0;
    ++cell.counts[static_cast<std::size_t>(row.outcome)];
    if (isFirst || worstOf(cell) != before)
        cell.status = row.status;
    if (row.outcome == audit::Outcome::NotRun && cell.notRun.empty())
        cell.notRun = row.why;
}

void AuditMatrix::addRow(int route, const audit::Row& row)
{
    if (route < 0 || route >= routes())
        return;
    Route& to = m_routes[static_cast<std::size_t>(route)];
    const std::size_t place = placeOf(row.attack);
    count(to.cells[place], row);
    to.rows.push_back(row);
    const auto shown = std::ranges::find(m_attacks, place);
    if (shown == m_attacks.end())
        return;
    const QModelIndex changed = index(static_cast<int>(shown - m_attacks.begin()) + 1, FirstRoute + route);
    Q_EMIT dataChanged(changed, changed);
}

void AuditMatrix::setReport(const audit::Report& report)
{
    for (std::size_t i = 0; i < m_routes.size() && i < report.routes.size(); ++i) {
        Route& route = m_routes[i];
        route.report = report.routes[i];
        route.rows = route.report->rows;
        for (Cell& cell : route.cells) {
            cell.counts = {};
            cell.notRun.clear();
        }
        for (const audit::Row& row : route.rows)
            count(route.cells[placeOf(row.attack)], row);
    }
    for (std::size_t i = report.routes.size(); i < m_routes.size(); ++i) { // it was stopped before
        m_routes[i].report.emplace();
        for (Cell& cell : m_routes[i].cells)
            if (cell.planned > 0)
                cell.notRun = "stopped";
    }
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, FirstRoute), index(rowCount() - 1, columnCount() - 1));
}

const audit::Attack* AuditMatrix::attackAt(int row) const
{
    const auto at = static_cast<std::size_t>(row) - 1;
    return row < 1 || at >= m_attacks.size() ? nullptr : &audit::attacks()[m_attacks[at]];
}

int AuditMatrix::routeAt(const QModelIndex& index) const
{
    const int route = index.column() - FirstRoute;
    return index.isValid() && route >= 0 && route < routes() ? route : -1;
}

const AuditMatrix::Cell* AuditMatrix::cellAt(const QModelIndex& index) const
{
    const int route = routeAt(index);
    if (route < 0 || index.row() < 1 || index.row() >= rowCount())
        return nullptr;
    return &m_routes[static_cast<std::size_t>(route)]
                .cells[m_attacks[static_cast<std::size_t>(index.row()) - 1]];
}

std::vector<AuditMatrix::Variant> AuditMatrix::variantsAt(const QModelIndex& index) const
{
    std::vector<Variant> variants;
    const audit::Attack* const attack = attackAt(index.row());
    const int route = routeAt(index);
    if (attack == nullptr || route < 0)
        return variants;
    const std::vector<audit::Row>& rows = m_routes[static_cast<std::size_t>(route)].rows;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].attack == attack->id)
            variants.push_back({i, rows[i]});
    return variants;
}

CellState AuditMatrix::stateAt(const QModelIndex& index) const
{
    const Cell* const cell = cellAt(index);
    if (cell == nullptr)
        return CellState::Absent;
    if (sum(cell->counts) > 0)
        return stateOf(worstOf(*cell), attackAt(index.row()));
    if (!cell->notRun.empty())
        return CellState::NotRun;
    return cell->planned > 0 ? CellState::Planned : CellState::Absent;
}

QString AuditMatrix::controlsText(int route) const
{
    if (route < 0 || route >= routes())
        return {};
    const Route& of = m_routes[static_cast<std::size_t>(route)];
    QStringList parts;
    if (of.report && of.report->goodStatus > 0)
        parts += tr("Good token %1").arg(of.report->goodStatus);
    for (const audit::Attack& attack : audit::attacks()) {
        if (attack.stage != audit::Stage::Control)
            continue;
        QStringList statuses;
        for (const audit::Row& row : of.rows)
            if (row.attack == attack.id && row.status > 0)
                statuses += QString::number(row.status);
        statuses.removeDuplicates();
        if (!statuses.isEmpty())
            parts += ofView(attack.title) + u' ' + statuses.join(u", ");
    }
    return parts.join(QStringLiteral(" · "));
}

std::size_t AuditMatrix::total() const
{
    std::size_t all = 0;
    for (const Route& route : m_routes)
        for (const Cell& cell : route.cells) { // what is built on accepted forgeries was not planned
            const std::size_t unsent = cell.counts[static_cast<std::size_t>(audit::Outcome::NotRun)];
            all += std::max(cell.planned, sum(cell.counts) - unsent);
        }
    return all;
}

std::size_t AuditMatrix::done() const
{
    std::size_t all = 0;
    for (const Route& route : m_routes)
        all += static_cast<std::size_t>(std::ranges::count_if(
            route.rows, [](const audit::Row& row) { return row.outcome != audit::Outcome::NotRun; }));
    return all;
}

QModelIndex AuditMatrix::firstWith(CellState state) const
{
    for (int row = 1; row < rowCount(); ++row)
        for (int route = 0; route < routes(); ++route)
            if (const QModelIndex at = index(row, FirstRoute + route); stateAt(at) == state)
                return at;
    return {};
}

int AuditMatrix::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_routes.empty() ? 0 : static_cast<int>(m_attacks.size()) + 1;
}

int AuditMatrix::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstRoute + routes();
}

QString AuditMatrix::goodText(const Route& route) const
{
    if (!route.report)
        return route.rows.empty() ? tr("sent in between") : tr("sent");
    if (!route.report->objection.empty())
        return tr("? not testable: %1").arg(ofView(route.report->objection));
    return route.report->goodStatus == 0 ? tr("– not run")
                                         : tr("✓ let in (%1)").arg(route.report->goodStatus);
}

QString AuditMatrix::cellText(const audit::Attack& attack, const Cell& cell) const
{
    const std::size_t came = sum(cell.counts);
    if (came == 0 && !cell.notRun.empty())
        return tr("– not run: %1").arg(ofView(cell.notRun));
    if (came == 0)
        return cell.planned == 0   ? QString()
               : cell.planned == 1 ? tr("1 request")
                                   : tr("%1 requests").arg(cell.planned);
    const audit::Outcome worst = worstOf(cell);
    const CellState state = stateOf(worst, &attack);
    if (state == CellState::NotRun)
        return tr("– not run: %1").arg(ofView(cell.notRun));
    const bool isNoted = state == CellState::Noted;
    QString words = stateSign(state) + u' ' + stateWord(isNoted ? CellState::Accepted : state);
    const std::size_t all = std::max(cell.planned, came);
    const std::size_t count = cell.counts[static_cast<std::size_t>(worst)];
    if (all > 1)
        words += u' ' + tr("%1 of %2").arg(count).arg(all);
    if (cell.status > 0)
        words += u' ' + tr("(%1)").arg(cell.status);
    return isNoted ? tr("%1, no finding").arg(words) : words;
}

QString AuditMatrix::text(const QModelIndex& index) const
{
    const audit::Attack* const attack = attackAt(index.row());
    if (index.column() == AttackColumn)
        return attack == nullptr ? tr("Good token") : ofView(attack->title);
    if (index.column() == DoesColumn)
        return attack == nullptr ? tr("Sends the token as it is: what it opens is the measure.")
                                 : ofView(attack->does);
    if (attack == nullptr)
        return goodText(m_routes[static_cast<std::size_t>(routeAt(index))]);
    return cellText(*attack, *cellAt(index));
}

/// A cell by itself, as a screen reader says it.
QString AuditMatrix::spoken(const QModelIndex& index) const
{
    if (routeAt(index) < 0)
        return text(index);
    const workbench::PlannedRoute& route = m_routes[static_cast<std::size_t>(routeAt(index))].planned;
    const QString where = ofView(route.method + " " + route.url);
    QString words = text(index);
    if (const QString sign = stateSign(stateAt(index)); !sign.isEmpty() && words.startsWith(sign))
        words = words.mid(sign.size()).trimmed();
    return tr("%1, %2: %3").arg(text(index.siblingAtColumn(AttackColumn)), where, words);
}

QVariant AuditMatrix::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index);
    case Qt::ToolTipRole:
        return plainTip(text(index));
    case Qt::AccessibleTextRole:
        return spoken(index);
    case StateRole:
        return static_cast<int>(stateAt(index));
    case ControlRole: {
        const audit::Attack* const attack = attackAt(index.row());
        return attack == nullptr || attack->stage == audit::Stage::Control;
    }
    default:
        return {};
    }
}

QVariant AuditMatrix::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return QAbstractTableModel::headerData(section, orientation, role);
    if (section == AttackColumn)
        return tr("Attack");
    if (section == DoesColumn)
        return tr("What it does");
    const auto at = static_cast<std::size_t>(section - FirstRoute);
    if (at >= m_routes.size())
        return {};
    const workbench::PlannedRoute& route = m_routes[at].planned;
    return role == Qt::ToolTipRole ? plainTip(ofView(route.method + " " + route.url))
                                   : routeWords(route.method, route.url);
}

} // namespace claimcheck::ui
