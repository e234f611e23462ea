// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the token for a request, for a folder's requests or for all of them is made: what is said at that
// place, and what somebody made of it.

#pragma once

#include <optional>
#include <string>

#include <collection/collection.h>

namespace claimcheck::ui {

struct MintedPlace
{
    std::string directory; ///< of the collection
    std::string path;      ///< of the request's file or the folder; empty: the collection
    std::optional<collection::MintedToken> rule =
        {}; ///< the one of this very path that counts, as it was read

    bool operator==(const MintedPlace&) const = default;
};

MintedPlace mintedPlace(const collection::Collection& collection, const std::string& path);

/// What is to take the place of `before`; nothing after: the rule goes.
struct MintedEdit
{
    std::optional<collection::MintedToken> before = {};
    std::optional<collection::MintedToken> after = {};
};

} // namespace claimcheck::ui
