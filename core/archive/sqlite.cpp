// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sqlite.h"

#include <atomic>

#include <QtSql/qsqlerror.h>

#include <base/text.h>
#include <store/files.h>

namespace claimcheck::archive {
namespace {

namespace fs = std::filesystem;

/// SQLITE_CORRUPT and SQLITE_NOTADB (sqlite3.h): the file itself, and not what is around it. The lower byte
/// is the primary code.
bool isDamage(const QSqlError& error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return code == 11 || code == 26;
}

/// Malformed where the file is damaged.
tl::unexpected<Error> brokenDatabase(const QSqlError& error, const char* what)
{
    return failure(isDamage(error) ? ErrorKind::Malformed : ErrorKind::Unreadable, what,
                   visible(toUtf8(error.text())), "free some space, or check owner and mode of its folder");
}

} // namespace

QString newConnection(const char* prefix)
{
    static std::atomic<int> number = 0;
    return QStringLiteral("%1-%2").arg(QLatin1String(prefix)).arg(++number);
}

Result<void> openDatabase(const QString& connection, const fs::path& file, const char* what)
{
    if (!fs::exists(file)) // 0600 before SQLite makes it with a mode of its own
        if (const auto made = store::writeNewFile(file.string(), "", store::Privacy::OwnerOnly); !made)
            return made;
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
    database.setDatabaseName(toQString(file.string()));
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=2000"));
    return database.open() ? Result<void>() : brokenDatabase(database.lastError(), what);
}

Result<QSqlQuery> runStatement(const QString& connection, const QString& statement,
                               const std::vector<QVariant>& values, const char* what)
{
    QSqlQuery query(QSqlDatabase::database(connection));
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return brokenDatabase(query.lastError(), what);
    for (const QVariant& value : values)
        query.addBindValue(value);
    if (!query.exec())
        return brokenDatabase(query.lastError(), what);
    return query;
}

void putAside(const fs::path& file, const fs::path& to)
{
    std::error_code error;
    fs::rename(file, to, error);
    for (const char* more : {"-wal", "-shm"})
        fs::remove(file.string() + more, error);
}

QString wordConditions(const std::string& search, std::vector<QVariant>& values)
{
    QString text;
    const QString wanted = toQString(search).toCaseFolded();
    for (const QString& word : wanted.split(u' ', Qt::SkipEmptyParts)) {
        text += text.isEmpty() ? QStringLiteral("instr(words, ?) > 0")
                               : QStringLiteral(" AND instr(words, ?) > 0");
        values.emplace_back(word);
    }
    return text.isEmpty() ? QStringLiteral("1") : text;
}

} // namespace claimcheck::archive
