// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "engine.h"

#include "curve.h"
#include "openssl.h"

#include <array>

namespace claimcheck::jose {

using namespace openssl;

bool isFor(const Algorithm& algorithm, const Key& key)
{
    if (algorithm.keyType != key.type || (key.isPssOnly && algorithm.family != Family::RsaPss))
        return false;
    if (algorithm.family == Family::EdDsa && algorithm.curve.empty())
        return key.curve == "Ed25519" || key.curve == "Ed448";
    return algorithm.curve.empty() || algorithm.curve == key.curve;
}

std::size_t signatureBytes(const Algorithm& algorithm, const Key& key)
{
    if (algorithm.signatureBytes != 0)
        return algorithm.signatureBytes;
    if (key.type == KeyType::Rsa)
        return (key.bits + 7) / 8;
    const Curve* curve = findCurve(key.curve);
    return curve == nullptr ? 0 : curve->signatureBytes;
}

namespace {

/// RFC 7518 §3.2.
class HmacEngine final : public Engine
{
public:
    HmacEngine(const Algorithm& algorithm, const Secret& secret)
    {
        const Mac mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
        m_context.reset(mac ? EVP_MAC_CTX_new(mac.get()) : nullptr);
        std::string digest(algorithm.digest);
        const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                                    OSSL_PARAM_construct_end()};
        const std::string_view key = secret.reveal();
        m_isReady =
            m_context && EVP_MAC_init(m_context.get(), bytes(key), key.size(), parameters.data()) == 1;
    }

    bool isReady() const { return m_isReady; }

    bool fits(std::string_view input, std::string_view signature) override
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
        std::size_t length = 0;
        // Without a key: starts anew with the one it has.
        const bool isMade = EVP_MAC_init(m_context.get(), nullptr, 0, nullptr) == 1 &&
                            EVP_MAC_update(m_context.get(), bytes(input), input.size()) == 1 &&
                            EVP_MAC_final(m_context.get(), mac.data(), &length, mac.size()) == 1;
        return isMade && signature.size() == length &&
               CRYPTO_memcmp(signature.data(), mac.data(), length) == 0;
    }

private:
    MacContext m_context;
    bool m_isReady = false;
};

/// Hash first, then one public-key operation: RSA (RFC 7518 §3.3, §3.5) and ECDSA (§3.4).
class HashedEngine final : public Engine
{
public:
    HashedEngine(const Algorithm& algorithm, const Key& key)
        : m_isEcdsa(algorithm.family == Family::Ecdsa),
          m_digest(EVP_MD_fetch(nullptr, algorithm.digest.data(), nullptr)),
          m_hash(EVP_MD_CTX_new()),
          m_context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.handle.get(), nullptr))
    {
        m_isReady = m_digest && m_hash && m_context && EVP_PKEY_verify_init(m_context.get()) == 1 &&
                    setPadding(algorithm.family) &&
                    EVP_PKEY_CTX_set_signature_md(m_context.get(), m_digest.get()) == 1 &&
                    setPss(algorithm.family);
    }

    bool isReady() const { return m_isReady; }

    bool fits(std::string_view input, std::string_view signature) override
    {
        std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
        unsigned length = 0;
        if (EVP_DigestInit_ex2(m_hash.get(), m_digest.get(), nullptr) != 1 ||
            EVP_DigestUpdate(m_hash.get(), input.data(), input.size()) != 1 ||
            EVP_DigestFinal_ex(m_hash.get(), hash.data(), &length) != 1)
            return false;
        return m_isEcdsa ? fitsEcdsa({hash.data(), length}, signature)
                         : EVP_PKEY_verify(m_context.get(), bytes(signature), signature.size(), hash.data(),
                                           length) == 1;
    }

private:
    bool setPadding(Family family)
    {
        if (family == Family::Ecdsa)
            return true;
        const int padding = family == Family::RsaPss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
        return EVP_PKEY_CTX_set_rsa_padding(m_context.get(), padding) == 1;
    }

    /// RFC 7518 §3.5: MGF1 with the same hash, a salt exactly as long as it. OpenSSL's default takes any.
    bool setPss(Family family)
    {
        return family != Family::RsaPss ||
               (EVP_PKEY_CTX_set_rsa_mgf1_md(m_context.get(), m_digest.get()) == 1 &&
                EVP_PKEY_CTX_set_rsa_pss_saltlen(m_context.get(), RSA_PSS_SALTLEN_DIGEST) == 1);
    }

    /// r‖s (RFC 7518 §3.4) as the DER that OpenSSL asks for.
    bool fitsEcdsa(std::basic_string_view<unsigned char> hash, std::string_view raw)
    {
        const std::size_t half = raw.size() / 2;
        Number r = number(raw.substr(0, half));
        Number s = number(raw.substr(half));
        const EcdsaSignature signature(ECDSA_SIG_new());
        if (!r || !s || !signature || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1)
            return false;
        static_cast<void>(r.release()); // the signature owns them now
        static_cast<void>(s.release());
        std::array<unsigned char, 160> der{};
        unsigned char* end = der.data();
        const int length = i2d_ECDSA_SIG(signature.get(), nullptr);
        if (length <= 0 || static_cast<std::size_t>(length) > der.size() ||
            i2d_ECDSA_SIG(signature.get(), &end) != length)
            return false;
        return EVP_PKEY_verify(m_context.get(), der.data(), static_cast<std::size_t>(length), hash.data(),
                               hash.size()) == 1;
    }

    bool m_isEcdsa;
    Digest m_digest;
    DigestContext m_hash;
    PkeyContext m_context;
    bool m_isReady = false;
};

/// RFC 8037 §3.1: the whole text at once, without a hash before.
class EdDsaEngine final : public Engine
{
public:
    explicit EdDsaEngine(const Key& key) : m_key(key.handle), m_context(EVP_MD_CTX_new()) {}

    bool fits(std::string_view input, std::string_view signature) override
    {
        return m_context && EVP_MD_CTX_reset(m_context.get()) == 1 &&
               EVP_DigestVerifyInit_ex(m_context.get(), nullptr, nullptr, nullptr, nullptr, m_key.get(),
                                       nullptr) == 1 &&
               EVP_DigestVerify(m_context.get(), bytes(signature), signature.size(), bytes(input),
                                input.size()) == 1;
    }

private:
    std::shared_ptr<EVP_PKEY> m_key;
    DigestContext m_context;
};

} // namespace

template <typename Kind, typename... Arguments>
static std::unique_ptr<Engine> readyEngine(const Arguments&... arguments)
{
    auto engine = std::make_unique<Kind>(arguments...);
    return engine->isReady() ? std::move(engine) : nullptr;
}

std::unique_ptr<Engine> makeEngine(const Algorithm& algorithm, const Key& key)
{
    if (algorithm.family == Family::Hmac)
        return readyEngine<HmacEngine>(algorithm, key.secret);
    if (!key.handle)
        return nullptr;
    if (algorithm.family == Family::EdDsa)
        return std::make_unique<EdDsaEngine>(key);
    return readyEngine<HashedEngine>(algorithm, key);
}

} // namespace claimcheck::jose
