// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/tokenhistorydesk.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>

#include <history/tokencomparedialog.h>
#include <history/tokenhistorypane.h>
#include <state/tokenhistorymodel.h>
#include <theme/foldingcolumns.h>
#include <theme/questionbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

TokenHistoryDesk::TokenHistoryDesk(workbench::TokenHistoryKeeper& keeper, QWidget* parent)
    : QWidget(parent), m_keeper(keeper), m_list(new TokenHistoryPane), m_token(new QPlainTextEdit)
{
    constexpr int foldsBelow = 760;
    constexpr int share = 600;
    m_token->setReadOnly(true);
    m_token->setFrameShape(QFrame::NoFrame);
    m_token->setFont(monoFont());
    m_token->setPlaceholderText(tr("Choose a token to see it as it was kept, without its signature."));
    setNames(m_token, QStringLiteral("keptToken"), tr("The token as it was kept"));
    auto* columns = new FoldingColumns(foldsBelow);
    columns->addColumn(tr("Tokens"), m_list, share);
    columns->addColumn(tr("Token"), m_token, share);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(columns);
    connectAll();
}

void TokenHistoryDesk::connectAll()
{
    connect(&m_keeper, &workbench::TokenHistoryKeeper::changed, this, [this] {
        if (isVisible())
            enter();
    });
    connect(&m_keeper, &workbench::TokenHistoryKeeper::failed, this, &TokenHistoryDesk::failed);
    connect(m_list, &TokenHistoryPane::failed, this, &TokenHistoryDesk::failed);
    connect(m_list, &TokenHistoryPane::chosen, this, &TokenHistoryDesk::show);
    connect(m_list, &TokenHistoryPane::compareRequested, this, &TokenHistoryDesk::compare);
    connect(m_list, &TokenHistoryPane::deleteRequested, this, &TokenHistoryDesk::remove);
    connect(m_list, &TokenHistoryPane::clearRequested, this, &TokenHistoryDesk::askToClear);
    connect(m_list, &TokenHistoryPane::turnRequested, &m_keeper, &workbench::TokenHistoryKeeper::setOn);
}

void TokenHistoryDesk::enter()
{
    m_list->setHistory(m_keeper.history(), m_keeper.isOn());
}

void TokenHistoryDesk::show(qint64 id)
{
    m_token->clear();
    if (id == 0 || m_keeper.history() == nullptr)
        return;
    const auto record = m_keeper.history()->read(id);
    if (record)
        m_token->setPlainText(describeToken(*record, currentTime()));
    else
        Q_EMIT failed(record.error());
}

void TokenHistoryDesk::compare(qint64 left, qint64 right)
{
    if (m_keeper.history() == nullptr)
        return;
    const auto one = m_keeper.history()->read(left);
    const auto two = m_keeper.history()->read(right);
    if (!one || !two) {
        Q_EMIT failed(one ? two.error() : one.error());
        return;
    }
    auto* dialog = new TokenCompareDialog(*one, *two, currentTime(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void TokenHistoryDesk::remove(const QList<qint64>& ids)
{
    for (const qint64 id : ids)
        if (const auto removed = m_keeper.history()->remove(id); !removed) {
            Q_EMIT failed(removed.error());
            break;
        }
    enter();
}

void TokenHistoryDesk::askToClear()
{
    auto* box = new QuestionBox(
        QStringLiteral("clearTokensQuestion"),
        tr("All tokens of the token history go, and the key of their hashes. They cannot be brought back."),
        this);
    box->offerLoss(tr("Delete all"), [this] { m_keeper.clear(); });
    box->ask(tr("Keep them"));
}

} // namespace claimcheck::ui
