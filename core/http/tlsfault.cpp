// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sentences for a TLS handshake that failed. Both engines hand on what OpenSSL says, whose reasons are
// stable words ("wrong version number", "alert handshake failure"); each of the usual ones has a cause that a
// person can do something about.

#include <array>
#include <string_view>

#include <http/errors.h>

namespace claimcheck::http {

namespace {

struct Reason
{
    std::string_view words; ///< as OpenSSL says it
    const char* why;
    const char* fix;
};

constexpr const char* plain = "what came back is not TLS: the port speaks something else, plain http perhaps";
constexpr const char* versions =
    "client and server have no TLS version in common (without another minimum, ours are 1.2 and 1.3)";
constexpr const char* closed = "the server closed the connection during the TLS handshake";
constexpr const char* refused = "the server refused the client certificate";

constexpr const char* tryPlain = "use http:// instead of https://, or give the port that speaks TLS";
constexpr const char* newer = "turn on TLS 1.2 or 1.3 at the server";
constexpr const char* lookThere =
    "look at the server's log: it may demand a client certificate, or speak no TLS on this port";
constexpr const char* ownCertificate = "give a client certificate and its key";
constexpr const char* ownAuthority = "give a certificate and key that the server's authority has issued";

/// The first that fits; the more special one stands first.
constexpr std::array<Reason, 22> reasons{{
    {"wrong version number", plain, tryPlain},
    {"packet length too long", plain, tryPlain},
    {"http request", plain, tryPlain},
    {"unknown protocol", plain, tryPlain},
    {"unexpected message", plain, tryPlain},
    {"protocol version", versions, newer},
    {"unsupported protocol", versions, newer},
    {"no protocols available", versions, newer},
    {"certificate required", "the server demands a client certificate, and none was sent", ownCertificate},
    {"unrecognized name", "the server does not know the host name that was asked for",
     "use a name that the server is set up for"},
    {"no application protocol", "client and server have no HTTP version in common",
     "leave the HTTP version to negotiation"},
    {"alert handshake failure",
     "client and server have no cipher in common, or the server demands a client certificate",
     "allow the usual ciphers of TLS 1.2 and 1.3 at the server, or give a client certificate and its key"},
    {"no shared cipher", "client and server have no cipher in common",
     "allow the usual ciphers of TLS 1.2 and 1.3 at the server"},
    {"key too small", "the server's key is too small",
     "give the server a larger key or larger DH parameters"},
    {"alert unknown ca", refused, ownAuthority},
    {"alert bad certificate", refused, ownAuthority},
    {"alert certificate", refused, ownAuthority},
    {"alert unsupported certificate", refused, ownAuthority},
    {"alert access denied", refused, ownAuthority},
    {"unexpected eof", closed, lookThere},
    {"Connection reset", closed, lookThere},
    {"SSL_ERROR_SYSCALL", closed, lookThere},
}};

} // namespace

Error tlsFailed(const Url& url, const std::string& why)
{
    const std::string what = "no secure connection to " + authority(url);
    for (const Reason& reason : reasons) {
        if (why.find(reason.words) == std::string::npos)
            continue;
        const bool isOfCertificate = reason.fix == ownCertificate || reason.fix == ownAuthority;
        return {ErrorKind::Tls, what,         reason.why + (" [" + why + "]"),
                reason.fix,     std::nullopt, isOfCertificate ? Setting::ClientCertificate : Setting::None};
    }
    return {ErrorKind::Tls, what, why,
            "check that the port speaks TLS and which versions and ciphers the server allows"};
}

} // namespace claimcheck::http
