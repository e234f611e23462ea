// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Fresh keys (RFC 7518 §3: the sizes are the least that the standard takes, or more on demand).

#include "curve.h"
#include "keydetail.h"

#include <openssl/rand.h>

namespace claimcheck::jose {

using namespace openssl;

static tl::unexpected<Error> cannotGenerate(const Algorithm& algorithm, std::string why)
{
    return failure(ErrorKind::Usage, "cannot generate a key for " + std::string(algorithm.name),
                   std::move(why), "without a size of yours it gets the usual one");
}

static Result<Key> generateSecret(const Algorithm& algorithm, std::size_t bits)
{
    static constexpr std::size_t mostBits = 65536;
    const std::size_t least = algorithm.minimumKeyBytes * 8;
    const std::size_t wanted = bits == 0 ? least : bits;
    if (wanted < least || wanted > mostBits || wanted % 8 != 0)
        return cannotGenerate(algorithm, "the secret has " + std::to_string(least) + " to " +
                                             std::to_string(mostBits) + " bits, in whole bytes");
    std::string random(wanted / 8, '\0');
    if (RAND_bytes(bytes(random), static_cast<int>(random.size())) != 1)
        return failure(ErrorKind::Internal, "cannot generate a key", "the system gave no random bytes");
    Key key = secretKey(Secret(random));
    wipe(random);
    return key;
}

static Result<Key> generateRsa(const Algorithm& algorithm, std::size_t bits)
{
    static constexpr std::size_t usual = 2048;
    static constexpr std::size_t most = 8192; // above, finding the primes takes minutes
    const std::size_t wanted = bits == 0 ? usual : bits;
    if (wanted < usual || wanted > most)
        return cannotGenerate(algorithm, "an RSA key has 2048 to " + std::to_string(most) + " bits here");
    return keyFromHandle(Pkey(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", wanted)), KeySource::Generated, "");
}

static Result<Key> generateOnCurve(const Algorithm& algorithm, std::size_t bits)
{
    const Curve* curve = findCurve(algorithm.curve.empty() ? "Ed25519" : algorithm.curve);
    if (bits != 0 && bits != curve->bits)
        return cannotGenerate(algorithm, "its key has " + std::to_string(curve->bits) + " bits");
    Pkey handle(curve->keyType == KeyType::Ec
                    ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve->opensslName.data())
                    : EVP_PKEY_Q_keygen(nullptr, nullptr, curve->opensslName.data()));
    return keyFromHandle(std::move(handle), KeySource::Generated, "");
}

static Result<Key> generate(const Algorithm& algorithm, std::size_t bits)
{
    if (algorithm.keyType == KeyType::Oct)
        return generateSecret(algorithm, bits);
    if (algorithm.keyType == KeyType::Rsa)
        return generateRsa(algorithm, bits);
    return generateOnCurve(algorithm, bits);
}

Result<Key> generateKey(const Algorithm& algorithm, const GenerateOptions& options)
{
    const ErrorQueue queue;
    Result<Key> key = generate(algorithm, options.bits);
    if (!key)
        return key;
    key->source = KeySource::Generated;
    key->alg = algorithm.name;
    key->use = "sig";
    key->kid = options.kid;
    return key;
}

} // namespace claimcheck::jose
