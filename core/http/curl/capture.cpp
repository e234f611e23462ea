// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/curl/capture.h>

#include <http/curl/tlsfacts.h>
#include <http/errors.h>

namespace claimcheck::http {

namespace {

constexpr std::uint64_t inflateFree = 32 * 1024 * 1024;
constexpr std::uint64_t inflateRatio = 100;
constexpr std::size_t challengeLimit = 5;

/// libcurl counts what it read from the wire after handing it on, so its count lags by one buffer.
std::uint64_t wireBytes(CURL* easy)
{
    curl_off_t bytes = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    return static_cast<std::uint64_t>(bytes) + CURL_MAX_WRITE_SIZE;
}

} // namespace

Capture::Capture(const Request& request, CURL* easy)
    : m_request(request), m_easy(easy), m_ready(Clock::now()), m_lastActivity(m_ready), m_sent(m_ready)
{
    if (auto url = parseUrl(request.url))
        m_url = std::move(*url);
}

void Capture::attach()
{
    curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, &Capture::onHeader);
    curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, &Capture::onBody);
    curl_easy_setopt(m_easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_DEBUGFUNCTION, &Capture::onDebug);
    curl_easy_setopt(m_easy, CURLOPT_DEBUGDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(m_easy, CURLOPT_PREREQFUNCTION, &Capture::onReady);
    curl_easy_setopt(m_easy, CURLOPT_PREREQDATA, this);
}

double Capture::sendDuration() const
{
    return std::chrono::duration<double, std::milli>(m_sent - m_ready).count();
}

std::size_t Capture::onHeader(char* bytes, std::size_t one, std::size_t count, void* self)
{
    return static_cast<Capture*>(self)->readHeader({bytes, one * count}) ? one * count : 0;
}

/// 0 stops the transfer; an empty write is no reason to.
std::size_t Capture::onBody(char* bytes, std::size_t one, std::size_t count, void* self)
{
    return static_cast<Capture*>(self)->readBody({bytes, one * count}) ? one * count : CURL_WRITEFUNC_ERROR;
}

int Capture::onDebug(CURL* easy, curl_infotype type, char* bytes, std::size_t count, void* self)
{
    static_cast<void>(easy);
    static_cast<Capture*>(self)->readSent(type, {bytes, count});
    return 0;
}

/// The connection stands and the request goes out next; again when libcurl tries a second time, or answers a
/// challenge.
int Capture::onReady(void* self, char* remote, char* local, int remotePort, int localPort)
{
    static_cast<void>(remote);
    static_cast<void>(local);
    static_cast<void>(remotePort);
    static_cast<void>(localPort);
    auto* const capture = static_cast<Capture*>(self);
    if (capture->m_head.isComplete())
        capture->endChallenge();
    else
        capture->m_attempts += 1;
    capture->m_requestHead.clear();
    capture->m_ready = capture->m_sent = capture->m_lastActivity = Clock::now();
    return capture->m_refusal ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

/// A server may call each nonce stale (RFC 7616 §3.3) for ever: there libcurl has no limit.
void Capture::endChallenge()
{
    Hop hop;
    hop.method = m_request.method;
    hop.url = m_request.url;
    hop.requestHead = m_requestHead;
    hop.status = m_head.response().status;
    hop.responseHead = m_head.response().rawHead;
    hop.isChallenge = true;
    m_challenges.push_back(std::move(hop));
    m_head = HeadReader();
    m_isWhole = false;
    if (m_challenges.size() >= challengeLimit)
        refuse(challengedTooOften(m_url, m_challenges.size()));
}

bool Capture::readHeader(std::string_view line)
{
    if (!m_tls)
        m_tls = readTlsFacts(m_easy, m_request.tls.verify);
    const bool wasComplete = m_head.isComplete();
    if (!m_head.addLine(line))
        return refuse(headTooLarge(m_url));
    if (wasComplete || !m_head.isComplete())
        return true;
    if (hasDifferingLengths(m_head.response().headers))
        return refuse(differingLengths(m_url));
    if (hasBadLength(m_head.response().headers))
        return refuse(badLength(m_url));
    m_isWhole = m_request.method == "HEAD";
    return !m_isWhole || !m_request.hasBody;
}

bool Capture::readBody(std::string_view bytes)
{
    Body& body = m_head.response().body;
    const std::uint64_t size = body.size() + bytes.size();
    if (size > m_request.maximumBody)
        return refuse(bodyTooLarge(m_request.maximumBody));
    if (size > inflateFree && size > inflateRatio * wireBytes(m_easy))
        return refuse(inflatesTooMuch());
    return body.append(bytes) || refuse(cannotKeepBody());
}

void Capture::readSent(curl_infotype type, std::string_view bytes)
{
    if (type == CURLINFO_TEXT)
        return;
    m_lastActivity = Clock::now();
    if (type != CURLINFO_HEADER_OUT && type != CURLINFO_DATA_OUT)
        return;
    m_sent = m_lastActivity;
    // A proxy's CONNECT comes before the connection is ready and is not part of the request.
    if (type == CURLINFO_HEADER_OUT && m_attempts > 0)
        m_requestHead.append(bytes);
}

bool Capture::refuse(Error error)
{
    m_refusal = std::move(error);
    return false;
}

} // namespace claimcheck::http
