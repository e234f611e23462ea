// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rules of the `minted` list of `.claimcheck/sessions.yaml` written: a token that is made for each request.
// Only the lines that say something else are changed, no secret is written, and it can be taken back.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <collection/minted.h>
#include <store/treechange.h>

namespace claimcheck::store {

using MaybeMinted = std::optional<collection::MintedToken>;

/// A JSON object once its variables are filled in, or nothing at all. A variable that stands for all of it is
/// looked at when it is used.
bool isObjectTemplate(std::string_view text);

/// Refused where no token could be made by the rule: without algorithm, name or one key, with claims or a
/// header that are no JSON object, with a key file outside of the collection's folder (unless a variable
/// stands in its name, which is looked at when it is used); and where a key, its passphrase or a token would
/// stand in the file, and did not in `before`.
Result<void> checkMinted(const std::string& directory, const collection::MintedToken& rule,
                         const MaybeMinted& before);

/// The file's text with `after` in the place of the last rule of its path, the one that counts, or behind all
/// others; nothing after: the last rule of the path of `before` goes. Malformed for a file that cannot be
/// read, Refused where a place cannot be changed by itself.
Result<std::string> withMinted(const std::string& source, const MaybeMinted& before,
                               const MaybeMinted& after);

/// The same as a change of the collection's files. `before`: the last rule of that path as it was read;
/// Refused where the file has another one by now, and as checkMinted() does. Makes the folder `.claimcheck`
/// where it is missing; a file that would be left empty is deleted.
Result<Change> changeMinted(const std::string& directory, const MaybeMinted& before,
                            const MaybeMinted& after);

} // namespace claimcheck::store
