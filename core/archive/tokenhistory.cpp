// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <archive/tokenhistory.h>

#include <algorithm>

#include <base/text.h>
#include <store/files.h>
#include <store/jsonfile.h>
#include <store/settings.h>

#include "sqlite.h"

namespace claimcheck::archive {
namespace {

namespace fs = std::filesystem;

constexpr const char* tokensFile = "tokens.sqlite";
constexpr const char* brokenTokensFile = "tokens.broken";
constexpr const char* tokenOptionsFile = "tokens.json";
constexpr const char* cannotUseTokens = "cannot use the token history";

/// Of what another program may have written, no more is read than this one writes.
const QString& columns()
{
    static const QString text =
        QStringLiteral("id, substr(hash, 1, 64), first, last, times, substr(place, 1, %1), "
                       "substr(origin, 1, %1), substr(request, 1, %1), is_encrypted, substr(header, 1, %1), "
                       "is_large, substr(subject, 1, %1), substr(issuer, 1, %1)")
            .arg(largestTokenPart);
    return text;
}

TokenRecord recordIn(const QSqlQuery& row)
{
    TokenRecord record;
    record.id = row.value(0).toLongLong();
    record.hash = textOf(row.value(1));
    record.first = Instant(Milliseconds(row.value(2).toLongLong()));
    record.last = Instant(Milliseconds(row.value(3).toLongLong()));
    record.times = std::max<qlonglong>(row.value(4).toLongLong(), 1);
    record.place = textOf(row.value(5));
    record.origin = textOf(row.value(6));
    record.request = textOf(row.value(7));
    record.isEncrypted = row.value(8).toBool();
    record.header = textOf(row.value(9));
    record.isLarge = row.value(10).toBool();
    record.subject = textOf(row.value(11));
    record.issuer = textOf(row.value(12));
    return record;
}

/// What is kept of it.
TokenRecord bounded(TokenRecord record)
{
    for (std::string* part : {&record.header, &record.claims})
        if (part->size() > largestTokenPart) {
            part->clear(); // a JSON text that was cut is none any more
            record.isLarge = true;
        }
    if (record.isEncrypted)
        for (std::string* inside : {&record.claims, &record.subject, &record.issuer})
            inside->clear();
    for (std::string* text :
         {&record.place, &record.origin, &record.request, &record.subject, &record.issuer})
        if (text->size() > largestTokenPart)
            text->resize(largestTokenPart);
    return record;
}

QString tokenWords(const TokenRecord& record)
{
    QString words;
    for (const std::string* text :
         {&record.header, &record.claims, &record.place, &record.origin, &record.request})
        words += toQString(visible(*text)) + u' ';
    return words.toCaseFolded();
}

std::size_t bytesOfToken(const TokenRecord& record)
{
    return 256 + 2 * (record.header.size() + record.claims.size()) + record.place.size() +
           record.origin.size() + record.request.size();
}

qlonglong millisecondsOf(Instant instant)
{
    return static_cast<qlonglong>(instant.time_since_epoch().count());
}

} // namespace

Result<TokenOptions> loadTokenOptions(const std::string& configDirectory)
{
    const auto document = store::loadJsonFile(configDirectory, tokenOptionsFile);
    if (!document)
        return tl::unexpected(document.error());
    TokenOptions options;
    if (*document)
        options.isOn = store::flagIn((*document)->root(), "isOn", options.isOn);
    return options;
}

Result<void> saveTokenOptions(const std::string& configDirectory, const TokenOptions& options)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("isOn").value(options.isOn).endObject();
    return store::saveJsonFile(configDirectory, tokenOptionsFile, writer);
}

std::string tokenHistoryDirectory()
{
    return store::dataDirectory() + "/tokens";
}

struct TokenHistory::Private
{
    fs::path folder;
    QString connection;

    Result<QSqlQuery> run(const QString& statement, const std::vector<QVariant>& values = {}) const
    {
        return runStatement(connection, statement, values, cannotUseTokens);
    }
    Result<void> makeTables() const;
    Result<std::int64_t> seenAgain(const TokenRecord& record) const;
    Result<void> trim() const;
};

/// What is deleted is overwritten.
Result<void> TokenHistory::Private::makeTables() const
{
    for (const char* statement :
         {"PRAGMA auto_vacuum = INCREMENTAL", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
          "PRAGMA secure_delete = ON",
          "CREATE TABLE IF NOT EXISTS tokens (id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB UNIQUE, first "
          "INTEGER, last INTEGER, times INTEGER, place BLOB, origin BLOB, request BLOB, is_encrypted "
          "INTEGER, "
          "header BLOB, claims BLOB, is_large INTEGER, subject BLOB, issuer BLOB, words TEXT, bytes "
          "INTEGER)"})
        if (const auto done = run(QString::fromLatin1(statement)); !done)
            return tl::unexpected(done.error());
    return {};
}

Result<std::unique_ptr<TokenHistory>> TokenHistory::open(const std::string& directory)
{
    if (const auto made = store::makeDirectories(directory, store::Privacy::OwnerOnly); !made)
        return tl::unexpected(made.error());
    for (int attempt = 0;; ++attempt) {
        auto inside = std::make_unique<Private>();
        inside->folder = directory;
        inside->connection = newConnection("tokens");
        auto opened = openDatabase(inside->connection, inside->folder / tokensFile, cannotUseTokens);
        if (opened)
            opened = inside->makeTables();
        std::unique_ptr<TokenHistory> history(new TokenHistory(std::move(inside)));
        if (opened)
            opened = history->d->trim(); // the first that reads every page of the index, and the bounds hold
        if (opened)
            return history;
        history.reset();
        if (attempt > 0 || opened.error().kind != ErrorKind::Malformed)
            return tl::unexpected(opened.error());
        putAside(fs::path(directory) / tokensFile, fs::path(directory) / brokenTokensFile);
    }
}

