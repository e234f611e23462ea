// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One string as a YAML scalar that YAML 1.1 and 1.2 read as the same string: plain where that is certain,
// else 'single', else "double" quoted, or a literal block for longer texts.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <store/yamltree.h>

namespace claimcheck::store {

/// Plain is certain: it starts with a letter, '/' or '_', is no word that some YAML reads as something else,
/// and holds nothing that ends a plain scalar in any place.
bool isPlainSafe(std::string_view text);

/// No line break, control or invisible character.
bool isSingleQuotable(std::string_view text);

/// As `| … ` with the same bytes back: only LF line ends, nothing invisible, a last line with something on
/// it, and no more line ends behind it than one.
bool isLiteralSafe(std::string_view text);

/// On one line, in `preferred` where that style can hold the text. Bytes that are not UTF-8 become U+FFFD.
std::string quoteScalar(std::string_view text, YamlStyle preferred = YamlStyle::Plain);

/// "|-" and the lines, each indented by `indent` spaces and parted by `lineEnd`, without a line end behind
/// the last. `parentIndent` is the column of the key that the block belongs to. Needs isLiteralSafe.
std::string literalScalar(std::string_view text, std::size_t parentIndent, std::size_t indent,
                          std::string_view lineEnd);

} // namespace claimcheck::store
