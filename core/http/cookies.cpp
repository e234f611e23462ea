// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/cookies.h>

#include <algorithm>

#include <QtCore/qdatetime.h>
#include <QtCore/qurl.h>
#include <QtNetwork/qnetworkcookie.h>
#include <QtNetwork/qnetworkcookiejar.h>

#include <base/text.h>

namespace claimcheck::http {

namespace {

constexpr qsizetype cookieLimit = 3000; // RFC 6265 §6.1

QByteArray toBytes(const std::string& text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

QUrl toQtUrl(const std::string& url)
{
    return QUrl::fromEncoded(toBytes(url));
}

QList<QNetworkCookie> parse(const Headers& fields)
{
    QList<QNetworkCookie> cookies;
    for (const Header& field : fields)
        if (equalsIgnoringCase(field.name, "Set-Cookie"))
            cookies += QNetworkCookie::parseCookies(toBytes(field.value));
    return cookies;
}

Cookie toCookie(const QNetworkCookie& read)
{
    Cookie cookie;
    cookie.name = read.name().toStdString();
    cookie.value = read.value().toStdString();
    cookie.domain = toUtf8(read.domain());
    cookie.path = toUtf8(read.path());
    cookie.secure = read.isSecure();
    cookie.httpOnly = read.isHttpOnly();
    if (!read.isSessionCookie())
        cookie.expires = Instant(Milliseconds(read.expirationDate().toMSecsSinceEpoch()));
    return cookie;
}

/// Whether a Cookie field has a pair of that name (RFC 6265 §4.2.1).
bool names(std::string_view field, std::string_view name)
{
    while (!field.empty()) {
        const auto end = std::min(field.find(';'), field.size());
        const auto pair = trimmed(field.substr(0, end));
        if (pair.substr(0, pair.find('=')) == name)
            return true;
        field.remove_prefix(std::min(end + 1, field.size()));
    }
    return false;
}

Header& cookieField(Headers& headers)
{
    const auto isCookie = [](const Header& header) { return equalsIgnoringCase(header.name, "Cookie"); };
    const auto found = std::find_if(headers.begin(), headers.end(), isCookie);
    return found != headers.end() ? *found : headers.emplace_back(Header{"Cookie", {}});
}

} // namespace

/// Opens what Qt keeps protected.
class CookieJar::Kept : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::allCookies;
    using QNetworkCookieJar::setAllCookies;
};

CookieJar::CookieJar() : m_kept(std::make_unique<Kept>()) {}

CookieJar::~CookieJar() = default;

std::vector<Cookie> CookieJar::store(const std::string& url, const Headers& fields)
{
    std::vector<Cookie> cookies;
    const QUrl from = toQtUrl(url);
    for (const QNetworkCookie& read : parse(fields)) {
        Cookie cookie = toCookie(read);
        const bool hasRoom = m_kept->allCookies().size() < cookieLimit;
        cookie.isKept = hasRoom && m_kept->setCookiesFromUrl({read}, from);
        cookies.push_back(std::move(cookie));
    }
    return cookies;
}

void CookieJar::addTo(Request& request) const
{
    for (const QNetworkCookie& cookie : m_kept->cookiesForUrl(toQtUrl(request.url))) {
        std::string& value = cookieField(request.headers).value;
        const std::string name = cookie.name().toStdString();
        if (!names(value, name))
            value.append(value.empty() ? "" : "; ")
                .append(name)
                .append("=")
                .append(cookie.value().toStdString());
    }
}

bool CookieJar::hasCookiesFor(const std::string& url) const
{
    return !m_kept->cookiesForUrl(toQtUrl(url)).isEmpty();
}

void CookieJar::clear()
{
    m_kept->setAllCookies({});
}

std::vector<Cookie> cookiesOf(const Headers& fields)
{
    std::vector<Cookie> cookies;
    for (const QNetworkCookie& read : parse(fields))
        cookies.push_back(toCookie(read));
    return cookies;
}

} // namespace claimcheck::http
