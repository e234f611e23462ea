// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cookies as RFC 6265 wants them kept: a jar that knows domain, path, Secure and expiry, and lets no server
// set a cookie for another site or for a public suffix. A person may look into it and change what is there.
// It lives in memory only.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include <http/exchange.h>

namespace claimcheck::http {

class CookieJar
{
public:
    CookieJar();
    ~CookieJar();
    CookieJar(const CookieJar&) = delete;
    CookieJar& operator=(const CookieJar&) = delete;

    /// Keeps what the Set-Cookie fields of an answer from `url` may set; tells each one, kept or not. A name
    /// that begins with __Secure- or __Host- is kept only where it holds what that promises, and no field
    /// with a control character is (RFC 6265bis §5.6, §5.7).
    std::vector<Cookie> store(const std::string& url, const Headers& fields);
    /// The request's Cookie field with what the jar holds for its URL. A name that the user set stays his.
    void addTo(Request& request) const;
    bool hasCookiesFor(const std::string& url) const;
    void clear();

    /// What is in it and not over yet, by domain, path and name. A domain with a dot before it is for the
    /// hosts below it, too; one without is for that host alone.
    std::vector<Cookie> cookies(Instant now) const;
    /// Puts a cookie in, as cookies() tells them; one of the same name, domain and path gives way to it. No
    /// path means "/". Usage for what no Cookie field can carry (RFC 6265 §4.1.1), for a domain that is none
    /// or is a public suffix, for a name whose prefix promises what it does not hold
    /// (RFC 6265bis §4.1.3), for one that is over already, and when the jar is full.
    Result<void> set(const Cookie& cookie, Instant now);
    /// False when there is none of its name, domain and path.
    bool remove(const Cookie& cookie);

private:
    class Kept;
    std::unique_ptr<Kept> m_kept;
};

/// The Set-Cookie fields of an answer, taken apart (RFC 6265 §5.2); none is kept.
std::vector<Cookie> cookiesOf(const Headers& fields);

} // namespace claimcheck::http
