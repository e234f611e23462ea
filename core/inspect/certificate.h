// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an X.509 certificate says (RFC 5280). No chain is built and nothing is trusted.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/time.h>

namespace claimcheck::inspect {

struct CertificateFacts
{
    std::string der;
    std::string subject; ///< for people: "CN=server"
    std::string issuer;
    std::vector<std::string> alternativeNames; ///< "DNS:api.example", "IP:127.0.0.1", the first hundred
    Instant notBefore{};
    Instant notAfter{};
    bool isWeaklySigned = false; ///< with MD5 or SHA-1
    std::string keyThumbprint;   ///< RFC 7638, of the key in it; empty for keys that we do not read

    bool operator==(const CertificateFacts&) const = default;
};
/// "within its time", "not yet valid" or "expired".
std::string_view stateOf(const CertificateFacts& certificate, Instant now);
bool isWithinItsTime(const CertificateFacts& certificate, Instant now);

std::optional<CertificateFacts> readCertificate(std::string_view der);
/// The certificates of a PEM text or of one DER certificate; none where there are none.
std::vector<CertificateFacts> readCertificates(std::string_view pemOrDer);

} // namespace claimcheck::inspect
