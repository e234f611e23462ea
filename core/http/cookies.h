// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cookies as RFC 6265 wants them kept: a jar that knows domain, path, Secure and expiry, and lets no server
// set a cookie for another site or for a public suffix. It lives in memory only.

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

    /// Keeps what the Set-Cookie fields of an answer from `url` may set; tells each one, kept or not.
    std::vector<Cookie> store(const std::string& url, const Headers& fields);
    /// The request's Cookie field with what the jar holds for its URL. A name that the user set stays his.
    void addTo(Request& request) const;
    bool hasCookiesFor(const std::string& url) const;
    void clear();

private:
    class Kept;
    std::unique_ptr<Kept> m_kept;
};

/// The Set-Cookie fields of an answer, taken apart (RFC 6265 §5.2); none is kept.
std::vector<Cookie> cookiesOf(const Headers& fields);

} // namespace claimcheck::http
