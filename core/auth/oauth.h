// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An OAuth 2.0 login (RFC 6749): the grant, the client and the server that it is made at. Values only; the
// steps between request and answer are pure functions of them (tokenrequest.h, tokenanswer.h …).

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <auth/login.h>
#include <base/secret.h>
#include <base/time.h>
#include <http/message.h>
#include <jose/key.h>
#include <keys/metadata.h>

namespace claimcheck::auth {

enum class Grant
{
    ClientCredentials, ///< RFC 6749 §4.4
    AuthorizationCode, ///< RFC 6749 §4.1, always with PKCE (RFC 7636, S256)
    DeviceCode,        ///< RFC 8628
    Password,          ///< RFC 6749 §4.3; RFC 9700 §2.4 advises against it
    RefreshToken       ///< RFC 6749 §6
};
/// The words of the command line and of sessions.yaml: "client-credentials" …
std::string_view toText(Grant grant);
std::optional<Grant> grantFrom(std::string_view text);
/// Whether it can be made again without anybody at the machine.
bool isUnattended(Grant grant);

/// How the client says who it is (RFC 6749 §2.3, OpenID Connect Core §9).
enum class ClientAuthentication
{
    None, ///< a public client: `client_id` alone
    Basic,
    Post,
    SecretJwt,
    PrivateKeyJwt ///< RFC 7523
};
/// "none", "basic", "post", "secret-jwt", "private-key-jwt".
std::string_view toText(ClientAuthentication method);
std::optional<ClientAuthentication> clientAuthenticationFrom(std::string_view text);

struct OAuthClient
{
    std::string id;
    ClientAuthentication authentication = ClientAuthentication::None;
    Secret secret;
    std::shared_ptr<const jose::Key> key; ///< signs the assertion of PrivateKeyJwt
    std::string assertionAlgorithm = {};  ///< empty: what the key is for
    std::string assertionAudience = {};   ///< empty: the issuer, without one the token endpoint
};

struct Parameter
{
    std::string name;
    std::string value;
    bool operator==(const Parameter&) const = default;
};

/// Whether this scope asks for an ID token (OpenID Connect Core §3.1.2.1); space-separated.
bool isOpenId(std::string_view scope);

struct OAuthLogin
{
    Grant grant = Grant::ClientCredentials;
    keys::ServerMetadata server;
    OAuthClient client;
    std::string scope;                 ///< space-separated; empty: none is asked for
    std::vector<Parameter> parameters; ///< further ones: audience, resource (RFC 8707), prompt …
    std::string user;                  ///< Password
    Secret password;                   ///< Password
    Secret refreshToken;               ///< RefreshToken
    std::shared_ptr<const jose::Key>
        proofKey; ///< tokens are bound to it by DPoP (RFC 9449); null: they are not
    http::TlsProfile tls;
    std::string proxy;
    Milliseconds totalTimeout{0}; ///< of each request; 0: longestLogin

    bool isOpenId() const { return auth::isOpenId(scope); }
};

/// What makes a request its own; handed in, so that the steps stay pure.
struct Moment
{
    Instant now{};
    std::string id = {};        ///< for `jti`: never used before, unguessable
    std::string dpopNonce = {}; ///< that the server gave last (RFC 9449 §8.2); empty: none
};

/// Whether a server at this address may be given a secret: by https, or on this machine. `name` is that of
/// the endpoint in the error: "the token endpoint". Usage; BadAnswer where there is none, and the metadata
/// that was read at `metadataUrl` (empty: none was) would have had to name it.
Result<void> checkEndpoint(const std::string& url, std::string_view name,
                           const std::string& metadataUrl = {});

/// Whether the further parameters leave alone what the sign-in fills in itself: a second `state`,
/// `redirect_uri` or `code_challenge_method` would let whoever wrote them undo what these protect from, and
/// RFC 6749 §3.1 and §3.2 allow each once. Usage.
Result<void> checkParameters(const OAuthLogin& login);

/// The algorithm that a private key or secret signs with where nobody says: RS256, ES256 by its curve … Null
/// for a key that makes no signatures.
const jose::Algorithm* usualAlgorithm(const jose::Key& key);

} // namespace claimcheck::auth
