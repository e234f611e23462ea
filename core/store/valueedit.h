// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A value in a file made to say something else, by what differs between what was read from it and what is
// wanted. What the file says beyond that stays: unknown keys, comments, order, quoting.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <store/yamledit.h>

namespace claimcheck::store {

/// Two values would be written as the same bytes.
bool isSame(const YamlOut& a, const YamlOut& b);

/// Changes the pairs of `mapping` in which `wanted` differs from `old`, which is what we read from it: keys
/// that are in neither stay.
void editMapping(YamlEdit& edit, const YamlValue& mapping, const YamlOut& old, const YamlOut& wanted);

/// What an item of a list says in our words; nothing: it is none of ours and stays where it is.
using ReadOut = std::function<std::optional<YamlOut>(const YamlValue&)>;
/// Makes the list at `path` hold the items `wanted`: those that stay are edited pair by pair, the others come
/// and go as lines. A list without items goes with its key.
void editList(YamlEdit& edit, const YamlTree& tree, const std::vector<std::string>& path, const ReadOut& read,
              const std::vector<YamlOut>& wanted);
/// The same for the list under `key` in a mapping that is there; without items it stays as `[]`.
void editListIn(YamlEdit& edit, const YamlValue& mapping, const std::string& key, const ReadOut& read,
                const std::vector<YamlOut>& wanted);

} // namespace claimcheck::store
