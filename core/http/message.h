// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The values of HTTP: a request as it is to be sent, a response as it came.

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <base/secret.h>
#include <base/time.h>

namespace claimcheck::http {

/// One header field, in the order and spelling of the sender; duplicates are separate entries.
struct Header
{
    std::string name;
    std::string value;

    bool operator==(const Header&) const = default;
};
using Headers = std::vector<Header>;

/// The first field of that name (case does not matter), or nothing.
std::optional<std::string> headerValue(const Headers& headers, std::string_view name);

/// The value of an Authorization field (RFC 7617 §2).
std::string basicField(std::string_view user, std::string_view password);

enum class HttpVersion
{
    Automatic,
    Http1_1,
    Http2
};

enum class TlsVersion
{
    Tls1_0, ///< 1.0 and 1.1 are broken (RFC 8996): for looking at an old server, never on its own
    Tls1_1,
    Tls1_2,
    Tls1_3
};

/// How TLS is done; part of what makes two connections different.
struct TlsProfile
{
    bool verify = true;          ///< off only where the user said so for this request; shown in red
    std::string caFile;          ///< PEM, in addition to the system's authorities
    std::string certificateFile; ///< the client's, PEM or PKCS#12, told apart by content
    std::string keyFile;         ///< PEM; empty: in the certificate's file
    Secret keyPassphrase;        ///< of the key, or of the PKCS#12 file
    TlsVersion minimum = TlsVersion::Tls1_2;

    bool operator==(const TlsProfile&) const = default;
};

enum class AuthScheme
{
    None,
    Digest,  ///< RFC 7616
    Ntlm,    ///< MS-NLMP over HTTP, version 2
    AwsSigV4 ///< "AWS4-HMAC-SHA256"
};

/// An authorisation that is not a field to be written down beforehand: it answers the server's challenge, or
/// signs the request as it is when it goes out. To another origin it does not go.
struct Authentication
{
    AuthScheme scheme = AuthScheme::None;
    std::string user; ///< "DOMAIN\\name" with NTLM, the access key's id with AWS
    Secret password;  ///< the secret access key with AWS
    std::string region;
    std::string service; ///< "s3", "execute-api"
    Secret sessionToken; ///< AWS: X-Amz-Security-Token; empty: none

    bool operator==(const Authentication&) const = default;
};

class Upload;

struct Request
{
    std::string method = "GET";
    std::string url; ///< absolute, http or https
    Headers headers; ///< as the user set them; nothing is added but what HTTP needs (Host, Content-Length …)
    std::string body; ///< sent as it is, never parsed and re-made
    bool hasBody = false;
    std::shared_ptr<const Upload> upload = {}; ///< in place of `body`, which is empty then; null: `body`

    Authentication authentication;
    TlsProfile tls;
    std::string unixSocket; ///< path of a socket to connect to in place of the URL's host and port
    std::string proxy;      ///< "http://host:port", "socks5h://…"; empty: none
    HttpVersion version = HttpVersion::Automatic;
    Milliseconds totalTimeout{0}; ///< whole exchange with redirects; 0: none
    Milliseconds inactivityTimeout{60'000};
    Milliseconds connectTimeout{30'000};
    bool followRedirects = true;
    bool useCookies = false; ///< keep the cookies that answers set, and send what is kept for the URL
    int maximumRedirects = 10;
    /// As originOf() writes them: after a redirect, these get what the user set for the first one.
    std::vector<std::string> allowedOrigins;
    /// Its body is not repeated after a 307 or 308 at an origin that is none of these.
    bool isBodyGuarded = false;
    std::uint64_t maximumBody = 2ull * 1024 * 1024 * 1024;
    /// What of it is secret under a name that need not say so, as an API key's. Nothing of it is sent:
    /// whoever keeps or shows the exchange cuts it out.
    std::vector<Secret> secrets = {};

    bool operator==(const Request&) const = default;
};

/// Refuses what cannot be put on the wire safely: no or a foreign scheme, CR/LF/NUL in a header, a header
/// name or method that is no token (RFC 9110 §5.6.2). Usage.
Result<void> validate(const Request& request);

/// scheme://host:port in lower case with the default port written out; empty when it is no http(s) URL.
std::string originOf(std::string_view url);

/// A body in memory, or in a temporary file above 8 MiB.
class Body
{
public:
    std::uint64_t size() const { return m_size; } ///< after content codings were undone
    bool isInFile() const { return m_file != nullptr; }
    /// At most `limit` bytes from `offset` on. Copies of one body may be read on several threads.
    std::string read(std::uint64_t limit = UINT64_MAX, std::uint64_t offset = 0) const;
    /// Hands all of it on, piece by piece, so that a large one never stands in memory; ends at the first
    /// piece that is not taken. False when it was not handed on whole.
    [[nodiscard]] bool forEachPiece(const std::function<bool(std::string_view)>& take) const;

    /// Moves to a file (0600, gone with the last copy) above the threshold; false when that cannot be
    /// written.
    [[nodiscard]] bool append(std::string_view bytes);

private:
    std::uint64_t m_size = 0;
    std::string m_memory;
    struct File;
    std::shared_ptr<File> m_file;
};

struct Response
{
    int status = 0;
    std::string reason;  ///< the reason phrase; empty in HTTP/2
    std::string version; ///< "HTTP/1.1", "HTTP/2"
    Headers headers;     ///< in order, with duplicates, spelled as received
    Headers trailers;
    std::string rawHead; ///< status line and fields as received, 1xx answers before it included
    Body body;
    std::uint64_t wireBytes = 0; ///< of the body, before content codings were undone
};

} // namespace claimcheck::http
