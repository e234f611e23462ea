// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// OpenCollection 1.0.0 on disk: reading a folder of YAML files, and saving single requests atomically by
// changing only the lines that changed (collections rules 1, 2, 3, 5).

#pragma once

#include <string>
#include <string_view>

#include <base/result.h>
#include <collection/collection.h>

namespace claimcheck::store {

struct StoreLimits
{
    std::size_t depth = 64;
    std::size_t bytes = 16u * 1024u * 1024u; ///< a file
    std::size_t files = 100'000;
};

/// Opens a folder with opencollection.yml. Files that do not parse come as items with a problem.
Result<collection::Collection> openCollection(const std::string& directory, const StoreLimits& limits = {});

/// Makes a folder with opencollection.yml (and the folder itself); refuses one that has it already.
Result<collection::Collection> createCollection(const std::string& directory, const std::string& name);

/// Copies all files of a collection (no links, no .git) to `to`, which must not be there yet or be empty,
/// under another name; all of it or nothing.
Result<collection::Collection> copyCollection(const std::string& from, const std::string& to,
                                              const std::string& name);

/// The canonical text of a new request file.
std::string writeEntry(const collection::Entry& entry);
Result<collection::Entry> readEntry(std::string_view yaml, const std::string& fileName,
                                    const StoreLimits& limits = {});
/// `yaml` with the changed fields of `entry` edited in place; byte-identical when nothing changed.
Result<std::string> editEntry(std::string_view yaml, const collection::Entry& entry);

/// What is to be done about secrets that the user typed into a request: collections rule 6.
enum class FoundSecrets
{
    Refuse,
    Write ///< the user has seen checkForSecrets() and wants them in the file
};

/// Saves an entry: to item.path where it has one, else to a new file in `folder` with a slug of its name.
/// Gives the relative path. Refused when the file changed since it was read (by content hash) or the target
/// exists, and for secrets as FoundSecrets says.
Result<std::string> saveEntry(const collection::Collection& collection, const std::string& folder,
                              const collection::Item& item, FoundSecrets secrets = FoundSecrets::Refuse);
/// Refused, naming the place, when the item holds a live token, a private key, or a value under the name of a
/// secret that its file does not hold yet.
Result<void> checkForSecrets(const collection::Collection& collection, const collection::Item& item);

/// An environment, the same way; values of secret variables are never written.
Result<std::string> saveEnvironment(const collection::Collection& collection,
                                    const collection::Environment& environment);

/// Lower case, ASCII, '-' between words, safe on Windows; never empty.
std::string slug(std::string_view name);

} // namespace claimcheck::store
