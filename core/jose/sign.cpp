// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sign.h"

#include "engine.h"
#include "openssl.h"
#include "policy.h"

#include <base/text.h>
#include <jose/base64url.h>
#include <json/write.h>

#include <algorithm>

namespace claimcheck::jose {

using namespace openssl;

static tl::unexpected<Error> refusal(std::string why, std::string fix = {})
{
    return failure(ErrorKind::Refused, "cannot sign", std::move(why), std::move(fix));
}

static Result<std::string> signHmac(const Algorithm& algorithm, const Secret& secret, std::string_view input)
{
    const std::string_view key = secret.reveal();
    std::string mac(EVP_MAX_MD_SIZE, '\0');
    std::size_t length = 0;
    if (EVP_Q_mac(nullptr, "HMAC", nullptr, algorithm.digest.data(), nullptr, key.data(), key.size(),
                  bytes(input), input.size(), bytes(mac), mac.size(), &length) == nullptr)
        return failure(ErrorKind::Internal, "cannot sign", "OpenSSL refused to compute the HMAC");
    mac.resize(length);
    return mac;
}

/// DER to r‖s, each half as long as the curve asks (RFC 7518 §3.4 step 2).
static std::string toRaw(std::string_view der, std::size_t width)
{
    const unsigned char* data = bytes(der);
    const EcdsaSignature signature(d2i_ECDSA_SIG(nullptr, &data, static_cast<long>(der.size())));
    if (!signature)
        return {};
    return toBytes(ECDSA_SIG_get0_r(signature.get()), width / 2) +
           toBytes(ECDSA_SIG_get0_s(signature.get()), width / 2);
}

static bool prepare(EVP_MD_CTX* context, const Algorithm& algorithm, EVP_PKEY* key)
{
    EVP_PKEY_CTX* parameters = nullptr;
    const char* digest = algorithm.digest.empty() ? nullptr : algorithm.digest.data();
    if (EVP_DigestSignInit_ex(context, &parameters, digest, nullptr, nullptr, key, nullptr) != 1)
        return false;
    if (algorithm.family == Family::RsaPkcs1)
        return EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PADDING) == 1;
    if (algorithm.family == Family::RsaPss) // RFC 7518 §3.5
        return EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) == 1 &&
               EVP_PKEY_CTX_set_rsa_mgf1_md_name(parameters, digest, nullptr) == 1 &&
               EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) == 1;
    return true;
}

static Result<std::string> signWithKeyPair(const Algorithm& algorithm, const Key& key, std::string_view input)
{
    const DigestContext context(EVP_MD_CTX_new());
    std::size_t length = 0;
    std::string signature;
    bool isSigned = context && prepare(context.get(), algorithm, key.handle.get()) &&
                    EVP_DigestSign(context.get(), nullptr, &length, bytes(input), input.size()) == 1;
    if (isSigned) {
        signature.resize(length);
        isSigned = EVP_DigestSign(context.get(), bytes(signature), &length, bytes(input), input.size()) == 1;
        signature.resize(length);
    }
    if (isSigned && algorithm.family == Family::Ecdsa)
        signature = toRaw(signature, algorithm.signatureBytes);
    if (!isSigned || signature.size() != signatureBytes(algorithm, key))
        return refusal("OpenSSL cannot make a " + std::string(algorithm.name) + " signature with this key",
                       "take a larger key: " + describe(key));
    return signature;
}

Result<std::string> signBytes(const Algorithm& algorithm, const Key& key, std::string_view input)
{
    const ErrorQueue queue;
    if (!isFor(algorithm, key))
        return refusal(std::string(algorithm.name) + " is no algorithm for this key: " + describe(key));
    if (!key.refusal.empty())
        return refusal("the key is refused: " + key.refusal);
    if (!key.isPrivate)
        return refusal("the key has no private half: " + describe(key), "give the private key");
    if (algorithm.family == Family::Hmac)
        return signHmac(algorithm, key.secret, input);
    return signWithKeyPair(algorithm, key, input);
}

static bool maySign(const Key& key)
{
    return !key.keyOps || std::find(key.keyOps->begin(), key.keyOps->end(), "sign") != key.keyOps->end();
}

static std::string objectionTo(const Algorithm& algorithm, const Key& key, const SignOptions& options)
{
    Key forVerifying = key; // the same rules as on the other side, but for key_ops
    forVerifying.keyOps.reset();
    std::string objection = objectionToKey(forVerifying, algorithm, {});
    if (objection.empty() && !maySign(key))
        objection = "the key's key_ops does not list 'sign'";
    if (objection.empty() && !options.allowWeakKeys)
        objection = weaknessUnder(key, algorithm);
    return objection;
}

/// What to do about the objection: another algorithm where the key is good for some, else another key.
static std::string wayOut(const Algorithm& algorithm, const Key& key)
{
    if (isFor(algorithm, key))
        return "give another key";
    std::string names;
    for (const Algorithm& other : algorithms())
        if (isFor(other, key) && (!key.alg || *key.alg == other.name))
            names.append(names.empty() ? "" : ", ").append(other.name);
    return names.empty() ? "give another key" : "this key is for " + names + "; or give another one";
}

static tl::unexpected<Error> badJwsHeader(std::string why)
{
    return failure(ErrorKind::Usage, "cannot sign with this header", std::move(why),
                   "give a JSON object like {\"typ\":\"JWT\",\"kid\":\"1\"}");
}

