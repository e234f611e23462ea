// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads HTTP/1.1 requests from bytes as they trickle in (RFC 9112). Strict where leniency would let two
// readers see different requests: no folded fields, no white space before the colon, no Content-Length beside
// Transfer-Encoding. Line ends may be CRLF or LF (§2.2). Linear in the input, however it is cut.
//
//   RequestReader reader(limits);
//   buffer += bytes;
//   if (reader.read(buffer) == ReadState::Complete)  // what belongs to the request is gone from the buffer
//       answer(reader.request()), reader.restart();

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <listen/message.h>

namespace claimcheck::listen {

enum class ReadState
{
    NeedsMore,
    Complete,
    Failed
};

class RequestReader
{
public:
    explicit RequestReader(const ListenerLimits& limits) : m_limits(limits) {}

    ReadState read(std::string& buffer);
    void restart();

    const ListenerRequest& request() const { return m_request; }
    /// Whether the client wants to send another request on this connection (RFC 9112 §9.3).
    bool keepsAlive() const { return m_keepsAlive; }
    /// The status to answer with after Failed.
    int failure() const { return m_failure; }
    /// True once, when the client waits for "100 Continue" before it sends the body (RFC 9110 §10.1.1).
    bool takeExpectation();
    /// Nothing of a next request has come yet.
    bool isIdle() const { return m_step == Step::RequestLine && m_headBytes == 0; }

private:
    enum class Step
    {
        RequestLine,
        Field,
        Body,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer,
        Done
    };

    bool advance(std::string& buffer);
    std::optional<std::string> takeLine(std::string& buffer);
    bool takeBody(std::string& buffer);
    void handleLine(const std::string& line);
    void readRequestLine(std::string_view line);
    void readTarget(std::string_view target);
    void readField(std::string_view line);
    void takeAuthority();
    void finishHead();
    void decideBody();
    void expectLength(std::string_view text);
    void readChunkSize(std::string_view line);
    void fail(int status);

    ListenerLimits m_limits;
    Step m_step = Step::RequestLine;
    ListenerRequest m_request;
    std::optional<std::string> m_authority; ///< of a target in absolute form
    std::size_t m_scanned = 0;              ///< bytes at the front of the buffer known to hold no line end
    std::size_t m_headBytes = 0;            ///< request line, fields, chunk lines and trailers read so far
    std::uint64_t m_missing = 0;            ///< bytes of the body or chunk still to come
    bool m_isHttp10 = false;
    bool m_keepsAlive = true;
    bool m_expectsContinue = false;
    int m_failure = 0;
};

} // namespace claimcheck::listen
