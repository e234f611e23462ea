// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A URL as an API tester needs it: taken apart (RFC 3986 §3) but never tidied. The path goes out as it was
// typed, dot segments and all; only bytes above ASCII, which no request target may hold, are percent-encoded.
//
//     parseUrl("http://ex.org:80/a/../b?q")  →  host "ex.org", port 80, target "/a/../b?q"

#pragma once

#include <string>
#include <string_view>

#include <base/result.h>

namespace claimcheck::http {

struct Url
{
    std::string scheme;   ///< "http" or "https", lower case
    std::string userInfo; ///< "user:password" as written, percent-encoding included
    std::string host;     ///< as written; IPv6 in brackets; other alphabets in their ACE form ("xn--…")
    int port = 0;         ///< the scheme's own when none is written
    bool hasPort = false;
    std::string target; ///< path and query, never empty; the fragment is gone

    bool isSecure() const { return scheme == "https"; }
    bool operator==(const Url&) const = default;
};

/// Absolute http and https only. Errors are Usage and do not repeat the text: it may hold a token.
Result<Url> parseUrl(std::string_view text);

/// The text again, without user information and fragment.
std::string toText(const Url& url);

/// "scheme://host:port" in lower case with the port always written.
std::string origin(const Url& url);

/// "host:port", for messages.
std::string authority(const Url& url);

/// What a Location field means, seen from `base` (RFC 3986 §5.2).
Result<Url> resolve(const Url& base, std::string_view reference);

/// A URL of this machine by its own words: 127.0.0.0/8, [::1] or localhost. Other names may lead here too.
bool isLoopbackUrl(std::string_view url);

/// "%41" becomes "A"; a "%" without two hex digits stays.
std::string percentDecoded(std::string_view text);

} // namespace claimcheck::http
