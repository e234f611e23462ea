// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Changes to a YAML file that leave every byte alone which they need not touch: ranges of the source are
// replaced, nothing is dumped. Comments, unknown keys, order, quoting and line ends of the rest survive.
//
//   YamlEdit edit(tree);
//   edit.put({"http", "url"}, YamlOut::ofText("https://a.example"));
//   edit.apply();
//
// All changes of one YamlEdit are worked out on the same tree and must not concern the same value twice.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <store/yamltree.h>
#include <store/yamlwrite.h>

namespace claimcheck::store {

class YamlEdit
{
public:
    /// `order`: the keys of OpenCollection in canonical order; a new key goes behind the nearest one before
    /// it.
    explicit YamlEdit(const YamlTree& tree);

    /// Sets the value at the path of keys; what is missing on the way is made.
    void put(const std::vector<std::string>& path, const YamlOut& value);
    /// Takes the key away, and mappings around it that would be left empty.
    void erase(const std::vector<std::string>& path);

    void putIn(const YamlValue& mapping, const YamlOutPair& pair);
    /// The same, a new key behind all others: for mappings that are none of OpenCollection's.
    void putLast(const YamlValue& mapping, const YamlOutPair& pair);
    void eraseFrom(const YamlValue& mapping, std::string_view key);
    /// The pair under another key; its value may be edited beside that.
    void renameKey(const YamlPair& pair, std::string_view key);
    /// Key and value, which is no scalar, with all of its lines.
    void replacePair(const YamlValue& mapping, const YamlPair& pair, const YamlOutPair& with);
    /// `value` is a scalar, or an alias or nothing, that stands as the value of a key at `column`.
    void replaceScalar(const YamlValue& value, const YamlOut& with, std::size_t column);
    /// Behind the item `index`; with no index in front of all. The list must not be empty.
    void insertItems(const YamlValue& list, std::optional<std::size_t> behind,
                     const std::vector<YamlOut>& items);
    void eraseItem(const YamlValue& list, std::size_t index);

    bool isEmpty() const { return m_changes.empty() && !m_problem; }
    /// Refused, with the place, where a change cannot be made without touching more than its own lines.
    Result<std::string> apply() const;

private:
    struct Change
    {
        std::size_t begin;
        std::size_t end;
        std::string text;
    };

    void change(std::size_t begin, std::size_t end, std::string text);
    void refuse(std::size_t offset, std::string why);
    void replaceValue(const YamlValue& mapping, const YamlPair& pair, const YamlOut& with);
    void addPair(const YamlValue& mapping, const YamlOutPair& pair);
    void eraseFlow(const std::vector<std::pair<std::size_t, std::size_t>>& ranges, std::size_t index);
    void eraseLines(std::size_t first, std::size_t last, bool blankBefore);
    std::size_t dashOf(const YamlValue& list, std::size_t index) const;

    std::size_t lineStart(std::size_t offset) const;
    std::size_t lineEnd(std::size_t offset) const; ///< the offset of its line end, or of the end of the file
    bool isBlankLine(std::size_t offset) const;
    bool startsLine(std::size_t offset) const;
    bool isShared(const YamlNode& node) const;
    bool partsWithBlankLines() const;
    std::string newLine(std::size_t column) const;

    const YamlTree& m_tree;
    const std::string& m_source;
    std::string_view m_lineEnd;
    std::vector<Change> m_changes;
    std::optional<Error> m_problem;
};

/// The text of a file with the value at the path of keys, of which there is one at least; nothing else
/// changed. Comments of a file that holds nothing else stay in front. Refused as YamlEdit::apply() does.
Result<std::string> withValueAt(const YamlTree& tree, const std::vector<std::string>& path,
                                const YamlOut& value);

} // namespace claimcheck::store
