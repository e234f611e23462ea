// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a scalar stands in the source: libfyaml's marks leave out quotes, and of a block scalar the header.

#include <algorithm>

#include <base/text.h>
#include <store/yamlbuilder.h>

namespace claimcheck::store {
namespace {

YamlStyle styleOf(fy_token* token)
{
    switch (fy_token_scalar_style(token)) {
    case FYSS_SINGLE_QUOTED:
        return YamlStyle::SingleQuoted;
    case FYSS_DOUBLE_QUOTED:
        return YamlStyle::DoubleQuoted;
    case FYSS_LITERAL:
        return YamlStyle::Literal;
    case FYSS_FOLDED:
        return YamlStyle::Folded;
    default:
        return YamlStyle::Plain;
    }
}

/// The content of 'single quotes' (YAML 1.2 §7.3.2), folded. libfyaml 0.7.12 drops a character behind two
/// doubled quotes.
std::string unquoteSingle(std::string_view content)
{
    std::string out;
    std::size_t breaks = 0;
    for (std::size_t i = 0; i < content.size(); ++i) {
        const char c = content[i];
        if (c == '\n' || c == '\r') {
            if (breaks++ == 0)
                out.erase(out.find_last_not_of(" \t") + 1);
            i += content.substr(i, 2) == "\r\n" ? 1u : 0u;
            continue;
        }
        if (breaks > 0 && (c == ' ' || c == '\t'))
            continue;
        if (breaks > 0)
            out += breaks == 1 ? " " : std::string(breaks - 1, '\n');
        breaks = 0;
        out += c;
        i += c == '\'' ? 1u : 0u;
    }
    return breaks == 0 ? out : out + (breaks == 1 ? " " : std::string(breaks - 1, '\n'));
}

} // namespace

/// After the colon or the dash that announces the value, where one is there.
std::size_t YamlBuilder::emptyPlace() const
{
    const char sign = expectsValue() ? ':' : '-';
    const std::size_t next = m_tree.source.find_first_not_of(" \t\r\n", m_last);
    return next != std::string::npos && m_tree.source[next] == sign ? next + 1 : m_last;
}

void YamlBuilder::placeScalar(YamlNode& node, fy_token* value)
{
    const fy_mark* start = value ? fy_token_start_mark(value) : nullptr;
    const fy_mark* end = value ? fy_token_end_mark(value) : nullptr;
    if (!start || !end) {
        node.begin = node.end = emptyPlace();
        return;
    }
    node.text = tokenText(value);
    node.style = styleOf(value);
    if (node.style == YamlStyle::Literal || node.style == YamlStyle::Folded)
        return placeBlockScalar(node, *end);
    const std::size_t quote = node.style == YamlStyle::Plain ? 0 : 1;
    node.begin = start->input_pos - quote;
    node.end = end->input_pos + quote;
    if (node.style == YamlStyle::SingleQuoted)
        node.text = unquoteSingle(
            std::string_view(m_tree.source).substr(start->input_pos, end->input_pos - start->input_pos));
    node.column = static_cast<std::size_t>(start->column) - quote;
}

/// The end of the last line of content, its line end excluded: blank lines behind it belong to what follows.
std::size_t YamlBuilder::contentEnd(std::size_t headerEnd, std::size_t tokenEnd) const
{
    const std::string& source = m_tree.source;
    const std::size_t content = source.find_first_not_of(" \r\n", headerEnd);
    if (content == std::string::npos || content >= tokenEnd)
        return headerEnd;
    const std::size_t indent = content - source.rfind('\n', content) - 1;
    std::size_t end = tokenEnd;
    while (end > content) {
        const std::size_t lineStart = source.rfind('\n', end - 1) + 1;
        const std::string_view line = std::string_view(source).substr(lineStart, end - lineStart);
        // A line of more blanks than the indentation is content.
        if (!trimmed(line).empty() || line.find_last_of(' ') + 1 > indent)
            break;
        end = lineStart - 1;
    }
    return end;
}

/// From the indicator on; the marks begin behind the header and end at the next token.
void YamlBuilder::placeBlockScalar(YamlNode& node, const fy_mark& end)
{
    const std::string& source = m_tree.source;
    node.begin = std::min(source.find_first_of("|>", m_last), end.input_pos);
    const std::size_t headerEnd = std::min(source.find('\n', node.begin), source.size());
    const std::string_view header = std::string_view(source).substr(node.begin, headerEnd - node.begin);
    const bool keeps = header.substr(0, header.find_first_of(" \t#\r")).find('+') != std::string_view::npos;
    // The mark may lie behind the indentation of the next key.
    const std::size_t next = source.find_last_not_of(' ', std::max<std::size_t>(end.input_pos, 1) - 1) + 1;
    const std::size_t keptEnd = next > 0 && source[next - 1] == '\n' ? next : end.input_pos;
    node.end = std::max(headerEnd, keeps ? keptEnd : contentEnd(headerEnd, end.input_pos));
    if (node.end > headerEnd && source[node.end - 1] == '\n')
        --node.end;
    if (node.end > node.begin && source[node.end - 1] == '\r')
        --node.end;
}

} // namespace claimcheck::store
