// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keywrap.h"

#include "openssl.h"

#include <algorithm>
#include <array>

#include <openssl/kdf.h>
#include <openssl/rand.h>

namespace claimcheck::jose {

using namespace openssl;

using Cipher = std::unique_ptr<EVP_CIPHER, Free<EVP_CIPHER_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;
using Kdf = std::unique_ptr<EVP_KDF, Free<EVP_KDF_free>>;
using KdfContext = std::unique_ptr<EVP_KDF_CTX, Free<EVP_KDF_CTX_free>>;

std::optional<Secret> randomBytes(std::size_t count)
{
    std::string random(count, '\0');
    if (RAND_priv_bytes(bytes(random), static_cast<int>(count)) != 1)
        return std::nullopt;
    return Secret::adopting(std::move(random));
}

static const char* wrapCipher(std::size_t keyBytes)
{
    switch (keyBytes) {
    case 16:
        return "AES-128-WRAP";
    case 24:
        return "AES-192-WRAP";
    case 32:
        return "AES-256-WRAP";
    default:
        return nullptr;
    }
}

static std::optional<std::string> runWrap(const Secret& wrappingKey, std::string_view input, int isWrapping)
{
    const char* name = wrapCipher(wrappingKey.size());
    const Cipher cipher(name == nullptr ? nullptr : EVP_CIPHER_fetch(nullptr, name, nullptr));
    const CipherContext context(EVP_CIPHER_CTX_new());
    if (!cipher || !context)
        return std::nullopt;
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    std::string output(input.size() + 16, '\0');
    int length = 0;
    const bool isDone = EVP_CipherInit_ex2(context.get(), cipher.get(), bytes(wrappingKey.reveal()), nullptr,
                                           isWrapping, nullptr) == 1 &&
                        EVP_CipherUpdate(context.get(), bytes(output), &length, bytes(input),
                                         static_cast<int>(input.size())) == 1 &&
                        length > 0;
    if (!isDone) {
        wipe(output);
        return std::nullopt;
    }
    output.resize(static_cast<std::size_t>(length));
    return output;
}

std::optional<std::string> wrapKey(const Secret& wrappingKey, const Secret& key)
{
    return runWrap(wrappingKey, key.reveal(), 1);
}

std::optional<Secret> unwrapKey(const Secret& wrappingKey, std::string_view wrapped)
{
    // RFC 3394 §2: two blocks of 64 bits at least, and the one that is checked.
    if (wrapped.size() < 24 || wrapped.size() % 8 != 0)
        return std::nullopt;
    std::optional<std::string> key = runWrap(wrappingKey, wrapped, 0);
    return key ? std::optional(Secret::adopting(std::move(*key))) : std::nullopt;
}

std::optional<Secret> stretched(std::string_view digest, const Secret& password, std::string_view salt,
                                int iterations, std::size_t count)
{
    const Digest hash(EVP_MD_fetch(nullptr, digest.data(), nullptr));
    const std::string_view text = password.reveal();
    std::string key(count, '\0');
    if (!hash || PKCS5_PBKDF2_HMAC(text.data(), static_cast<int>(text.size()), bytes(salt),
                                   static_cast<int>(salt.size()), iterations, hash.get(),
                                   static_cast<int>(key.size()), bytes(key)) != 1)
        return std::nullopt;
    return Secret::adopting(std::move(key));
}

std::optional<Secret> passwordKey(const KeyManagement& management, const Secret& password,
                                  std::string_view saltInput, int iterations)
{
    std::string salt(management.name);
    salt += '\0';
    salt += saltInput;
    return stretched(management.digest, password, salt, iterations, management.wrapBytes);
}

static std::string length32(std::size_t value)
{
    std::string text;
    for (unsigned shift = 32; shift > 0; shift -= 8)
        text += static_cast<char>((value >> (shift - 8)) & 0xFFu);
    return text;
}

std::optional<Secret> concatKey(const Secret& agreed, const KeyInfo& info)
{
    std::string other; // OtherInfo of RFC 7518 §4.6.2
    for (const std::string_view part : {info.algorithm, info.apu, info.apv})
        other.append(length32(part.size())).append(part);
    other += length32(info.bytes * 8);
    const Kdf kdf(EVP_KDF_fetch(nullptr, "SSKDF", nullptr));
    const KdfContext context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
    std::string digest = "SHA256";
    std::string secret(agreed.reveal());
    const std::array parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, secret.data(), secret.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, other.data(), other.size()),
        OSSL_PARAM_construct_end()};
    std::string key(info.bytes, '\0');
    const bool isDone =
        context && EVP_KDF_derive(context.get(), bytes(key), key.size(), parameters.data()) == 1;
    wipe(secret);
    return isDone ? std::optional(Secret::adopting(std::move(key))) : std::nullopt;
}

