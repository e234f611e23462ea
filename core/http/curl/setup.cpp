// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/curl/setup.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <http/clientcertificate.h>
#include <http/upload.h>
#include <http/url.h>

namespace claimcheck::http {

namespace {

void set(CURL* easy, CURLoption option, const std::string& value)
{
    curl_easy_setopt(easy, option, value.c_str());
}

void set(CURL* easy, CURLoption option, long value)
{
    curl_easy_setopt(easy, option, value);
}

/// "Name;" is libcurl's spelling for a field without value; "Name:" would leave it out.
std::string headerLine(const Header& header)
{
    return trimmed(header.value).empty() ? header.name + ";" : header.name + ": " + header.value;
}

/// libcurl would add these by itself; "Name:" stops it where the user did not ask for them.
void setHeaders(CURL* easy, const Request& request, StringList& lines)
{
    for (const char* name : {"Accept", "Expect", "Content-Type"}) {
        if (!headerValue(request.headers, name))
            lines.append(std::string(name) + ":");
    }
    for (const auto& header : request.headers)
        lines.append(headerLine(header));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines.get());
}

/// RFC 9110 §8.6: these say "Content-Length: 0" when there is nothing to send.
bool expectsBody(const std::string& method)
{
    return method == "POST" || method == "PUT" || method == "PATCH";
}

void setMethod(CURL* easy, const Request& request)
{
    if (request.upload) { // its bytes are asked for (UploadSource)
        set(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.upload->size()));
    } else if (request.hasBody || expectsBody(request.method)) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    } else if (request.method == "HEAD") {
        set(easy, CURLOPT_NOBODY, 1L);
    }
    set(easy, CURLOPT_CUSTOMREQUEST, request.method);
}

/// RFC 9110 §9.2.2. libcurl sends again when a reused connection turns out dead: any other method gets a new
/// one.
bool isIdempotent(const std::string& method)
{
    static constexpr std::array<std::string_view, 6> methods{"GET",   "HEAD", "OPTIONS",
                                                             "TRACE", "PUT",  "DELETE"};
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}

/// Framing of the user's own may leave the connection out of step, the key of a client certificate is no part
/// of what libcurl compares, and with NTLM the connection itself is somebody's: none of them shares one.
bool isSolitary(const Request& request)
{
    return request.authentication.scheme == AuthScheme::Ntlm ||
           headerValue(request.headers, "Content-Length") ||
           headerValue(request.headers, "Transfer-Encoding") || !request.tls.certificateFile.empty();
}

void setConnection(CURL* easy, const Request& request)
{
    const bool isAlone = isSolitary(request);
    set(easy, CURLOPT_FRESH_CONNECT, isAlone || !isIdempotent(request.method) ? 1L : 0L);
    set(easy, CURLOPT_FORBID_REUSE, isAlone ? 1L : 0L);
    set(easy, CURLOPT_CONNECTTIMEOUT_MS,
        request.connectTimeout.count() > 0 ? static_cast<long>(request.connectTimeout.count()) : 86'400'000L);
    set(easy, CURLOPT_PROXY, request.proxy); // empty: none, whatever the environment says
    set(easy, CURLOPT_NOPROXY, std::string());
    if (!request.unixSocket.empty())
        set(easy, CURLOPT_UNIX_SOCKET_PATH, request.unixSocket);
    set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

/// Only these two need libcurl; AWS signatures are ours (http/sigv4.h).
void setAuthentication(CURL* easy, const Authentication& who)
{
    if (who.scheme != AuthScheme::Digest && who.scheme != AuthScheme::Ntlm)
        return;
    set(easy, CURLOPT_HTTPAUTH,
        static_cast<long>(who.scheme == AuthScheme::Ntlm ? CURLAUTH_NTLM : CURLAUTH_DIGEST));
    set(easy, CURLOPT_USERNAME, who.user);
    std::string password(who.password.reveal());
    set(easy, CURLOPT_PASSWORD, password);
    wipe(password);
}

long versionOption(const Request& request)
{
    if (request.authentication.scheme == AuthScheme::Ntlm) // it authenticates a connection, not a request
        return CURL_HTTP_VERSION_1_1;
    switch (request.version) {
    case HttpVersion::Http1_1:
        return CURL_HTTP_VERSION_1_1;
    case HttpVersion::Http2: // without TLS there is no ALPN to agree in: straight away
        return request.url.starts_with("http:") ? CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE : CURL_HTTP_VERSION_2_0;
    case HttpVersion::Automatic:
        break;
    }
    return CURL_HTTP_VERSION_2TLS;
}

long minimumOption(TlsVersion version)
{
    switch (version) {
    case TlsVersion::Tls1_0:
        return CURL_SSLVERSION_TLSv1_0;
    case TlsVersion::Tls1_1:
        return CURL_SSLVERSION_TLSv1_1;
    case TlsVersion::Tls1_3:
        return CURL_SSLVERSION_TLSv1_3;
    case TlsVersion::Tls1_2:
        break;
    }
    return CURL_SSLVERSION_TLSv1_2;
}

void setTls(CURL* easy, const TlsProfile& tls)
{
    set(easy, CURLOPT_SSLVERSION, minimumOption(tls.minimum));
    if (tls.minimum < TlsVersion::Tls1_2) // OpenSSL 3 knows their signatures at its lowest level only
        set(easy, CURLOPT_SSL_CIPHER_LIST, std::string("DEFAULT@SECLEVEL=0"));
    set(easy, CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
    set(easy, CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
    // A resumed session shows no handshake; an instrument shows the real one each time.
    set(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    if (!tls.caFile.empty())
        set(easy, CURLOPT_CAINFO, tls.caFile); // CURLOPT_CAPATH keeps the system's authorities
    if (tls.certificateFile.empty())
        return;
    const bool isBundle = isPkcs12(tls.certificateFile);
    set(easy, CURLOPT_SSLCERTTYPE, std::string(isBundle ? "P12" : "PEM"));
    set(easy, CURLOPT_SSLCERT, tls.certificateFile);
    if (!isBundle) // whose key is inside
        set(easy, CURLOPT_SSLKEY, tls.keyFile.empty() ? tls.certificateFile : tls.keyFile);
    // Without one, even an empty one, OpenSSL asks at the terminal and nothing goes on until somebody
    // answers.
    set(easy, CURLOPT_KEYPASSWD, std::string(tls.keyPassphrase.reveal()));
}

} // namespace

void setUp(CURL* easy, const Request& request, StringList& headers)
{
    set(easy, CURLOPT_NOSIGNAL, 1L);
    set(easy, CURLOPT_PROTOCOLS_STR, std::string("http,https"));
    set(easy, CURLOPT_FOLLOWLOCATION, 0L);
    set(easy, CURLOPT_PATH_AS_IS, 1L);
    set(easy, CURLOPT_URL, request.url);
    set(easy, CURLOPT_ACCEPT_ENCODING, std::string()); // all that this libcurl can undo
    set(easy, CURLOPT_HTTP_VERSION, versionOption(request));
    set(easy, CURLOPT_QUICK_EXIT, 1L); // a cancelled look-up of a name does not hold up the window
    setMethod(easy, request);
    setHeaders(easy, request, headers);
    setConnection(easy, request);
    setAuthentication(easy, request.authentication);
    setTls(easy, request.tls);
}

} // namespace claimcheck::http
