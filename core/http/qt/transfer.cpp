// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/qt/transfer.h>

#include <base/text.h>
#include <http/errors.h>
#include <http/head.h>
#include <http/qt/failure.h>
#include <http/qt/setup.h>
#include <http/qt/tlsprofile.h>
#include <http/qt/upload.h>

namespace claimcheck::http {

QtTransfer::QtTransfer(const Request& request, Transport::Done done)
    : m_request(request), m_done(std::move(done))
{
    m_clock.start();
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(this, [this] { timedOut(); });
    m_manager.setProxy(toQtProxy(m_request.proxy));
    send();
}

void QtTransfer::send()
{
    auto request = toQtRequest(m_request);
    if (!request) {
        fail(request.error());
        return;
    }
    m_reply = dispatch(*request);
    m_reply->setReadBufferSize(1024 * 1024);
    watch();
    watchTimes();
    startTimer(m_request.connectTimeout);
}

QNetworkReply* QtTransfer::dispatch(const QNetworkRequest& request)
{
    const QByteArray method = QByteArray::fromStdString(m_request.method);
    const QByteArray body = QByteArray::fromStdString(m_request.body);
    if (method == "HEAD")
        return m_manager.head(request);
    if (!m_request.hasBody && method == "GET")
        return m_manager.get(request);
    if (m_request.upload && m_request.upload->size() > 0) {
        const auto failed = [this] {
            QMetaObject::invokeMethod(
                this, [this] { fail(cannotReadUpload()); }, Qt::QueuedConnection);
        };
        return stream(request, new OnceOnlyUpload(m_request.upload, failed), m_request.upload->size());
    }
    if (body.isEmpty())
        return m_manager.sendCustomRequest(request, method, body);
    return stream(request, new OnceOnly(body), m_request.body.size());
}

QNetworkReply* QtTransfer::stream(const QNetworkRequest& request, QIODevice* body, std::uint64_t size)
{
    QNetworkRequest streaming = request;
    streaming.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    streaming.setHeader(QNetworkRequest::ContentLengthHeader, static_cast<qint64>(size));
    QNetworkReply* const reply =
        m_manager.sendCustomRequest(streaming, QByteArray::fromStdString(m_request.method), body);
    body->setParent(reply);
    return reply;
}

void QtTransfer::watch()
{
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) {
        m_sslErrors = errors;
        if (!m_request.tls.verify)
            m_reply->ignoreSslErrors();
    });
    connect(m_reply, &QNetworkReply::readyRead, this, [this] { readBody(); });
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this] { touch(); });
    connect(m_reply, &QNetworkReply::finished, this, [this] { finish(); });
}

void QtTransfer::watchTimes()
{
    const auto now = [this] { return static_cast<double>(m_clock.nsecsElapsed()) / 1e6; };
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, [this, now] { m_connecting = now(); });
    connect(m_reply, &QNetworkReply::encrypted, this, [this, now] { m_secured = now(); });
    connect(m_reply, &QNetworkReply::requestSent, this, [this, now] {
        m_sent = now();
        touch();
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this, now] {
        if (m_firstByte < 0)
            m_firstByte = now();
        touch();
    });
}

void QtTransfer::startTimer(Milliseconds limit)
{
    if (limit.count() > 0)
        m_timer.start(limit);
    else
        m_timer.stop();
}

void QtTransfer::touch()
{
    startTimer(m_request.inactivityTimeout);
}

void QtTransfer::timedOut()
{
    const Url url = parseUrl(m_request.url).value_or(Url());
    const bool isConnected = m_sent >= 0;
    fail(isConnected ? inactivityTimedOut(url, m_request.inactivityTimeout)
                     : connectTimedOut(url, m_request.connectTimeout));
}

void QtTransfer::readBody()
{
    touch();
    const QByteArray bytes = m_reply->readAll();
    const auto size = static_cast<std::uint64_t>(bytes.size());
    if (m_response.body.size() + size > m_request.maximumBody)
        fail(bodyTooLarge(m_request.maximumBody));
    else if (!m_response.body.append({bytes.constData(), static_cast<std::size_t>(bytes.size())}))
        fail(cannotKeepBody());
}

