// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What carries bytes for the Client: one hop at a time, no redirects, no policy. Both transports pass the
// same conformance suite (tests/core/http), QtTransport with a list of what it cannot do.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include <http/exchange.h>

namespace claimcheck::http {

/// The result of one hop; merged into the Exchange by the Client.
struct HopResult
{
    Hop hop;
    std::vector<Hop> challenges; ///< before it, to the same URL: those that asked who it is
    std::optional<Response> response;
    std::optional<Error> error;
    Timings timings;
    std::optional<TlsFacts> tls;
    std::string localAddress;
    std::string remoteAddress;
    bool connectionReused = false;
    int attempts = 1; ///< above 1 when the library sent an idempotent request again on a fresh connection
};

/// A running hop; destroying it aborts the transfer at once and `done` is never called.
class Transfer
{
public:
    virtual ~Transfer() = default;
    /// For one that is stopped half-way: what went and came until now. Nothing before the request went out.
    virtual std::optional<HopResult> takeSoFar() = 0;
};

class Transport
{
public:
    using Done = std::function<void(HopResult)>;

    virtual ~Transport() = default;
    /// Sends a prepared request (http/prepare.h) once, whatever its answer; with Digest and NTLM again, to
    /// answer a challenge. `done` is called from the event loop, never from start(), and once; it may let the
    /// transfer go.
    virtual std::unique_ptr<Transfer> start(const Request& request, Done done) = 0;
    virtual std::string engine() const = 0;
};

std::unique_ptr<Transport> makeCurlTransport(); ///< where there is one (http/engines.h)
std::unique_ptr<Transport> makeQtTransport();
/// The one that this build prefers.
std::unique_ptr<Transport> makeDefaultTransport();

} // namespace claimcheck::http
