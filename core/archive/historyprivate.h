// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a History holds. For the .cpp files of this folder only.

#pragma once

#include <filesystem>

#include <archive/history.h>

#include "sqlite.h"

namespace claimcheck::archive {

/// Where a damaged database goes.
inline constexpr const char* brokenFile = "history.broken";

struct History::Private
{
    std::filesystem::path folder;
    QString connection;
    std::uint64_t limit = 256'000'000;

    QSqlDatabase database() const { return QSqlDatabase::database(connection); }
    Result<void> makeTables() const;
    Result<void> addColumns() const;
    /// Runs one statement with these values; the query holds its rows.
    Result<QSqlQuery> run(const char* statement, const std::vector<QVariant>& values = {}) const;
    Result<QSqlQuery> run(const QString& statement, const std::vector<QVariant>& values = {}) const;
    Result<void> addRow(std::int64_t& id, const Record& record) const;
    Result<void> addBodies(std::int64_t id, const Record& record) const;
    Result<void> trim() const;
    std::filesystem::path bodyFile(std::int64_t id, const char* side) const;
    void removeFiles(std::int64_t id) const;
    /// Files whose row never came, or is gone.
    void removeOrphans() const;
};

/// Every file below the folder; what cannot be read is left out.
std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder);

} // namespace claimcheck::archive
