// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What our own little server hears and says: a request as received, a response as told, and the limits
// that every connection is held to.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <base/time.h>

namespace claimcheck::listen {

struct ListenerHeader
{
    std::string name;
    std::string value;

    bool operator==(const ListenerHeader&) const = default;
};

struct ListenerRequest
{
    std::string method;
    std::string target; ///< path and query as received
    std::string path;
    std::vector<ListenerHeader> headers; ///< `Host` as the target says where that is in absolute form
    std::string body;

    /// First field of that name, case ignored; empty when absent.
    std::string header(std::string_view name) const;
    bool hasHeader(std::string_view name) const;

    bool operator==(const ListenerRequest&) const = default;
};

struct ListenerResponse
{
    int status = 200;
    std::string contentType = "application/json";
    std::vector<ListenerHeader> headers;
    std::string body;

    bool operator==(const ListenerResponse&) const = default;
};

struct ListenerLimits
{
    std::size_t head = 64u * 1024u;   ///< bytes of request line and fields; above: 431 (the line alone: 414)
    std::size_t fields = 100;         ///< header fields; above: 431
    std::size_t body = 1024u * 1024u; ///< bytes; above: 413
    Milliseconds request{10'000};     ///< from the first byte of a request to its last; above: 408
    Milliseconds idle{30'000};        ///< between two requests, and for reading our answer
    Milliseconds linger{500}; ///< quiet time before a connection is closed on a client that we refused
    /// At a time. For a further one that is given up which waits longest for a request; it is closed at once
    /// where all are being answered.
    int connections = 128;
};

/// "Not Found"; empty for a status without a registered phrase.
std::string_view reasonPhrase(int status);

/// Status line, fields and body as they go out (RFC 9112 §4). Fields that hold CR, LF or NUL are left out.
enum class BodyPart
{
    Send,
    Omit
};
enum class Persistence
{
    KeepAlive,
    Close
};
std::string serialise(const ListenerResponse& response, BodyPart body, Persistence persistence);

} // namespace claimcheck::listen
