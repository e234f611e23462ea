// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// .env files, each value read as dotenv 16 for Node reads it, which Bruno uses: one repository serves both.
// A line that it would pass over without a word is an error here, since a variable would be missing.

#include <run/datafile.h>

#include <algorithm>
#include <optional>

#include <base/text.h>

namespace claimcheck::run {
namespace {

bool isVariableName(std::string_view name)
{
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
              c == '.' || c == '-'))
            return false;
    return !name.empty();
}

bool opensQuote(std::string_view value)
{
    return !value.empty() && (value.front() == '"' || value.front() == '\'' || value.front() == '`');
}

/// Nothing but blanks or a comment stands behind a value until its line ends.
bool endsEntry(std::string_view rest)
{
    const std::size_t at = rest.find_first_not_of(" \t\v\f");
    return at == std::string_view::npos || rest[at] == '\n' || rest[at] == '#';
}

/// The closing quote of a value that begins with one, behind which the entry must end: the first without a
/// backslash before it, else the last with one (a Windows path may end so). Two backslashes are like one.
std::size_t closingQuote(std::string_view value)
{
    std::size_t close = std::string_view::npos;
    for (std::size_t at = value.find(value.front(), 1); at != std::string_view::npos;
         at = value.find(value.front(), at + 1)) {
        const bool isEscaped = value[at - 1] == '\\';
        if (endsEntry(value.substr(at + 1)))
            close = at;
        if (!isEscaped)
            break;
    }
    return close;
}

/// \n and \r; every other backslash stands for itself.
std::string withLineEnds(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view two = text.substr(i, 2);
        const bool isLineEnd = two == "\\n" || two == "\\r";
        out += isLineEnd ? (two[1] == 'n' ? '\n' : '\r') : text[i];
        i += isLineEnd ? 1u : 0u;
    }
    return out;
}

/// A value that is not in quotes as a whole ends at its first "#", which needs no blank before it.
std::string valueOfEntry(std::string_view text)
{
    std::string_view value = trimmed(text);
    const std::size_t close = opensQuote(value) ? closingQuote(value) : std::string_view::npos;
    value = close == std::string_view::npos ? trimmed(value.substr(0, value.find('#')))
                                            : value.substr(0, close + 1);
    const bool expands = value.starts_with('"');
    if (value.size() > 1 && opensQuote(value) && value.back() == value.front())
        value = value.substr(1, value.size() - 2);
    return expands ? withLineEnds(value) : std::string(value);
}

/// "NAME=", or "NAME: " as YAML has it: where the value begins, behind the name.
std::size_t valueBegin(std::string_view line)
{
    const std::size_t mark = line.find_first_of("=:");
    const bool isColon = mark != std::string_view::npos && line[mark] == ':';
    if (isColon && line.substr(mark + 1).find_first_of(" \t") != 0)
        return std::string_view::npos;
    return mark == std::string_view::npos ? mark : mark + 1;
}

std::string_view withoutExport(std::string_view line)
{
    constexpr std::string_view word = "export";
    const std::string_view rest = line.starts_with(word) ? line.substr(word.size()) : std::string_view();
    const std::string_view name = trimmed(rest);
    return name.size() < rest.size() && !name.starts_with('=') ? name : line;
}

/// Where the entry that `text` begins with ends; a value in quotes (a key in PEM) goes on over line ends.
std::size_t entryEnd(std::string_view text)
{
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t begin = valueBegin(line);
    if (begin == std::string_view::npos || trimmed(line).starts_with('#'))
        return end;
    const std::size_t value = line.find_first_not_of(" \t", begin);
    if (value == std::string_view::npos || !opensQuote(text.substr(value)))
        return end;
    const std::size_t close = closingQuote(text.substr(value));
    return close == std::string_view::npos ? end : std::min(text.find('\n', value + close), text.size());
}

std::optional<variables::Variable> variableOf(std::string_view line)
{
    line = withoutExport(line);
    const std::size_t begin = valueBegin(line);
    if (begin == std::string_view::npos)
        return std::nullopt;
    const bool isColon = line[begin - 1] == ':';
    const std::string_view name = isColon ? line.substr(0, begin - 1) : trimmed(line.substr(0, begin - 1));
    if (!isVariableName(name))
        return std::nullopt;
    return variables::Variable{std::string(name), valueOfEntry(line.substr(begin))};
}

/// Without a byte order mark, and with "\n" for every line end.
std::string withLineFeeds(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = text.starts_with("\xef\xbb\xbf") ? 3 : 0; i < text.size(); ++i)
        if (text.substr(i, 2) != "\r\n")
            out += text[i] == '\r' ? '\n' : text[i];
    return out;
}

} // namespace

Result<std::vector<variables::Variable>> readDotEnv(std::string_view text, const std::string& name)
{
    std::vector<variables::Variable> variables;
    const std::string lines = withLineFeeds(text);
    std::string_view rest = lines;
    std::size_t next = 1; // line
    while (!rest.empty()) {
        const std::size_t end = entryEnd(rest);
        const std::string_view entry = rest.substr(0, end);
        const std::string_view line = trimmed(entry);
        const std::size_t number = next;
        next += 1 + static_cast<std::size_t>(std::count(entry.begin(), entry.end(), '\n'));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.empty() || line.front() == '#')
            continue;
        auto variable = variableOf(line);
        if (!variable)
            return failure(ErrorKind::Unreadable, "cannot use the file " + visible(name),
                           "line " + std::to_string(number) + " is no NAME=value", "mend that line",
                           Position{visible(name), 0, number, 1});
        variables.push_back(*std::move(variable));
    }
    return variables::lastOfEachName(std::move(variables));
}

} // namespace claimcheck::run
