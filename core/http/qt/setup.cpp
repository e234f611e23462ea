// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/qt/setup.h>

#include <QtCore/qurl.h>

#include <base/text.h>
#include <http/qt/tlsprofile.h>
#include <http/url.h>

namespace claimcheck::http {

namespace {

QByteArray toBytes(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

void setHeaders(QNetworkRequest& out, const Headers& headers)
{
    for (const auto& header : headers) {
        const QByteArray name = toBytes(header.name);
        QByteArray value = toBytes(header.value);
        if (out.hasRawHeader(name)) {
            const bool isCookie = equalsIgnoringCase(header.name, "Cookie"); // RFC 6265 §4.2.1
            value = out.rawHeader(name) + QByteArray(isCookie ? "; " : ", ") + value;
        }
        out.setRawHeader(name, value);
    }
}

/// What Qt would do by itself: cookies, passwords, redirects, its cache.
void turnOffHelp(QNetworkRequest& out)
{
    using Attribute = QNetworkRequest::Attribute;
    out.setAttribute(Attribute::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(Attribute::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(Attribute::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(Attribute::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    out.setAttribute(Attribute::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    out.setAttribute(Attribute::CacheSaveControlAttribute, false);
    out.setDecompressedSafetyCheckThreshold(32 * 1024 * 1024);
}

void setVersion(QNetworkRequest& out, const Request& request)
{
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, request.version != HttpVersion::Http1_1);
    const bool isDirect = request.version == HttpVersion::Http2 && request.url.starts_with("http:");
    out.setAttribute(QNetworkRequest::Http2DirectAttribute, isDirect);
}

} // namespace

Result<QNetworkRequest> toQtRequest(const Request& request)
{
    if (!request.unixSocket.empty())
        return failure(ErrorKind::Usage, "a Unix socket cannot be used", "Qt Network has no HTTP over one",
                       "use a build with libcurl");
    const AuthScheme scheme = request.authentication.scheme;
    if (scheme == AuthScheme::Digest || scheme == AuthScheme::Ntlm)
        return failure(ErrorKind::Usage, "Digest and NTLM authorisation cannot be used",
                       "Qt Network shows nothing of the challenge, and may answer it with another scheme",
                       "use a build with libcurl");
    QNetworkRequest out(QUrl::fromEncoded(toBytes(request.url)));
    if (!out.url().isValid())
        return failure(ErrorKind::Usage, "the URL is not valid", "Qt Network cannot read it",
                       "percent-encode marks that a URL may not hold");
    setHeaders(out, request.headers);
    turnOffHelp(out);
    setVersion(out, request);
    auto tls = toQtTls(request.tls);
    if (!tls)
        return tl::unexpected(tls.error());
    out.setSslConfiguration(*tls);
    return out;
}

QNetworkProxy toQtProxy(const std::string& proxy)
{
    const auto colon = proxy.find("://");
    const auto url = colon == std::string::npos ? Result<Url>(Url()) : parseUrl("http" + proxy.substr(colon));
    if (!url || url->host.empty())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const bool isSocks = startsWithIgnoringCase(proxy, "socks");
    QNetworkProxy out(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, toQString(url->host),
                      static_cast<quint16>(url->port));
    const auto end = std::min(url->userInfo.find(':'), url->userInfo.size());
    out.setUser(toQString(percentDecoded(url->userInfo.substr(0, end))));
    if (end < url->userInfo.size())
        out.setPassword(toQString(percentDecoded(url->userInfo.substr(end + 1))));
    return out;
}

} // namespace claimcheck::http
