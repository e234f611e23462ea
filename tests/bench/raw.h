// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the benchmarks that stand beside raw OpenSSL share: a clock, and verifying with nothing but OpenSSL.

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <time.h>

#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace claimcheck::bench {

/// CPU time of this thread: what others do on the machine does not count.
inline double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

inline const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// r‖s as OpenSSL wants it: DER.
inline std::string toDer(std::string_view raw)
{
    const auto half = static_cast<int>(raw.size() / 2);
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature(ECDSA_SIG_new(), ECDSA_SIG_free);
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(bytes(raw), half, nullptr),
                   BN_bin2bn(bytes(raw) + half, half, nullptr));
    unsigned char* out = nullptr;
    const int length = i2d_ECDSA_SIG(signature.get(), &out);
    std::string der(reinterpret_cast<char*>(out), static_cast<std::size_t>(length));
    OPENSSL_free(out);
    return der;
}

inline bool fitsHmac(std::string_view secret, std::string_view input, std::string_view signature)
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes(input), input.size(), mac,
         &length);
    return length == signature.size() && CRYPTO_memcmp(mac, signature.data(), length) == 0;
}

/// `digest` is null for Ed25519; the signature of ECDSA is DER.
inline bool fitsOneShot(EVP_PKEY* key, const EVP_MD* digest, std::string_view input,
                        std::string_view signature)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    return EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(input), input.size()) ==
               1;
}

} // namespace claimcheck::bench
