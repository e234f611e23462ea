// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <archive/history.h>

#include <algorithm>

#include <base/text.h>
#include <store/files.h>

#include "historyprivate.h"

namespace claimcheck::archive {
namespace {

namespace fs = std::filesystem;

/// So much of each body is searched.
constexpr std::size_t searchedBody = 4096;

/// One field a line: no value holds a line end.
std::string linesOf(const http::Headers& headers)
{
    std::string lines;
    for (const http::Header& header : headers)
        lines += header.name + ":" + header.value + "\n";
    return lines;
}

http::Headers headersOf(std::string_view lines)
{
    http::Headers headers;
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        const std::size_t colon = std::min(line.find(':'), line.size());
        headers.push_back(
            {std::string(line.substr(0, colon)), std::string(line.substr(std::min(colon + 1, line.size())))});
    }
    return headers;
}

QString wordsOf(const Record& record)
{
    const Summary& summary = record.summary;
    const auto start = [](const std::string& body) { return visible(body.substr(0, searchedBody)); };
    return toQString(visible(summary.method) + " " + visible(summary.url) + " " + visible(summary.name) +
                     " " + std::to_string(summary.status) + " " + visible(record.error) + " " +
                     start(record.requestBody) + " " + start(record.body))
        .toCaseFolded();
}

/// Every word must stand somewhere, or it is one of `also`.
QString conditions(const std::string& search, const std::vector<std::int64_t>& also,
                   std::vector<QVariant>& values)
{
    const QString text = wordConditions(search, values);
    if (values.empty() || also.empty())
        return text;
    QStringList ids;
    for (const std::int64_t id : also)
        ids.append(QString::number(id));
    return QStringLiteral("((%1) OR id IN (%2))").arg(text, ids.join(u','));
}

Summary summaryOf(const QSqlQuery& row)
{
    Summary summary;
    summary.id = row.value(0).toLongLong();
    summary.at = Instant(Milliseconds(row.value(1).toLongLong()));
    summary.name = textOf(row.value(2));
    summary.method = textOf(row.value(3));
    summary.url = textOf(row.value(4));
    summary.status = row.value(5).toInt();
    summary.milliseconds = row.value(6).toDouble();
    summary.bodySize = row.value(7).toULongLong();
    summary.failed = row.value(8).toBool();
    return summary;
}

constexpr const char* summaryColumns = "id, at, name, method, url, status, milliseconds, body_size, failed";

/// What its row takes, and the files of its bodies.
std::size_t bytesOf(const Record& record, const QString& words)
{
    return 512 + static_cast<std::size_t>(words.toUtf8().size()) + record.summary.url.size() +
           linesOf(record.requestHeaders).size() + linesOf(record.headers).size() +
           record.requestBody.size() + record.body.size() + record.claims.size();
}

} // namespace

Result<std::int64_t> History::add(const Record& record)
{
    std::int64_t id = 0;
    QSqlDatabase database = d->database();
    database.transaction();
    auto added = d->addRow(id, record);
    if (added)
        added = d->addBodies(id, record);
    if (!added || !database.commit()) {
        database.rollback();
        d->removeFiles(id);
        return added ? failure(ErrorKind::Unreadable, "cannot keep an exchange in the history",
                               "the database cannot be written", "free some space")
                     : tl::unexpected(added.error());
    }
    if (const auto trimmed = d->trim(); !trimmed)
        return tl::unexpected(trimmed.error());
    return id;
}

Result<void> History::Private::addRow(std::int64_t& id, const Record& record) const
{
    const Summary& summary = record.summary;
    const QString words = wordsOf(record);
    const auto added = run("INSERT INTO exchanges (at, name, method, url, status, milliseconds, body_size, "
                           "failed, words, bytes) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                           {static_cast<qlonglong>(summary.at.time_since_epoch().count()), blob(summary.name),
                            blob(summary.method), blob(summary.url), summary.status, summary.milliseconds,
                            static_cast<qulonglong>(summary.bodySize), summary.failed, words,
                            static_cast<qulonglong>(bytesOf(record, words))});
    if (!added)
        return tl::unexpected(added.error());
    id = added->lastInsertId().toLongLong();
    return {};
}

/// A large body becomes a file before its row is there: a crash leaves at most a file too many.
Result<void> History::Private::addBodies(std::int64_t id, const Record& record) const
{
    const auto inRow = [](const std::string& body) { return body.size() <= largestInDatabase; };
    for (const auto& [body, side] :
         {std::pair(&record.requestBody, "request"), std::pair(&record.body, "response")})
        if (!inRow(*body))
            if (const auto written =
                    store::writeFileAtomically(bodyFile(id, side).string(), *body, store::Privacy::OwnerOnly);
                !written)
                return written;
    const auto added =
        run("INSERT INTO details VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {static_cast<qlonglong>(id), blob(record.origin.collection), blob(record.origin.environment),
             blob(record.origin.path), blob(linesOf(record.requestHeaders)), record.hasBody,
             blob(record.reason), blob(record.version), blob(linesOf(record.headers)), record.isBodyCut,
             blob(record.error), blob(record.engine), blob(record.remoteAddress), blob(record.claims),
             record.hasCuts, inRow(record.requestBody) ? QVariant(blob(record.requestBody)) : QVariant(),
             inRow(record.body) ? QVariant(blob(record.body)) : QVariant(), record.isRequestCut});
    return added ? Result<void>() : tl::unexpected(added.error());
}

