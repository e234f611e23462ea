// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a call writes into a collection, as a change that can be taken back: requests that it adds to the
// collection's own folder, environments that it adds or changes. Made before the call, asked after it.

#pragma once

#include <map>
#include <string>

#include <store/treechange.h>

namespace claimcheck::store {

class Recording
{
public:
    explicit Recording(std::string directory);
    Change finish(const std::string& what) const;

private:
    std::string m_directory;
    std::map<std::string, std::string> m_before; ///< path: text of an environment; of a request nothing
};

/// Saving a request, as a change: the file held `before` (nothing: it is new) and holds what it does now.
Result<Change> recordSave(const std::string& directory, const std::string& path,
                          std::optional<std::string> before);
/// The bytes of a request's file; nothing where it cannot be read.
std::optional<std::string> bytesOf(const std::string& directory, const std::string& path);

} // namespace claimcheck::store
