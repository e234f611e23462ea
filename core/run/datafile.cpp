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

struct Record
{
    Position place; ///< of its first field
    std::vector<std::string> fields;
};

tl::unexpected<Error> malformed(const std::string& name, Position place, std::string why)
{
    place.in = visible(name);
    return failure(ErrorKind::Unreadable, "cannot use the data file " + visible(name), std::move(why),
                   "write a CSV file with names in its first line, or a JSON array of objects",
                   std::move(place));
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
            if (record->fields.size() > 1 || !record->fields.front().empty())
                records.push_back(*std::move(record));
        }
        return records;
    }

private:
    Result<Record> readRecord()
    {
        Record record{place(), {}};
        for (;;) {
            const bool isQuoted = m_at < m_text.size() && m_text[m_at] == '"';
            Result<std::string> field = isQuoted ? readQuoted() : readPlain();
            if (!field)
                return tl::unexpected(field.error());
            record.fields.push_back(*std::move(field));
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
        const Position begin = place();
        std::string field;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const bool isQuote = m_text[m_at] == '"';
            if (isQuote && m_text.substr(m_at + 1, 1) != "\"")
                break;
            m_at += isQuote ? 1u : 0u;
            field += m_text[m_at];
            if (endsLine(m_at))
                beginLine(m_at + 1);
        }
        if (m_at >= m_text.size())
            return malformed(m_name, begin, "a quote is not closed");
        ++m_at;
        const bool isEnd =
            m_at >= m_text.size() || std::string_view(",\r\n").find(m_text[m_at]) != std::string_view::npos;
        return isEnd ? Result<std::string>(std::move(field))
                     : malformed(m_name, place(), "text stands behind a closing quote");
    }

    void skipLineEnd()
    {
        m_at += m_text.substr(m_at, 2) == "\r\n" ? 2u : 1u;
        beginLine(m_at);
    }

    bool endsLine(std::size_t at) const
    {
        return m_text[at] == '\n' || (m_text[at] == '\r' && m_text.substr(at + 1, 1) != "\n");
    }

    void beginLine(std::size_t at)
    {
        ++m_line;
        m_lineStart = at;
    }

    /// A line end may be a carriage return alone here, which json::positionOf does not count.
    Position place() const { return Position{{}, m_at, m_line, m_at - m_lineStart + 1}; }

    std::string_view m_text;
    const std::string& m_name;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    std::size_t m_lineStart = 0;
};

/// Which of two columns is meant nobody can tell; columns without a name (a spreadsheet leaves some) are
/// nobody's. Where all names stand in one field, something else than commas parts them.
Result<std::vector<std::string>> columnNames(const Record& header, const std::string& name)
{
    std::vector<std::string> names;
    for (const std::string& field : header.fields) {
        std::string column(trimmed(field));
        if (!column.empty() && std::find(names.begin(), names.end(), column) != names.end())
            return malformed(name, header.place, "two of its columns are named " + visible(column));
        if (header.fields.size() == 1 && column.find_first_of(";\t") != std::string::npos)
            return malformed(name, header.place, "its fields are parted by something else than commas");
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
        return malformed(name, json::positionOf(text, 0), "it is empty");
    const Result<std::vector<std::string>> names = columnNames(records->front(), name);
    if (!names)
        return tl::unexpected(names.error());
    std::vector<DataRow> rows;
    for (std::size_t i = 1; i < records->size(); ++i) {
        const Record& record = (*records)[i];
        if (record.fields.size() > names->size())
            return malformed(name, record.place, "it has more fields than the first line has names");
        DataRow row;
        for (std::size_t column = 0; column < names->size(); ++column)
            row.push_back(
                {(*names)[column], column < record.fields.size() ? record.fields[column] : std::string()});
        rows.push_back(std::move(row));
    }
    return rows;
}

Result<std::vector<DataRow>> rowsOfJson(std::string_view text, const std::string& name)
{
    const auto document = json::parse(text);
    if (!document)
        return malformed(name, document.error().where.value_or(Position{{}, 0, 1, 1}), document.error().why);
    std::vector<DataRow> rows;
    for (const json::Value& item : document->root().items()) {
        if (!item.isObject())
            return malformed(name, json::positionOf(text, item.offset()), "a row is no object");
        DataRow row;
        std::set<std::string> names;
        for (const json::Member& member : item.members()) {
            if (!names.insert(member.name).second)
                return malformed(name, json::positionOf(text, member.nameOffset),
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

} // namespace

Result<std::vector<DataRow>> readData(std::string_view text, const std::string& name)
{
    if (const auto wrong = firstInvalidUtf8(text)) {
        Position place = json::positionOf(text, *wrong);
        place.in = visible(name);
        return failure(ErrorKind::Unreadable, "cannot use the data file " + visible(name),
                       "it is not UTF-8 text", "save it as UTF-8; spreadsheets call that \"CSV UTF-8\"",
                       std::move(place));
    }
    const std::string_view bare = withoutMark(text);
    if (trimmed(bare).starts_with("{"))
        return malformed(name, json::positionOf(bare, bare.find('{')), "it is one JSON object, and no array");
    return trimmed(bare).starts_with("[") ? rowsOfJson(bare, name) : rowsOfCsv(bare, name);
}

} // namespace claimcheck::run
