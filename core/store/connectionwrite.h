// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rules of `.claimcheck/connections.yaml` written: TLS, proxy and HTTP version of a request, a folder or the
// whole collection. Only the lines that say something else are changed, and it can be taken back.

#pragma once

#include <optional>
#include <string>

#include <collection/connection.h>
#include <store/treechange.h>

namespace claimcheck::store {

inline constexpr const char* connectionsFile = ".claimcheck/connections.yaml";

/// The file's text with this rule in the place of the first one of its path, or behind all others; a rule
/// that says nothing is taken out. Malformed for a file that cannot be read, Refused where a place cannot be
/// changed by itself.
Result<std::string> withConnection(const std::string& source, const collection::ConnectionRule& rule);

/// The same as a change of the collection's files. `before`: the first rule of that path as it was read;
/// Refused where the file has another one by now, where the CA file lies outside of the collection (unless a
/// variable stands in its name, which is looked at when it is used), and where the proxy has a password in
/// the clear. Makes the folder `.claimcheck` where it is missing; a file that would be left empty is deleted.
Result<Change> changeConnection(const std::string& directory,
                                const std::optional<collection::ConnectionRule>& before,
                                const collection::ConnectionRule& rule);

} // namespace claimcheck::store
