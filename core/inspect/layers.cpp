// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "layers.h"

#include <algorithm>
#include <utility>

#include <base/text.h>
#include <jose/decrypt.h>
#include <jose/encryption.h>

namespace claimcheck::inspect {

static std::string headerText(const std::optional<json::Document>& header, std::string_view name)
{
    const auto value = header ? header->root().find(name) : std::nullopt;
    return value && value->isString() ? value->string() : std::string();
}

/// RFC 7515 §4.1.10, RFC 7519 §5.2: the content is a token again.
static bool announcesToken(const jose::Jws& token)
{
    return token.headerJson && mediaType(headerText(token.headerJson, "cty")) == "jwt";
}

/// Claims, whatever `cty` says of a token: some write that where none is.
static bool holdsClaims(const std::optional<json::Document>& payload)
{
    return payload && !payload->root().find("signature") && !payload->root().find("signatures") &&
           !payload->root().find("ciphertext");
}

/// One signature, compact, nothing inside: there is nothing to open.
static bool isPlain(const jose::Jws& token)
{
    return token.form == jose::Serialization::Compact && token.segments != 5 &&
           (!announcesToken(token) || holdsClaims(token.payloadJson));
}

/// RFC 9901 §4: what follows on the first '~' is no part of the issuer's signature. The text stays whole.
static jose::Jws issuersToken(const jose::SdJwt& sd)
{
    jose::Jws token = sd.issuer;
    token.text = sd.text;
    return token;
}

/// Its parts are others than those of a JWS: read as such they would be noise.
static jose::Jws namedAlone(jose::Jws jws, const std::string& paseto)
{
    static constexpr int mostParts = 4; // version, purpose, payload and footer
    jose::Jws named;
    named.text = std::move(jws.text);
    named.segments = std::min(jws.segments, mostParts);
    named.defects = {{jose::SegmentName::Token, 0,
                      "this is a " + paseto + ": another kind of token than JWT, which is not read here"}};
    return named;
}

static jose::Jws takeApart(std::string_view token)
{
    jose::Jws jws = jose::decode(token);
    const std::string paseto = jws.isWellFormed() ? std::string() : jose::pasetoName(token);
    if (!paseto.empty())
        return namedAlone(std::move(jws), paseto);
    return jws;
}

static Verdict toVerdict(jose::SignatureVerdict verdict)
{
    switch (verdict) {
    case jose::SignatureVerdict::Valid:
        return Verdict::Verified;
    case jose::SignatureVerdict::Invalid:
        return Verdict::SignatureInvalid;
    case jose::SignatureVerdict::Refused:
        return Verdict::RejectedByPolicy;
    case jose::SignatureVerdict::NoKey:
        return Verdict::NoKey;
    case jose::SignatureVerdict::Malformed:
        return Verdict::Malformed;
    }
    return Verdict::RejectedByPolicy;
}

static Verdict toVerdict(jose::DecryptionVerdict verdict)
{
    switch (verdict) {
    case jose::DecryptionVerdict::Decrypted:
        return Verdict::Decrypted;
    case jose::DecryptionVerdict::CannotDecrypt:
        return Verdict::CannotDecrypt;
    case jose::DecryptionVerdict::Refused:
        return Verdict::RejectedByPolicy;
    case jose::DecryptionVerdict::NoKey:
        return Verdict::NoKey;
    case jose::DecryptionVerdict::Malformed:
        return Verdict::Malformed;
    }
    return Verdict::CannotDecrypt;
}

static std::string describeKey(const Tools& tools, std::optional<std::size_t> key)
{
    return key ? jose::describe(tools.ring->keys[*key]) : std::string();
}

namespace {

class Opener
{
public:
    Opener(std::vector<jose::Jws> signatures, const Tools& tools)
        : m_signatures(std::move(signatures)), m_tools(tools)
    {}

