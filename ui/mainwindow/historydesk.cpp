// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/historydesk.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <history/comparedialog.h>
#include <history/historypane.h>
#include <json/document.h>
#include <response/responsepane.h>
#include <theme/foldingcolumns.h>

namespace claimcheck::ui {
namespace {

constexpr int foldBelow = 760;
constexpr int listShare = 520;
constexpr int answerShare = 560;

/// What the transport adds by itself.
bool isOwn(const std::string& name)
{
    return equalsIgnoringCase(name, "Content-Length") || equalsIgnoringCase(name, "Host");
}

collection::BodyKind bodyKindOf(const archive::Record& record)
{
    if (!record.hasBody)
        return collection::BodyKind::None;
    const std::string type =
        toLowerAscii(http::headerValue(record.requestHeaders, "Content-Type").value_or(""));
    if (type.find("json") != std::string::npos || json::parse(record.requestBody))
        return collection::BodyKind::Json;
    return type.find("xml") != std::string::npos ? collection::BodyKind::Xml : collection::BodyKind::Text;
}

} // namespace

collection::Entry entryOf(const archive::Record& record)
{
    collection::Entry entry;
    entry.name = record.summary.name.empty() ? "From the history" : record.summary.name;
    entry.method = record.summary.method;
    entry.url = record.summary.url;
    entry.auth = collection::AuthMode::None;
    for (const http::Header& header : record.requestHeaders)
        if (!isOwn(header.name))
            entry.headers.push_back({header.name, header.value});
    entry.bodyKind = bodyKindOf(record);
    entry.body = record.requestBody;
    return entry;
}

HistoryDesk::HistoryDesk(workbench::HistoryKeeper& keeper, QWidget* parent)
    : QWidget(parent), m_keeper(keeper)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    connect(&keeper, &workbench::HistoryKeeper::changed, this, [this] {
        if (m_list != nullptr && isVisible())
            m_list->renew();
    });
}

void HistoryDesk::enter()
{
    if (m_columns == nullptr)
        makeColumns();
    m_list->setHistory(m_keeper.history(), m_keeper.options());
    m_list->setFocus();
}

void HistoryDesk::makeColumns()
{
    m_columns = new FoldingColumns(foldBelow);
    m_list = new HistoryPane;
    m_answer = new ResponsePane;
    m_answer->setObjectName(QStringLiteral("historyAnswer"));
    m_answer->setHint(tr("Choose an exchange to see it as it was kept, without its secrets."));
    m_columns->addColumn(tr("History"), m_list, listShare);
    m_columns->addColumn(tr("Exchange"), m_answer, answerShare);
    layout()->addWidget(m_columns);
    connectAll();
}

void HistoryDesk::connectAll()
{
    connect(m_list, &HistoryPane::chosen, this, &HistoryDesk::show);
    connect(m_list, &HistoryPane::sendAgainRequested, this, &HistoryDesk::sendAgain);
    connect(m_list, &HistoryPane::compareRequested, this, &HistoryDesk::compare);
    connect(m_list, &HistoryPane::deleteRequested, this, &HistoryDesk::remove);
    connect(m_list, &HistoryPane::clearRequested, this, &HistoryDesk::askToClear);
    connect(m_list, &HistoryPane::failed, this, &HistoryDesk::failed);
    connect(m_list, &HistoryPane::optionsChanged, &m_keeper, &workbench::HistoryKeeper::setOptions);
    connect(m_answer, &ResponsePane::tokenActivated, this, &HistoryDesk::tokenActivated);
}

void HistoryDesk::show(qint64 id)
{
    if (id == 0 || m_keeper.history() == nullptr)
        return m_answer->clear();
    const auto record = m_keeper.history()->read(id);
    if (!record) {
        m_answer->clear();
        Q_EMIT failed(record.error());
        return;
    }
    workbench::ExchangeResult result;
    result.exchange = archive::exchangeOf(*record);
    m_answer->showExchange(result);
}

void HistoryDesk::sendAgain(qint64 id)
{
    const auto record = m_keeper.history()->read(id);
    if (record)
        Q_EMIT sendAgainRequested(entryOf(*record));
    else
        Q_EMIT failed(record.error());
}

void HistoryDesk::compare(qint64 left, qint64 right)
{
    const auto one = m_keeper.history()->read(left);
    const auto two = m_keeper.history()->read(right);
    if (!one || !two) {
        Q_EMIT failed(one ? two.error() : one.error());
        return;
    }
    auto* dialog = new CompareDialog(*one, *two, currentTime(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void HistoryDesk::remove(const QList<qint64>& ids)
{
    for (const qint64 id : ids)
        if (const auto removed = m_keeper.history()->remove(id); !removed) {
            Q_EMIT failed(removed.error());
            break;
        }
    m_list->renew();
}

void HistoryDesk::askToClear()
{
    auto* box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("clearQuestion"));
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("All exchanges of the history go. They cannot be brought back."));
    QPushButton* all = box->addButton(tr("Delete all"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    connect(all, &QPushButton::clicked, this, [this] {
        if (const auto cleared = m_keeper.history()->clear(); !cleared)
            Q_EMIT failed(cleared.error());
        m_list->renew();
    });
    box->open();
}

} // namespace claimcheck::ui
