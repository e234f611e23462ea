// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An audit as a table: a row each attack, a column each route, the good token in front. It is there before
// anything is sent, as the plan, and fills as the answers come. What a cell says is a sign and words; its
// colour only repeats them.

#pragma once

#include <array>
#include <optional>
#include <vector>

#include <QtCore/qabstractitemmodel.h>

#include <audit/report.h>
#include <workbench/auditing.h>

namespace claimcheck::ui {

enum class CellState
{
    Planned, ///< nothing came yet
    Refused,
    Accepted,
    Noted, ///< accepted, which is no finding by itself
    Inconclusive,
    NotRun,
    Absent ///< not in the plan of this route
};

class AuditMatrix : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        AttackColumn,
        DoesColumn,
        FirstRoute
    };
    enum Roles
    {
        StateRole = Qt::UserRole + 1, ///< CellState as int
        ControlRole                   ///< bool: the row tells if the others say anything
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// A plan: nothing was sent yet.
    void setRoutes(const std::vector<workbench::PlannedRoute>& routes);
    void addRow(int route, const audit::Row& row);
    /// The end: it counts, whatever came before.
    void setReport(const audit::Report& report);
    void clear();

    int routes() const { return static_cast<int>(m_routes.size()); }
    /// Null for the row of the good token.
    const audit::Attack* attackAt(int row) const;
    /// -1: the column is none of a route.
    int routeAt(const QModelIndex& index) const;
    /// Rows of the report that stand in the cell: their place in it, and what they say.
    struct Variant
    {
        std::size_t place = 0;
        audit::Row row;
    };
    std::vector<Variant> variantsAt(const QModelIndex& index) const;
    CellState stateAt(const QModelIndex& index) const;
    /// How the good token and those that nobody may take were answered: "Good token 200 · No token 401".
    /// Empty while nothing is known.
    QString controlsText(int route) const;
    /// Requests that are answered, and all that are planned but for those of the good token.
    std::size_t done() const;
    std::size_t total() const;
    /// The first cell with that state, row by row; invalid: there is none.
    QModelIndex firstWith(CellState state) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Cell
    {
        std::size_t planned = 0;
        std::string notRun = {};
        std::array<std::size_t, 4> counts{}; ///< by audit::Outcome
        int status = 0;                      ///< of the first with the worst outcome
    };
    struct Route
    {
        workbench::PlannedRoute planned;
        std::vector<Cell> cells; ///< by the place of the attack in the catalogue
        std::vector<audit::Row> rows = {};
        std::optional<audit::RouteReport> report = {};
    };

    static std::size_t placeOf(std::string_view attack);
    static audit::Outcome worstOf(const Cell& cell);
    static void count(Cell& cell, const audit::Row& row);
    const Cell* cellAt(const QModelIndex& index) const;
    QString goodText(const Route& route) const;
    QString cellText(const audit::Attack& attack, const Cell& cell) const;
    QString text(const QModelIndex& index) const;
    QString spoken(const QModelIndex& index) const;

    std::vector<Route> m_routes;
    std::vector<std::size_t> m_attacks; ///< the rows behind that of the good token
};

/// `attack`: null where it is none of the catalogue.
CellState stateOf(audit::Outcome outcome, const audit::Attack* attack);
CellState stateOf(const audit::Row& row);
/// "accepted", "refused" …
QString stateWord(CellState state);
/// "GET /orders?page=1": which of the routes it is.
QString routeWords(const std::string& method, const std::string& url);
/// "✗", "✓" …: what stands in front of the word.
QString stateSign(CellState state);

} // namespace claimcheck::ui
