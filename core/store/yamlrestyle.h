// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A new text in the style that the old one had in the file, as far as that style can hold it: quotes stay
// quotes, a block keeps its indentation and the comment behind its header.

#pragma once

#include <string>
#include <string_view>

#include <store/yamltree.h>
#include <store/yamlwrite.h>

namespace claimcheck::store {

/// `node` is what is replaced; it belongs to a key at `column`.
std::string restyled(const YamlTree& tree, const YamlNode& node, const YamlOut& with, std::size_t column,
                     std::string_view lineEnd);

} // namespace claimcheck::store
