// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A key: a secret, or an OpenSSL key pair or public half, with what its JWK said about its use.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <base/secret.h>
#include <jose/algorithm.h>

struct evp_pkey_st;

namespace claimcheck::jose {

/// Where a key came from; policy differs: a typed secret may be short, a key given as a key may not.
enum class KeySource
{
    TypedSecret,
    Jwk,
    Pem,
    Der,
    Certificate,
    Ssh,
    Generated
};

struct Key
{
    KeyType type = KeyType::Oct;
    std::string curve;      ///< "P-256", "secp256k1", "Ed25519", "X25519" …; empty for oct and RSA
    std::size_t bits = 0;   ///< of the modulus, of the curve, or of the secret
    bool isPrivate = false; ///< holds a private half or a secret
    KeySource source = KeySource::TypedSecret;
    std::string format; ///< for people: "PKCS#8 PEM", "X.509 certificate (DER)", "JWK" …

    bool isFromSet = false; ///< a member of a JWK set, where a token's kid chooses (jose-policy rule 8)
    bool isPssOnly = false; ///< an RSA key under the id-RSASSA-PSS OID (RFC 8017 A.2.3): PS* only

    std::optional<std::string> kid;
    std::optional<std::string> alg;
    std::optional<std::string> use;
    std::optional<std::vector<std::string>> keyOps;
    std::optional<std::string> certificateThumbprint; ///< `x5t#S256`: of its certificate, or as its JWK says

    Secret secret;                       ///< for Oct
    std::shared_ptr<evp_pkey_st> handle; ///< for the others; shared, since OpenSSL counts its own references

    /// Why this key must not be used at all (RSA e = 1, point off the curve …), or empty.
    std::string refusal;
    /// Why it is too weak unless the caller allows weak keys (RSA below 2048 bits …), or empty.
    std::string weakness;
};

/// "RSA 2048-bit public key (SPKI PEM)": for people, never any secret part.
std::string describe(const Key& key);

/// A secret as typed: its bytes are the HMAC key.
Key secretKey(Secret bytes);
/// The same, and behind it what the text stands for as base64, base64url or hex, where it can be one of them.
/// For verifying: the key that fits says how it was read.
std::vector<Key> secretKeys(const Secret& typed);

struct ReadOptions
{
    Secret passphrase = {};                 ///< for an encrypted private key
    std::size_t limit = 4u * 1024u * 1024u; ///< bytes of the input
};

/// Keys told apart by content, never by a file's name: PEM (SPKI, PKCS#1, PKCS#8 also encrypted, SEC1, X.509;
/// several blocks give several keys, a chain of certificates that of its leaf), DER of the same, JWK, JWKS,
/// SSH public keys (lines of authorized_keys, RFC 4716). JSON that is neither JWK nor JWKS and bytes
/// that are nothing of all this are Unreadable; the error says what was expected.
/// `skipped`, where given, gets one line for each member of a set, block or line that was left out
/// (RFC 7517 §5).
Result<std::vector<Key>> readKeys(std::string_view bytes, const ReadOptions& options = {},
                                  std::vector<std::string>* skipped = nullptr);

/// The public half as JWK; Oct keys have none (Usage).
Result<std::string> publicJwk(const Key& key);
/// Everything, the private half too.
Result<Secret> privateJwk(const Key& key);
/// PKCS#8 PEM of a private key; SPKI PEM of a public one. Usage for Oct.
Result<Secret> toPem(const Key& key);
Result<std::string> publicPem(const Key& key);
/// The same two structures in binary. A public key's is public; it comes as Secret for one type of result.
Result<Secret> toDer(const Key& key);
/// The public half alone, as SPKI; a Secret for the same reason.
Result<Secret> publicDer(const Key& key);
/// RFC 7638 with SHA-256, base64url.
Result<std::string> thumbprint(const Key& key);
/// The same as a URI (RFC 9278 §3): "urn:ietf:params:oauth:jwk-thumbprint:sha-256:…".
Result<std::string> thumbprintUri(const Key& key);

struct GenerateOptions
{
    std::size_t bits = 0; ///< 0: the algorithm's usual size (RSA 2048, HS256 256 …)
    std::optional<std::string> kid = {};
    std::optional<std::string> curve = {}; ///< for ECDH-ES, which leaves the choice; P-256 without
};
/// A fresh key for one signature algorithm. Usage when the size does not fit it (RSA below 2048 …).
Result<Key> generateKey(const Algorithm& algorithm, const GenerateOptions& options = {});
/// The same for any `alg` or, to be used with `dir`, `enc` that keys are made for, and for the curves X25519
/// and X448. Usage for a name that is none of them.
Result<Key> generateKeyFor(std::string_view name, const GenerateOptions& options = {});

} // namespace claimcheck::jose
