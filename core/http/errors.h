// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Why there is no answer, in one sentence each with what to do: the words that both transports share.

#pragma once

#include <cstdint>
#include <string>

#include <base/result.h>
#include <base/time.h>
#include <http/url.h>

namespace claimcheck::http {

Error nameNotFound(const Url& url);
/// `proxy`: its address as it was given.
Error proxyNotFound(const std::string& proxy);
Error proxyNotReached(const std::string& proxy, const std::string& why);
/// It answered our CONNECT with that status.
Error proxyRefused(const Url& url, long status);
/// A SOCKS proxy takes nobody without name and password, or not these.
Error proxyWantsLogin(const Url& url, bool wasGiven);
/// A SOCKS proxy could not connect to the server; `reply` says why.
Error proxyCannotConnect(const Url& url, const std::string& reply);
Error connectionRefused(const Url& url);
Error notConnected(const Url& url, const std::string& why);
Error socketNotReached(const std::string& path, const std::string& why);
Error connectTimedOut(const Url& url, Milliseconds limit);
Error inactivityTimedOut(const Url& url, Milliseconds limit);
Error totalTimedOut(Milliseconds limit);
/// The connection went before the first byte of an answer.
Error noAnswer(const Url& url, const std::string& why);
/// The same where TLS was spoken: a server may hang up on a client that it does not let in.
Error closedBeforeAnswer(const Url& url);
/// The connection went in the middle of the answer.
Error brokeOff(const Url& url, const std::string& why);
Error notHttp(const Url& url, const std::string& why);
/// It asked again and again who it is, each time with a new challenge.
Error challengedTooOften(const Url& url, std::size_t times);
Error differingLengths(const Url& url);
Error badLength(const Url& url);
Error badChunks(const Url& url);
Error badCoding(const Url& url, const std::string& why);
Error headTooLarge(const Url& url);
Error bodyTooLarge(std::uint64_t limit);
Error inflatesTooMuch();
Error cannotKeepBody();
/// Of a request: a file of it changed while it was sent.
Error cannotReadUpload();
Error cancelled();

/// How a certificate was not good; X.509 has many more, which fall under Other.
enum class CertificateFault
{
    SelfSigned,
    UnknownIssuer,
    Expired,
    NotYetValid,
    WrongHost,
    Revoked,
    NotSignedByIssuer, ///< the authority that it names is known here, but has another key
    NotForServers,
    IssuerIsNoAuthority,
    TooWeak,
    Other
};
Error certificateRefused(const Url& url, CertificateFault fault, const std::string& detail);
/// `why` is what the TLS library said; its usual reasons have sentences of their own.
Error tlsFailed(const Url& url, const std::string& why);
Error unreadableTlsFile(const std::string& role, const std::string& file, const std::string& why);

} // namespace claimcheck::http
