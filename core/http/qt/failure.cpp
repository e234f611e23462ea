// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/qt/failure.h>

#include <base/text.h>
#include <http/errors.h>

namespace claimcheck::http {

namespace {

int statusOf(const QNetworkReply& reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

Error describeContent(const QNetworkReply& reply, const Url& url)
{
    const bool isBomb = reply.errorString().contains(QStringLiteral("exceeds"));
    return isBomb ? inflatesTooMuch() : badCoding(url);
}

} // namespace

bool isAnswer(const QNetworkReply& reply)
{
    if (reply.error() == QNetworkReply::NoError)
        return true;
    const bool isContentError = reply.error() >= QNetworkReply::ProxyAuthenticationRequiredError;
    return statusOf(reply) >= 400 && isContentError && reply.error() != QNetworkReply::ProtocolFailure;
}

Error describeFailure(const QNetworkReply& reply, const Request& request)
{
    const Url url = parseUrl(request.url).value_or(Url());
    const std::string why = visible(toUtf8(reply.errorString()));
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return nameNotFound(url);
    case QNetworkReply::ProxyNotFoundError:
        return proxyNotFound();
    case QNetworkReply::ConnectionRefusedError:
        return connectionRefused(url);
    case QNetworkReply::TimeoutError:
        return connectTimedOut(url, request.connectTimeout);
    case QNetworkReply::SslHandshakeFailedError:
        return tlsFailed(url, why);
    case QNetworkReply::RemoteHostClosedError:
        return statusOf(reply) > 0 ? brokeOff(url, "the connection was closed before its end")
                                   : noAnswer(url, "the server closed the connection without a word");
    case QNetworkReply::UnknownContentError:
        return describeContent(reply, url);
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return notHttp(url, "what came is no HTTP answer");
    default:
        return statusOf(reply) > 0 ? brokeOff(url, why) : notConnected(url, why);
    }
}

} // namespace claimcheck::http