Result<std::vector<Summary>> History::list(const std::string& search, std::size_t limit, std::int64_t before,
                                           const std::vector<std::int64_t>& also) const
{
    std::vector<QVariant> values;
    QString statement = QStringLiteral("SELECT %1 FROM exchanges WHERE %2")
                            .arg(QLatin1String(summaryColumns), conditions(search, also, values));
    if (before != 0) {
        statement += QStringLiteral(" AND id < ?");
        values.emplace_back(static_cast<qlonglong>(before));
    }
    statement += QStringLiteral(" ORDER BY id DESC LIMIT ?");
    values.emplace_back(static_cast<qulonglong>(limit));
    auto rows = d->run(statement, values);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<Summary> summaries;
    while (rows->next())
        summaries.push_back(summaryOf(*rows));
    return summaries;
}

std::string History::directory() const
{
    return d->folder.string();
}

Result<std::size_t> History::count(const std::string& search, const std::vector<std::int64_t>& also) const
{
    std::vector<QVariant> values;
    auto rows = d->run(
        QStringLiteral("SELECT count(*) FROM exchanges WHERE ") + conditions(search, also, values), values);
    if (!rows)
        return tl::unexpected(rows.error());
    return rows->next() ? rows->value(0).toULongLong() : 0;
}

Result<Record> History::read(std::int64_t id) const
{
    auto rows =
        d->run(QStringLiteral("SELECT %1, d.* FROM exchanges e JOIN details d USING (id) WHERE id = ?")
                   .arg(QLatin1String(summaryColumns)),
               {static_cast<qlonglong>(id)});
    if (!rows)
        return tl::unexpected(rows.error());
    if (!rows->next())
        return failure(ErrorKind::Usage, "cannot show this exchange", "it is no longer in the history",
                       "choose another one");
    Record record;
    record.summary = summaryOf(*rows);
    int at = 10; // behind the details' own id
    const auto next = [&] { return rows->value(at++); };
    record.origin = {textOf(next()), textOf(next()), textOf(next()), record.summary.name};
    record.requestHeaders = headersOf(textOf(next()));
    record.hasBody = next().toBool();
    record.reason = textOf(next());
    record.version = textOf(next());
    record.headers = headersOf(textOf(next()));
    record.isBodyCut = next().toBool();
    record.error = textOf(next());
    record.engine = textOf(next());
    record.remoteAddress = textOf(next());
    record.claims = textOf(next());
    record.hasCuts = next().toBool();
    for (const auto& [body, side] :
         {std::pair(&record.requestBody, "request"), std::pair(&record.body, "response")}) {
        const QVariant inRow = next();
        *body = inRow.isNull() ? store::readFile(d->bodyFile(id, side).string(), 2 * largestBody).value_or("")
                               : textOf(inRow);
    }
    record.isRequestCut = next().toBool();
    return record;
}

Result<void> History::remove(std::int64_t id)
{
    const auto removed = d->run("DELETE FROM exchanges WHERE id = ?", {static_cast<qlonglong>(id)});
    if (!removed)
        return tl::unexpected(removed.error());
    d->removeFiles(id);
    return {};
}

Result<void> History::clear()
{
    for (const char* statement : {"DELETE FROM exchanges", "PRAGMA incremental_vacuum"})
        if (auto done = d->run(statement); !done)
            return tl::unexpected(done.error());
        else
            while (done->next()) {
            } // the pragma works row by row
    d->removeOrphans();
    std::error_code none;
    std::filesystem::remove(d->folder / brokenFile, none);
    d->run("PRAGMA wal_checkpoint(TRUNCATE)");
    return {};
}

std::uint64_t History::size() const
{
    std::uint64_t bytes = 0;
    for (const fs::path& file : filesIn(d->folder)) {
        std::error_code error;
        const std::uintmax_t size = fs::file_size(file, error);
        bytes += error ? 0 : size;
    }
    return bytes;
}

Result<void> History::setLimit(std::uint64_t bytes)
{
    d->limit = bytes;
    return d->trim();
}

Result<void> History::Private::trim() const
{
    auto total = run("SELECT coalesce(sum(bytes), 0) FROM exchanges");
    if (!total || !total->next())
        return total ? Result<void>() : tl::unexpected(total.error());
    std::uint64_t bytes = total->value(0).toULongLong();
    total->finish();
    bool hasRemoved = false;
    while (bytes > limit) {
        auto oldest = run("SELECT id, bytes FROM exchanges ORDER BY id LIMIT 1");
        if (!oldest || !oldest->next())
            break;
        const qlonglong id = oldest->value(0).toLongLong();
        bytes -= std::min<std::uint64_t>(bytes, oldest->value(1).toULongLong());
        oldest->finish();
        if (const auto removed = run("DELETE FROM exchanges WHERE id = ?", {id}); !removed)
            return tl::unexpected(removed.error());
        removeFiles(id);
        hasRemoved = true;
    }
    if (hasRemoved)
        if (auto vacuumed = run("PRAGMA incremental_vacuum"))
            while (vacuumed->next()) {
            }
    return {};
}

} // namespace claimcheck::archive
