// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads the head of an answer line by line: 1xx answers before it, the final head, trailers after the body.
// Names, order and duplicates stay as received (RFC 9112 §4, §5); a folded line (obs-fold) joins the one
// before.

#pragma once

#include <string>
#include <string_view>

#include <http/message.h>

namespace claimcheck::http {

class HeadReader
{
public:
    /// One line with its line end. False when it is too much: all lines together are limited.
    bool addLine(std::string_view line);

    bool isComplete() const { return m_complete; } ///< the final head (no 1xx) has ended
    bool hasStarted() const { return !m_response.rawHead.empty(); }
    const Response& response() const { return m_response; }
    /// For the body, which whoever feeds the reader appends.
    Response& response() { return m_response; }

    static constexpr std::size_t limit = 1024 * 1024;

private:
    void startHead(std::string_view line);
    void addField(Headers& fields, std::string_view line);

    Response m_response;
    std::size_t m_bytes = 0;
    bool m_complete = false;
};

/// The fields of a head that was read before (Hop::responseHead).
Headers fieldsOf(std::string_view head);

/// True when the fields name two different body lengths (RFC 9112 §6.3: the answer cannot be trusted).
bool hasDifferingLengths(const Headers& headers);

/// True when a Content-Length is no number, or one that no body can have (above 2^63 - 1 bytes).
bool hasBadLength(const Headers& headers);

} // namespace claimcheck::http
