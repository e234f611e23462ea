// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An edit of the tree of a collection as a list of steps on files, each of which can be taken back. A change
// is planned on the collection as it was read (treeedit.h), then applied: all of it, or nothing where a step
// fails. What is taken back is a change too, so undo and redo are the same function.

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <base/result.h>
#include <collection/collection.h>
#include <store/files.h>

namespace claimcheck::store {

struct Step
{
    enum class Kind
    {
        Rewrite, ///< the file at `path` held `before` and is to hold `after`; nothing: there is no such file
        Move,    ///< from `path` to `other`, both in the collection
        Put,     ///< what lies at `other`, outside of the collection, comes to `path`
        Take     ///< what lies at `path` goes to `other`, outside, unless it was changed since it had `seal`
    };
    Kind kind = Kind::Rewrite;
    std::string path; ///< absolute, as the next ones
    std::string other;
    std::optional<std::string> before;
    std::optional<std::string> after;
    std::string seal;                  ///< sealOf(path)
    Privacy privacy = Privacy::Shared; ///< of a file that Rewrite makes anew

    bool operator==(const Step&) const = default;
};

/// Paths in the collection before and after: of requests, and of folders with all that is below them.
using Moves = std::vector<std::pair<std::string, std::string>>;

struct Change
{
    std::string what; ///< opens the errors: "cannot rename List"
    std::vector<Step> steps;
    Moves moves;
    std::vector<std::string> shown;  ///< paths that the change is about, as they are when it is applied
    std::vector<std::string> before; ///< and as they are when it is taken back

    bool isEmpty() const { return steps.empty(); }
    bool operator==(const Change&) const = default;
};

/// All steps, or none: those that were done are taken back. Refused where a file is not as it was.
Result<void> apply(const Change& change);
/// The change that takes this one back.
Change inverse(Change change);

/// Where a path has gone: itself where none of the moves concerns it.
std::string moved(const Moves& moves, const std::string& path);

/// The paths of files that a request sends, as the same change writes them into its file: those that lie in
/// what is moved go along. Each is one from the collection's folder (docs/collections.md).
void followFiles(const Moves& moves, collection::Details& details);
/// The same of the .env file and the certificates of an environment.
void followFiles(const Moves& moves, collection::Environment& environment);

} // namespace claimcheck::store
