// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// New YAML, in the canonical form of collection files: block style, two spaces a level, lists indented below
// their key, text plain or quoted as yamlscalar.h decides, bodies as literal blocks. No anchors, tags or
// merge keys.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace claimcheck::store {

struct YamlOutPair;

/// A value to be written.
struct YamlOut
{
    enum class Kind
    {
        Text,  ///< quoted where it must be
        Block, ///< a literal block where the text allows it
        Word,  ///< as it is: a number, true
        Mapping,
        Sequence
    };
    Kind kind = Kind::Text;
    std::string text;
    std::vector<YamlOutPair> pairs;
    std::vector<YamlOut> items;

    static YamlOut ofText(std::string text);
    static YamlOut ofBlock(std::string text);
    static YamlOut ofWord(std::string word);
    static YamlOut ofMapping(std::vector<YamlOutPair> pairs);
    static YamlOut ofSequence(std::vector<YamlOut> items);
};

struct YamlOutPair
{
    std::string key;
    YamlOut value;
};

/// "key: value" and the lines below it, for a mapping at `column`: the first line is not indented, the last
/// one not ended.
std::string writePair(const YamlOutPair& pair, std::size_t column, std::string_view lineEnd);
/// The same for "- value" in a list whose dashes stand at `column`.
std::string writeItem(const YamlOut& item, std::size_t column, std::string_view lineEnd);
/// On one line, as between brackets: `{name: a, value: 'b'}`.
std::string writeFlow(const YamlOut& value);
std::string writeFlowPair(const YamlOutPair& pair);
/// A whole file: the pairs at column 0, a blank line between them.
std::string writeFile(const std::vector<YamlOutPair>& pairs);

} // namespace claimcheck::store
