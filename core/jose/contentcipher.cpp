// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "contentcipher.h"

#include "openssl.h"

#include <array>
#include <cstdint>

namespace claimcheck::jose {

using namespace openssl;

ContentEncryption gcmOf(const KeyManagement& management)
{
    const auto* content = findContentEncryption(management.wrapBytes == 16   ? "A128GCM"
                                                : management.wrapBytes == 24 ? "A192GCM"
                                                                             : "A256GCM");
    return *content;
}

namespace {

enum class Direction
{
    Open = 0,
    Seal = 1
};

/// One run of a cipher over one text.
class CipherRun
{
public:
    CipherRun(std::string_view name, Direction direction, std::string_view key, std::string_view iv)
        : m_cipher(EVP_CIPHER_fetch(nullptr, name.data(), nullptr)), m_context(EVP_CIPHER_CTX_new())
    {
        const auto size = [](int length) { return static_cast<std::size_t>(length); };
        m_isGood = m_cipher && m_context && key.size() == size(EVP_CIPHER_get_key_length(m_cipher.get())) &&
                   iv.size() == size(EVP_CIPHER_get_iv_length(m_cipher.get())) &&
                   EVP_CipherInit_ex2(m_context.get(), m_cipher.get(), bytes(key), bytes(iv),
                                      static_cast<int>(direction), nullptr) == 1;
    }

    bool takeAdditionalData(std::string_view data)
    {
        int length = 0;
        m_isGood =
            m_isGood && (data.empty() || EVP_CipherUpdate(m_context.get(), nullptr, &length, bytes(data),
                                                          static_cast<int>(data.size())) == 1);
        return m_isGood;
    }

    bool setTag(std::string tag)
    {
        m_isGood = m_isGood && EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_SET_TAG,
                                                   static_cast<int>(tag.size()), tag.data()) == 1;
        return m_isGood;
    }

    std::optional<std::string> tag(std::size_t size)
    {
        std::string tag(size, '\0');
        if (!m_isGood || EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(size),
                                             tag.data()) != 1)
            return std::nullopt;
        return tag;
    }

    /// The result may hold a secret also where it is nothing: what was computed so far is wiped then.
    std::optional<std::string> finish(std::string_view input)
    {
        std::string output(input.size() + EVP_MAX_BLOCK_LENGTH, '\0');
        int length = 0;
        int rest = 0;
        const bool isDone = m_isGood &&
                            EVP_CipherUpdate(m_context.get(), bytes(output), &length, bytes(input),
                                             static_cast<int>(input.size())) == 1 &&
                            EVP_CipherFinal_ex(m_context.get(), bytes(output) + length, &rest) == 1;
        if (!isDone) {
            wipe(output);
            return std::nullopt;
        }
        output.resize(static_cast<std::size_t>(length) + static_cast<std::size_t>(rest));
        return output;
    }

private:
    using Cipher = std::unique_ptr<EVP_CIPHER, Free<EVP_CIPHER_free>>;
    using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;

    Cipher m_cipher;
    CipherContext m_context;
    bool m_isGood = false;
};

} // namespace

static std::optional<Sealed> sealGcm(const ContentEncryption& content, std::string_view key,
                                     std::string_view iv, std::string_view additionalData,
                                     std::string_view plaintext)
{
    CipherRun run(content.cipher, Direction::Seal, key, iv);
    run.takeAdditionalData(additionalData);
    std::optional<std::string> ciphertext = run.finish(plaintext);
    std::optional<std::string> tag = run.tag(content.tagBytes);
    if (!ciphertext || !tag)
        return std::nullopt;
    return Sealed{std::move(*ciphertext), std::move(*tag)};
}

static std::optional<Secret> openGcm(const ContentEncryption& content, std::string_view key,
                                     std::string_view iv, std::string_view additionalData,
                                     const Sealed& sealed)
{
    CipherRun run(content.cipher, Direction::Open, key, iv);
    run.setTag(sealed.tag);
    run.takeAdditionalData(additionalData);
    std::optional<std::string> plaintext = run.finish(sealed.ciphertext);
    return plaintext ? std::optional(Secret::adopting(std::move(*plaintext))) : std::nullopt;
}

