// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Certificates beside one another (RFC 5280 §6.1): who issued whom.

#include "keydetail.h"

#include <openssl/x509v3.h>

namespace claimcheck::jose {

using namespace openssl;

// A bundle of authorities is no chain: nobody compares each of hundreds with each.
static constexpr std::size_t longestChain = 32;

/// Nothing when OpenSSL cannot tell.
static std::optional<bool> isIssuedBy(X509* issuer, X509* certificate)
{
    if (X509_cmp(issuer, certificate) == 0)
        return false;
    const int result = X509_check_issued(issuer, certificate);
    return result == X509_V_ERR_UNSPECIFIED ? std::nullopt : std::optional(result == X509_V_OK);
}

std::optional<std::vector<std::size_t>> issuersAmong(const std::vector<std::string_view>& ders)
{
    const ErrorQueue queue;
    std::vector<std::size_t> issuers;
    if (ders.size() < 2 || ders.size() > longestChain)
        return issuers;
    std::vector<Certificate> certificates;
    for (const std::string_view der : ders) {
        const unsigned char* data = bytes(der);
        certificates.emplace_back(d2i_X509(nullptr, &data, static_cast<long>(der.size())));
        if (!certificates.back())
            return std::nullopt;
    }
    for (std::size_t i = 0; i < certificates.size(); ++i) {
        for (const Certificate& other : certificates) {
            const std::optional<bool> isIssuer = isIssuedBy(certificates[i].get(), other.get());
            if (!isIssuer)
                return std::nullopt;
            if (!*isIssuer)
                continue;
            issuers.push_back(i);
            break;
        }
    }
    // Two that issued one another (cross-signed authorities) would leave nothing.
    return issuers.size() == ders.size() ? std::vector<std::size_t>() : issuers;
}

} // namespace claimcheck::jose
