// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// SQLite for both histories: a private file, its damage told from other trouble. Private to the module.

#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <QtCore/qvariant.h>
#include <QtSql/qsqldatabase.h>
#include <QtSql/qsqlquery.h>

#include <base/result.h>

namespace claimcheck::archive {

/// A name that no other connection of this program has.
QString newConnection(const char* prefix);

/// The file is made, 0600, where it is missing. Malformed where it is damaged; `what` begins each error:
/// "cannot use the history".
Result<void> openDatabase(const QString& connection, const std::filesystem::path& file, const char* what);
/// Runs one statement with these values; the query holds its rows.
Result<QSqlQuery> runStatement(const QString& connection, const QString& statement,
                               const std::vector<QVariant>& values, const char* what);
/// Renames a damaged file; what belongs to it goes.
void putAside(const std::filesystem::path& file, const std::filesystem::path& to);

/// As bytes of any encoding.
inline QByteArray blob(std::string_view bytes)
{
    return {bytes.data(), static_cast<qsizetype>(bytes.size())};
}

inline std::string textOf(const QVariant& value)
{
    return value.toByteArray().toStdString();
}

/// Every word of `search` must stand in the column `words`, which is case-folded; % and _ are letters like
/// others. Without a word a condition that always holds.
QString wordConditions(const std::string& search, std::vector<QVariant>& values);

} // namespace claimcheck::archive