static Result<std::string> makeHeader(const Algorithm& algorithm, const SignOptions& options)
{
    const bool isGiven = !options.header.empty();
    const auto document = json::parse(isGiven ? options.header : "{}");
    if (!document)
        return badJwsHeader(document.error().why);
    const json::Value header = document->root();
    if (!header.isObject() || !header.duplicates().empty())
        return badJwsHeader(header.isObject() ? "a member name occurs twice" : "it is no JSON object");
    const auto alg = header.find("alg");
    if (alg && (!alg->isString() || alg->string() != algorithm.name))
        return badJwsHeader("its alg is " + std::string(alg->text()) + ", asked for was " +
                            std::string(algorithm.name));
    const auto kid = header.find("kid");
    if (kid && options.kid && (!kid->isString() || kid->string() != *options.kid))
        return badJwsHeader("its kid is " + std::string(kid->text()) + ", asked for was \"" +
                            visible(*options.kid) + "\"");
    json::Writer writer;
    writer.beginObject();
    if (!alg)
        writer.member("alg").value(algorithm.name);
    // A JWT is compact (RFC 7519 §1).
    if (header.size() == 0 && !options.typ.empty() && options.form == Serialization::Compact)
        writer.member("typ").value(options.typ);
    for (const json::Member& member : header.members())
        writer.member(member.name).raw(json::format(member.value, json::Layout::Compact));
    if (options.kid && !kid)
        writer.member("kid").value(*options.kid);
    writer.endObject();
    return writer.take();
}

/// RFC 7797 §5.2: a payload that stands in the token as it is must not look like more parts.
static Result<std::string> payloadPart(const Jws& header, std::string_view payload,
                                       const SignOptions& options)
{
    if (header.isPayloadEncoded)
        return encodeBase64Url(payload);
    const std::string objection = objectionToCritical(header);
    if (!objection.empty())
        return badJwsHeader(objection);
    if (options.detached)
        return std::string(payload);
    if (options.form == Serialization::Compact && payload.find('.') != std::string_view::npos)
        return failure(ErrorKind::Usage, "cannot sign", "with b64 false the payload may not hold a dot",
                       "make the token detached");
    if (options.form != Serialization::Compact && firstInvalidUtf8(payload))
        return failure(ErrorKind::Usage, "cannot sign", "with b64 false a payload in JSON must be UTF-8 text",
                       "make the token detached");
    return std::string(payload);
}

namespace {

/// What stands between the dots, or between quotes.
struct Parts
{
    std::string header;
    std::string payload;
    std::string signature;
    bool isPayloadEncoded = true;
};

} // namespace

static Result<Parts> makeParts(const Algorithm& algorithm, const Key& key, std::string_view payload,
                               const SignOptions& options)
{
    const std::string objection = objectionTo(algorithm, key, options);
    if (!objection.empty())
        return refusal(objection, wayOut(algorithm, key));
    const auto header = makeHeader(algorithm, options);
    if (!header)
        return tl::unexpected(header.error());
    const std::string headerPart = encodeBase64Url(*header);
    const Jws read = decode(headerPart + "..", {});
    const auto body = payloadPart(read, payload, options);
    if (!body)
        return tl::unexpected(body.error());
    // RFC 7515 §5.1 step 5.
    const auto signature = signBytes(algorithm, key, headerPart + "." + *body);
    if (!signature)
        return tl::unexpected(signature.error());
    return Parts{headerPart, *body, encodeBase64Url(*signature), read.isPayloadEncoded};
}

static void writeEntry(json::Writer& writer, const Parts& parts)
{
    writer.member("protected").value(parts.header);
    writer.member("signature").value(parts.signature);
}

/// RFC 7515 §7.2: everything is protected. A payload that is detached has no member.
static Secret inJson(std::span<const Parts> all, const SignOptions& options)
{
    json::Writer writer;
    writer.beginObject();
    if (!options.detached)
        writer.member("payload").value(all.front().payload);
    if (options.form == Serialization::Flattened) {
        writeEntry(writer, all.front());
        return Secret(writer.endObject().take());
    }
    writer.member("signatures").beginArray();
    for (const Parts& parts : all) {
        writer.beginObject();
        writeEntry(writer, parts);
        writer.endObject();
    }
    writer.endArray();
    return Secret(writer.endObject().take());
}

Result<Secret> sign(const Algorithm& algorithm, const Key& key, std::string_view payload,
                    const SignOptions& options)
{
    const auto parts = makeParts(algorithm, key, payload, options);
    if (!parts)
        return tl::unexpected(parts.error());
    if (options.form != Serialization::Compact)
        return inJson(std::span(&*parts, 1), options);
    return Secret(parts->header + "." + (options.detached ? std::string() : parts->payload) + "." +
                  parts->signature);
}

Result<Secret> signTogether(std::span<const Signer> signers, std::string_view payload,
                            const SignOptions& options)
{
    if (signers.empty())
        return failure(ErrorKind::Usage, "cannot sign", "no key was given", "give one or more keys");
    std::vector<Parts> all;
    for (const Signer& signer : signers) {
        SignOptions own = options;
        own.form = Serialization::General;
        own.header = signer.header;
        own.kid = signer.kid;
        auto parts = makeParts(*signer.algorithm, *signer.key, payload, own);
        if (!parts)
            return tl::unexpected(parts.error());
        all.push_back(std::move(*parts));
        if (all.back().isPayloadEncoded != all.front().isPayloadEncoded) // RFC 7797 §3
            return badJwsHeader("b64 is not the same in all signatures");
    }
    SignOptions general = options;
    general.form = Serialization::General;
    return inJson(all, general);
}

} // namespace claimcheck::jose