/// The length of the additional data in bits, 64 of them, big-endian (RFC 7518 §5.2.2.1 step 4).
static std::string lengthInBits(std::string_view data)
{
    const std::uint64_t bits = static_cast<std::uint64_t>(data.size()) * 8;
    std::string text;
    for (unsigned shift = 64; shift > 0; shift -= 8)
        text += static_cast<char>((bits >> (shift - 8)) & 0xFFu);
    return text;
}

/// RFC 7518 §5.2.2.1 step 5: the first half of HMAC(A ‖ IV ‖ E ‖ AL).
static std::optional<std::string> tagOf(const ContentEncryption& content, std::string_view macKey,
                                        std::string_view additionalData, std::string_view iv,
                                        std::string_view ciphertext)
{
    const Mac mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    const MacContext context(mac ? EVP_MAC_CTX_new(mac.get()) : nullptr);
    std::string digest(content.digest);
    const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                                OSSL_PARAM_construct_end()};
    if (!context || EVP_MAC_init(context.get(), bytes(macKey), macKey.size(), parameters.data()) != 1)
        return std::nullopt;
    const std::string length = lengthInBits(additionalData);
    for (const std::string_view part : {additionalData, iv, ciphertext, std::string_view(length)}) {
        if (EVP_MAC_update(context.get(), bytes(part), part.size()) != 1)
            return std::nullopt;
    }
    std::string tag(EVP_MAX_MD_SIZE, '\0');
    std::size_t written = 0;
    if (EVP_MAC_final(context.get(), bytes(tag), &written, tag.size()) != 1)
        return std::nullopt;
    tag.resize(content.tagBytes);
    return tag;
}

// RFC 7518 §5.2.2.1 step 1: the first half of the key is for the MAC, the second for the cipher.
static std::optional<Sealed> sealCbc(const ContentEncryption& content, std::string_view key,
                                     std::string_view iv, std::string_view additionalData,
                                     std::string_view plaintext)
{
    CipherRun run(content.cipher, Direction::Seal, key.substr(key.size() / 2), iv);
    std::optional<std::string> ciphertext = run.finish(plaintext);
    if (!ciphertext)
        return std::nullopt;
    std::optional<std::string> tag =
        tagOf(content, key.substr(0, key.size() / 2), additionalData, iv, *ciphertext);
    if (!tag)
        return std::nullopt;
    return Sealed{std::move(*ciphertext), std::move(*tag)};
}

/// The tag before the padding (RFC 7518 §5.2.2.2 steps 2 and 3): who cannot make a tag learns nothing.
static std::optional<Secret> openCbc(const ContentEncryption& content, std::string_view key,
                                     std::string_view iv, std::string_view additionalData,
                                     const Sealed& sealed)
{
    const std::optional<std::string> tag =
        tagOf(content, key.substr(0, key.size() / 2), additionalData, iv, sealed.ciphertext);
    if (!tag || CRYPTO_memcmp(tag->data(), sealed.tag.data(), content.tagBytes) != 0)
        return std::nullopt;
    CipherRun run(content.cipher, Direction::Open, key.substr(key.size() / 2), iv);
    std::optional<std::string> plaintext = run.finish(sealed.ciphertext);
    return plaintext ? std::optional(Secret::adopting(std::move(*plaintext))) : std::nullopt;
}

std::optional<Sealed> seal(const ContentEncryption& content, std::string_view key, std::string_view iv,
                           std::string_view additionalData, std::string_view plaintext)
{
    if (key.size() != content.keyBytes || iv.size() != content.ivBytes)
        return std::nullopt;
    return content.digest.empty() ? sealGcm(content, key, iv, additionalData, plaintext)
                                  : sealCbc(content, key, iv, additionalData, plaintext);
}

std::optional<Secret> open(const ContentEncryption& content, std::string_view key, std::string_view iv,
                           std::string_view additionalData, const Sealed& sealed)
{
    if (key.size() != content.keyBytes || iv.size() != content.ivBytes ||
        sealed.tag.size() != content.tagBytes)
        return std::nullopt;
    return content.digest.empty() ? openGcm(content, key, iv, additionalData, sealed)
                                  : openCbc(content, key, iv, additionalData, sealed);
}

} // namespace claimcheck::jose
