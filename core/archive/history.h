// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The history on disk: an SQLite database (0600, write-ahead log) and a file for each body above 1 MB, in a
// folder of its own. It keeps within a size: the oldest go first.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <archive/record.h>
#include <base/result.h>

namespace claimcheck::archive {

/// /history in store::dataDirectory().
std::string historyDirectory();

class History
{
public:
    /// Makes the folder where it is missing. A database that is damaged is put aside as history.broken, and a
    /// new one begun; one that cannot be opened for another reason stays as it is: Unreadable.
    static Result<std::unique_ptr<History>> open(const std::string& directory);
    ~History();
    History(const History&) = delete;
    History& operator=(const History&) = delete;

    /// Gives its number. After a crash it is there whole, or not at all.
    Result<std::int64_t> add(const Record& record);
    /// The newest first, below `before` where it is not 0: those that have every word of `search` in method,
    /// URL, name, status or the beginning of a body, ignoring case; and those of `also`, which searchBodies()
    /// found.
    Result<std::vector<Summary>> list(const std::string& search, std::size_t limit, std::int64_t before = 0,
                                      const std::vector<std::int64_t>& also = {}) const;
    Result<std::size_t> count(const std::string& search, const std::vector<std::int64_t>& also = {}) const;
    std::string directory() const;
    /// Usage where it is gone.
    Result<Record> read(std::int64_t id) const;
    Result<void> remove(std::int64_t id);
    /// What was put aside goes, too.
    Result<void> clear();

    /// What all of it takes on disk, in bytes.
    std::uint64_t size() const;
    /// Takes the oldest away until the bodies and heads fit.
    Result<void> setLimit(std::uint64_t bytes);

private:
    struct Private;
    explicit History(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::archive
