// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A route to be tested: a request with the good token in it, wherever it stands; and that request with
// another token in its place.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <audit/forgery.h>
#include <http/message.h>

namespace claimcheck::audit {

struct Target
{
    std::string name; ///< a file or URL; shownName() is fit for reports
    http::Request request;
    std::string token; ///< the good one, as it stands in a header or in the URL
};

/// Whether the text stands in a header or in the URL; an empty one stands nowhere.
bool carries(const http::Request& request, std::string_view text);
/// The first token that a request brings along by itself, in a header or in its URL; empty: there is none.
std::string tokenIn(const http::Request& request);
/// What the host of a URL is called, as a whole and part by part: secrets that its developers may have
/// thought of.
std::vector<std::string> hostWords(const std::string& url);
/// Usage when the token stands nowhere in the request.
Result<void> checkTarget(const Target& target);
/// A method that changes nothing (RFC 9110 §9.2.1).
bool isHarmless(std::string_view method);

/// To this machine by the words of its URL. A proxy is a way out, wherever it listens.
bool staysHere(const http::Request& request);
/// The host as it is confirmed, in small letters; empty where nothing needs to be: it is this machine.
std::string hostToConfirm(const http::Request& request);
/// Whether a host of these, which were confirmed before, is asked. Not through a proxy: that is another way,
/// which nobody confirmed.
bool isAmong(const std::vector<std::string>& confirmedHosts, const http::Request& request);

/// What was confirmed with all of these requests, as the settings of a run have it: each host for itself, and
/// no other one with it.
struct Confirmed
{
    std::vector<std::string> hosts = {}; ///< hostToConfirm() of each, once
    bool isEveryWay = false;             ///< one of them goes through a proxy
};
Confirmed confirmedWith(const std::vector<http::Request>& requests);

/// No redirect is followed and no cookie kept, so that each request is the same but for its token. `mark`
/// goes along as X-Audit, for the server's own log. A time limit of the request stays; without one it is 15
/// s.
http::Request auditRequest(http::Request request, const std::string& mark);
http::Request goodRequest(const Target& target, const std::string& mark);
http::Request forgedRequest(const Target& target, const Forgery& forgery, const std::string& mark);

/// Whether the forgery is the good request itself, whatever the order of its headers: an answer to it says
/// nothing.
bool isGoodRequest(const Target& target, const Forgery& forgery);

/// As the forgery goes, with another text as its token.
http::Request requestWith(const Target& target, const Forgery& forgery, std::string_view token);

/// "127.0.0.1:80", "[::1]:80": of the address that was connected to, whatever the name in the URL.
bool isLoopbackAddress(std::string_view address);

/// Why a request whose URL names this machine may have gone to another one all the same; empty: it has not.
/// `remoteAddress` is empty where the transport does not tell it.
std::string straying(const http::Request& request, std::string_view remoteAddress);

} // namespace claimcheck::audit
