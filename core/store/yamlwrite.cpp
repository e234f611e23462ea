// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/yamlwrite.h>

#include <store/yamlscalar.h>

namespace claimcheck::store {
namespace {

constexpr std::size_t step = 2;

bool isScalar(const YamlOut& value)
{
    return value.kind != YamlOut::Kind::Mapping && value.kind != YamlOut::Kind::Sequence;
}

std::string writeScalar(const YamlOut& value, std::size_t column, std::string_view lineEnd)
{
    if (value.kind == YamlOut::Kind::Word)
        return value.text;
    if (value.kind == YamlOut::Kind::Block && isLiteralSafe(value.text))
        return literalScalar(value.text, column, column + step, lineEnd);
    return quoteScalar(value.text);
}

std::string newLine(std::size_t column, std::string_view lineEnd)
{
    return std::string(lineEnd) + std::string(column, ' ');
}

/// The pairs of a mapping whose first key is already placed at `column`.
std::string writePairs(const std::vector<YamlOutPair>& pairs, std::size_t column, std::string_view lineEnd)
{
    std::string out;
    for (const YamlOutPair& pair : pairs) {
        if (!out.empty())
            out += newLine(column, lineEnd);
        out += writePair(pair, column, lineEnd);
    }
    return out;
}

} // namespace

YamlOut YamlOut::ofText(std::string text)
{
    return {Kind::Text, std::move(text), {}, {}};
}

YamlOut YamlOut::ofBlock(std::string text)
{
    return {Kind::Block, std::move(text), {}, {}};
}

YamlOut YamlOut::ofWord(std::string word)
{
    return {Kind::Word, std::move(word), {}, {}};
}

YamlOut YamlOut::ofMapping(std::vector<YamlOutPair> pairs)
{
    return {Kind::Mapping, {}, std::move(pairs), {}};
}

YamlOut YamlOut::ofSequence(std::vector<YamlOut> items)
{
    return {Kind::Sequence, {}, {}, std::move(items)};
}

std::string writePair(const YamlOutPair& pair, std::size_t column, std::string_view lineEnd)
{
    const YamlOut& value = pair.value;
    const std::string key = quoteScalar(pair.key) + ":";
    if (isScalar(value))
        return key + " " + writeScalar(value, column, lineEnd);
    if (value.pairs.empty() && value.items.empty())
        return key + " " + writeFlow(value);
    std::string out = key;
    if (value.kind == YamlOut::Kind::Mapping)
        return out + newLine(column + step, lineEnd) + writePairs(value.pairs, column + step, lineEnd);
    for (const YamlOut& item : value.items)
        out += newLine(column + step, lineEnd) + writeItem(item, column + step, lineEnd);
    return out;
}

std::string writeItem(const YamlOut& item, std::size_t column, std::string_view lineEnd)
{
    if (isScalar(item))
        return "- " + writeScalar(item, column, lineEnd);
    if (item.kind == YamlOut::Kind::Sequence || item.pairs.empty())
        return "- " + writeFlow(item);
    return "- " + writePairs(item.pairs, column + step, lineEnd);
}

std::string writeFlow(const YamlOut& value)
{
    if (value.kind == YamlOut::Kind::Word)
        return value.text;
    if (isScalar(value))
        return quoteScalar(value.text);
    std::string out;
    for (const YamlOutPair& pair : value.pairs)
        out += (out.empty() ? "" : ", ") + writeFlowPair(pair);
    for (const YamlOut& item : value.items)
        out += (out.empty() ? "" : ", ") + writeFlow(item);
    return value.kind == YamlOut::Kind::Mapping ? "{" + out + "}" : "[" + out + "]";
}

std::string writeFlowPair(const YamlOutPair& pair)
{
    return quoteScalar(pair.key) + ": " + writeFlow(pair.value);
}

std::string writeFile(const std::vector<YamlOutPair>& pairs)
{
    std::string out;
    for (const YamlOutPair& pair : pairs)
        out += (out.empty() ? "" : "\n") + writePair(pair, 0, "\n") + "\n";
    return out;
}

} // namespace claimcheck::store