    Opened run()
    {
        bool goesOn = true;
        while (goesOn) {
            chooseSignature();
            goesOn = m_opened.token.segments == 5 ? openEncrypted() : openSigned();
        }
        return std::move(m_opened);
    }

private:
    /// jose-policy rule 14: of several signatures the one that verifies counts.
    void chooseSignature()
    {
        m_opened.signatures.clear();
        std::size_t best = 0;
        std::optional<jose::SignatureVerdict> bestVerdict;
        const bool isGeneral =
            m_signatures.front().form == jose::Serialization::General && m_signatures.front().segments != 5;
        for (std::size_t i = 0; i < m_signatures.size() && isGeneral; ++i) {
            SignatureOutcome& outcome = m_opened.signatures.emplace_back();
            outcome.alg = m_signatures[i].alg().value_or("");
            outcome.kid = m_signatures[i].kid().value_or("");
            if (m_tools.verifier == nullptr)
                continue;
            jose::SignatureCheck check = m_tools.verifier->verify(m_signatures[i]);
            outcome.verdict = toVerdict(check.verdict);
            outcome.reason = std::move(check.why);
            outcome.keyUsed = describeKey(m_tools, check.key);
            if (!bestVerdict || check.verdict < *bestVerdict) {
                best = i;
                bestVerdict = check.verdict;
            }
        }
        m_opened.token = std::move(m_signatures[best]);
    }

    Layer layerOf(LayerKind kind) const
    {
        Layer layer;
        layer.kind = kind;
        layer.form = m_opened.token.form;
        layer.header = m_opened.token.headerJson;
        layer.alg = headerText(layer.header, "alg");
        return layer;
    }

    /// The innermost token's layer is listed only where it is not the only one.
    bool openSigned()
    {
        const jose::Jws& token = m_opened.token;
        const bool hasInner =
            announcesToken(token) && token.isWellFormed() && !holdsClaims(token.payloadJson);
        if (!hasInner && m_opened.layers.empty())
            return false;
        Layer layer = layerOf(LayerKind::Signed);
        std::optional<jose::SignatureCheck> signature;
        if (m_tools.verifier != nullptr) {
            jose::SignatureCheck check = m_tools.verifier->verify(token);
            layer.verdict = toVerdict(check.verdict);
            layer.reason = check.why;
            layer.keyUsed = describeKey(m_tools, check.key);
            signature = std::move(check);
        }
        m_opened.layers.push_back(std::move(layer));
        return hasInner && goInto(token.payload.bytes, {{}, {}, {}, std::move(signature)});
    }

    bool openEncrypted()
    {
        const jose::Jwe jwe = jose::decodeJwe(m_opened.token.text);
        Layer layer = layerOf(LayerKind::Encrypted);
        layer.enc = headerText(layer.header, "enc");
        const jose::KeyManagement* management = jose::findKeyManagement(layer.alg);
        layer.isFromAnybody = management != nullptr && isPublicKeyWay(*management);
        listRecipients(layer, jwe);
        if (m_tools.ring == nullptr) {
            m_opened.layers.push_back(std::move(layer));
            return false;
        }
        jose::Decryption decryption =
            jose::decrypt(jwe, m_tools.ring->keys,
                          {m_tools.ring->options.allowedAlgorithms, m_tools.ring->options.allowWeakKeys});
        takeRecipient(layer, jwe, decryption);
        judgeRecipients(layer, decryption);
        m_opened.layers.push_back(std::move(layer));
        return decryption.verdict == jose::DecryptionVerdict::Decrypted &&
               takePlaintext(std::string(decryption.plaintext.reveal()), decryption.key);
    }

    /// RFC 7516 §7.2.1: whom it is for.
    static void listRecipients(Layer& layer, const jose::Jwe& jwe)
    {
        if (jwe.form != jose::Serialization::General)
            return;
        for (const jose::Recipient& recipient : jwe.recipients)
            layer.recipients.push_back({recipient.text("alg").value_or(""),
                                        recipient.text("kid").value_or(""),
                                        Verdict::NotVerified,
                                        {},
                                        {}});
    }

    void judgeRecipients(Layer& layer, const jose::Decryption& decryption) const
    {
        for (std::size_t i = 0; i < layer.recipients.size(); ++i) {
            SignatureOutcome& outcome = layer.recipients[i];
            if (i >= decryption.recipients.size()) { // none was looked at
                outcome.verdict = layer.verdict;
                outcome.reason = layer.reason;
                continue;
            }
            const jose::RecipientDecision& decision = decryption.recipients[i];
            if (!decision.isTried) {
                outcome.reason =
                    "not tried, recipient " + std::to_string(decryption.recipient + 1) + " opened it";
                continue;
            }
            outcome.verdict = toVerdict(decision.verdict);
            outcome.reason = decision.why;
            outcome.keyUsed = describeKey(m_tools, decision.key);
        }
    }

