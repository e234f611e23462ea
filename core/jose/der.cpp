// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keys in DER: SubjectPublicKeyInfo (RFC 5280 §4.1), PKCS#8 (RFC 5958), PKCS#1 (RFC 8017 App. A),
// SEC1 (RFC 5915), X.509.

#include "keydetail.h"
#include "passphrase.h"

#include <array>

#include <jose/base64url.h>

#include <openssl/pkcs12.h>

namespace claimcheck::jose {

using namespace openssl;

// As many as OWASP asks of PBKDF2 today, four times over: an answer comes within a second or two.
static constexpr long mostPassphraseIterations = 2'400'000;

namespace {

/// Told apart by the tags of the first members, which differ in every two of them.
struct Structure
{
    std::string_view tags;
    const char* name;    ///< OpenSSL's
    const char* keyType; ///< nullptr: any
    const char* format;  ///< ours
};

} // namespace

static constexpr std::array structures{
    Structure{"\x30\x03", "SubjectPublicKeyInfo", nullptr, "SPKI"},
    Structure{"\x02\x30\x04", "PrivateKeyInfo", nullptr, "PKCS#8"},
    Structure{"\x02\x02", "type-specific", "RSA", "PKCS#1"},
    Structure{"\x02\x04", "type-specific", "EC", "SEC1"},
};
static constexpr std::string_view encryptedTags = "\x30\x04";
static constexpr std::string_view certificateTags = "\x30\x30\x03";

/// The header of the DER value at the front of `der` (X.690 §8.1); its whole length, 0 when it is cut off.
static std::size_t valueLength(std::string_view der, std::size_t& headerLength)
{
    const unsigned char* at = bytes(der);
    long length = 0;
    int tag = 0;
    int tagClass = 0;
    const int result = ASN1_get_object(&at, &length, &tag, &tagClass, static_cast<long>(der.size()));
    if ((result & 0x81) != 0) // an error, or the indefinite length of BER
        return 0;
    headerLength = static_cast<std::size_t>(at - bytes(der));
    return headerLength + static_cast<std::size_t>(length);
}

/// The first bytes of the first three members of the one SEQUENCE that `der` is; nothing when it is cut off
/// or something stands behind it.
static std::optional<std::string> memberTags(std::string_view der)
{
    std::size_t header = 0;
    if (valueLength(der, header) != der.size())
        return std::nullopt;
    std::string tags;
    for (std::string_view rest = der.substr(header); !rest.empty() && tags.size() < 3;) {
        const std::size_t length = valueLength(rest, header);
        if (length == 0)
            return std::nullopt;
        tags += rest.front();
        rest.remove_prefix(length);
    }
    return tags;
}

static Pkey decodeAs(std::string_view der, const Structure& structure)
{
    EVP_PKEY* key = nullptr;
    const DecoderContext context(
        OSSL_DECODER_CTX_new_for_pkey(&key, "DER", structure.name, structure.keyType, 0, nullptr, nullptr));
    const unsigned char* data = bytes(der);
    std::size_t length = der.size();
    if (context && OSSL_DECODER_from_data(context.get(), &data, &length) == 1)
        return Pkey(key);
    EVP_PKEY_free(key);
    return {};
}

/// EC parameters alone decode as a "key" with no point in it.
static bool hasPublicHalf(const EVP_PKEY* key)
{
    if (EVP_PKEY_is_a(key, "EC") != 1)
        return true;
    std::size_t length = 0;
    return EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, nullptr, 0, &length) == 1;
}

static Pkey keyOfCertificate(std::string_view der)
{
    const unsigned char* data = bytes(der);
    const Certificate certificate(d2i_X509(nullptr, &data, static_cast<long>(der.size())));
    return certificate ? Pkey(X509_get_pubkey(certificate.get())) : Pkey();
}

using EncryptedInfo = std::unique_ptr<X509_SIG, Free<X509_SIG_free>>;
using PrivateInfo = std::unique_ptr<PKCS8_PRIV_KEY_INFO, Free<PKCS8_PRIV_KEY_INFO_free>>;

static EncryptedInfo encryptedInfo(std::string_view der)
{
    const unsigned char* data = bytes(der);
    return EncryptedInfo(d2i_X509_SIG(nullptr, &data, static_cast<long>(der.size())));
}

