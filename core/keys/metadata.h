// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an issuer says of itself: OpenID Connect Discovery 1.0 and RFC 8414.
//
//   metadataUrls("https://id.example/tenant")
//     https://id.example/tenant/.well-known/openid-configuration          (OpenID Connect Discovery §4)
//     https://id.example/.well-known/oauth-authorization-server/tenant    (RFC 8414 §3.1)

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>

namespace claimcheck::keys {

/// Where the metadata of an issuer may be, the likelier place first. Empty when `issuer` is no address, or
/// has a query or fragment (RFC 8414 §2).
std::vector<std::string> metadataUrls(const std::string& issuer);

/// The address of the JWK set in a metadata document. Its `issuer` must be `issuer`, byte for byte (RFC 8414
/// §3.3): otherwise one tenant of a host could speak for another.
Result<std::string> jwksUriOf(std::string_view document, const std::string& issuer);

} // namespace claimcheck::keys
