// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/datafile.h>

#include <algorithm>
#include <set>

#include <base/text.h>
#include <json/document.h>
#include <run/value.h>

namespace claimcheck::run {
namespace {

using Record = std::vector<std::string>;

tl::unexpected<Error> malformed(const std::string& name, std::size_t line, std::string why)
{
    return failure(ErrorKind::Unreadable, "cannot use the data file " + visible(name), std::move(why),
                   "write a CSV file with names in its first line, or a JSON array of objects",
                   Position{visible(name), 0, line, 1});
}

/// RFC 4180 §2; line ends of any kind. A quote inside of a field that is not quoted is a character.
class CsvReader
{
public:
    CsvReader(std::string_view text, const std::string& name) : m_text(text), m_name(name) {}

    Result<std::vector<Record>> read()
    {
        std::vector<Record> records;
        while (m_at < m_text.size()) {
            Result<Record> record = readRecord();
            if (!record)
                return tl::unexpected(record.error());
            if (record->size() > 1 || !record->front().empty())
                records.push_back(*std::move(record));
        }
        return records;
    }

private:
    Result<Record> readRecord()
    {
        Record record;
        for (;;) {
            const bool isQuoted = m_at < m_text.size() && m_text[m_at] == '"';
            Result<std::string> field = isQuoted ? readQuoted() : readPlain();
            if (!field)
                return tl::unexpected(field.error());
            record.push_back(*std::move(field));
            if (m_at < m_text.size() && m_text[m_at] == ',') {
                ++m_at;
                continue;
            }
            skipLineEnd();
            return record;
        }
    }

    std::string readPlain()
    {
        const std::size_t end = std::min(m_text.find_first_of(",\r\n", m_at), m_text.size());
        const std::string field(m_text.substr(m_at, end - m_at));
        m_at = end;
        return field;
    }

    Result<std::string> readQuoted()
    {
        const std::size_t begin = m_line;
        std::string field;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const bool isQuote = m_text[m_at] == '"';
            if (isQuote && m_text.substr(m_at + 1, 1) != "\"")
                break;
            m_at += isQuote ? 1u : 0u;
            m_line += m_text[m_at] == '\n' ? 1u : 0u;
            field += m_text[m_at];
        }
        if (m_at >= m_text.size())
            return malformed(m_name, begin, "a quote is not closed");
        ++m_at;
        const bool isEnd =
            m_at >= m_text.size() || std::string_view(",\r\n").find(m_text[m_at]) != std::string_view::npos;
        return isEnd ? Result<std::string>(std::move(field))
                     : malformed(m_name, m_line, "text stands behind a closing quote");
    }

    void skipLineEnd()
    {
        m_at += m_text.substr(m_at, 2) == "\r\n" ? 2u : 1u;
        ++m_line;
    }