/// The iteration count that the key file asks for (RFC 8018 App. A), 0 where it has none (scrypt, which
/// OpenSSL bounds itself).
static long iterationsOf(const X509_SIG* info)
{
    const X509_ALGOR* algorithm = nullptr;
    X509_SIG_get0(info, &algorithm, nullptr);
    const ASN1_OBJECT* name = nullptr;
    const void* parameter = nullptr;
    int type = 0;
    X509_ALGOR_get0(&name, &type, &parameter, algorithm);
    if (type != V_ASN1_SEQUENCE)
        return 0;
    const auto* sequence = static_cast<const ASN1_STRING*>(parameter);
    using Pbes1 = std::unique_ptr<PBEPARAM, Free<PBEPARAM_free>>;
    using Pbes2 = std::unique_ptr<PBE2PARAM, Free<PBE2PARAM_free>>;
    using Kdf = std::unique_ptr<PBKDF2PARAM, Free<PBKDF2PARAM_free>>;
    if (OBJ_obj2nid(name) != NID_pbes2) {
        const Pbes1 pbes1(static_cast<PBEPARAM*>(ASN1_item_unpack(sequence, ASN1_ITEM_rptr(PBEPARAM))));
        return pbes1 ? ASN1_INTEGER_get(pbes1->iter) : 0;
    }
    const Pbes2 pbes2(static_cast<PBE2PARAM*>(ASN1_item_unpack(sequence, ASN1_ITEM_rptr(PBE2PARAM))));
    if (!pbes2 || OBJ_obj2nid(pbes2->keyfunc->algorithm) != NID_id_pbkdf2 ||
        pbes2->keyfunc->parameter == nullptr || pbes2->keyfunc->parameter->type != V_ASN1_SEQUENCE)
        return 0;
    const Kdf kdf(static_cast<PBKDF2PARAM*>(
        ASN1_item_unpack(pbes2->keyfunc->parameter->value.sequence, ASN1_ITEM_rptr(PBKDF2PARAM))));
    return kdf ? ASN1_INTEGER_get(kdf->iter) : 0;
}

static Result<Key> readEncrypted(const X509_SIG* info, const Secret& passphrase)
{
    if (passphrase.isEmpty())
        return tl::unexpected(noPassphrase());
    const long iterations = iterationsOf(info);
    if (iterations < 0 || iterations > mostPassphraseIterations)
        return unreadableKey("its passphrase is stretched by more than " +
                             std::to_string(mostPassphraseIterations) + " iterations");
    const std::string_view text = passphrase.reveal();
    const PrivateInfo plain(PKCS8_decrypt(info, text.data(), static_cast<int>(text.size())));
    if (!plain)
        return tl::unexpected(wrongPassphrase());
    Pkey key(EVP_PKCS82PKEY(plain.get()));
    if (!key)
        return unreadableKey("the encrypted key holds no key that is known here");
    return keyFromHandle(std::move(key), KeySource::Der, "encrypted PKCS#8");
}

static Result<Key> readByTags(std::string_view der, std::string_view tags, const ReadOptions& options)
{
    for (const Structure& structure : structures) {
        if (!tags.starts_with(structure.tags))
            continue;
        Pkey key = decodeAs(der, structure);
        if (key && hasPublicHalf(key.get()))
            return keyFromHandle(std::move(key), KeySource::Der, structure.format);
    }
    if (tags == certificateTags) {
        if (Pkey handle = keyOfCertificate(der)) {
            Result<Key> key = keyFromHandle(std::move(handle), KeySource::Certificate, "X.509 certificate");
            if (key)
                key->certificateThumbprint = sha256Base64Url(der); // x5t#S256
            return key;
        }
    }
    if (tags == encryptedTags) {
        if (const EncryptedInfo info = encryptedInfo(der))
            return readEncrypted(info.get(), options.passphrase);
    }
    return unreadableKey("it is DER, but no key or certificate that is known here",
                         "SPKI, PKCS#8, PKCS#1, SEC1 and X.509 are read");
}

bool isEncryptedDer(std::string_view der)
{
    const ErrorQueue queue;
    return der.starts_with('\x30') && memberTags(der) == encryptedTags && encryptedInfo(der) != nullptr;
}

Result<Key> readDer(std::string_view der, const ReadOptions& options)
{
    const ErrorQueue queue;
    const std::optional<std::string> tags = memberTags(der);
    if (!tags)
        return unreadableKey("the DER structure is cut off, or something stands behind it",
                             "copy the whole file, in binary");
    return readByTags(der, *tags, options);
}

} // namespace claimcheck::jose
