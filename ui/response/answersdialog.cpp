// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <response/answersdialog.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qheaderview.h>
#include <QtWidgets/qtableview.h>

#include <state/answersmodel.h>
#include <theme/busybar.h>
#include <theme/lineddelegate.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr QSize answersSize(900, 560);
constexpr int placesWidth = 220;

/// What differs stands out by its ground, beside the sign in its text.
class AnswersDelegate : public LinedDelegate
{
public:
    using LinedDelegate::LinedDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        LinedDelegate::initStyleOption(option, index);
        if (index.column() == 0)
            option->palette.setColor(QPalette::Text, colour(Role::Muted));
        else
            option->font = monoFont();
        if (index.data(AnswersModel::differsRole).toBool())
            option->backgroundBrush = colour(Role::WarnFill);
    }
};

} // namespace

AnswersDialog::AnswersDialog(const QString& request, QWidget* parent)
    : QDialog(parent),
      m_model(new AnswersModel(this)),
      m_what(plainLabel(tr("Sending as each identity…"))),
      m_busy(new BusyBar),
      m_differencesOnly(new QCheckBox(tr("Only what differs"))),
      m_close(pushButton(tr("Cancel"), QStringLiteral("closeAnswers")))
{
    setObjectName(QStringLiteral("answersDialog"));
    setWindowTitle(tr("%1 as every identity").arg(request));
    resize(answersSize);
    m_what->setWordWrap(true);
    setNames(m_what, QStringLiteral("answersSummary"), tr("How the answers differ"));
    setNames(m_busy, QStringLiteral("answersProgress"), tr("Waiting for answers"));
    setNames(m_differencesOnly, QStringLiteral("differencesOnly"), m_differencesOnly->text());
    m_differencesOnly->setEnabled(false);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_differencesOnly);
    foot->addStretch(1);
    foot->addWidget(m_close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addWidget(m_what);
    column->addWidget(m_busy);
    column->addWidget(makeTable(), 1);
    column->addLayout(foot);
    connect(m_differencesOnly, &QCheckBox::toggled, m_model, &AnswersModel::setDifferencesOnly);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(this, &QDialog::rejected, this, [this] {
        if (m_isWaiting)
            Q_EMIT cancelRequested();
    });
}

QWidget* AnswersDialog::makeTable()
{
    m_table = new QTableView;
    setNames(m_table, QStringLiteral("answersTable"), tr("Answers"));
    setUpTable(m_table);
    m_table->setItemDelegate(new AnswersDelegate(space::inset, m_table));
    m_table->setModel(m_model);
    return m_table;
}

void AnswersDialog::setAnswers(const std::vector<workbench::IdentityAnswer>& answers)
{
    m_isWaiting = false;
    if (answers.empty()) {
        m_what->setText(tr("Cancelled: nothing was sent."));
        return end();
    }
    m_job.run([answers] { return workbench::compareAnswers(answers); },
              [this](workbench::Comparison comparison) { showComparison(std::move(comparison)); });
}

void AnswersDialog::end()
{
    m_busy->hide();
    m_close->setText(tr("Close"));
}

void AnswersDialog::showComparison(workbench::Comparison comparison)
{
    const int columns = static_cast<int>(comparison.names.size());
    const bool isCut = comparison.isCut;
    const bool isSentAlike = comparison.isSentAlike;
    m_model->setComparison(std::move(comparison));
    const int differences = m_model->differences();
    QString words = differences == 0   ? tr("Status and body are the same for all.")
                    : differences == 1 ? tr("One place differs from the first answer.")
                                       : tr("%1 places differ from the first answer.").arg(differences);
    if (isCut)
        words += u' ' + tr("The bodies are long: only their beginning is compared.");
    if (isSentAlike)
        words += u' ' + tr("The same header fields were sent for all of them, so without a token of "
                           "their own: what Auth says of this request asks for none.");
    m_what->setText(words);
    m_differencesOnly->setEnabled(true);
    m_table->horizontalHeader()->resizeSection(0, placesWidth);
    for (int column = 1; column < columns; ++column)
        m_table->horizontalHeader()->resizeSection(column, (answersSize.width() - placesWidth) / columns);
    end();
}

} // namespace claimcheck::ui
