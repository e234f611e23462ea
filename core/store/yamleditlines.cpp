// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The half of YamlEdit that adds and takes away: whole lines in block style, between commas in flow style.

#include <algorithm>
#include <array>

#include <base/text.h>
#include <store/yamledit.h>

namespace claimcheck::store {
namespace {

/// Every key that we write, such that within each mapping of OpenCollection they stand in canonical order.
constexpr std::array<std::string_view, 28> canonicalOrder{
    "opencollection", "info",     "config",    "request", "http",       "runtime",  "settings", "docs",
    "examples",       "secret",   "name",      "type",    "expression", "operator", "value",    "data",
    "description",    "disabled", "seq",       "tags",    "method",     "url",      "params",   "headers",
    "body",           "auth",     "variables", "token"};

std::size_t rank(std::string_view key)
{
    const auto found = std::find(canonicalOrder.begin(), canonicalOrder.end(), key);
    return static_cast<std::size_t>(found - canonicalOrder.begin());
}

} // namespace

void YamlEdit::addPair(const YamlValue& mapping, const YamlOutPair& pair)
{
    const YamlNode& node = mapping.node();
    const std::vector<YamlPair> pairs = mapping.pairs();
    if (!mapping.isMapping())
        return m_source.empty() ? change(0, 0, writePair(pair, 0, m_lineEnd))
                                : refuse(node.begin, "it is not a mapping of keys to values");
    if (node.style == YamlStyle::Flow) {
        const std::size_t end = pairs.empty() ? node.begin + 1 : pairs.back().value.node().end;
        return change(end, end, (pairs.empty() ? "" : ", ") + writeFlowPair(pair));
    }
    const YamlPair* before = nullptr;
    for (const YamlPair& present : pairs)
        if (rank(present.key.text()) <= rank(pair.key))
            before = &present;
    const std::string text = writePair(pair, node.column, m_lineEnd);
    const std::string gap(node.column == 0 && partsWithBlankLines() ? m_lineEnd : "");
    if (before) {
        const std::size_t end = lineEnd(before->value.node().end);
        return change(end, end, gap + newLine(node.column) + text);
    }
    const std::size_t first = pairs.front().key.node().begin;
    // As lines of their own: the first key's line may go in the same edit.
    if (startsLine(first) && lineStart(first) > 0) {
        const std::size_t end = lineEnd(lineStart(lineStart(first) - 1));
        return change(end, end, newLine(node.column) + text + gap);
    }
    change(first, first, text + gap + newLine(node.column));
}

void YamlEdit::putLast(const YamlValue& mapping, const YamlOutPair& pair)
{
    const YamlNode& node = mapping.node();
    const std::vector<YamlPair> pairs = mapping.pairs();
    if (mapping.isAlias() || node.style == YamlStyle::Flow || pairs.empty() || mapping.find(pair.key))
        return putIn(mapping, pair);
    const std::size_t end = lineEnd(pairs.back().value.node().end);
    change(end, end, newLine(node.column) + writePair(pair, node.column, m_lineEnd));
}

void YamlEdit::insertItems(const YamlValue& list, std::optional<std::size_t> behind,
                           const std::vector<YamlOut>& items)
{
    const YamlNode& node = list.node();
    const std::vector<YamlValue> present = list.items();
    if (list.isAlias() || present.empty())
        return refuse(node.begin, "it is written as an alias of another place");
    const bool flow = node.style == YamlStyle::Flow;
    std::string text;
    for (const YamlOut& item : items) {
        const std::string one = flow ? writeFlow(item) : writeItem(item, node.column, m_lineEnd);
        const std::string gap = flow ? ", " : newLine(node.column);
        text += behind ? gap + one : one + gap;
    }
    std::size_t place = flow ? present.front().node().begin : node.begin;
    if (behind)
        place = flow ? present[*behind].node().end : lineEnd(present[*behind].node().end);
    change(place, place, text);
}

void YamlEdit::eraseItem(const YamlValue& list, std::size_t index)
{
    const std::vector<YamlValue> items = list.items();
    if (list.isAlias())
        return refuse(list.node().begin, "it is written as an alias of another place");
    if (list.node().style == YamlStyle::Flow) {
        std::vector<std::pair<std::size_t, std::size_t>> ranges;
        ranges.reserve(items.size());
        for (const YamlValue& item : items)
            ranges.emplace_back(item.node().begin, item.node().end);
        return eraseFlow(ranges, index);
    }
    const std::size_t dash = dashOf(list, index);
    if (!startsLine(dash))
        return refuse(dash, "it shares its line with something else");
    eraseLines(dash, items[index].node().end, false);
}

/// Between two items stand only comments and blank lines.
std::size_t YamlEdit::dashOf(const YamlValue& list, std::size_t index) const
{
    if (index == 0)
        return list.node().begin;
    std::size_t line = lineEnd(list.items()[index - 1].node().end);
    while (line < m_source.size()) {
        const std::size_t text = m_source.find_first_not_of(" \t\r\n", line);
        if (text == std::string::npos || m_source[text] == '-')
            return std::min(text, m_source.size());
        line = lineEnd(text);
    }
    return line;
}

/// With the comma behind it, or the one before where it is the last.
void YamlEdit::eraseFlow(const std::vector<std::pair<std::size_t, std::size_t>>& ranges, std::size_t index)
{
    if (index + 1 < ranges.size())
        change(ranges[index].first, ranges[index + 1].first, {});
    else if (index > 0)
        change(ranges[index - 1].second, ranges[index].second, {});
    else
        change(ranges[index].first, ranges[index].second, {});
}

/// The lines from that of `first` to that of `last`, with the line end before them: so a missing final line
/// end stays missing, and what is inserted behind the last of them has its place.
void YamlEdit::eraseLines(std::size_t first, std::size_t last, bool blankBefore)
{
    std::size_t begin = lineStart(first);
    while (blankBefore && begin > 0 && isBlankLine(begin - 1))
        begin = lineStart(begin - 1);
    if (begin == 0)
        return change(0, std::min(m_source.find('\n', last), m_source.size() - 1) + 1, {});
    change(lineEnd(lineStart(begin - 1)), lineEnd(last), {});
}

bool YamlEdit::isBlankLine(std::size_t offset) const
{
    const std::size_t start = lineStart(offset);
    return trimmed(std::string_view(m_source).substr(start, lineEnd(start) - start)).empty();
}

void YamlEdit::change(std::size_t begin, std::size_t end, std::string text)
{
    m_changes.push_back({begin, end, std::move(text)});
}

void YamlEdit::refuse(std::size_t offset, std::string why)
{
    if (!m_problem)
        m_problem =
            Error{ErrorKind::Refused, "cannot change one place of " + visible(m_tree.fileName) + " alone",
                  std::move(why), "change the file in a text editor", placeIn(m_tree, offset)};
}

std::size_t YamlEdit::lineStart(std::size_t offset) const
{
    return offset == 0 ? 0 : m_source.rfind('\n', offset - 1) + 1;
}

std::size_t YamlEdit::lineEnd(std::size_t offset) const
{
    const std::size_t end = std::min(m_source.find('\n', offset), m_source.size());
    return end > offset && end < m_source.size() && m_source[end - 1] == '\r' ? end - 1 : end;
}

bool YamlEdit::startsLine(std::size_t offset) const
{
    const std::size_t start = lineStart(offset);
    return trimmed(std::string_view(m_source).substr(start, offset - start)).empty();
}

bool YamlEdit::isShared(const YamlNode& node) const
{
    return std::any_of(m_tree.nodes.begin(), m_tree.nodes.end(), [&](const YamlNode& other) {
        return other.alias && &m_tree.nodes[*other.alias] == &node;
    });
}

bool YamlEdit::partsWithBlankLines() const
{
    const std::vector<YamlPair> pairs = m_tree.root().pairs();
    for (std::size_t i = 1; i < pairs.size(); ++i) {
        const std::size_t start = lineStart(pairs[i].key.node().begin);
        if (start > 0 && isBlankLine(start - 1))
            return true;
    }
    return pairs.size() < 2;
}

std::string YamlEdit::newLine(std::size_t column) const
{
    return std::string(m_lineEnd) + std::string(column, ' ');
}

} // namespace claimcheck::store
