// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may not go on the wire. libcurl and Qt both pass CR and LF in a header on, which would let one header
// smuggle in another (measured), so this check stands before both.

#include <algorithm>
#include <array>

#include <base/text.h>
#include <http/message.h>
#include <http/sigv4.h>
#include <http/upload.h>
#include <http/url.h>

namespace claimcheck::http {

namespace {

/// tchar, RFC 9110 §5.6.2.
bool isToken(std::string_view text)
{
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    for (const char c : text) {
        const bool isAlphanumeric =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!isAlphanumeric && marks.find(c) == std::string_view::npos)
            return false;
    }
    return !text.empty();
}

Result<void> checkMethod(const Request& request)
{
    if (request.method.empty())
        return failure(ErrorKind::Usage, "the request cannot be sent", "it has no method",
                       "use GET, POST, PUT, PATCH, DELETE or another single word");
    if (!isToken(request.method))
        return failure(ErrorKind::Usage, "the method " + visible(request.method) + " cannot be sent",
                       "a method is one word of letters, digits and marks (RFC 9110 §9.1)",
                       "use GET, POST, PUT, PATCH, DELETE or another single word");
    if (request.method == "CONNECT")
        return failure(ErrorKind::Usage, "the method CONNECT cannot be sent",
                       "it opens a tunnel, it is no request", "set a proxy instead");
    return {};
}

Result<void> checkHeader(const Header& header)
{
    if (!isToken(header.name))
        return failure(ErrorKind::Usage, "the header name \"" + visible(header.name) + "\" cannot be sent",
                       "a name is one word of letters, digits and marks (RFC 9110 §5.6.2)",
                       "remove spaces, colons and control characters from it");
    const auto bad = header.value.find_first_of(std::string_view("\r\n\0", 3));
    if (bad == std::string::npos)
        return {};
    return failure(ErrorKind::Usage, "the header " + header.name + " cannot be sent",
                   "its value holds a line end or NUL (RFC 9110 §5.5)",
                   "remove it; a value copied from a terminal or file may end in a line end",
                   Position{"header " + header.name, bad, 0, 0});
}

Result<void> checkHeaders(const Headers& headers)
{
    int hosts = 0;
    for (const auto& header : headers) {
        if (auto checked = checkHeader(header); !checked)
            return checked;
        hosts += equalsIgnoringCase(header.name, "Host") ? 1 : 0;
    }
    if (hosts > 1)
        return failure(ErrorKind::Usage, "the request has two Host headers",
                       "HTTP allows one (RFC 9112 §3.2)", "remove one of them");
    return {};
}

Result<void> checkProxy(const std::string& proxy)
{
    static constexpr std::array<std::string_view, 5> schemes{"http://", "socks4://", "socks4a://",
                                                             "socks5://", "socks5h://"};
    if (proxy.empty())
        return {};
    for (const auto scheme : schemes) {
        if (startsWithIgnoringCase(proxy, scheme) && parseUrl("http://" + proxy.substr(scheme.size())))
            return {};
    }
    return failure(ErrorKind::Usage, "the proxy address is not valid",
                   "it is none of http://host:port, socks4://…, socks4a://…, socks5://…, socks5h://…",
                   "write it as http://127.0.0.1:8080");
}

/// sun_path has 108 bytes, the NUL at its end included (unix(7)).
Result<void> checkSocket(const Request& request)
{
    const std::string& path = request.unixSocket;
    if (path.size() > 107 || path.find('\0') != std::string::npos)
        return failure(ErrorKind::Usage, "the path of the Unix socket cannot be used",
                       "it has more than 107 bytes, or a NUL in it", "give a shorter path");
    if (!path.empty() && !request.proxy.empty())
        return failure(ErrorKind::Usage, "a Unix socket and a proxy are given",
                       "only one of them can be the way to the server", "leave one of them out");
    return {};
}

bool holdsControl(std::string_view text)
{
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// With a hash of the user's own in it nothing has to be read for the signature.
Result<void> checkSignedBody(const Request& request)
{
    if (request.authentication.scheme != AuthScheme::AwsSigV4 || !request.upload ||
        request.upload->size() <= largestSignedUpload || headerValue(request.headers, awsContentField))
        return {};
    return failure(ErrorKind::TooLarge, "the request cannot be signed for AWS",
                   "its body is larger than 256 MiB, and a signature needs all of it read before it is sent",
                   "send it in parts, or, where the service lets you (S3), with the header "
                   "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD");
}

Result<void> checkAuthentication(const Request& request)
{
    const Authentication& who = request.authentication;
    if (who.scheme == AuthScheme::None)
        return {};
    if (headerValue(request.headers, "Authorization"))
        return failure(ErrorKind::Usage, "the request has two authorisations",
                       "an Authorization header and Digest, NTLM or AWS Signature", "leave one of them out");
    if (who.user.empty() || holdsControl(who.user) || holdsControl(who.password.reveal()))
        return failure(ErrorKind::Usage, "the request cannot be authorised",
                       "the name is empty, or name or password hold a control character",
                       "check both; a password read from a file may end in a line end");
    if (who.scheme == AuthScheme::Digest && who.user.find(':') != std::string::npos)
        return failure(ErrorKind::Usage, "the request cannot be authorised",
                       "with Digest, no colon may be in the name (RFC 7616 §3.4.4)", "check the name");
    const auto isPart = [](const std::string& text) {
        return !text.empty() && !holdsControl(text) && text.find_first_of(" /,") == std::string::npos;
    };
    if (who.scheme == AuthScheme::AwsSigV4 &&
        (!isPart(who.user) || !isPart(who.region) || !isPart(who.service) ||
         holdsControl(who.sessionToken.reveal())))
        return failure(ErrorKind::Usage, "the request cannot be signed for AWS",
                       "access key, region and service must each be one word",
                       "give for example the region us-east-1 and the service execute-api");
    return checkSignedBody(request);
}

} // namespace

Result<void> validate(const Request& request)
{
    if (auto checked = checkMethod(request); !checked)
        return checked;
    if (const auto url = parseUrl(request.url); !url)
        return tl::unexpected(url.error());
    if (auto checked = checkHeaders(request.headers); !checked)
        return checked;
    if (auto checked = checkSocket(request); !checked)
        return checked;
    if (auto checked = checkAuthentication(request); !checked)
        return checked;
    return checkProxy(request.proxy);
}

} // namespace claimcheck::http
