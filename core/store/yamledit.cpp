// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/yamledit.h>

#include <algorithm>

#include <base/text.h>
#include <store/yamlscalar.h>

namespace claimcheck::store {
namespace {

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
    std::string text = scalarText(node, with, column);
    const bool isEmptyPlace = node.begin == node.end;
    if (isEmptyPlace && node.begin > 0 && m_source[node.begin - 1] != ' ')
        text.insert(0, " ");
    change(node.begin, node.end, std::move(text));
}

/// In the style that the value has, as far as that style can hold the text.
std::string YamlEdit::scalarText(const YamlNode& node, const YamlOut& with, std::size_t column) const
{
    const bool wasBlock = node.style == YamlStyle::Literal || node.style == YamlStyle::Folded;
    const bool wantsBlock =
        wasBlock || (with.kind == YamlOut::Kind::Block &&
                     (node.begin == node.end || with.text.find('\n') != std::string::npos));
    if (with.kind == YamlOut::Kind::Word)
        return with.text;
    const std::string_view old = std::string_view(m_source).substr(node.begin, node.end - node.begin);
    const std::string_view header = old.substr(0, old.find_first_of("\r\n"));
    const std::size_t comment = wasBlock ? header.find(" #") : std::string_view::npos;
    const std::string kept(comment == std::string_view::npos ? "" : header.substr(comment));
    const bool keeps = wasBlock && header.substr(0, comment).find('+') != std::string_view::npos;
    const std::size_t end = with.text.find_last_not_of('\n') + 1;
    const std::size_t lines = keeps && with.text.size() > end + 1 ? with.text.size() - end : 0;
    const std::string_view text =
        std::string_view(with.text).substr(0, lines > 1 ? end + 1 : with.text.size());
    if (node.inFlow || !wantsBlock || !isLiteralSafe(text))
        return quoteScalar(with.text, wasBlock ? YamlStyle::DoubleQuoted : node.style) + kept;

    const std::size_t content =
        wasBlock ? old.find_first_not_of(" \r\n", header.size()) : std::string_view::npos;
    std::size_t indent = column + 2;
    if (content != std::string_view::npos) {
        const std::size_t found = content - old.rfind('\n', content) - 1;
        const bool explicitIndent = header.find_first_of("123456789") < header.find('#');
        indent = !explicitIndent && found > column && found < column + 10 ? found : indent;
    }
    std::string out = literalScalar(text, column, indent, m_lineEnd);
    if (lines > 1) {
        out.insert(out.find_first_of("\r\n"), "+");
        for (std::size_t i = 1; i < lines; ++i)
            out += m_lineEnd;
    }
    out.insert(out.find_first_of("\r\n"), kept);
    if (text.ends_with('\n') && node.end == m_source.size())
        out += m_lineEnd;
    return out;
}

void YamlEdit::replaceValue(const YamlValue& mapping, const YamlPair& pair, const YamlOut& with)
{
    const YamlNode& node = pair.value.node();
    const bool scalarToScalar = with.kind != YamlOut::Kind::Mapping && with.kind != YamlOut::Kind::Sequence &&
                                (node.alias || pair.value.isScalar() || pair.value.isNull());
    if (scalarToScalar)
        return replaceScalar(pair.value, with, mapping.node().column);
    if (node.anchored && isShared(node))
        return refuse(node.begin, "other places of the file refer to it by an alias");
    const std::size_t begin = pair.key.node().begin;
    if (mapping.node().style == YamlStyle::Flow)
        return change(begin, node.end, writeFlowPair({pair.key.text(), with}));
    // A comment behind the value stays on the first line.
    const std::string text = writePair({pair.key.text(), with}, mapping.node().column, m_lineEnd);
    const std::size_t firstLine = std::min(text.find(m_lineEnd), text.size());
    change(begin, node.end, text.substr(0, firstLine));
    change(lineEnd(node.end), lineEnd(node.end), text.substr(firstLine));
}

Result<std::string> YamlEdit::apply() const
{
    if (m_problem)
        return tl::unexpected(*m_problem);
    std::vector<Change> changes = m_changes;
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::string out = m_tree.hasByteOrderMark ? "\xEF\xBB\xBF" : "";
    std::size_t done = 0;
    for (const Change& change : changes) {
        if (change.begin < done)
            return failure(ErrorKind::Internal, "cannot change " + visible(m_tree.fileName),
                           "two changes concern the same place", "change the file in a text editor",
                           placeIn(m_tree, change.begin));
        out.append(m_source, done, change.begin - done).append(change.text);
        done = change.end;
    }
    return out.append(m_source, done);
}

} // namespace claimcheck::store
