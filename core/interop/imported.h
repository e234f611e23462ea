// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an import gives: a collection as values, and everything of the source that has no place in it.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <base/result.h>
#include <collection/collection.h>

namespace claimcheck::interop {

/// One thing that was not carried over: nothing is left out in silence.
struct Omission
{
    std::string where; ///< "Orders / List orders"; "line 3"
    std::string what;  ///< "authorisation of the kind hawk"
    std::string why;   ///< "an OpenCollection has no place for it"
    bool operator==(const Omission&) const = default;
};

/// What a text holds.
enum class Content
{
    Collection,
    Requests,    ///< some without a collection around them: cURL lines
    Environments ///< nothing else
};

/// How a token is made for each request of a place in the tree, which has no path yet.
struct MintedAt
{
    std::vector<std::size_t> folders; ///< their indices, from the root on
    std::optional<std::size_t> item;  ///< its index in the last of them; nothing: it is for the folder
    std::string where;                ///< as in an Omission
    collection::MintedToken rule;     ///< without a path
    bool operator==(const MintedAt&) const = default;
};

struct Imported
{
    Content content = Content::Collection;
    /// Without paths (nameFiles() gives them) and, until takeSecretsOut(), with the secrets of the
    /// source.
    collection::Collection collection;
    std::vector<Omission> leftOut;
    std::vector<MintedAt> minted = {}; ///< until nameFiles()
    bool operator==(const Imported&) const = default;
};

/// "WHERE: WHAT: WHY", made visible, on one line.
std::string describe(const Omission& omission);

} // namespace claimcheck::interop
