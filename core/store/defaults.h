// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a folder's file (folder.yml, or opencollection.yml of the collection itself) says for all requests
// below, read and edited in place.

#pragma once

#include <store/opencollection.h>

namespace claimcheck::store {

struct Defaults
{
    std::string name;
    std::vector<collection::Field> headers;
    collection::AuthMode auth = collection::AuthMode::Inherit;
    std::string keptAuth; ///< as collection::Kept::auth
    collection::Credentials credentials;
    std::vector<variables::Variable> variables;
    collection::Settings settings;
    std::string docs;
    std::string fingerprint; ///< of the file as it was read; empty: there is none yet
    bool operator==(const Defaults&) const = default;
};

/// `folder` is relative to the collection; empty: the collection itself. A folder without a file of its own
/// says nothing, and has the name of its directory.
Result<Defaults> readDefaults(const std::string& directory, const std::string& folder);

/// Changes the lines that differ; makes folder.yml where there is none. Refused when the file changed since
/// it was read, and for secrets as saveEntry().
Result<void> saveDefaults(const std::string& directory, const std::string& folder, const Defaults& defaults,
                          FoundSecrets secrets = FoundSecrets::Refuse);

} // namespace claimcheck::store
