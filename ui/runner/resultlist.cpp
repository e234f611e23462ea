// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <runner/resultlist.h>

#include <QtGui/qevent.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qscrollbar.h>
#include <QtWidgets/qtableview.h>

#include <base/text.h>
#include <theme/lineddelegate.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int resultWidth = 88;
constexpr int statusWidth = 76;
constexpr int timeWidth = 88;
constexpr int detailHeight = 132;

/// The word of a result in its colour.
class ResultDelegate : public LinedDelegate
{
public:
    using LinedDelegate::LinedDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        LinedDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideMiddle;
        const auto status = static_cast<run::Status>(index.data(RunResults::StatusRole).toInt());
        const Role role = status == run::Status::Passed   ? Role::Ok
                          : status == run::Status::Failed ? Role::Bad
                                                          : Role::Muted;
        if (index.column() != RunResults::RequestColumn || status == run::Status::Skipped)
            option->palette.setColor(QPalette::Text,
                                     colour(index.column() == RunResults::TimeColumn ? Role::Muted : role));
    }
};

} // namespace

ResultList::ResultList(RunResults& results, QWidget* parent)
    : QWidget(parent),
      m_results(results),
      m_table(new QTableView),
      m_failuresOnly(new QCheckBox(tr("Only what failed"))),
      m_detail(new QPlainTextEdit),
      m_show(pushButton(tr("Show the exchange"), QStringLiteral("showExchange")))
{
    setNames(m_table, QStringLiteral("runResults"), tr("Results"));
    m_table->setModel(&m_results);
    setUpTable(m_table);
    m_table->setItemDelegate(new ResultDelegate(space::inset, m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    QHeaderView* header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(RunResults::RequestColumn, QHeaderView::Stretch);
    header->resizeSection(RunResults::ResultColumn, resultWidth);
    header->resizeSection(RunResults::StatusColumn, statusWidth);
    header->resizeSection(RunResults::TimeColumn, timeWidth);
    setNames(m_failuresOnly, QStringLiteral("runFailuresOnly"), m_failuresOnly->text());
    setNames(m_detail, QStringLiteral("runDetail"), tr("About the chosen result"));
    m_detail->setReadOnly(true);
    setKind(m_detail, "bare");
    m_detail->document()->setDocumentMargin(space::inset);
    m_detail->setFixedHeight(detailHeight);
    m_detail->setFont(monoFont());
    m_detail->setPlaceholderText(tr("Choose a result to see its checks."));
    m_show->setEnabled(false);
    m_show->setToolTip(tr("What was sent and answered, beside the request"));
    auto* below = new QHBoxLayout;
    below->setContentsMargins(space::inset, space::small, space::inset, space::small);
    below->addWidget(m_failuresOnly);
    below->addStretch(1);
    below->addWidget(m_show);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addLayout(below);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(m_detail);
    connect(m_failuresOnly, &QCheckBox::toggled, &m_results, &RunResults::showFailuresOnly);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &ResultList::showCurrent);
    connect(&m_results, &QAbstractItemModel::modelReset, this, &ResultList::showCurrent);
    connect(m_table, &QTableView::activated, this, &ResultList::activate);
    connect(m_show, &QPushButton::clicked, this, [this] { activate(m_table->currentIndex()); });
}

void ResultList::showCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    const run::RequestResult* result = m_results.resultAt(current);
    m_detail->setPlainText(result != nullptr ? resultText(*result) : QString());
    m_show->setEnabled(m_results.exchangeAt(current) != nullptr);
}

void ResultList::activate(const QModelIndex& index)
{
    const run::RequestResult* result = m_results.resultAt(index);
    const RunResults::Exchange exchange = m_results.exchangeAt(index);
    if (result != nullptr && exchange)
        Q_EMIT exchangeActivated(toQString(result->path), *exchange);
}

} // namespace claimcheck::ui
