// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/curl/failure.h>

#include <cerrno>
#include <cstring>

#include <openssl/x509_vfy.h>

#include <base/text.h>
#include <http/errors.h>

namespace claimcheck::http {

namespace {

std::string reason(const CurlFailure& failure)
{
    const std::string text = failure.text.empty() ? curl_easy_strerror(failure.code) : failure.text;
    return visible(text);
}

CertificateFault faultOf(long verifyResult)
{
    switch (verifyResult) {
    case X509_V_OK: // no complaint about the chain, so it is the name
    case X509_V_ERR_UNSPECIFIED:
        return CertificateFault::WrongHost;
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return CertificateFault::SelfSigned;
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return CertificateFault::UnknownIssuer;
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return CertificateFault::Expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return CertificateFault::NotYetValid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return CertificateFault::WrongHost;
    case X509_V_ERR_CERT_REVOKED:
        return CertificateFault::Revoked;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        return CertificateFault::NotSignedByIssuer;
    case X509_V_ERR_INVALID_PURPOSE:
        return CertificateFault::NotForServers;
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
        return CertificateFault::IssuerIsNoAuthority;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
        return CertificateFault::TooWeak;
    default:
        return CertificateFault::Other;
    }
}

Error notReached(const CurlFailure& failure, const Request& request, const Url& url)
{
    const std::string why =
        failure.systemError != 0 ? std::strerror(static_cast<int>(failure.systemError)) : reason(failure);
    if (!request.proxy.empty())
        return proxyNotReached(request.proxy, why);
    if (!request.unixSocket.empty())
        return socketNotReached(request.unixSocket, why);
    if (failure.systemError == ECONNREFUSED)
        return connectionRefused(url);
    if (failure.systemError == ETIMEDOUT)
        return connectTimedOut(url, request.connectTimeout);
    return notConnected(url, why);
}

/// What a SOCKS proxy answered (RFC 1928 section 6): it was reached, and what fails lies behind it.
const char* replyOf(long proxyError)
{
    switch (proxyError) {
    case CURLPX_REPLY_NOT_ALLOWED:
        return "its rules do not allow it";
    case CURLPX_REPLY_NETWORK_UNREACHABLE:
        return "the network cannot be reached from there";
    case CURLPX_REPLY_HOST_UNREACHABLE:
        return "the host cannot be reached from there";
    case CURLPX_REPLY_CONNECTION_REFUSED:
        return "connection refused: nothing listens on this port";
    case CURLPX_REPLY_TTL_EXPIRED:
        return "the way there is too long";
    case CURLPX_REPLY_COMMAND_NOT_SUPPORTED:
        return "it makes no such connections";
    case CURLPX_REPLY_ADDRESS_TYPE_NOT_SUPPORTED:
        return "it does not know this kind of address";
    case CURLPX_REPLY_GENERAL_SERVER_FAILURE:
    case CURLPX_REPLY_UNASSIGNED:
    case CURLPX_REQUEST_FAILED: // SOCKS 4, which gives no reason
        return "it does not say why";
    default:
        return nullptr;
    }
}

Error describeSocks(const CurlFailure& failure, const Request& request, const Url& url)
{
    if (failure.proxyError == CURLPX_NO_AUTH || failure.proxyError == CURLPX_USER_REJECTED)
        return proxyWantsLogin(url, failure.proxyError == CURLPX_USER_REJECTED);
    const char* const reply = replyOf(failure.proxyError);
    return reply != nullptr ? proxyCannotConnect(url, reply) : notReached(failure, request, url);
}

bool says(const CurlFailure& failure, std::string_view words)
{
    return failure.text.find(words) != std::string::npos;
}

/// The connection went: before the answer, or in it. In TLS 1.3 a server judges the client's certificate when
/// the client takes the handshake for done, so its refusal comes here.
Error lost(const CurlFailure& failure, const Url& url)
{
    if (failure.hasAnswerBegun)
        return says(failure, "chunk") ? badChunks(url)
                                      : brokeOff(url, "the connection was closed before its end");
    if (says(failure, "SSL routines"))
        return tlsFailed(url, reason(failure));
    if (failure.code == CURLE_GOT_NOTHING || says(failure, "getpeername"))
        return closedBeforeAnswer(url);
    if (!says(failure, "reset") && !says(failure, "Broken pipe"))
        return noAnswer(url, reason(failure));
    Error error = noAnswer(url, "the server reset the connection");
    error.step = ErrorStep::Request;
    return error;
}

/// libcurl 7.88 has no code of its own for too many header bytes: it runs "out of memory" in a header line
/// above 100 kB, and says only in words that all of them are too many.
bool speaksOfLargeHeader(const CurlFailure& failure)
{
    if (failure.code == CURLE_OUT_OF_MEMORY)
        return failure.hasAnswerBegun && !failure.isHeadComplete;
    return failure.text.find("header") != std::string::npos &&
           (failure.text.find("max is") != std::string::npos ||
            failure.text.find("Too large") != std::string::npos);
}

Error describeTls(const CurlFailure& failure, const Request& request, const Url& url)
{
    switch (failure.code) {
    case CURLE_PEER_FAILED_VERIFICATION:
        return certificateRefused(url, faultOf(failure.verifyResult), reason(failure));
    case CURLE_SSL_CACERT_BADFILE:
        return unreadableTlsFile("CA", request.tls.caFile, reason(failure));
    case CURLE_SSL_CERTPROBLEM:
        return unreadableTlsFile("client certificate or key", request.tls.certificateFile, reason(failure));
    default:
        break;
    }
    // The signature of a certificate that does not fit the authority's key is, in OpenSSL's words, an error
    // of the mathematics below.
    if (says(failure, "asn1 encoding routines") || says(failure, "rsa routines"))
        return certificateRefused(url, CertificateFault::NotSignedByIssuer, reason(failure));
    return tlsFailed(url, reason(failure));
}

bool isTls(CURLcode code)
{
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_USE_SSL_FAILED:
        return true;
    default:
        return false;
    }
}

Error describeAnswer(const CurlFailure& failure, const Request& request, const Url& url)
{
    switch (failure.code) {
    case CURLE_PARTIAL_FILE: // of HTTP/2 also when the connection goes before the answer
        return failure.hasAnswerBegun ? brokeOff(url, "it is shorter than its header announced")
                                      : closedBeforeAnswer(url);
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
        if (says(failure, "Content-Length"))
            return badLength(url);
        return notHttp(url, "what came is no HTTP answer");
    case CURLE_BAD_CONTENT_ENCODING:
        return badCoding(url, "its Content-Encoding is unknown or its data is damaged");
    case CURLE_WRITE_ERROR: // a reason of ours to stop is told before: it is the decoder that takes no more
        return badCoding(url, "there is more behind the end of its compressed data, or that is damaged");
    case CURLE_FILESIZE_EXCEEDED:
        return bodyTooLarge(request.maximumBody);
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return lost(failure, url);
    default:
        return failure.hasAnswerBegun ? brokeOff(url, reason(failure)) : noAnswer(url, reason(failure));
    }
}

} // namespace

Error describeFailure(const CurlFailure& failure, const Request& request)
{
    const Url url = parseUrl(request.url).value_or(Url());
    if (isTls(failure.code))
        return describeTls(failure, request, url);
    if (speaksOfLargeHeader(failure))
        return headTooLarge(url);
    if (failure.proxyStatus >= 300)
        return proxyRefused(url, failure.proxyStatus);
    switch (failure.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return nameNotFound(url);
    case CURLE_COULDNT_RESOLVE_PROXY:
        return proxyNotFound(request.proxy);
    case CURLE_PROXY:
        return describeSocks(failure, request, url);
    case CURLE_COULDNT_CONNECT:
        return notReached(failure, request, url);
    case CURLE_OPERATION_TIMEDOUT: // the only limit of libcurl's own that we set
        return connectTimedOut(url, request.connectTimeout);
    default:
        return describeAnswer(failure, request, url);
    }
}

} // namespace claimcheck::http