TokenHistory::TokenHistory(std::unique_ptr<Private> inside) : d(std::move(inside)) {}

TokenHistory::~TokenHistory()
{
    QSqlDatabase::database(d->connection).close();
    QSqlDatabase::removeDatabase(d->connection);
}

/// 0 where it is a new one.
Result<std::int64_t> TokenHistory::Private::seenAgain(const TokenRecord& record) const
{
    auto known = run(QStringLiteral("SELECT id FROM tokens WHERE hash = ?"), {blob(record.hash)});
    if (!known)
        return tl::unexpected(known.error());
    if (!known->next())
        return 0;
    const qlonglong id = known->value(0).toLongLong();
    known->finish();
    const auto updated =
        run(QStringLiteral("UPDATE tokens SET last = ?, times = times + 1, place = ?, origin = "
                           "?, request = ?, words = ? WHERE id = ?"),
            {millisecondsOf(record.last), blob(record.place), blob(record.origin), blob(record.request),
             tokenWords(record), id});
    return updated ? Result<std::int64_t>(id) : tl::unexpected(updated.error());
}

Result<std::int64_t> TokenHistory::add(const TokenRecord& whole)
{
    const TokenRecord record = bounded(whole);
    const auto known = d->seenAgain(record);
    if (!known || *known != 0)
        return known;
    const auto added = d->run(
        QStringLiteral("INSERT INTO tokens (hash, first, last, times, place, origin, request, "
                       "is_encrypted, header, claims, is_large, subject, issuer, words, bytes) VALUES "
                       "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {blob(record.hash), millisecondsOf(record.first), millisecondsOf(record.last),
         static_cast<qlonglong>(record.times), blob(record.place), blob(record.origin), blob(record.request),
         record.isEncrypted, blob(record.header), blob(record.claims), record.isLarge, blob(record.subject),
         blob(record.issuer), tokenWords(record), static_cast<qulonglong>(bytesOfToken(record))});
    if (!added)
        return tl::unexpected(added.error());
    const std::int64_t id = added->lastInsertId().toLongLong();
    if (const auto trimmed = d->trim(); !trimmed)
        return tl::unexpected(trimmed.error());
    return id;
}

Result<std::vector<TokenRecord>> TokenHistory::list(const std::string& search) const
{
    std::vector<QVariant> values;
    const QString where = wordConditions(search, values);
    values.emplace_back(static_cast<qulonglong>(mostTokens));
    auto rows = d->run(QStringLiteral("SELECT %1 FROM tokens WHERE %2 ORDER BY last DESC, id DESC LIMIT ?")
                           .arg(columns(), where),
                       values);
    if (!rows)
        return tl::unexpected(rows.error());
    std::vector<TokenRecord> records;
    while (rows->next())
        records.push_back(recordIn(*rows));
    return records;
}

Result<TokenRecord> TokenHistory::read(std::int64_t id) const
{
    auto rows = d->run(QStringLiteral("SELECT %1, substr(claims, 1, %2) FROM tokens WHERE id = ?")
                           .arg(columns())
                           .arg(largestTokenPart),
                       {static_cast<qlonglong>(id)});
    if (!rows)
        return tl::unexpected(rows.error());
    if (!rows->next())
        return failure(ErrorKind::Usage, "cannot show this token", "it is no longer in the token history",
                       "choose another one");
    TokenRecord record = recordIn(*rows);
    record.claims = textOf(rows->value(13));
    return record;
}

Result<void> TokenHistory::remove(std::int64_t id)
{
    const auto removed =
        d->run(QStringLiteral("DELETE FROM tokens WHERE id = ?"), {static_cast<qlonglong>(id)});
    return removed ? Result<void>() : tl::unexpected(removed.error());
}

Result<void> TokenHistory::clear()
{
    for (const char* statement : {"DELETE FROM tokens", "PRAGMA incremental_vacuum"}) {
        auto done = d->run(QString::fromLatin1(statement));
        if (!done)
            return tl::unexpected(done.error());
        while (done->next()) {
        } // the pragma works row by row
    }
    std::error_code none;
    fs::remove(d->folder / brokenTokensFile, none);
    d->run(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)"));
    return {};
}

Result<void> TokenHistory::Private::trim() const
{
    const auto fewer =
        run(QStringLiteral("DELETE FROM tokens WHERE id NOT IN (SELECT id FROM tokens ORDER BY "
                           "last DESC, id DESC LIMIT ?)"),
            {static_cast<qulonglong>(mostTokens)});
    if (!fewer)
        return tl::unexpected(fewer.error());
    auto rows = run(QStringLiteral("SELECT id, bytes FROM tokens ORDER BY last DESC, id DESC"));
    if (!rows)
        return tl::unexpected(rows.error());
    std::uint64_t bytes = 0;
    std::vector<qlonglong> gone;
    while (rows->next()) {
        bytes += rows->value(1).toULongLong();
        if (bytes > mostTokenBytes)
            gone.push_back(rows->value(0).toLongLong());
    }
    rows->finish();
    for (const qlonglong id : gone)
        if (const auto removed = run(QStringLiteral("DELETE FROM tokens WHERE id = ?"), {id}); !removed)
            return tl::unexpected(removed.error());
    return {};
}

} // namespace claimcheck::archive
