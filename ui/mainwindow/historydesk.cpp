// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <mainwindow/historydesk.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <history/comparedialog.h>
#include <history/historypane.h>
#include <json/document.h>
#include <response/responsepane.h>
#include <store/secretlike.h>
#include <theme/foldingcolumns.h>
#include <theme/questionbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int foldBelow = 760;
constexpr int listShare = 600;
constexpr int answerShare = 600;
constexpr int claimsHeight = 112;

/// What the transport adds by itself.
bool isOwn(const std::string& name)
{
    return equalsIgnoringCase(name, "Content-Length") || equalsIgnoringCase(name, "Host");
}

/// "Bearer [left out]" or "[left out]": what a session's token can stand for.
std::optional<collection::AuthMode> tokenLeftOut(const http::Header& header)
{
    if (!equalsIgnoringCase(header.name, "Authorization"))
        return std::nullopt;
    if (header.value == store::redactedMark)
        return collection::AuthMode::SessionRaw;
    return equalsIgnoringCase(header.value, "Bearer " + std::string(store::redactedMark))
               ? std::optional(collection::AuthMode::SessionBearer)
               : std::nullopt;
}

bool isFromTheJar(const http::Header& header)
{
    return equalsIgnoringCase(header.name, "Cookie") && store::holdsRedactedMark(header.value);
}

/// What an editor of text gives back byte for byte.
bool isPlainText(std::string_view body)
{
    return body.find('\0') == std::string_view::npos && !firstInvalidUtf8(body);
}

Error bodyWasCut()
{
    return {ErrorKind::Refused, "cannot send this request again",
            "its body was larger than " + formatSize(archive::largestBody) +
                ", and the history keeps the beginning of it alone",
            "send it from the request that it came from", std::nullopt};
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

collection::Content contentOf(const archive::Record& record, bool hasSession)
{
    collection::Content content;
    collection::Entry& entry = content.entry;
    entry.name = record.summary.name.empty() ? "From the history" : record.summary.name;
    entry.method = record.summary.method;
    entry.url = record.summary.url;
    entry.auth = collection::AuthMode::None;
    for (const http::Header& header : record.requestHeaders)
        if (const auto mode = tokenLeftOut(header); mode && hasSession)
            entry.auth = *mode;
        else if (!isOwn(header.name) && !isFromTheJar(header))
            entry.headers.push_back({header.name, header.value});
    if (record.hasBody && !isPlainText(record.requestBody)) {
        entry.kept.body = collection::bytesBody;
        content.details.bytes = record.requestBody;
        return content;
    }
    entry.bodyKind = bodyKindOf(record);
    entry.body = record.requestBody;
    return content;
}

HistoryDesk::HistoryDesk(const workbench::Workbench& workbench, workbench::HistoryKeeper& keeper,
                         QWidget* parent)
    : QWidget(parent), m_workbench(workbench), m_keeper(keeper)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    connect(&keeper, &workbench::HistoryKeeper::changed, this, [this] {
        if (m_list != nullptr && isVisible())
            m_list->renewSoon();
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
    m_columns->addColumn(tr("History"), m_list, listShare);
    m_columns->addColumn(tr("Exchange"), makeAnswer(), answerShare);
    layout()->addWidget(m_columns);
    connectAll();
}

QWidget* HistoryDesk::makeAnswer()
{
    m_answer = new ResponsePane;
    m_answer->setObjectName(QStringLiteral("historyAnswer"));
    m_answer->setHint(tr("Choose an exchange to see it as it was kept, without its secrets."));
    m_claimsText = new QPlainTextEdit;
    m_claimsText->setReadOnly(true);
    m_claimsText->setFrameShape(QFrame::NoFrame);
    m_claimsText->setFont(monoFont());
    m_claimsText->setFixedHeight(claimsHeight);
    setNames(m_claimsText, QStringLiteral("historyClaims"), tr("Claims of its tokens"));
    m_claims = new QWidget;
    auto* inner = new QVBoxLayout(m_claims);
    inner->setContentsMargins(space::inset, space::small, space::small, space::small);
    inner->setSpacing(space::tiny);
    inner->addWidget(sectionTitle(tr("Claims of its tokens")));
    inner->addWidget(m_claimsText);
    m_claims->hide();
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_answer, 1);
    column->addWidget(m_claims);
    return part;
}

void HistoryDesk::showClaims(const std::string& claims)
{
    m_claimsText->setPlainText(toQString(visible(claims, LineEnds::Keep)));
    m_claims->setVisible(!claims.empty());
}

void HistoryDesk::connectAll()
{
    connect(m_list, &HistoryPane::chosen, this, &HistoryDesk::show);
    connect(m_list, &HistoryPane::sendAgainRequested, this, [this](qint64 id) {
        if (const auto content = contentAt(id))
            Q_EMIT sendAgainRequested(*content);
    });
    connect(m_list, &HistoryPane::openRequested, this, [this](qint64 id) {
        if (const auto content = contentAt(id))
            Q_EMIT openRequested(*content);
    });
    connect(m_list, &HistoryPane::compareRequested, this, &HistoryDesk::compare);
    connect(m_list, &HistoryPane::deleteRequested, this, &HistoryDesk::remove);
    connect(m_list, &HistoryPane::clearRequested, this, &HistoryDesk::askToClear);
    connect(m_list, &HistoryPane::failed, this, &HistoryDesk::failed);
    connect(m_list, &HistoryPane::optionsChanged, &m_keeper, &workbench::HistoryKeeper::setOptions);
    connect(m_answer, &ResponsePane::tokenActivated, this, &HistoryDesk::tokenActivated);
}

void HistoryDesk::show(qint64 id)
{
    showClaims({});
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
    showClaims(record->claims);
}

std::optional<collection::Content> HistoryDesk::contentAt(qint64 id)
{
    const auto record = m_keeper.history()->read(id);
    if (record && !record->isRequestCut)
        return contentOf(*record, m_workbench.session() != nullptr);
    Q_EMIT failed(record ? bodyWasCut() : record.error());
    return std::nullopt;
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
    auto* box = new QuestionBox(QStringLiteral("clearQuestion"),
                                tr("All exchanges of the history go. They cannot be brought back."), this);
    box->offerLoss(tr("Delete all"), [this] {
        if (const auto cleared = m_keeper.history()->clear(); !cleared)
            Q_EMIT failed(cleared.error());
        m_list->renew();
    });
    box->ask(tr("Keep them"));
}

} // namespace claimcheck::ui
