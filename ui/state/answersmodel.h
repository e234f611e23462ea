// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The answers of several identities as a table: a row each place, a column each identity. What is not as the
// first one's is marked by a sign in front of it, and by differsRole.

#pragma once

#include <QtCore/qabstractitemmodel.h>

#include <workbench/comparison.h>

namespace claimcheck::ui {

class AnswersModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    static constexpr int differsRole = Qt::UserRole; ///< bool

    explicit AnswersModel(QObject* parent = nullptr);

    void setComparison(workbench::Comparison comparison);
    const workbench::Comparison& comparison() const { return m_comparison; }
    /// Rows in which all are the same are left out.
    void setDifferencesOnly(bool on);
    int differences() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void choose();
    QString text(const workbench::ComparedRow& row, int column) const;

    workbench::Comparison m_comparison;
    std::vector<std::size_t> m_shown; ///< rows of the comparison
    bool m_differencesOnly = false;
};

} // namespace claimcheck::ui
