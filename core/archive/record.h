// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An exchange as the history keeps it: what was asked and what came, without what is secret. Nothing of it is
// ever secret again: what was cut out is gone.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <http/exchange.h>
#include <store/secretlike.h>

namespace claimcheck::archive {

/// Larger bodies stand in a file of their own.
constexpr std::size_t largestInDatabase = 1024u * 1024u;
/// Of a larger body, only this much is kept.
constexpr std::size_t largestBody = 32u * 1024u * 1024u;

/// What the request belongs to, where it is of a collection.
struct Origin
{
    std::string collection; ///< its folder
    std::string environment;
    std::string path; ///< of the request's file, relative to the collection
    std::string name;

    bool operator==(const Origin&) const = default;
};

/// What a list shows.
struct Summary
{
    std::int64_t id = 0;
    Instant at{};
    std::string name;
    std::string method;
    std::string url;
    int status = 0; ///< 0: no answer
    double milliseconds = 0;
    std::uint64_t bodySize = 0; ///< of the answer's body, as it came
    bool failed = false;        ///< no whole answer came

    bool operator==(const Summary&) const = default;
};

struct Record
{
    Summary summary;
    Origin origin;
    http::Headers requestHeaders;
    std::string requestBody;
    bool hasBody = false;
    std::string reason;
    std::string version;
    http::Headers headers;
    std::string body;
    bool isBodyCut = false; ///< it was larger than largestBody
    std::string error;      ///< "WHAT: WHY (HINT)"
    std::string engine;
    std::string remoteAddress;
    std::string claims; ///< of the tokens in the answer, where the user keeps them
    bool hasCuts = false;
    bool isRequestCut = false; ///< its body was larger than largestBody: not all of it is here

    bool operator==(const Record&) const = default;
};

using store::Clean;

/// Without the values of Authorization, Cookie and Set-Cookie, tokens, private keys, and the values of secret
/// names, and after `clean`.
Record recordOf(const http::Exchange& exchange, const Origin& origin, const Clean& clean);

/// The exchange that a record tells of, as far as it does.
http::Exchange exchangeOf(const Record& record);

/// Cuts out every text that looks like a token in any form, whole or in parts, and store::redact's findings.
std::string cut(std::string text, const Clean& clean);

} // namespace claimcheck::archive
