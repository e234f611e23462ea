// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/yamlrestyle.h>

#include <store/yamlscalar.h>

namespace claimcheck::store {
namespace {

/// What the old spelling of a block scalar says beyond its text.
struct BlockSpelling
{
    std::string comment; ///< behind the header, with the blanks before it
    bool keeps = false;  ///< `|+`: all line ends behind the text count
    std::size_t indent = 0;
};

BlockSpelling spellingOf(std::string_view old, std::size_t column)
{
    BlockSpelling spelling{{}, false, column + 2};
    const std::string_view header = old.substr(0, old.find_first_of("\r\n"));
    const std::string_view indicators = header.substr(0, header.find_first_of(" \t"));
    if (header.find('#') != std::string_view::npos)
        spelling.comment = header.substr(indicators.size());
    spelling.keeps = indicators.find('+') != std::string_view::npos;
    const bool isExplicit = indicators.find_first_of("123456789") != std::string_view::npos;
    const std::size_t content = old.find_first_not_of(" \r\n", header.size());
    if (content == std::string_view::npos || isExplicit)
        return spelling;
    const std::size_t indent = content - old.rfind('\n', content) - 1;
    if (indent > column && indent < column + 10)
        spelling.indent = indent;
    return spelling;
}

/// The line ends at the end of the text that `|+` can hold and `|` cannot.
std::size_t extraLineEnds(std::string_view text)
{
    const std::size_t end = text.find_last_not_of('\n');
    return end == std::string_view::npos || text.size() - end < 3 ? 0 : text.size() - end - 2;
}

} // namespace

std::string restyled(const YamlTree& tree, const YamlNode& node, const YamlOut& with, std::size_t column,
                     std::string_view lineEnd)
{
    if (with.kind == YamlOut::Kind::Word)
        return with.text;
    const bool wasBlock = node.style == YamlStyle::Literal || node.style == YamlStyle::Folded;
    const bool isLong = node.begin == node.end || with.text.find('\n') != std::string::npos;
    const bool wantsBlock = wasBlock || (with.kind == YamlOut::Kind::Block && isLong);
    const std::string_view old = std::string_view(tree.source).substr(node.begin, node.end - node.begin);
    const BlockSpelling spelling = wasBlock ? spellingOf(old, column) : BlockSpelling{{}, false, column + 2};
    const std::size_t extra = spelling.keeps ? extraLineEnds(with.text) : 0;
    const std::string_view text = std::string_view(with.text).substr(0, with.text.size() - extra);
    if (node.inFlow || !wantsBlock || !isLiteralSafe(text))
        return quoteScalar(with.text, wasBlock ? YamlStyle::DoubleQuoted : node.style) + spelling.comment;

    std::string out = literalScalar(text, column, spelling.indent, lineEnd);
    out.insert(out.find(lineEnd), (extra > 0 ? "+" : "") + spelling.comment);
    for (std::size_t i = 0; i < extra; ++i)
        out += lineEnd;
    // Without a line end behind it some readers would not count the last one.
    if (text.ends_with('\n') && node.end == tree.source.size())
        out += lineEnd;
    return out;
}

} // namespace claimcheck::store
