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

/// As it came.
struct MetadataDocument
{
    std::string text;
    std::string url; ///< where it was found
};

/// The address of the JWK set in a metadata document. Its `issuer` must be `issuer`, byte for byte (RFC 8414
/// §3.3): otherwise one tenant of a host could speak for another.
Result<std::string> jwksUriOf(std::string_view document, const std::string& issuer);

/// Where an authorization server is asked for what (RFC 8414 §2, OpenID Connect Discovery §3, RFC 8628 §4,
/// RFC 9207 §3). An endpoint that it does not name is empty.
struct ServerMetadata
{
    std::string issuer;
    std::string authorizationEndpoint;
    std::string tokenEndpoint;
    std::string deviceAuthorizationEndpoint;
    std::string introspectionEndpoint;
    std::string revocationEndpoint;
    std::string userinfoEndpoint;
    std::string jwksUri;
    bool namesIssuerInRedirect = false;            ///< `iss` stands in every redirect (RFC 9207 §2.3)
    std::vector<std::string> codeChallengeMethods; ///< empty: it does not say
    std::string foundAt;                           ///< address of the document; empty: none was read

    bool operator==(const ServerMetadata&) const = default;
};

/// Of a metadata document, whose `issuer` must be `issuer` (RFC 8414 §3.3). BadAnswer for that, and for an
/// endpoint that is no https address, has a user name or a fragment in it (RFC 6749 §3.1, §3.2), or leads to
/// this machine where the issuer does not.
Result<ServerMetadata> readMetadata(const MetadataDocument& document, const std::string& issuer);

} // namespace claimcheck::keys
