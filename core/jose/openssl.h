// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Owners for OpenSSL's objects, and the guard around its error queue. Private to the module.

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/decoder.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

namespace claimcheck::jose::openssl {

template <auto function>
struct Free
{
    template <typename Object>
    void operator()(Object* object) const
    {
        function(object);
    }
};

/// OSSL_PARAM_free frees without wiping: private numbers stand in there.
inline void freeParameters(OSSL_PARAM* parameters)
{
    for (OSSL_PARAM* p = parameters; p != nullptr && p->key != nullptr; ++p)
        OPENSSL_cleanse(p->data, p->data_size);
    OSSL_PARAM_free(parameters);
}

using Pkey = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using Digest = std::unique_ptr<EVP_MD, Free<EVP_MD_free>>;
using Mac = std::unique_ptr<EVP_MAC, Free<EVP_MAC_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Free<EVP_MAC_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Free<BN_clear_free>>;
using NumberContext = std::unique_ptr<BN_CTX, Free<BN_CTX_free>>;
using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using DecoderContext = std::unique_ptr<OSSL_DECODER_CTX, Free<OSSL_DECODER_CTX_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Free<freeParameters>>;
using ParameterBuilder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>>;

/// Around every operation: what an earlier one left in this thread's queue must not colour it, nor this one a
/// later.
class ErrorQueue
{
public:
    ErrorQueue() { clear(); }
    ~ErrorQueue() { clear(); }
    ErrorQueue(const ErrorQueue&) = delete;
    ErrorQueue& operator=(const ErrorQueue&) = delete;

    /// Clearing walks over every slot of the queue; it is nearly always empty.
    static void clear()
    {
        if (ERR_peek_error() != 0)
            ERR_clear_error();
    }
};

inline const unsigned char* bytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* bytes(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}

inline Number number(std::string_view bigEndian)
{
    return Number(BN_bin2bn(bytes(bigEndian), static_cast<int>(bigEndian.size()), nullptr));
}

/// A number of the key ("n", "d" …), or an empty pointer where it has none.
inline Number numberOf(const EVP_PKEY* key, const char* name)
{
    BIGNUM* value = nullptr;
    return EVP_PKEY_get_bn_param(key, name, &value) == 1 ? Number(value) : Number();
}

/// Big-endian, with zeros in front up to `width` bytes; 0: as short as it goes.
inline std::string toBytes(const BIGNUM* value, std::size_t width = 0)
{
    const auto length = static_cast<std::size_t>((BN_num_bits(value) + 7) / 8);
    std::string text(width == 0 ? length : width, '\0');
    if (text.size() < length || BN_bn2binpad(value, bytes(text), static_cast<int>(text.size())) < 0)
        return {};
    return text;
}

} // namespace claimcheck::jose::openssl
