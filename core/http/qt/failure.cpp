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

} // namespace

bool isAnswer(const QNetworkReply& reply)
{
    const int status = statusOf(reply);
    switch (reply.error()) {
    case QNetworkReply::NoError:
        return true;
    case QNetworkReply::ProtocolFailure:
        return false;
    case QNetworkReply::ContentReSendError: // Qt rewinds the body of a 307 and 308 though it is not to follow
        return status == 307 || status == 308;
    default:
        return status >= 400 && reply.error() >= QNetworkReply::ProxyAuthenticationRequiredError;
    }
}

Error describeFailure(const QNetworkReply& reply, const Request& request)
{
    const Url url = parseUrl(request.url).value_or(Url());
    const std::string why = visible(toUtf8(reply.errorString()));
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return nameNotFound(url);
    case QNetworkReply::ProxyNotFoundError:
        return proxyNotFound(request.proxy);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyTimeoutError:
        return proxyNotReached(request.proxy, why);
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return proxyRefused(url, 407);
    case QNetworkReply::ConnectionRefusedError:
        return request.proxy.empty() ? connectionRefused(url) : proxyNotReached(request.proxy, why);
    case QNetworkReply::TimeoutError:
        return connectTimedOut(url, request.connectTimeout);
    case QNetworkReply::SslHandshakeFailedError:
        return tlsFailed(url, why);
    case QNetworkReply::RemoteHostClosedError:
        return statusOf(reply) > 0 ? brokeOff(url, "the connection was closed before its end")
                                   : closedBeforeAnswer(url);
    case QNetworkReply::ContentReSendError:
        return noAnswer(url, "the server closed the connection, and the request may not be sent twice");
    case QNetworkReply::UnknownContentError:
        return badCoding(url, "its compressed data is damaged, or inflates far beyond its size");
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
        return notHttp(url, "what came is no HTTP answer");
    default:
        return statusOf(reply) > 0 ? brokeOff(url, why) : notConnected(url, why);
    }
}

} // namespace claimcheck::http