    std::string_view m_text;
    const std::string& m_name;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
};

/// Which of two columns is meant nobody can tell; columns without a name (a spreadsheet leaves some) are
/// nobody's. Where all names stand in one field, something else than commas parts them.
Result<Record> columnNames(const Record& fields, const std::string& name)
{
    Record names;
    for (const std::string& field : fields) {
        std::string column(trimmed(field));
        if (!column.empty() && std::find(names.begin(), names.end(), column) != names.end())
            return malformed(name, 1, "two of its columns are named " + visible(column));
        if (fields.size() == 1 && column.find_first_of(";\t") != std::string::npos)
            return malformed(name, 1, "its fields are parted by something else than commas");
        names.push_back(std::move(column));
    }
    return names;
}

Result<std::vector<DataRow>> rowsOfCsv(std::string_view text, const std::string& name)
{
    const Result<std::vector<Record>> records = CsvReader(text, name).read();
    if (!records)
        return tl::unexpected(records.error());
    if (records->empty())
        return malformed(name, 1, "it is empty");
    const Result<Record> names = columnNames(records->front(), name);
    if (!names)
        return tl::unexpected(names.error());
    std::vector<DataRow> rows;
    for (std::size_t i = 1; i < records->size(); ++i) {
        const Record& record = (*records)[i];
        if (record.size() > names->size())
            return malformed(name, i + 1, "it has more fields than the first line has names");
        DataRow row;
        for (std::size_t column = 0; column < names->size(); ++column)
            row.push_back({(*names)[column], column < record.size() ? record[column] : std::string()});
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<DataRow>> rowsOfJson(std::string_view text, const std::string& name)
{
    const auto document = json::parse(text);
    if (!document)
        return malformed(name, document.error().where ? document.error().where->line : 1,
                         document.error().why);
    std::vector<DataRow> rows;
    for (const json::Value& item : document->root().items()) {
        if (!item.isObject())
            return malformed(name, json::positionOf(text, item.offset()).line, "a row is no object");
        DataRow row;
        std::set<std::string> names;
        for (const json::Member& member : item.members()) {
            if (!names.insert(member.name).second)
                return malformed(name, json::positionOf(text, item.offset()).line,
                                 "a row has the name " + visible(member.name) + " twice");
            const Value value = valueOf(member.value);
            const bool isText = value.is(ValueKind::String);
            row.push_back({member.name, isText ? value.text : std::string(member.value.text())});
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string_view withoutMark(std::string_view text)
{
    return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

bool isVariableName(std::string_view name)
{
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
              c == '.' || c == '-'))
            return false;
    return !name.empty();
}

std::string unescaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isEscape = text[i] == '\\' && i + 1 < text.size();
        if (!isEscape) {
            out += text[i];
            continue;
        }
        ++i;
        out += text[i] == 'n' ? '\n' : text[i] == 'r' ? '\r' : text[i] == 't' ? '\t' : text[i];
    }
    return out;
}

/// The closing quote of a value that begins with one; escapes count in double quotes only.
std::size_t closingQuote(std::string_view value)
{
    std::size_t at = 1;
    while (at < value.size() && value[at] != value.front())
        at += value.front() == '"' && value[at] == '\\' ? std::size_t{2} : std::size_t{1};
    return at < value.size() ? at : std::string_view::npos;
}

bool opensQuote(std::string_view value)
{
    return !value.empty() && (value.front() == '"' || value.front() == '\'' || value.front() == '`');
}

/// Where the line that `text` begins with ends; a value in quotes (a key in PEM) goes on over line ends.
std::size_t entryEnd(std::string_view text)
{
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::size_t equals = text.substr(0, end).find('=');
    if (equals == std::string_view::npos || trimmed(text.substr(0, end)).starts_with('#'))
        return end;
    const std::size_t begin = text.find_first_not_of(" \t", equals + 1);
    if (begin >= end || !opensQuote(text.substr(begin)))
        return end;
    const std::size_t close = closingQuote(text.substr(begin));
    return close == std::string_view::npos ? end : std::min(text.find('\n', begin + close), text.size());
}

std::string withLineFeeds(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text.substr(i, 2) != "\r\n")
            out += text[i];
    return out;
}

std::optional<std::string> dotEnvValue(std::string_view text)
{
    const std::string_view value = trimmed(text);
    if (!opensQuote(value))
        return std::string(trimmed(value.substr(0, value.find(" #"))));
    const std::size_t end = closingQuote(value);
    if (end == std::string_view::npos)
        return std::nullopt;
    const std::string_view rest = trimmed(value.substr(end + 1));
    if (!rest.empty() && rest.front() != '#')
        return std::nullopt;
    const std::string inner = withLineFeeds(value.substr(1, end - 1));
    return value.front() == '"' ? unescaped(inner) : inner;
}

} // namespace

Result<std::vector<DataRow>> readData(std::string_view text, const std::string& name)
{
    if (const auto wrong = firstInvalidUtf8(text))
        return failure(ErrorKind::Unreadable, "cannot use the data file " + visible(name),
                       "it is not UTF-8 text", "save it as UTF-8; spreadsheets call that \"CSV UTF-8\"",
                       Position{visible(name), 0, json::positionOf(text, *wrong).line, 1});
    const std::string_view bare = withoutMark(text);
    if (trimmed(bare).starts_with("{"))
        return malformed(name, 1, "it is one JSON object, and no array");
    return trimmed(bare).starts_with("[") ? rowsOfJson(bare, name) : rowsOfCsv(bare, name);
}

Result<std::vector<variables::Variable>> readDotEnv(std::string_view text, const std::string& name)
{
    std::vector<variables::Variable> variables;
    std::string_view rest = withoutMark(text);
    std::size_t next = 1; // line
    while (!rest.empty()) {
        const std::size_t end = entryEnd(rest);
        const std::string_view entry = rest.substr(0, end);
        std::string_view line = trimmed(entry);
        const std::size_t number = next;
        next += 1 + static_cast<std::size_t>(std::count(entry.begin(), entry.end(), '\n'));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.starts_with("export "))
            line = trimmed(line.substr(7));
        if (line.empty() || line.front() == '#')
            continue;
        const std::size_t equals = line.find('=');
        const std::string_view key = trimmed(line.substr(0, equals));
        const auto value =
            equals == std::string_view::npos ? std::nullopt : dotEnvValue(line.substr(equals + 1));
        if (!isVariableName(key) || !value)
            return failure(ErrorKind::Unreadable, "cannot use the file " + visible(name),
                           "line " + std::to_string(number) + " is no NAME=value", "mend that line",
                           Position{visible(name), 0, number, 1});
        variables.push_back({std::string(key), *value});
    }
    return variables::lastOfEachName(std::move(variables));
}

} // namespace claimcheck::run
