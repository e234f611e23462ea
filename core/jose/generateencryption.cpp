// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Fresh keys for encryption (RFC 7518 §4 and §5, RFC 8037 §3.2): a key pair to be written to, or a secret as
// long as its algorithm demands.

#include "curve.h"
#include "encryption.h"
#include "keydetail.h"

#include <base/text.h>

#include <openssl/rand.h>

namespace claimcheck::jose {

using namespace openssl;

namespace {

/// What a key is generated for.
struct Purpose
{
    std::string_view name; ///< an `alg`, for `dir` also an `enc`, or a curve that is for nothing else
    KeyType type;
    std::size_t bits; ///< of the secret; 0 of a key pair
};

} // namespace

static std::optional<Purpose> purposeOf(const KeyManagement& management)
{
    switch (management.way) {
    case KeyWay::RsaOaep:
        return Purpose{management.name, KeyType::Rsa, 0};
    case KeyWay::Agreement:
    case KeyWay::AgreementWrap:
        return Purpose{management.name, KeyType::Ec, 0};
    case KeyWay::AesWrap:
    case KeyWay::GcmWrap:
        return Purpose{management.name, KeyType::Oct, management.wrapBytes * 8};
    case KeyWay::Password: // as long as its hash, so that it is no weaker than the key derived from it
        return Purpose{management.name, KeyType::Oct, management.wrapBytes * 16};
    case KeyWay::Direct:
    case KeyWay::RsaPkcs1:
        break;
    }
    return std::nullopt;
}

static std::optional<Purpose> purposeOf(std::string_view name)
{
    if (const KeyManagement* management = findKeyManagement(name))
        return purposeOf(*management);
    if (const ContentEncryption* content = findContentEncryption(name))
        return Purpose{content->name, KeyType::Oct, content->keyBytes * 8};
    const Curve* curve = findCurve(name);
    if (curve != nullptr && curve->keyType == KeyType::Okp && curve->signatureBytes == 0)
        return Purpose{curve->name, KeyType::Okp, 0};
    return std::nullopt;
}

static tl::unexpected<Error> cannotGenerate(std::string_view name, std::string why, std::string fix = {})
{
    return failure(ErrorKind::Usage, "cannot generate a key for " + visible(name), std::move(why),
                   std::move(fix));
}

static Result<Key> generateSecret(const Purpose& purpose, std::size_t bits)
{
    if (bits != 0 && bits != purpose.bits)
        return cannotGenerate(purpose.name, "its key has " + std::to_string(purpose.bits) + " bits");
    std::string random(purpose.bits / 8, '\0');
    if (RAND_priv_bytes(bytes(random), static_cast<int>(random.size())) != 1)
        return failure(ErrorKind::Internal, "cannot generate a key", "the system gave no random bytes");
    Key key = secretKey(Secret(random));
    wipe(random);
    return key;
}

/// ECDH-ES works on every curve but secp256k1 and those that sign alone.
static Result<Key> generateForAgreement(const Purpose& purpose, const GenerateOptions& options)
{
    const bool isCurve = findCurve(purpose.name) != nullptr;
    const std::string name = isCurve ? std::string(purpose.name) : options.curve.value_or("P-256");
    const Curve* curve = findCurve(name);
    const bool agrees = curve != nullptr && curve->name != "secp256k1" &&
                        (curve->keyType == KeyType::Ec || curve->signatureBytes == 0);
    if (!agrees)
        return cannotGenerate(purpose.name, "no key agreement on the curve '" + visible(name) + "'",
                              "P-256, P-384, P-521, X25519 and X448 are the curves for it");
    if (options.bits != 0 && options.bits != curve->bits)
        return cannotGenerate(purpose.name,
                              "on " + name + " its key has " + std::to_string(curve->bits) + " bits");
    Pkey handle(curve->keyType == KeyType::Ec
                    ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve->opensslName.data())
                    : EVP_PKEY_Q_keygen(nullptr, nullptr, curve->opensslName.data()));
    return keyFromHandle(std::move(handle), KeySource::Generated, "");
}

static Result<Key> generate(const Purpose& purpose, const GenerateOptions& options)
{
    if (options.curve && purpose.type != KeyType::Ec)
        return cannotGenerate(purpose.name, "it leaves no choice of a curve");
    if (purpose.type == KeyType::Oct)
        return generateSecret(purpose, options.bits);
    if (purpose.type != KeyType::Rsa)
        return generateForAgreement(purpose, options);
    // Key pairs of RSA are of one kind, whatever they are for.
    return generateKey(*findAlgorithm("RS256"), options);
}

Result<Key> generateKeyFor(std::string_view name, const GenerateOptions& options)
{
    if (const Algorithm* algorithm = findAlgorithm(name))
        return options.curve ? cannotGenerate(name, "it leaves no choice of a curve")
                             : generateKey(*algorithm, options);
    const std::optional<Purpose> purpose = purposeOf(name);
    if (name == "dir")
        return cannotGenerate(name, "the key is as long as the content's encryption demands",
                              "name that: A256GCM, A128CBC-HS256 and their like");
    if (name == "none")
        return cannotGenerate(name, "a token of this algorithm is not signed, so there is no key for it",
                              "name one that signs: ES256, Ed25519, RS256, HS256");
    if (!purpose && isRegisteredElsewhere(name))
        return cannotGenerate(name, "this version makes no keys for it");
    if (!purpose)
        return cannotGenerate(
            name, "no algorithm is called so",
            "names are case-sensitive: HS256, RS256, ES256, Ed25519, RSA-OAEP-256, ECDH-ES, "
            "A256KW, A256GCM and their like");
    const ErrorQueue queue;
    Result<Key> key = generate(*purpose, options);
    if (!key)
        return key;
    key->source = KeySource::Generated;
    key->use = "enc";
    key->alg = findCurve(name) == nullptr ? std::optional(std::string(name)) : std::nullopt;
    key->kid = options.kid;
    key->weakness.clear(); // exactly as long as it must be; what judges secrets asks for that of HMAC
    return key;
}

} // namespace claimcheck::jose
