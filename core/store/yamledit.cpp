// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/yamledit.h>

#include <algorithm>

#include <base/text.h>
#include <store/yamlrestyle.h>
#include <store/yamlscalar.h>

namespace claimcheck::store {
namespace {

/// A byte order mark stays.
const char* markOf(const YamlTree& tree)
{
    return tree.hasByteOrderMark ? "\xEF\xBB\xBF" : "";
}

YamlOut nested(const std::vector<std::string>& path, std::size_t from, const YamlOut& value)
{
    if (from == path.size())
        return value;
    return YamlOut::ofMapping({{path[from], nested(path, from + 1, value)}});
}

} // namespace

YamlEdit::YamlEdit(const YamlTree& tree) : m_tree(tree), m_source(tree.source)
{
    const std::size_t first = m_source.find('\n');
    m_lineEnd = first != std::string::npos && first > 0 && m_source[first - 1] == '\r' ? "\r\n" : "\n";
}

void YamlEdit::put(const std::vector<std::string>& path, const YamlOut& value)
{
    YamlValue mapping = m_tree.root();
    for (std::size_t i = 0; i < path.size(); ++i) {
        const std::optional<YamlPair> pair = mapping.pair(path[i]);
        const bool goesOn = pair && i + 1 < path.size() && pair->value.isMapping() && pair->value.size() > 0;
        if (!goesOn)
            return putIn(mapping, {path[i], nested(path, i + 1, value)});
        mapping = pair->value;
    }
}

void YamlEdit::erase(const std::vector<std::string>& path)
{
    std::vector<YamlValue> mappings{m_tree.root()};
    for (const std::string& key : path) {
        const std::optional<YamlValue> next = mappings.back().find(key);
        if (!next)
            return;
        mappings.push_back(*next);
    }
    std::size_t last = path.size() - 1;
    while (last > 0 && mappings[last].size() == 1)
        --last;
    eraseFrom(mappings[last], path[last]);
}

void YamlEdit::putIn(const YamlValue& mapping, const YamlOutPair& pair)
{
    if (mapping.isAlias())
        return refuse(mapping.node().begin, "it is written as an alias of another place");
    if (const std::optional<YamlPair> present = mapping.pair(pair.key))
        replaceValue(mapping, *present, pair.value);
    else
        addPair(mapping, pair);
}

void YamlEdit::eraseFrom(const YamlValue& mapping, std::string_view key)
{
    if (mapping.isAlias())
        return refuse(mapping.node().begin, "it is written as an alias of another place");
    const std::vector<YamlPair> pairs = mapping.pairs();
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (pairs[i].key.text() != key)
            continue;
        const std::size_t begin = pairs[i].key.node().begin;
        if (mapping.node().style == YamlStyle::Flow) {
            std::vector<std::pair<std::size_t, std::size_t>> ranges;
            ranges.reserve(pairs.size());
            for (const YamlPair& pair : pairs)
                ranges.emplace_back(pair.key.node().begin, pair.value.node().end);
            return eraseFlow(ranges, i);
        }
        if (startsLine(begin))
            return eraseLines(begin, pairs[i].value.node().end, mapping.node().column == 0);
        if (i + 1 < pairs.size())
            return change(begin, pairs[i + 1].key.node().begin, {});
        return refuse(begin, "it shares its line with something else");
    }
}

void YamlEdit::replaceScalar(const YamlValue& value, const YamlOut& with, std::size_t column)
{
    const YamlNode& node = value.node();
    if (node.anchored && isShared(node))
        return refuse(node.begin, "other places of the file refer to it by an alias");
    std::string text = restyled(m_tree, node, with, column, m_lineEnd);
    const bool isEmptyPlace = node.begin == node.end;
    if (isEmptyPlace && node.begin > 0 && m_source[node.begin - 1] != ' ')
        text.insert(0, " ");
    change(node.begin, node.end, std::move(text));
}

void YamlEdit::replaceValue(const YamlValue& mapping, const YamlPair& pair, const YamlOut& with)
{
    const YamlNode& node = pair.value.node();
    const bool scalarToScalar = with.kind != YamlOut::Kind::Mapping && with.kind != YamlOut::Kind::Sequence &&
                                (node.alias || pair.value.isScalar() || pair.value.isNull());
    if (scalarToScalar)
        return replaceScalar(pair.value, with, mapping.node().column);
    replacePair(mapping, pair, {pair.key.text(), with});
}

void YamlEdit::replacePair(const YamlValue& mapping, const YamlPair& pair, const YamlOutPair& with)
{
    const YamlNode& node = pair.value.node();
    if (node.anchored && isShared(node))
        return refuse(node.begin, "other places of the file refer to it by an alias");
    const std::size_t begin = pair.key.node().begin;
    if (mapping.node().style == YamlStyle::Flow)
        return change(begin, node.end, writeFlowPair(with));
    // A comment behind the value stays on the first line.
    const std::string text = writePair(with, mapping.node().column, m_lineEnd);
    const std::size_t firstLine = std::min(text.find(m_lineEnd), text.size());
    change(begin, node.end, text.substr(0, firstLine));
    change(lineEnd(node.end), lineEnd(node.end), text.substr(firstLine));
}

void YamlEdit::renameKey(const YamlPair& pair, std::string_view key)
{
    const YamlNode& node = pair.key.node();
    if (node.alias || node.anchored)
        return refuse(node.begin, "its name is written as an alias or has an anchor");
    change(node.begin, node.end, quoteScalar(key));
}

Result<std::string> YamlEdit::apply() const
{
    if (m_problem)
        return tl::unexpected(*m_problem);
    std::vector<Change> changes = m_changes;
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::string out = markOf(m_tree);
    std::size_t done = 0;
    for (const Change& change : changes) {
        // Neighbours between brackets that both go: each takes the comma between them along.
        if (change.begin < done && change.text.empty()) {
            done = std::max(done, change.end);
            continue;
        }
        if (change.begin < done)
            return failure(ErrorKind::Internal, "cannot change " + visible(m_tree.fileName),
                           "two changes concern the same place", "change the file in a text editor",
                           placeIn(m_tree, change.begin));
        out.append(m_source, done, change.begin - done).append(change.text);
        done = change.end;
    }
    return out.append(m_source, done);
}

Result<std::string> withValueAt(const YamlTree& tree, const std::vector<std::string>& path,
                                const YamlOut& value)
{
    if (!tree.root().isNull()) {
        YamlEdit edit(tree);
        edit.put(path, value);
        return edit.apply();
    }
    const std::string added = writeFile(nested(path, 0, value).pairs);
    if (trimmed(tree.source).empty())
        return added;
    return markOf(tree) + tree.source + (tree.source.ends_with('\n') ? "" : "\n") + added;
}

} // namespace claimcheck::store