std::optional<Secret> agree(const Key& own, const Key& other)
{
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, own.handle.get(), nullptr));
    std::size_t length = 0;
    if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), other.handle.get()) != 1 ||
        EVP_PKEY_derive(context.get(), nullptr, &length) != 1)
        return std::nullopt;
    std::string agreed(length, '\0');
    if (EVP_PKEY_derive(context.get(), bytes(agreed), &length) != 1) {
        wipe(agreed);
        return std::nullopt;
    }
    agreed.resize(length);
    return Secret::adopting(std::move(agreed));
}

/// RFC 7518 §4.3: MGF1 with the hash of OAEP itself.
static bool setOaep(EVP_PKEY_CTX* context, const KeyManagement& management)
{
    const char* digest = management.digest.data();
    return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_oaep_md_name(context, digest, nullptr) == 1 &&
           EVP_PKEY_CTX_set_rsa_mgf1_md_name(context, digest, nullptr) == 1;
}

std::optional<std::string> encryptRsaOaep(const KeyManagement& management, const Key& key,
                                          const Secret& content)
{
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.handle.get(), nullptr));
    std::string encrypted((key.bits + 7) / 8, '\0');
    std::size_t length = encrypted.size();
    const std::string_view plain = content.reveal();
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 || !setOaep(context.get(), management) ||
        EVP_PKEY_encrypt(context.get(), bytes(encrypted), &length, bytes(plain), plain.size()) != 1)
        return std::nullopt;
    encrypted.resize(length);
    return encrypted;
}

std::optional<Secret> decryptRsaOaep(const KeyManagement& management, const Key& key,
                                     std::string_view encrypted)
{
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.handle.get(), nullptr));
    std::string plain((key.bits + 7) / 8, '\0');
    std::size_t length = plain.size();
    if (!context || EVP_PKEY_decrypt_init(context.get()) != 1 || !setOaep(context.get(), management) ||
        EVP_PKEY_decrypt(context.get(), bytes(plain), &length, bytes(encrypted), encrypted.size()) != 1) {
        wipe(plain);
        return std::nullopt;
    }
    plain.resize(length);
    return Secret::adopting(std::move(plain));
}

Secret decryptRsaPkcs1(const Key& key, std::string_view encrypted, const Secret& substitute)
{
    const PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.handle.get(), nullptr));
    std::string plain(std::max((key.bits + 7) / 8, substitute.size()), '\0');
    std::size_t length = (key.bits + 7) / 8;
    std::string chosen(substitute.reveal());
    const bool isReady = context && EVP_PKEY_decrypt_init(context.get()) == 1 &&
                         EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1;
    const int outcome =
        isReady ? EVP_PKEY_decrypt(context.get(), bytes(plain), &length, bytes(encrypted), encrypted.size())
                : 0;
    // All ones where both hold, else all zeros; then every byte is taken from one side or the other.
    const std::size_t wrong = static_cast<std::size_t>(outcome ^ 1) | (length ^ substitute.size());
    const std::size_t isWrong = (wrong | (0 - wrong)) >> (sizeof(wrong) * 8 - 1);
    const auto mask = static_cast<unsigned char>(isWrong - 1);
    for (std::size_t i = 0; i < chosen.size(); ++i)
        chosen[i] = static_cast<char>((plain[i] & mask) | (chosen[i] & ~mask));
    wipe(plain);
    return Secret::adopting(std::move(chosen));
}

} // namespace claimcheck::jose
