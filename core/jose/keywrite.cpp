// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keys as JWK (RFC 7517), thumbprint (RFC 7638, RFC 8037 App. A.3), PEM and DER.

#include "curve.h"
#include "keydetail.h"

#include <jose/base64url.h>
#include <json/write.h>

#include <array>

#include <openssl/pem.h>

namespace claimcheck::jose {

using namespace openssl;

namespace {

struct NamedNumber
{
    const char* member;
    const char* parameter;
};

enum class Half
{
    Public,
    Private
};

} // namespace

static constexpr std::array rsaPrivate{
    NamedNumber{"d", OSSL_PKEY_PARAM_RSA_D},          NamedNumber{"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
    NamedNumber{"q", OSSL_PKEY_PARAM_RSA_FACTOR2},    NamedNumber{"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
    NamedNumber{"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2}, NamedNumber{"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1}};

// Above the longest JWK, so that the text never moves and leaves a copy of a private number behind.
static constexpr std::size_t most = 64u * 1024u;

static tl::unexpected<Error> cannotWrite(std::string why, std::string fix = {})
{
    return failure(ErrorKind::Usage, "cannot write the key", std::move(why), std::move(fix));
}

/// base64url of one of the key's numbers; empty where the key has it not.
static std::string encodedNumber(const Key& key, const char* parameter, std::size_t width = 0)
{
    const Number value = numberOf(key.handle.get(), parameter);
    if (!value)
        return {};
    std::string plain = toBytes(value.get(), width);
    std::string encoded = encodeBase64Url(plain);
    wipe(plain);
    return encoded;
}

static std::string encodedRaw(const Key& key, Half half)
{
    std::array<unsigned char, 64> raw{};
    std::size_t length = raw.size();
    const int result = half == Half::Public
                           ? EVP_PKEY_get_raw_public_key(key.handle.get(), raw.data(), &length)
                           : EVP_PKEY_get_raw_private_key(key.handle.get(), raw.data(), &length);
    const std::string_view text(reinterpret_cast<const char*>(raw.data()), result == 1 ? length : 0);
    std::string encoded = encodeBase64Url(text);
    OPENSSL_cleanse(raw.data(), raw.size());
    return encoded;
}

/// False where there is nothing to write.
static bool writeAndWipe(json::Writer& writer, const char* member, std::string encoded)
{
    const bool isThere = !encoded.empty();
    if (isThere)
        writer.member(member).value(encoded);
    wipe(encoded);
    return isThere;
}

/// The members that name the key itself, in the order of RFC 7638 §3.2 (which is that of the alphabet). False
/// where OpenSSL would not give one of them.
static bool writeRequired(json::Writer& writer, const Key& key)
{
    const Curve* curve = findCurve(key.curve);
    const std::size_t width = curve == nullptr ? 0 : curve->bytes;
    bool isWhole = true;
    switch (key.type) {
    case KeyType::Oct:
        writeAndWipe(writer, "k", encodeBase64Url(key.secret.reveal()));
        writer.member("kty").value("oct");
        break;
    case KeyType::Rsa:
        isWhole = writeAndWipe(writer, "e", encodedNumber(key, OSSL_PKEY_PARAM_RSA_E));
        writer.member("kty").value("RSA");
        isWhole = writeAndWipe(writer, "n", encodedNumber(key, OSSL_PKEY_PARAM_RSA_N)) && isWhole;
        break;
    case KeyType::Ec:
        writer.member("crv").value(key.curve).member("kty").value("EC");
        isWhole = writeAndWipe(writer, "x", encodedNumber(key, OSSL_PKEY_PARAM_EC_PUB_X, width)) &&
                  writeAndWipe(writer, "y", encodedNumber(key, OSSL_PKEY_PARAM_EC_PUB_Y, width));
        break;
    case KeyType::Okp:
        writer.member("crv").value(key.curve).member("kty").value("OKP");
        isWhole = writeAndWipe(writer, "x", encodedRaw(key, Half::Public));
        break;
    }
    return isWhole;
}

/// RFC 7518 §6.3.2: d alone, or all of them.
static bool writeRsaPrivate(json::Writer& writer, const Key& key)
{
    std::size_t written = 0;
    for (const NamedNumber& number : rsaPrivate) {
        const bool isThere = writeAndWipe(writer, number.member, encodedNumber(key, number.parameter));
        if (!isThere && &number == rsaPrivate.data())
            return false;
        written += isThere ? 1U : 0U;
    }
    return written == 1 || written == rsaPrivate.size();
}

static bool writePrivate(json::Writer& writer, const Key& key)
{
    switch (key.type) {
    case KeyType::Oct:
        return true; // k was its name
    case KeyType::Rsa:
        return writeRsaPrivate(writer, key);
    case KeyType::Ec:
        return writeAndWipe(writer, "d",
                            encodedNumber(key, OSSL_PKEY_PARAM_PRIV_KEY, findCurve(key.curve)->bytes));
    case KeyType::Okp:
        return writeAndWipe(writer, "d", encodedRaw(key, Half::Private));
    }
    return false;
}

static void writeMetadata(json::Writer& writer, const Key& key, Half half)
{
    if (key.kid)
        writer.member("kid").value(*key.kid);
    if (key.use)
        writer.member("use").value(*key.use);
    if (key.alg)
        writer.member("alg").value(*key.alg);
    if (key.certificateThumbprint)
        writer.member("x5t#S256").value(*key.certificateThumbprint);
    if (!key.keyOps ||
        half == Half::Public) // the operations of a private half are not those of the public one
        return;
    writer.member("key_ops").beginArray();
    for (const std::string& operation : *key.keyOps)
        writer.value(operation);
    writer.endArray();
}

/// Whether the key can be written at all.
static std::string objectionToWriting(const Key& key)
{
    if (key.type == KeyType::Oct)
        return {};
    if (!key.handle)
        return "it is refused: " + key.refusal;
    if (key.type == KeyType::Ec && findCurve(key.curve) == nullptr)
        return "the curve " + key.curve + " has no name in JWK";
    return {};
}

static constexpr const char* notWhole = "OpenSSL did not give all of its numbers";

static Result<Secret> toJwk(const Key& key, Half half)
{
    json::Writer writer;
    writer.reserve(most);
    writer.beginObject();
    bool isWhole = writeRequired(writer, key);
    if (half == Half::Private && key.isPrivate)
        isWhole = writePrivate(writer, key) && isWhole;
    writeMetadata(writer, key, half);
    std::string text = writer.endObject().take();
    Secret result(text);
    wipe(text);
    if (!isWhole)
        return cannotWrite(notWhole);
    return result;
}

Result<std::string> publicJwk(const Key& key)
{
    const ErrorQueue queue;
    if (key.type == KeyType::Oct)
        return cannotWrite("a secret has no public half");
    const std::string objection = objectionToWriting(key);
    if (!objection.empty())
        return cannotWrite(objection);
    const Result<Secret> jwk = toJwk(key, Half::Public);
    return jwk ? Result<std::string>(jwk->reveal()) : tl::unexpected(jwk.error());
}

Result<Secret> privateJwk(const Key& key)
{
    const ErrorQueue queue;
    const std::string objection = objectionToWriting(key);
    if (!objection.empty())
        return cannotWrite(objection);
    return toJwk(key, Half::Private);
}

Result<std::string> thumbprint(const Key& key)
{
    const ErrorQueue queue;
    const std::string objection = objectionToWriting(key);
    if (!objection.empty())
        return cannotWrite(objection);
    json::Writer writer;
    writer.reserve(most);
    writer.beginObject();
    const bool isWhole = writeRequired(writer, key);
    std::string text = writer.endObject().take();
    std::string hash = isWhole ? sha256Base64Url(text) : std::string();
    wipe(text);
    if (hash.empty())
        return failure(ErrorKind::Internal, "cannot compute the thumbprint", "OpenSSL refused SHA-256");
    return hash;
}

Result<std::string> thumbprintUri(const Key& key)
{
    const Result<std::string> print = thumbprint(key);
    return print ? "urn:ietf:params:oauth:jwk-thumbprint:sha-256:" + *print : print;
}

/// Runs one of OpenSSL's writers into a memory BIO, which wipes itself.
template <typename Write>
static Result<Secret> written(const Key& key, Write write)
{
    const ErrorQueue queue;
    if (key.type == KeyType::Oct)
        return cannotWrite("a secret has no form but JWK and its own bytes", "write it as jwk");
    if (!key.handle)
        return cannotWrite("it is refused: " + key.refusal);
    const Bio output(BIO_new(BIO_s_mem()));
    const char* data = nullptr;
    if (!output || write(output.get(), key.handle.get()) != 1)
        return failure(ErrorKind::Internal, "cannot write the key", "OpenSSL refused: " + describe(key));
    const long length = BIO_ctrl(output.get(), BIO_CTRL_INFO, 0, static_cast<void*>(&data));
    return Secret({data, static_cast<std::size_t>(length)});
}

static int writePublicPem(BIO* output, EVP_PKEY* key)
{
    return PEM_write_bio_PUBKEY(output, key);
}

static int writePrivatePem(BIO* output, EVP_PKEY* key)
{
    return PEM_write_bio_PKCS8PrivateKey(output, key, nullptr, nullptr, 0, nullptr, nullptr);
}

static int writePrivateDer(BIO* output, EVP_PKEY* key)
{
    return i2d_PKCS8PrivateKey_bio(output, key, nullptr, nullptr, 0, nullptr, nullptr);
}

static int writePublicDer(BIO* output, EVP_PKEY* key)
{
    return i2d_PUBKEY_bio(output, key);
}

Result<Secret> toPem(const Key& key)
{
    return written(key, key.isPrivate ? writePrivatePem : writePublicPem);
}

Result<Secret> toDer(const Key& key)
{
    return written(key, key.isPrivate ? writePrivateDer : writePublicDer);
}

Result<Secret> publicDer(const Key& key)
{
    return written(key, writePublicDer);
}

Result<std::string> publicPem(const Key& key)
{
    const Result<Secret> pem = written(key, writePublicPem);
    if (!pem)
        return tl::unexpected(pem.error());
    return std::string(pem->reveal());
}

} // namespace claimcheck::jose
