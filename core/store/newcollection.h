// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A whole collection that exists as values only, on its way to disk: what an import makes.

#pragma once

#include <string>

#include <base/result.h>
#include <collection/collection.h>

namespace claimcheck::store {

/// Gives every folder, request and environment that has no path yet one: slugs of their names, unique
/// ignoring case (collections rule 3).
void nameFiles(collection::Collection& collection);

/// The canonical text of a new request file, Details and all.
std::string writeItem(const collection::Item& item);
/// Of folder.yml, of opencollection.yml and of an environment's file. Values of secret variables are never in
/// them.
std::string writeFolder(const collection::Folder& folder);
std::string writeRoot(const collection::Collection& collection);
std::string writeEnvironment(const collection::Environment& environment);

/// Makes the folder with all files and opens it: all of it or nothing. Refused when something stands there.
/// It writes what it is given, secrets in request files too: those are to be taken out before.
Result<collection::Collection> writeCollection(collection::Collection collection,
                                               const std::string& directory);

} // namespace claimcheck::store
