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
Error proxyNotFound();
Error proxyNotReached(const std::string& why);
/// It answered our CONNECT with that status.
Error proxyRefused(const Url& url, long status);
Error connectionRefused(const Url& url);
Error notConnected(const Url& url, const std::string& why);
Error connectTimedOut(const Url& url, Milliseconds limit);
Error inactivityTimedOut(const Url& url, Milliseconds limit);
Error totalTimedOut(Milliseconds limit);
/// The connection went before the first byte of an answer.
Error noAnswer(const Url& url, const std::string& why);
/// The connection went in the middle of the answer.
Error brokeOff(const Url& url, const std::string& why);
Error notHttp(const Url& url, const std::string& why);
Error differingLengths(const Url& url);
Error badCoding(const Url& url, const std::string& why);
Error headTooLarge(const Url& url);
Error bodyTooLarge(std::uint64_t limit);
Error inflatesTooMuch();
Error cannotKeepBody();
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
    Other
};
Error certificateRefused(const Url& url, CertificateFault fault, const std::string& detail);
Error tlsFailed(const Url& url, const std::string& why);
Error unreadableTlsFile(const std::string& role, const std::string& file, const std::string& why);

} // namespace claimcheck::http