void QtTransfer::finish()
{
    if (m_isDone)
        return;
    readBody();
    if (m_isDone)
        return;
    if (!isAnswer(*m_reply)) {
        const Url url = parseUrl(m_request.url).value_or(Url());
        deliver(m_sslErrors.isEmpty() || !m_request.tls.verify ? describeFailure(*m_reply, m_request)
                                                               : describeSslErrors(m_sslErrors, url));
        return;
    }
    deliver(std::nullopt);
}

void QtTransfer::fail(Error error)
{
    if (m_isDone)
        return;
    deliver(std::move(error));
    if (m_reply)
        m_reply->abort();
}

Timings QtTransfer::timings() const
{
    Timings out;
    out.total = static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
    const double ready = m_secured >= 0 ? m_secured : m_sent;
    if (m_connecting >= 0 && ready >= 0)
        out.connect = ready - m_connecting; // name, TCP and TLS in one: Qt does not tell them apart
    if (m_sent >= 0 && ready >= 0)
        out.send = m_sent - ready;
    if (m_firstByte >= 0 && m_sent >= 0)
        out.wait = std::max(m_firstByte - m_sent, 0.0);
    if (m_firstByte >= 0)
        out.receive = out.total - m_firstByte;
    return out;
}

/// Qt keeps no raw head: this one is put together again, in Qt's order, duplicates joined by Qt.
void QtTransfer::readHead(Response& response) const
{
    response.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    response.reason =
        m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray().toStdString();
    const bool isHttp2 = m_reply->attribute(QNetworkRequest::Http2WasUsedAttribute).toBool();
    response.version = isHttp2 ? "HTTP/2" : "HTTP/1.1";
    response.rawHead =
        response.version + " " + std::to_string(response.status) + " " + response.reason + "\r\n";
    for (const auto& [name, joined] : m_reply->rawHeaderPairs()) {
        for (const QByteArray& value : joined.split('\n')) { // Qt joins Set-Cookie with line feeds
            response.headers.push_back({name.toStdString(), value.toStdString()});
            response.rawHead += name.toStdString() + ": " + value.toStdString() + "\r\n";
        }
    }
    response.rawHead += "\r\n";
    response.wireBytes = response.body.size();
}

HopResult QtTransfer::makeResult(std::optional<Error> error)
{
    HopResult result;
    result.hop.method = m_request.method;
    result.hop.url = m_request.url;
    result.timings = timings();
    if (m_reply && m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid()) {
        readHead(m_response);
        result.hop.status = m_response.status;
        result.hop.responseHead = m_response.rawHead;
        if (!error)
            error = errorInHead();
        result.response = std::move(m_response);
    }
    if (m_reply)
        result.tls = readTlsFacts(m_reply->sslConfiguration(), m_request.tls.verify);
    result.error = std::move(error);
    return result;
}

std::optional<Error> QtTransfer::errorInHead() const
{
    const Url url = parseUrl(m_request.url).value_or(Url());
    if (m_response.headers.empty()) // how Qt tells of more than 100 fields or 100 kB
        return headTooLarge(url);
    if (hasDifferingLengths(m_response.headers))
        return differingLengths(url);
    return std::nullopt;
}

std::optional<HopResult> QtTransfer::takeSoFar()
{
    if (m_sent < 0)
        return std::nullopt;
    return makeResult(std::nullopt);
}

void QtTransfer::deliver(std::optional<Error> error)
{
    m_isDone = true;
    m_timer.stop();
    QMetaObject::invokeMethod(
        this,
        [this, arrived = makeResult(std::move(error))]() mutable {
            const auto done = std::move(m_done);
            done(std::move(arrived));
        },
        Qt::QueuedConnection);
}

} // namespace claimcheck::http
