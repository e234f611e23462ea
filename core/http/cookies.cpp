// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/cookies.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include <QtCore/qdatetime.h>
#include <QtCore/qurl.h>
#include <QtNetwork/qnetworkcookie.h>
#include <QtNetwork/qnetworkcookiejar.h>

#include <base/text.h>

namespace claimcheck::http {

namespace {

constexpr qsizetype cookieLimit = 3000; // RFC 6265 §6.1

QByteArray bytesOf(const std::string& text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

QUrl toQtUrl(const std::string& url)
{
    return QUrl::fromEncoded(bytesOf(url));
}

QList<QNetworkCookie> parse(const Header& field)
{
    return equalsIgnoringCase(field.name, "Set-Cookie") ? QNetworkCookie::parseCookies(bytesOf(field.value))
                                                        : QList<QNetworkCookie>();
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

std::string withoutDot(const std::string& domain)
{
    return domain.starts_with('.') ? domain.substr(1) : domain;
}

QNetworkCookie toQtCookie(const Cookie& cookie)
{
    QNetworkCookie made(bytesOf(cookie.name), bytesOf(cookie.value));
    made.setDomain(toQString(toLowerAscii(cookie.domain)));
    made.setPath(toQString(cookie.path.empty() ? "/" : cookie.path));
    made.setSecure(cookie.secure);
    made.setHttpOnly(cookie.httpOnly);
    if (cookie.expires)
        made.setExpirationDate(
            QDateTime::fromMSecsSinceEpoch(cookie.expires->time_since_epoch().count(), Qt::UTC));
    return made;
}

tl::unexpected<Error> refuse(const Cookie& cookie, std::string why, std::string fix)
{
    return failure(ErrorKind::Usage, "the cookie " + visible(cookie.name) + " cannot be kept", std::move(why),
                   std::move(fix));
}

/// Whether every byte may stand in a field: no control character and none of `except`.
bool canStand(std::string_view text, std::string_view except)
{
    return std::ranges::all_of(text, [except](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte != 0x7f && except.find(c) == std::string_view::npos;
    });
}

/// A Set-Cookie field with a control character other than a tab is ignored whole (RFC 6265bis §5.6 step 1).
bool hasControl(std::string_view field)
{
    return std::ranges::any_of(field, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t') || byte == 0x7f;
    });
}

bool hasPrefix(const Cookie& cookie)
{
    return startsWithIgnoringCase(cookie.name, "__Host-") || startsWithIgnoringCase(cookie.name, "__Secure-");
}

struct Objection
{
    const char* why;
    const char* fix;
};

/// What the prefix of a cookie's name promises and the cookie does not hold (RFC 6265bis §4.1.3); the path is
/// "/" only where it is said.
std::optional<Objection> brokenPromise(const Cookie& cookie, bool isForHostAlone)
{
    if (!hasPrefix(cookie))
        return std::nullopt;
    const bool isHost = startsWithIgnoringCase(cookie.name, "__Host-");
    if (!cookie.secure)
        return Objection{"a name that begins with __Host- or __Secure- is for Secure cookies",
                         "make it Secure, or change its name"};
    if (isHost && !isForHostAlone)
        return Objection{"a name that begins with __Host- is for cookies of one host alone",
                         "write the domain without a dot before it, or change the name"};
    if (isHost && cookie.path != "/")
        return Objection{"a name that begins with __Host- is for cookies with the path /",
                         "give the path /, or change the name"};
    return std::nullopt;
}

/// Whether the name of a cookie allows an answer from there to set it (RFC 6265bis §5.7).
bool mayBeNamed(const Cookie& cookie, const QUrl& from)
{
    return !hasPrefix(cookie) || (from.scheme() == u"https" && !brokenPromise(cookie, cookie.domain.empty()));
}

Result<void> checkCookie(const Cookie& cookie, Instant now)
{
    if (cookie.name.empty() || !canStand(cookie.name, " =;,\""))
        return refuse(cookie, "its name is empty or holds a space or one of = ; , \"",
                      "use letters, digits and - or _");
    if (!canStand(cookie.value, ";") || trimmed(cookie.value) != cookie.value)
        return refuse(cookie, "its value holds a semicolon, a control character or spaces around it",
                      "percent-encode these");
    if (withoutDot(cookie.domain).empty() || !canStand(cookie.domain, " /?#@:"))
        return refuse(cookie, "it has no domain to be sent to", "give the name of a host");
    if (!cookie.path.empty() && (!cookie.path.starts_with('/') || !canStand(cookie.path, " ;?#")))
        return refuse(cookie, "its path does not begin with / or holds a mark that no path has",
                      "write it as /path, or leave it empty");
    if (cookie.expires && *cookie.expires <= now)
        return refuse(cookie, "it is over already",
                      "give a later time, or none to keep it until the program ends");
    Cookie placed = cookie;
    placed.path = cookie.path.empty() ? "/" : cookie.path;
    if (const auto broken = brokenPromise(placed, !cookie.domain.starts_with('.')))
        return refuse(cookie, broken->why, broken->fix);
    return {};
}

} // namespace

/// Opens what Qt keeps protected.
class CookieJar::Kept : public QNetworkCookieJar
{
public:
    using QNetworkCookieJar::allCookies;
    using QNetworkCookieJar::setAllCookies;
    /// A cookie for one host has no dot in Qt and is that host's own, whatever suffix it is.
    bool mayKeep(const QNetworkCookie& cookie, const QUrl& from) const
    {
        return !cookie.domain().startsWith(u'.') || validateCookie(cookie, from);
    }
};

CookieJar::CookieJar() : m_kept(std::make_unique<Kept>()) {}

CookieJar::~CookieJar() = default;

std::vector<Cookie> CookieJar::store(const std::string& url, const Headers& fields)
{
    std::vector<Cookie> cookies;
    const QUrl from = toQtUrl(url);
    for (const Header& field : fields) {
        for (const QNetworkCookie& read : parse(field)) {
            Cookie cookie = toCookie(read);
            const bool hasRoom = m_kept->allCookies().size() < cookieLimit;
            cookie.isKept = hasRoom && !hasControl(field.value) && mayBeNamed(cookie, from) &&
                            m_kept->setCookiesFromUrl({read}, from);
            cookies.push_back(std::move(cookie));
        }
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

std::vector<Cookie> CookieJar::cookies(Instant now) const
{
    std::vector<Cookie> cookies;
    for (const QNetworkCookie& kept : m_kept->allCookies()) {
        Cookie cookie = toCookie(kept);
        cookie.isKept = true;
        if (!cookie.expires || *cookie.expires > now)
            cookies.push_back(std::move(cookie));
    }
    const auto place = [](const Cookie& cookie) { return std::tie(cookie.domain, cookie.path, cookie.name); };
    std::ranges::sort(cookies, [&place](const Cookie& a, const Cookie& b) { return place(a) < place(b); });
    return cookies;
}

Result<void> CookieJar::set(const Cookie& cookie, Instant now)
{
    if (auto checked = checkCookie(cookie, now); !checked)
        return checked;
    const QNetworkCookie made = toQtCookie(cookie);
    const std::string setter =
        (cookie.domain.starts_with('.') ? "a" : "") + cookie.domain; // one of its hosts
    const QUrl from = toQtUrl("https://" + setter + made.path().toStdString());
    if (!from.isValid() || !m_kept->mayKeep(made, from))
        return refuse(cookie, "no server may set a cookie for this domain",
                      "give the name of a host, or .name for the hosts below it; not one as wide as .com");
    QList<QNetworkCookie> all = m_kept->allCookies();
    all.removeIf([&made](const QNetworkCookie& old) { return old.hasSameIdentifier(made); });
    if (all.size() >= cookieLimit)
        return refuse(cookie, "the jar holds " + std::to_string(cookieLimit) + " cookies already",
                      "remove some of them");
    all.append(made);
    m_kept->setAllCookies(all);
    return {};
}

bool CookieJar::remove(const Cookie& cookie)
{
    return m_kept->deleteCookie(toQtCookie(cookie));
}

std::vector<Cookie> cookiesOf(const Headers& fields)
{
    std::vector<Cookie> cookies;
    for (const Header& field : fields)
        for (const QNetworkCookie& read : parse(field))
            cookies.push_back(toCookie(read));
    return cookies;
}

} // namespace claimcheck::http
