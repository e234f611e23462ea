// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An exchange: a request as it was sent and all that came of it. Nobody asks afterwards: everything that a
// pane, the command line or a report shows is in here.

#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <http/message.h>

namespace claimcheck::http {

/// Milliseconds that each phase took; negative where it did not happen (a reused connection has no DNS).
struct Timings
{
    double dns = -1;
    double connect = -1;
    double tls = -1;
    double send = -1;
    double wait = -1; ///< from the request sent to the first byte of the answer
    double receive = -1;
    double total = 0;

    bool operator==(const Timings&) const = default;
};

struct Certificate
{
    std::string subject;
    std::string issuer;
    Instant notBefore{};
    Instant notAfter{};
    std::vector<std::string> alternativeNames;
    std::string sha256; ///< hex, of the DER
    std::string pem;

    bool operator==(const Certificate&) const = default;
};

struct TlsFacts
{
    std::string version; ///< "TLSv1.3"
    std::string cipher;
    std::string alpn;
    bool verified = false;
    std::vector<Certificate> chain; ///< leaf first, as the server sent it

    bool operator==(const TlsFacts&) const = default;
};

/// One step of an exchange with redirects or with a challenge that was answered; the last one's answer is the
/// exchange's response.
struct Hop
{
    std::string method;
    std::string url;
    std::string requestHead; ///< request line and fields as sent
    int status = 0;
    std::string responseHead;
    std::vector<std::string> withheld; ///< header names not sent on to another origin
    std::string remoteAddress;         ///< empty where it is not known
    bool isReused = false;             ///< it went over a connection that was there before
    bool isChallenge = false; ///< it asked who it is (RFC 9110 §11.3), and the next hop is the answer to that
};

/// A cookie that an answer set, the way it was written there: no domain means the answering host alone.
struct Cookie
{
    std::string name;
    std::string value;
    std::string domain;
    std::string path;
    std::optional<Instant> expires; ///< none: with the session
    bool secure = false;
    bool httpOnly = false;
    bool isKept = false; ///< by the jar; not where it was refused, is over, or no jar was to be used

    bool operator==(const Cookie&) const = default;
};

struct Exchange
{
    Request request; ///< as it was asked for, after variables and authorisation
    Instant startedAt{};
    std::vector<Hop> hops; ///< at least one once something was sent
    std::optional<Response> response;
    /// Why there is no (whole) response. Look here first: what came before it broke off may stand in
    /// `response`.
    std::optional<Error> error;
    Timings timings;
    std::optional<TlsFacts> tls;
    std::vector<Cookie> cookies; ///< set by any of the hops' answers, in order
    std::string localAddress;    ///< "127.0.0.1:51234"
    std::string remoteAddress;
    bool connectionReused = false;
    int attempts = 1;
    std::string engine; ///< "libcurl 7.88.1" or "Qt Network 6.4.2 (reduced engine)"

    /// How many redirects were followed.
    std::size_t redirects() const
    {
        const auto count =
            std::count_if(hops.begin(), hops.end(), [](const Hop& hop) { return !hop.isChallenge; });
        return count > 0 ? static_cast<std::size_t>(count) - 1 : 0;
    }
};

} // namespace claimcheck::http
