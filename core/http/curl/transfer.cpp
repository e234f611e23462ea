// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/curl/transfer.h>

#include <http/curl/failure.h>
#include <http/curl/info.h>
#include <http/curl/setup.h>
#include <http/errors.h>

namespace claimcheck::http {

CurlTransfer::CurlTransfer(std::shared_ptr<CurlMulti> multi, const Request& request, Transport::Done done)
    : m_multi(std::move(multi)),
      m_request(request),
      m_done(std::move(done)),
      m_easy(curl_easy_init()),
      m_capture(m_request, m_easy.get()),
      m_source(m_request.upload)
{
    setUp(m_easy.get(), m_request, m_headers);
    curl_easy_setopt(m_easy.get(), CURLOPT_ERRORBUFFER, m_errorText.data());
    m_capture.attach();
    m_source.attach(m_easy.get());
    m_multi->add(m_easy.get(), [this](CURLcode code) { finish(code); });
    if (m_request.inactivityTimeout.count() > 0) {
        m_activityTimer.setSingleShot(true);
        m_activityTimer.callOnTimeout(this, [this] { checkActivity(); });
        m_activityTimer.start(m_request.inactivityTimeout);
    }
}

CurlTransfer::~CurlTransfer()
{
    m_multi->remove(m_easy.get());
}

std::optional<HopResult> CurlTransfer::takeSoFar()
{
    if (m_capture.requestHead().empty())
        return std::nullopt;
    return makeResult(std::nullopt);
}

/// One timer that looks at a time stamp, and not one that is restarted with every packet. Connecting has its
/// own limit.
void CurlTransfer::checkActivity()
{
    const auto idle =
        std::chrono::duration_cast<Milliseconds>(Capture::Clock::now() - m_capture.lastActivity());
    if (!m_capture.isConnected())
        m_activityTimer.start(m_request.inactivityTimeout);
    else if (idle < m_request.inactivityTimeout)
        m_activityTimer.start(m_request.inactivityTimeout - idle);
    else
        fail(inactivityTimedOut(parseUrl(m_request.url).value_or(Url()), m_request.inactivityTimeout));
}

void CurlTransfer::fail(Error error)
{
    m_multi->remove(m_easy.get());
    deliver(std::move(error));
}

/// libcurl takes compressed data that breaks off for whole, and of a small body of zstd or brotli it has
/// handed out nothing then. No coding takes that many bytes for an empty body. Where some was handed out it
/// cannot be told: whether the decoder saw its end is nowhere to be asked, and decoding can only be taken
/// over for a whole request, before it is known which coding the answer has.
bool CurlTransfer::isLostInDecoding()
{
    constexpr std::uint64_t mostForNothing = 64;
    const Response& answer = m_capture.head().response();
    return answer.body.size() == 0 && headerValue(answer.headers, "Content-Encoding") &&
           readWireBytes(m_easy.get()) > mostForNothing;
}

void CurlTransfer::finish(CURLcode code)
{
    if (code == CURLE_OK && isLostInDecoding())
        deliver(badCoding(parseUrl(m_request.url).value_or(Url()), "its compressed data breaks off"));
    else if (code == CURLE_OK || (m_capture.isWhole() && !m_capture.refusal()))
        deliver(std::nullopt);
    else
        deliver(errorOf(code));
}

/// Queued: whoever gets the result may let this object, and the multi with it, go.
void CurlTransfer::deliver(std::optional<Error> error)
{
    m_activityTimer.stop();
    QMetaObject::invokeMethod(
        this,
        [this, result = makeResult(std::move(error))]() mutable {
            const auto done = std::move(m_done);
            done(std::move(result));
        },
        Qt::QueuedConnection);
}

Error CurlTransfer::errorOf(CURLcode code)
{
    if (m_capture.refusal())
        return *m_capture.refusal();
    if (m_source.hasFailed())
        return cannotReadUpload();
    CurlFailure failure;
    failure.code = code;
    failure.text = m_errorText.data();
    failure.systemError = readLong(m_easy.get(), CURLINFO_OS_ERRNO);
    failure.verifyResult = readLong(m_easy.get(), CURLINFO_SSL_VERIFYRESULT);
    failure.proxyStatus = readLong(m_easy.get(), CURLINFO_HTTP_CONNECTCODE);
    failure.proxyError = readLong(m_easy.get(), CURLINFO_PROXY_ERROR);
    failure.hasAnswerBegun = m_capture.head().hasStarted();
    failure.isHeadComplete = m_capture.head().isComplete();
    return describeFailure(failure, m_request);
}

HopResult CurlTransfer::makeResult(std::optional<Error> error)
{
    HopResult result;
    result.challenges = std::move(m_capture.challenges());
    result.hop.method = m_request.method;
    result.hop.url = m_request.url;
    result.hop.requestHead = m_capture.requestHead();
    result.hop.status = m_capture.head().response().status;
    result.hop.responseHead = m_capture.head().response().rawHead;
    result.timings = readTimings(m_easy.get(), m_capture.sendDuration());
    const Addresses addresses = readAddresses(m_easy.get());
    result.localAddress = addresses.local;
    result.remoteAddress = addresses.remote;
    result.connectionReused = addresses.isReused && m_capture.isConnected();
    result.attempts = std::max(m_capture.attempts(), 1);
    result.tls = m_capture.tls();
    if (m_capture.head().isComplete()) {
        result.response = std::move(m_capture.head().response());
        result.response->wireBytes = readWireBytes(m_easy.get());
    }
    result.error = std::move(error);
    return result;
}

} // namespace claimcheck::http
