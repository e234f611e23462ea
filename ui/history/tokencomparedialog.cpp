// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <history/tokencomparedialog.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qtablewidget.h>

#include <base/text.h>
#include <state/plaintip.h>
#include <state/tokenhistorymodel.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int memberColumn = 220;
constexpr QSize tokenDialogSize(860, 520);

QTableWidgetItem* tokenCell(const std::string& text)
{
    const QString words = text.empty() ? QStringLiteral("–") : toQString(visible(text));
    auto* item = new QTableWidgetItem(words);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(plainTip(words));
    return item;
}

QString summaryOf(std::size_t differing, bool isSameToken)
{
    if (isSameToken)
        return TokenCompareDialog::tr("This is the same token.");
    if (differing == 0)
        return TokenCompareDialog::tr("Header and claims are the same; the tokens are not, by their hashes.");
    return differing == 1 ? TokenCompareDialog::tr("1 member differs.")
                          : TokenCompareDialog::tr("%1 members differ.").arg(differing);
}

} // namespace

TokenCompareDialog::TokenCompareDialog(const archive::TokenRecord& left, const archive::TokenRecord& right,
                                       Instant now, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("tokenCompareDialog"));
    setWindowTitle(tr("Compare tokens"));
    resize(tokenDialogSize);
    const auto differences = compareKept(left, right);
    auto* table = new QTableWidget(static_cast<int>(differences.size()), 3);
    setNames(table, QStringLiteral("tokenDifferences"), tr("Differences"));
    table->setHorizontalHeaderLabels(
        {tr("Member"), toQString(formatClock(left.last, now)), toQString(formatClock(right.last, now))});
    setUpTable(table);
    for (int row = 0; row < table->rowCount(); ++row) {
        const inspect::TokenDifference& difference = differences[static_cast<std::size_t>(row)];
        const std::string name = difference.part + (difference.name.empty() ? "" : " " + difference.name);
        const std::string note = difference.note.empty() ? "" : "  (" + difference.note + ")";
        table->setItem(row, 0, tokenCell(name));
        table->setItem(row, 1, tokenCell(difference.left));
        table->setItem(row, 2, tokenCell(difference.right + note));
    }
    table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    table->horizontalHeader()->resizeSection(0, memberColumn);
    QLabel* summary = mutedLabel(summaryOf(differences.size(), left.hash == right.hash));
    summary->setObjectName(QStringLiteral("tokenCompareSummary"));
    summary->setContentsMargins(space::large, space::small, space::large, space::small);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(summary);
    column->addWidget(table, 1);
}

} // namespace claimcheck::ui
