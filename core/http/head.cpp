// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/head.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include <base/text.h>

namespace claimcheck::http {

namespace {

std::string_view withoutLineEnd(std::string_view line)
{
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n'))
        line.remove_suffix(1);
    return line;
}

} // namespace

bool HeadReader::addLine(std::string_view line)
{
    m_bytes += line.size();
    if (m_bytes > limit)
        return false;
    const auto text = withoutLineEnd(line);
    if (m_complete) {
        addField(m_response.trailers, text);
        return true;
    }
    m_response.rawHead.append(line);
    if (text.starts_with("HTTP/"))
        startHead(text);
    else if (text.empty())
        m_complete = m_response.status >= 200 || m_response.status == 101;
    else
        addField(m_response.headers, text);
    return true;
}

/// status-line, RFC 9112 §4: version SP code SP [reason].
void HeadReader::startHead(std::string_view line)
{
    const auto space = std::min(line.find(' '), line.size());
    m_response.version = line.substr(0, space);
    m_response.headers.clear();
    m_response.reason.clear();
    m_response.status = 0;
    const auto rest = trimmed(line.substr(space));
    const auto [end, status] = std::from_chars(rest.data(), rest.data() + rest.size(), m_response.status);
    const auto codeLength = static_cast<std::size_t>(end - rest.data());
    if (status == std::errc{} && codeLength < rest.size())
        m_response.reason = trimmed(rest.substr(codeLength));
}

void HeadReader::addField(Headers& fields, std::string_view line)
{
    if (line.empty())
        return;
    const bool isFolded = line.front() == ' ' || line.front() == '\t';
    if (isFolded && !fields.empty()) {
        fields.back().value.append(" ").append(trimmed(line));
        return;
    }
    const auto colon = std::min(line.find(':'), line.size());
    const auto value = colon < line.size() ? line.substr(colon + 1) : std::string_view();
    fields.push_back({std::string(trimmed(line.substr(0, colon))), std::string(trimmed(value))});
}

Headers fieldsOf(std::string_view head)
{
    HeadReader reader;
    while (!head.empty()) {
        const std::size_t end = std::min(head.find('\n'), head.size() - 1) + 1;
        if (!reader.addLine(head.substr(0, end)))
            break;
        head.remove_prefix(end);
    }
    return std::move(reader.response().headers);
}

bool hasBadLength(const Headers& headers)
{
    const auto text = headerValue(headers, "Content-Length");
    if (!text)
        return false;
    const std::string_view value = trimmed(std::string_view(*text).substr(0, text->find(',')));
    std::int64_t length = -1;
    const auto [end, status] = std::from_chars(value.data(), value.data() + value.size(), length);
    return status != std::errc{} || end != value.data() + value.size() || length < 0;
}

bool hasDifferingLengths(const Headers& headers)
{
    std::optional<std::string> first;
    for (const auto& header : headers) {
        if (!equalsIgnoringCase(header.name, "Content-Length"))
            continue;
        // "2, 5" in one field is the same as two fields (RFC 9110 §8.6).
        std::string_view rest = header.value;
        while (true) {
            const auto comma = rest.find(',');
            const std::string value(trimmed(rest.substr(0, comma)));
            if (first && *first != value)
                return true;
            first = value;
            if (comma == std::string_view::npos)
                break;
            rest.remove_prefix(comma + 1);
        }
    }
    return false;
}

} // namespace claimcheck::http
