// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sentences for a certificate that was not good: which fault it is decides what one can do about it.

#include <http/errors.h>

namespace claimcheck::http {

namespace {

struct Words
{
    const char* why;
    const char* fix;
};

Words wordsFor(CertificateFault fault)
{
    switch (fault) {
    case CertificateFault::SelfSigned:
        return {"its certificate is self-signed", "add this certificate to those that this machine trusts, "
                                                  "or give the server one of an authority that it trusts"};
    case CertificateFault::UnknownIssuer:
        return {"its certificate was issued by an authority that is not trusted here",
                "add that authority's certificate to those that this machine trusts; the server must send "
                "the intermediate ones"};
    case CertificateFault::Expired:
        return {"its certificate has expired",
                "renew the server's certificate, and check this machine's clock"};
    case CertificateFault::NotYetValid:
        return {"its certificate is not valid yet",
                "check this machine's clock and the server's certificate"};
    case CertificateFault::WrongHost:
        return {"its certificate is for another host name",
                "use a name that the certificate lists, or issue one for this name"};
    case CertificateFault::Revoked:
        return {"its certificate was revoked", "do not trust this server until it has a new certificate"};
    case CertificateFault::NotSignedByIssuer:
        return {"its certificate names an authority that is trusted here, but another key signed it",
                "the one that is trusted may be an older one of the same name: trust the one that issued "
                "this certificate"};
    case CertificateFault::NotForServers:
        return {"its certificate is not made for servers",
                "issue one whose extended key usage allows serverAuth"};
    case CertificateFault::IssuerIsNoAuthority:
        return {"its certificate was issued by a certificate that may not issue any",
                "issue it from an authority (basicConstraints CA:TRUE)"};
    case CertificateFault::TooWeak:
        return {"its certificate or its authority's has a key or a hash that is too weak",
                "issue it with RSA of 2048 bits or more, or P-256, and SHA-256"};
    case CertificateFault::Other:
        break;
    }
    return {"its certificate was not accepted", "look at the server's certificate and its chain"};
}

} // namespace

Error certificateRefused(const Url& url, CertificateFault fault, const std::string& detail)
{
    const Words words = wordsFor(fault);
    std::string why = words.why;
    if (!detail.empty())
        why += " [" + detail + "]";
    const bool isOfTrust = fault == CertificateFault::SelfSigned ||
                           fault == CertificateFault::UnknownIssuer ||
                           fault == CertificateFault::NotSignedByIssuer;
    return {ErrorKind::Tls, "no secure connection to " + authority(url),     why, words.fix,
            std::nullopt,   isOfTrust ? Setting::Authorities : Setting::None};
}

} // namespace claimcheck::http
