// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Identities written into `.claimcheck/sessions.yaml`: only the lines of the one that was changed, and no
// secret. Planned as changes that can be taken back.

#pragma once

#include <optional>
#include <string>

#include <collection/identity.h>
#include <store/treechange.h>

namespace claimcheck::store {

/// The file's text with this identity in the place of `before`, or behind all others where there is none
/// before. Refused for what could not be read again, and where a place cannot be changed by itself.
Result<std::string> withIdentity(const std::string& source, const std::optional<collection::Identity>& before,
                                 const collection::Identity& identity);
Result<std::string> withoutIdentity(const std::string& source, const std::string& name);

/// The same as a change of the collection's files. Another name is written into `.claimcheck/matrix.yaml`,
/// too. `before`: as it was read; Refused where the file has another one by now, where another identity has
/// the name, and where a value looks like a secret. Makes the folder `.claimcheck` where it is missing.
Result<Change> changeIdentity(const std::string& directory, const std::optional<collection::Identity>& before,
                              const collection::Identity& identity);
Result<Change> deleteIdentity(const std::string& directory, const std::string& name);

/// "alice 2": a name that none of them has.
std::string freeIdentityName(const std::vector<collection::Identity>& identities, const std::string& wanted);

} // namespace claimcheck::store
