// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What there is to say of one cell of an audit: its variants as a list, and of the chosen one what was sent,
// what was answered, what that means and how to mend it. No token stands in any of it.

#pragma once

#include <vector>

#include <QtCore/qabstractitemmodel.h>

#include <state/auditmatrix.h>

namespace claimcheck::ui {

class AuditVariants : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        ResultColumn,
        VariantColumn,
        StatusColumn,
        WhyColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setVariants(std::vector<AuditMatrix::Variant> variants);
    const AuditMatrix::Variant* variantAt(int row) const;
    /// The first that says most: one that was accepted before any other; -1: there is none.
    int worst() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<AuditMatrix::Variant> m_variants;
};

/// What stands around a row: the request in lines, as it went out, and how the good token and none at all
/// were answered. Both may be empty.
struct EvidenceAround
{
    QString request = {};
    QString controls = {};
};
/// Lines of plain text.
QString evidenceText(const audit::Attack& attack, const audit::Row& row, const EvidenceAround& around = {});
/// What is said of an attack before anything was sent.
QString attackText(const audit::Attack& attack);
/// The sentence of the whole: "2 findings (1 critical) in 164 requests".
QString auditSentence(const audit::Report& report);
/// How bad the worst of the findings are, and where: "Critical · GET /orders and 1 more route". They must not
/// be empty, and be sorted as those of audit::findingsOf().
QString worstHeading(const std::vector<audit::Finding>& findings);

} // namespace claimcheck::ui
