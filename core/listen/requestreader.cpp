// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "requestreader.h"

#include "syntax.h"

#include <base/text.h>

#include <algorithm>
#include <utility>

namespace claimcheck::listen {

ReadState RequestReader::read(std::string& buffer)
{
    while (m_failure == 0 && m_step != Step::Done && advance(buffer)) {
    }
    if (m_failure != 0)
        return ReadState::Failed;
    return m_step == Step::Done ? ReadState::Complete : ReadState::NeedsMore;
}

void RequestReader::restart()
{
    *this = RequestReader(m_limits);
}

bool RequestReader::takeExpectation()
{
    return std::exchange(m_expectsContinue, false);
}

void RequestReader::fail(int status)
{
    m_failure = status;
    m_keepsAlive = false;
}

/// One step; false when it needs more bytes.
bool RequestReader::advance(std::string& buffer)
{
    if (m_step == Step::Body || m_step == Step::ChunkData)
        return takeBody(buffer);
    const auto line = takeLine(buffer);
    if (!line)
        return false;
    handleLine(*line);
    return true;
}

std::optional<std::string> RequestReader::takeLine(std::string& buffer)
{
    const std::size_t end = buffer.find('\n', m_scanned);
    const std::size_t length = end == std::string::npos ? buffer.size() : end + 1;
    if (m_headBytes + length > m_limits.head) {
        fail(m_step == Step::RequestLine ? 414 : 431);
        return std::nullopt;
    }
    m_scanned = end == std::string::npos ? length : 0;
    if (end == std::string::npos)
        return std::nullopt;
    m_headBytes += length;
    std::string line = buffer.substr(0, end);
    buffer.erase(0, length);
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return line;
}

bool RequestReader::takeBody(std::string& buffer)
{
    const auto take = static_cast<std::size_t>(std::min<std::uint64_t>(m_missing, buffer.size()));
    m_request.body.append(buffer, 0, take);
    buffer.erase(0, take);
    m_missing -= take;
    if (m_missing > 0)
        return false;
    m_step = m_step == Step::Body ? Step::Done : Step::ChunkEnd;
    return true;
}

void RequestReader::handleLine(const std::string& line)
{
    // RFC 9112 §2.2: a bare CR is invalid; RFC 9110 §5.5: so is NUL.
    static constexpr std::string_view forbidden("\r\0", 2);
    if (line.find_first_of(forbidden) != std::string::npos)
        return fail(400);
    switch (m_step) {
    case Step::RequestLine:
        return line.empty() ? void() : readRequestLine(line); // §2.2: empty lines before it are ignored
    case Step::Field:
        return line.empty() ? finishHead() : readField(line);
    case Step::ChunkSize:
        return readChunkSize(line);
    case Step::ChunkEnd:
        return line.empty() ? void(m_step = Step::ChunkSize) : fail(400);
    case Step::Trailer: // §7.1.2: may be discarded
        return line.empty() ? void(m_step = Step::Done) : void();
    default:
        return fail(500);
    }
}

/// RFC 9112 §3: method SP request-target SP HTTP-version.
void RequestReader::readRequestLine(std::string_view line)
{
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return fail(400);
    const std::string_view version = line.substr(last + 1);
    m_request.method = line.substr(0, first);
    if (!isToken(m_request.method) || !version.starts_with("HTTP/"))
        return fail(400);
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return fail(505);
    m_isHttp10 = version == "HTTP/1.0";
    m_step = Step::Field;
    readTarget(line.substr(first + 1, last - first - 1));
}

/// RFC 9112 §3.2: origin form, absolute form, or "*".
void RequestReader::readTarget(std::string_view target)
{
    if (!isTarget(target))
        return fail(400);
    m_request.target = pathAndQuery(target);
    m_authority = authorityOf(target);
    // RFC 9110 §4.2.1: no http URI is without a host; §4.2.4: nor is one sent with a user name in it.
    const bool isHost =
        !m_authority || (!m_authority->empty() && m_authority->find('@') == std::string::npos);
    if (m_request.target.empty() || !isHost)
        return fail(400);
    m_request.path = m_request.target.substr(0, m_request.target.find('?'));
}

/// RFC 9112 §5.1: no white space before the colon; §5.2: no folding.
void RequestReader::readField(std::string_view line)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
        return fail(400);
    if (m_request.headers.size() >= m_limits.fields)
        return fail(431);
    m_request.headers.push_back(
        {std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
}

/// RFC 9112 §3.2.2: the host of the absolute form takes the place of what Host says.
void RequestReader::takeAuthority()
{
    if (!m_authority)
        return;
    auto& fields = m_request.headers;
    const auto host = std::find_if(fields.begin(), fields.end(),
                                   [](const auto& field) { return equalsIgnoringCase(field.name, "Host"); });
    if (host == fields.end())
        fields.push_back({"Host", *m_authority});
    else
        host->value = *m_authority;
}

void RequestReader::finishHead()
{
    const auto& fields = m_request.headers;
    const auto hosts = std::count_if(fields.begin(), fields.end(), [](const auto& field) {
        return equalsIgnoringCase(field.name, "Host");
    });
    if (hosts > 1 || (hosts == 0 && !m_isHttp10)) // §3.2
        return fail(400);
    takeAuthority();
    const bool closes = hasListItem(m_request, "Connection", "close");
    const bool asksToKeep = hasListItem(m_request, "Connection", "keep-alive");
    m_keepsAlive = !closes && (!m_isHttp10 || asksToKeep);
    decideBody();
    const bool bodyComes = m_step == Step::Body || m_step == Step::ChunkSize;
    m_expectsContinue = bodyComes && equalsIgnoringCase(m_request.header("Expect"), "100-continue");
}

/// RFC 9112 §6.3.
void RequestReader::decideBody()
{
    m_step = Step::Done;
    const bool hasLength = m_request.hasHeader("Content-Length");
    if (m_request.hasHeader("Transfer-Encoding")) {
        if (hasLength || m_isHttp10)
            return fail(400);
        if (!isOnlyChunked(m_request))
            return fail(501);
        m_step = Step::ChunkSize;
    } else if (hasLength) {
        for (const ListenerHeader& field : m_request.headers)
            if (equalsIgnoringCase(field.name, "Content-Length"))
                expectLength(field.value);
    }
}

void RequestReader::expectLength(std::string_view text)
{
    const auto length = parseNumber(text, 10);
    const bool differs = m_step == Step::Body && length != m_missing;
    if (!length || differs)
        return fail(400);
    if (*length > m_limits.body)
        return fail(413);
    m_missing = *length;
    m_step = Step::Body;
}

/// RFC 9112 §7.1: hexadecimal, then extensions that we ignore.
void RequestReader::readChunkSize(std::string_view line)
{
    const auto size = parseNumber(trimmed(line.substr(0, line.find(';'))), 16);
    if (!size)
        return fail(400);
    if (*size > m_limits.body - m_request.body.size())
        return fail(413);
    m_missing = *size;
    m_step = *size == 0 ? Step::Trailer : Step::ChunkData;
}

} // namespace claimcheck::listen
