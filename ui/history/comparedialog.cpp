// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <history/comparedialog.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qtablewidget.h>

#include <archive/compare.h>
#include <base/text.h>
#include <state/plaintip.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int placeColumn = 220;
constexpr QSize firstSize(860, 520);

QString shown(const std::string& text)
{
    return toQString(visible(text));
}

QTableWidgetItem* cell(const QString& text)
{
    auto* item = new QTableWidgetItem(text);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(plainTip(text));
    return item;
}

} // namespace

CompareDialog::CompareDialog(const archive::Record& left, const archive::Record& right, Instant now,
                             QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("compareDialog"));
    setWindowTitle(tr("Compare"));
    resize(firstSize);
    const std::vector<archive::Difference> differences = archive::compare(left, right);
    auto* table = new QTableWidget(static_cast<int>(differences.size()), 3);
    setNames(table, QStringLiteral("differences"), tr("Differences"));
    table->setHorizontalHeaderLabels({tr("Where"), toQString(formatClock(left.summary.at, now)),
                                      toQString(formatClock(right.summary.at, now))});
    setUpTable(table);
    for (int row = 0; row < table->rowCount(); ++row) {
        const archive::Difference& difference = differences[static_cast<std::size_t>(row)];
        table->setItem(row, 0, cell(shown(difference.place)));
        table->setItem(row, 1, cell(shown(difference.left)));
        table->setItem(row, 2, cell(shown(difference.right)));
    }
    table->horizontalHeader()->resizeSection(0, placeColumn);
    table->horizontalHeader()->resizeSection(1, (firstSize.width() - placeColumn) / 2);
    QLabel* what = plainLabel(
        differences.empty() ? tr("Nothing differs between the two.")
                            : tr("%1 places differ. Secrets were left out of both.").arg(differences.size()));
    QPushButton* close = pushButton(tr("Close"), QStringLiteral("closeCompare"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addWidget(what);
    column->addWidget(table, 1);
    column->addWidget(close, 0, Qt::AlignRight);
}

} // namespace claimcheck::ui