    void takeRecipient(Layer& layer, const jose::Jwe& jwe, const jose::Decryption& decryption)
    {
        layer.verdict = toVerdict(decryption.verdict);
        layer.reason = decryption.why;
        layer.isKeysFault = decryption.isKeysFault;
        layer.keyUsed = describeKey(m_tools, decryption.key);
        if (decryption.recipient >= jwe.recipients.size())
            return;
        // Of several recipients the one that decided, for its header names the key.
        layer.header = jwe.recipients[decryption.recipient].header;
        layer.alg = headerText(layer.header, "alg");
        const jose::KeyManagement* management = jose::findKeyManagement(layer.alg);
        layer.isFromAnybody = management != nullptr && isPublicKeyWay(*management);
        m_opened.token.headerJson = layer.header;
    }

    bool takePlaintext(std::string plaintext, std::optional<std::size_t> key)
    {
        Result<json::Document> document = json::parse(plaintext, {.depth = jose::DecodeLimits{}.depth});
        std::optional<json::Document> object;
        if (document && document->root().isObject())
            object = std::move(*document);
        // Without a cty too, where it can be nothing else (the standard asks for it; many leave it out).
        if ((announcesToken(m_opened.token) && !holdsClaims(object)) || isCompactToken(plaintext))
            return goInto(plaintext, {{}, plaintext, key, {}});
        m_opened.openedWith = key;
        m_opened.token.payload.bytes = std::move(plaintext);
        m_opened.token.payloadJson = std::move(object);
        return false;
    }

    static bool isCompactToken(std::string_view text)
    {
        const auto dots = std::count(text.begin(), text.end(), '.');
        if ((dots != 2 && dots != 4) || !text.starts_with('e'))
            return false;
        const jose::Jws inner = jose::decode(text);
        return inner.isWellFormed() && inner.headerJson && inner.headerJson->root().find("alg");
    }

    /// `text` by value: the token that it comes from moves to those around.
    bool goInto(std::string text, Around around)
    {
        if (m_opened.layers.size() < mostLayers) {
            if (m_opened.outerText.empty())
                m_opened.outerText = m_opened.token.text;
            around.token = std::move(m_opened.token);
            m_opened.around.push_back(std::move(around));
            takeInner(text);
            return true;
        }
        Layer& last = m_opened.layers.back();
        last.verdict = Verdict::RejectedByPolicy;
        last.reason = "more than " + std::to_string(mostLayers) + " tokens in one another are not opened";
        return false;
    }

    void takeInner(const std::string& text)
    {
        m_signatures.clear();
        if (jose::looksLikeSdJwt(text))
            m_opened.sd = jose::decodeSdJwt(text);
        if (m_opened.sd && !text.starts_with('{'))
            m_signatures.push_back(issuersToken(*m_opened.sd));
        else
            m_signatures = jose::decodeAll(text);
    }

    std::vector<jose::Jws> m_signatures;
    const Tools& m_tools;
    Opened m_opened;
};

} // namespace

Opened openLayers(std::vector<jose::Jws> signatures, const Tools& tools)
{
    if (signatures.size() > 1 || !isPlain(signatures.front()))
        return Opener(std::move(signatures), tools).run();
    Opened opened; // the way of nearly all
    opened.token = std::move(signatures.front());
    return opened;
}

/// Of several signatures of an SD-JWT in JSON the one that counts is its issuer's (RFC 9901 §8.1).
static Opened openSerialised(std::string_view text, const Tools& tools)
{
    Opened opened = openLayers(jose::decodeAll(text), tools);
    if (jose::looksLikeSdJwt(text) && opened.around.empty())
        opened.sd = jose::decodeSdJwt(text);
    if (opened.sd)
        opened.sd->issuer = opened.token;
    return opened;
}

/// An SD-JWT in its compact form.
static Opened openPresented(std::string_view text)
{
    Opened opened;
    opened.sd = jose::decodeSdJwt(text);
    opened.token = issuersToken(*opened.sd);
    return opened;
}

Opened openLayers(std::string_view text, const Tools& tools)
{
    if (text.starts_with('{'))
        return openSerialised(text, tools);
    if (jose::looksLikeSdJwt(text))
        return openPresented(text);
    Opened opened{takeApart(text), {}, {}, {}, {}, {}, {}};
    if (isPlain(opened.token))
        return opened;
    std::vector<jose::Jws> one;
    one.push_back(std::move(opened.token));
    return Opener(std::move(one), tools).run();
}

} // namespace claimcheck::inspect
