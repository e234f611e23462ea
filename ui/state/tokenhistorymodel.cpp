// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/tokenhistorymodel.h>

#include <algorithm>
#include <array>

#include <QtCore/qstringlist.h>

#include <base/text.h>
#include <jose/base64url.h>
#include <jose/jws.h>
#include <json/document.h>
#include <json/write.h>
#include <state/plaintip.h>

namespace claimcheck::ui {
namespace {

QString keptText(const std::string& text)
{
    return toQString(visible(text));
}

/// "RS256", "RSA-OAEP A256GCM"
QString algorithmOf(const archive::TokenRecord& record)
{
    const auto header = json::parse(record.header);
    QStringList names;
    for (const char* name : {"alg", "enc"}) {
        const auto value = header ? header->root().find(name) : std::nullopt;
        if (value && value->isString())
            names << keptText(value->string());
    }
    return names.join(u' ');
}

QString laidOutJson(const std::string& text)
{
    const auto document = json::parse(text);
    const std::string lines = document ? json::format(document->root(), json::Layout::Pretty) : text;
    return toQString(visible(lines, LineEnds::Keep));
}

/// Taken apart again, so that two of them are compared as any two tokens are.
jose::Jws decodedAgain(const archive::TokenRecord& record)
{
    return jose::decode(jose::encodeBase64Url(record.header) + "." + jose::encodeBase64Url(record.claims) +
                        ".");
}

} // namespace

TokenHistoryModel::TokenHistoryModel(QObject* parent) : QAbstractTableModel(parent) {}

void TokenHistoryModel::setHistory(const archive::TokenHistory* history)
{
    m_history = history;
    renew();
}

void TokenHistoryModel::setSearch(const QString& search)
{
    m_search = toUtf8(search);
    renew();
}

void TokenHistoryModel::setClock(std::function<Instant()> clock)
{
    m_clock = std::move(clock);
}

void TokenHistoryModel::renew()
{
    beginResetModel();
    m_rows.clear();
    Result<std::vector<archive::TokenRecord>> records;
    if (m_history != nullptr)
        records = m_history->list(m_search);
    if (records)
        for (archive::TokenRecord& record : *records) {
            QString algorithm = algorithmOf(record);
            m_rows.push_back({std::move(record), std::move(algorithm)});
        }
    endResetModel();
    if (!records)
        Q_EMIT failed(records.error());
}

std::int64_t TokenHistoryModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].record.id : 0;
}

int TokenHistoryModel::rowOf(std::int64_t id) const
{
    const auto found = std::ranges::find(m_rows, id, [](const Row& row) { return row.record.id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int TokenHistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TokenHistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString TokenHistoryModel::text(const Row& row, int column) const
{
    const archive::TokenRecord& record = row.record;
    switch (column) {
    case Subject:
        if (record.isEncrypted)
            return tr("encrypted");
        return record.subject.empty() ? tr("no subject") : keptText(record.subject);
    case Issuer:
        return keptText(record.issuer.empty() ? record.origin : record.issuer);
    case Algorithm:
        return row.algorithm;
    case Seen:
        return toQString(formatClock(record.last, m_clock()));
    default:
        return {};
    }
}

QVariant TokenHistoryModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return text(row, index.column());
    if (role == Qt::ToolTipRole)
        return plainTip(keptText(row.record.place) + u'\n' + keptText(row.record.origin) + u'\n' +
                        tr("seen %1 times").arg(row.record.times));
    return {};
}

QVariant TokenHistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const std::array<QString, ColumnCount> titles{tr("Subject"), tr("Issuer, or server"), tr("Algorithm"),
                                                  tr("Last seen")};
    return titles[static_cast<std::size_t>(section)];
}

QString describeToken(const archive::TokenRecord& record, Instant now)
{
    const auto line = [](const QString& name, const QString& value) {
        return QString(name + QStringLiteral(": ") + value + u'\n');
    };
    QString text = line(QObject::tr("Found in"), keptText(record.place)) +
                   line(QObject::tr("Came from"), keptText(record.origin)) +
                   line(QObject::tr("Request"), keptText(record.request)) +
                   line(QObject::tr("First seen"), toQString(formatFull(record.first, now))) +
                   line(QObject::tr("Last seen"), toQString(formatFull(record.last, now))) +
                   line(QObject::tr("Times"), QString::number(record.times));
    if (record.isLarge)
        text += QObject::tr("What is larger than 64 KiB was not kept.") + u'\n';
    text += u'\n' + QObject::tr("Header") + u'\n' + laidOutJson(record.header) + u'\n';
    if (record.isEncrypted)
        text += u'\n' + QObject::tr("Encrypted: of such a token the header alone is kept.") + u'\n';
    else if (!record.claims.empty())
        text += u'\n' + QObject::tr("Claims") + u'\n' + laidOutJson(record.claims) + u'\n';
    return text;
}

std::vector<inspect::TokenDifference> compareKept(const archive::TokenRecord& left,
                                                  const archive::TokenRecord& right)
{
    std::vector<inspect::TokenDifference> all =
        inspect::compareTokens(decodedAgain(left), decodedAgain(right));
    std::erase_if(all, [](const inspect::TokenDifference& difference) {
        return difference.change == json::Change::Same;
    });
    return all;
}

} // namespace claimcheck::ui
