// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening the database, and what is done to it in one way for all.

#include <atomic>
#include <cstdlib>
#include <set>

#include <QtSql/qsqlerror.h>

#include <base/text.h>
#include <store/files.h>
#include <store/settings.h>

#include "historyprivate.h"

namespace claimcheck::archive {
namespace {

namespace fs = std::filesystem;

constexpr const char* fileName = "history.sqlite";

/// SQLITE_CORRUPT and SQLITE_NOTADB (sqlite3.h): the file itself, and not what is around it. The lower byte
/// is the primary code.
bool isDamage(const QSqlError& error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return code == 11 || code == 26;
}

/// Malformed where the file is damaged.
tl::unexpected<Error> broken(const QSqlError& error)
{
    return failure(isDamage(error) ? ErrorKind::Malformed : ErrorKind::Unreadable, "cannot use the history",
                   visible(toUtf8(error.text())), "free some space, or check owner and mode of its folder");
}

Result<void> openDatabase(const QString& connection, const fs::path& file)
{
    if (!fs::exists(file)) // 0600 before SQLite makes it with a mode of its own
        if (const auto made = store::writeNewFile(file.string(), "", store::Privacy::OwnerOnly); !made)
            return made;
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
    database.setDatabaseName(toQString(file.string()));
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000"));
    return database.open() ? Result<void>() : broken(database.lastError());
}

void putAside(const fs::path& file)
{
    std::error_code error;
    fs::rename(file, file.parent_path() / brokenFile, error);
    for (const char* more : {"-wal", "-shm"})
        fs::remove(file.string() + more, error);
}

} // namespace

std::string historyDirectory()
{
    return store::dataDirectory() + "/history";
}

Result<std::unique_ptr<History>> History::open(const std::string& directory)
{
    static std::atomic<int> number = 0;
    if (const auto made = store::makeDirectories(directory + "/bodies", store::Privacy::OwnerOnly); !made)
        return tl::unexpected(made.error());
    for (int attempt = 0;; ++attempt) {
        auto inside = std::make_unique<Private>();
        inside->folder = directory;
        inside->connection = QStringLiteral("history-%1").arg(++number);
        auto opened = openDatabase(inside->connection, inside->folder / fileName);
        if (opened)
            opened = inside->makeTables();
        std::unique_ptr<History> history(new History(std::move(inside)));
        if (opened) {
            history->d->removeOrphans();
            return history;
        }
        history.reset();
        if (attempt > 0 || opened.error().kind != ErrorKind::Malformed)
            return tl::unexpected(opened.error());
        putAside(fs::path(directory) / fileName);
    }
}

History::History(std::unique_ptr<Private> inside) : d(std::move(inside)) {}

History::~History()
{
    d->database().close();
    QSqlDatabase::removeDatabase(d->connection);
}

/// Bodies stand apart, so that a list reads none of them. What is deleted is overwritten.
Result<void> History::Private::makeTables() const
{
    for (const char* statement :
         {"PRAGMA auto_vacuum = INCREMENTAL", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL",
          "PRAGMA secure_delete = ON", "PRAGMA foreign_keys = ON",
          "CREATE TABLE IF NOT EXISTS exchanges (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, name "
          "BLOB, "
          "method BLOB, url BLOB, status INTEGER, milliseconds REAL, body_size INTEGER, failed INTEGER, "
          "words TEXT, bytes INTEGER)",
          "CREATE TABLE IF NOT EXISTS details (id INTEGER PRIMARY KEY REFERENCES exchanges(id) ON DELETE "
          "CASCADE, collection BLOB, environment BLOB, path BLOB, request_headers BLOB, has_body INTEGER, "
          "reason BLOB, version BLOB, headers BLOB, is_cut INTEGER, error BLOB, engine BLOB, address BLOB, "
          "claims BLOB, has_cuts INTEGER, request_body BLOB, body BLOB)"})
        if (const auto done = run(statement); !done)
            return tl::unexpected(done.error());
    return addColumns();
}

/// What the tables of earlier versions have not; always at the end, where a record is read by the place of
/// its parts.
Result<void> History::Private::addColumns() const
{
    auto there = run("SELECT count(*) FROM pragma_table_info('details') WHERE name = 'is_request_cut'");
    if (!there || !there->next())
        return there ? Result<void>() : tl::unexpected(there.error());
    const bool isThere = there->value(0).toInt() > 0;
    there->finish();
    if (isThere)
        return {};
    const auto added = run("ALTER TABLE details ADD COLUMN is_request_cut INTEGER DEFAULT 0");
    return added ? Result<void>() : tl::unexpected(added.error());
}

Result<QSqlQuery> History::Private::run(const char* statement, const std::vector<QVariant>& values) const
{
    return run(QString::fromLatin1(statement), values);
}

Result<QSqlQuery> History::Private::run(const QString& statement, const std::vector<QVariant>& values) const
{
    QSqlQuery query(database());
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return broken(query.lastError());
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec())
        return broken(query.lastError());
    return query;
}

std::vector<fs::path> filesIn(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    fs::recursive_directory_iterator each(folder, error);
    for (; !error && each != fs::recursive_directory_iterator(); each.increment(error))
        if (each->is_regular_file(error))
            files.push_back(each->path());
    return files;
}

fs::path History::Private::bodyFile(std::int64_t id, const char* side) const
{
    return folder / "bodies" / (std::to_string(id) + "." + side);
}

void History::Private::removeFiles(std::int64_t id) const
{
    std::error_code error;
    for (const char* side : {"request", "response"})
        fs::remove(bodyFile(id, side), error);
}

void History::Private::removeOrphans() const
{
    std::set<std::int64_t> known;
    auto rows = run("SELECT id FROM exchanges");
    if (!rows)
        return;
    while (rows->next())
        known.insert(rows->value(0).toLongLong());
    for (const fs::path& file : filesIn(folder / "bodies")) {
        std::error_code error;
        if (!known.contains(std::strtoll(file.filename().c_str(), nullptr, 10)))
            fs::remove(file, error);
    }
}

} // namespace claimcheck::archive
