// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jws.h"

#include "jwe.h"
#include "jwsdecoder.h"

namespace claimcheck::jose {

std::string_view toText(SegmentName segment)
{
    switch (segment) {
    case SegmentName::Token:
        return "token";
    case SegmentName::Header:
        return "header";
    case SegmentName::Payload:
        return "payload";
    case SegmentName::Signature:
        return "signature";
    case SegmentName::EncryptedKey:
        return "encrypted key";
    case SegmentName::InitializationVector:
        return "initialization vector";
    case SegmentName::Ciphertext:
        return "ciphertext";
    case SegmentName::Tag:
        return "tag";
    }
    return "";
}

std::string_view toText(Serialization form)
{
    switch (form) {
    case Serialization::Compact:
        return "compact";
    case Serialization::Flattened:
        return "flattened";
    case Serialization::General:
        return "general";
    }
    return "";
}

std::string_view Jws::signingInput() const
{
    if (!detachedInput.empty())
        return detachedInput;
    return std::string_view(text).substr(0, payload.offset + payload.length);
}

static std::optional<std::string> headerString(const Jws& jws, std::string_view name)
{
    const auto value = jws.headerJson ? jws.headerJson->root().find(name) : std::nullopt;
    return value && value->isString() ? std::optional(value->string()) : std::nullopt;
}

std::optional<std::string> Jws::alg() const
{
    return headerString(*this, "alg");
}

std::optional<std::string> Jws::kid() const
{
    return headerString(*this, "kid");
}

static Jws broken(std::string_view token, Defect defect)
{
    Jws jws;
    jws.text = token;
    jws.defects.push_back(std::move(defect));
    return jws;
}

/// The header of an encrypted token, and its defects.
static Jws envelope(std::string_view token, std::optional<std::string_view> payload,
                    const DecodeLimits& limits)
{
    Jwe jwe = decodeJwe(token, limits);
    Jws jws;
    jws.text = std::move(jwe.text);
    jws.form = jwe.form;
    jws.segments = 5;
    jws.header = std::move(jwe.header);
    jws.payload.offset = jwe.ciphertext.offset;
    jws.payload.length = jwe.ciphertext.length;
    jws.defects = std::move(jwe.defects);
    if (payload)
        jws.defects.push_back({SegmentName::Payload, jws.payload.offset,
                               "the token is encrypted: its content is inside, none goes beside it"});
    if (!jwe.recipients.empty())
        jws.headerJson = std::move(jwe.recipients.front().header);
    return jws;
}

/// RFC 7797 §3: one payload has one form, whoever signs it.
static void compareForms(std::vector<Jws>& all)
{
    for (Jws& jws : all) {
        if (jws.isPayloadEncoded != all.front().isPayloadEncoded)
            jws.defects.push_back({SegmentName::Header, jws.header.offset,
                                   "b64 is not the same in all signatures (RFC 7797 §3)"});
    }
}

static Jws decodeCompact(std::string_view token, std::optional<std::string_view> payload,
                         const DecodeLimits& limits)
{
    Jws jws;
    if (!JwsDecoder(jws, token, limits, payload).runCompact())
        jws = envelope(token, payload, limits);
    return jws;
}

static std::vector<Jws> decodeJson(std::string_view token, std::optional<std::string_view> payload,
                                   const DecodeLimits& limits)
{
    std::vector<Defect> defects;
    JsonForm form(std::string(token), defects, limits.depth);
    const auto object = form.object();
    if (object && form.isEncrypted())
        return {envelope(token, payload, limits)};
    if (!object)
        return {broken(token, defects.front())};
    if (!form.isSigned())
        return {broken(token, {SegmentName::Token, 0,
                               "JSON, but no token: neither 'signature' nor 'signatures' nor 'ciphertext' is "
                               "in it (RFC 7515 §7.2, RFC 7516 §7.2)"})};
    const bool isGeneral = form.has("signatures");
    std::vector<Jws> all;
    for (const json::Value& entry : form.entries("signatures", "signature")) {
        const std::size_t before = defects.size();
        Jws& jws = all.emplace_back();
        JwsDecoder(jws, token, limits, payload).runJson(form, *object, entry);
        jws.form = isGeneral ? Serialization::General : Serialization::Flattened;
        // What the reading of this entry's members found is this signature's alone.
        const auto own = defects.begin() + static_cast<std::ptrdiff_t>(before);
        jws.defects.insert(jws.defects.end(), own, defects.end());
        defects.erase(own, defects.end());
    }
    if (all.empty())
        all.push_back(broken(token, defects.front()));
    else
        for (Jws& jws : all)
            jws.defects.insert(jws.defects.begin(), defects.begin(), defects.end());
    compareForms(all);
    return all;
}

std::vector<Jws> decodeAll(std::string_view token, std::optional<std::string_view> payload,
                           const DecodeLimits& limits)
{
    if (token.size() > limits.bytes)
        return {broken(token, {SegmentName::Token, limits.bytes,
                               "the token has " + std::to_string(token.size()) + " bytes; more than " +
                                   std::to_string(limits.bytes) + " are not read"})};
    if (token.starts_with('{'))
        return decodeJson(token, payload, limits);
    return {decodeCompact(token, payload, limits)};
}

Jws decode(std::string_view token, const DecodeLimits& limits)
{
    if (token.size() <= limits.bytes && !token.starts_with('{'))
        return decodeCompact(token, std::nullopt, limits); // the way of nearly all, without a list
    return std::move(decodeAll(token, std::nullopt, limits).front());
}

Jws decodeDetached(std::string_view token, std::string_view payload, const DecodeLimits& limits)
{
    return std::move(decodeAll(token, payload, limits).front());
}

} // namespace claimcheck::jose
