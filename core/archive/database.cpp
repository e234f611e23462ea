// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening the database, and what is done to it in one way for all.

#include <cstdlib>
#include <set>

#include <store/files.h>
#include <store/settings.h>

#include "historyprivate.h"

namespace claimcheck::archive {
namespace {

namespace fs = std::filesystem;

constexpr const char* fileName = "history.sqlite";

constexpr const char* cannotUse = "cannot use the history";

} // namespace

std::string historyDirectory()
{
    return store::dataDirectory() + "/history";
}

Result<std::unique_ptr<History>> History::open(const std::string& directory)
{
    if (const auto made = store::makeDirectories(directory + "/bodies", store::Privacy::OwnerOnly); !made)
        return tl::unexpected(made.error());
    for (int attempt = 0;; ++attempt) {
        auto inside = std::make_unique<Private>();
        inside->folder = directory;
        inside->connection = newConnection("history");
        auto opened = openDatabase(inside->connection, inside->folder / fileName, cannotUse);
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
        putAside(fs::path(directory) / fileName, fs::path(directory) / brokenFile);
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
          // Else each addition would read all of them to know how much there is.
          "CREATE INDEX IF NOT EXISTS exchange_bytes ON exchanges (bytes)",
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
    return runStatement(connection, statement, values, cannotUse);
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
