// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The layers around a token, and an encrypted token that is the innermost (RFC 7519 §7.2; jose-policy rules 2
// to 6, 14, 16, 17, 22).

#include "checks.h"

#include <array>

#include <jose/policy.h>

namespace claimcheck::inspect {

/// "encrypted, RSA-OAEP with A128GCM", "signed, ES256"
static std::string describe(const Layer& layer)
{
    std::string text(toText(layer.kind));
    if (!layer.alg.empty())
        text += ", " + shortened(layer.alg);
    if (!layer.enc.empty())
        text += " with " + shortened(layer.enc);
    return text;
}

void checkLayers(const Subject& subject, Judgement& judgement)
{
    // The innermost has checks of its own, unless it holds more than is opened.
    for (std::size_t i = 0; i < subject.layers.size(); ++i) {
        const Layer& layer = subject.layers[i];
        const bool isInnermost = i + 1 == subject.layers.size();
        const bool isTooDeep =
            isInnermost && subject.layers.size() == mostLayers && layer.verdict == Verdict::RejectedByPolicy;
        if (isInnermost && !isTooDeep)
            break;
        const std::string name = "layer " + std::to_string(i + 1);
        const Fault fault = faultOf(layer.verdict);
        if (fault == Fault::None)
            judgement.pass(name, describe(layer) + ": opened with " + layer.keyUsed);
        else
            judgement.fail(name, describe(layer) + ": " + layer.reason, fault);
    }
}

namespace {

/// What speaks for or against opening, before any of the content is looked at.
class DecryptionChecks
{
public:
    DecryptionChecks(const Subject& subject, Judgement& judgement)
        : m_subject(subject), m_layer(subject.layers.back()), m_judgement(judgement)
    {
        if (!isRefused())
            return;
        const jose::Jwe jwe = jose::decodeJwe(subject.token.text);
        for (const jose::Recipient& recipient : jwe.recipients)
            if (m_critObjection.empty() && recipient.header)
                m_critObjection = jose::objectionToCritical(jwe, recipient);
    }

    void run()
    {
        checkKey();
        checkStrength();
        checkAlgorithm();
        checkCrit();
    }

private:
    bool isRefused() const { return m_layer.verdict == Verdict::RejectedByPolicy; }
    bool keyIsRefused() const { return isRefused() && m_critObjection.empty() && m_layer.isKeysFault; }

    void checkKey()
    {
        if (m_subject.ring->isEmpty())
            m_judgement.fail("key", whyNoKey(m_subject), Fault::NoKey);
        else if (m_layer.verdict == Verdict::NoKey)
            m_judgement.fail("key", m_layer.reason, Fault::NoKey);
        else if (keyIsRefused())
            m_judgement.fail("key", m_layer.reason, Fault::KeyPolicy);
        else if (m_layer.keyUsed.empty() || isRefused())
            m_judgement.skip("key", "not tried");
        else
            m_judgement.pass("key", m_layer.keyUsed);
    }

    /// Of the key that opened, or of the only one.
    void checkStrength()
    {
        const jose::Key* key = m_subject.key();
        if (key == nullptr)
            return m_judgement.skip(strength, "not judged, no key was chosen");
        if (key->type == jose::KeyType::Oct)
            return checkSecret(*key);
        if (!key->weakness.empty() && !m_subject.ring->options.allowWeakKeys)
            return m_judgement.fail(strength, key->weakness, Fault::KeyPolicy);
        if (!key->weakness.empty())
            return m_judgement.warn(strength, key->weakness + "; allowed all the same");
        m_judgement.pass(strength, key->type == jose::KeyType::Rsa ? std::to_string(key->bits) + " bits"
                                                                   : "as strong as the curve " + key->curve);
    }

    /// A key of AES has the length that its algorithm demands, or is none for it.
    void checkSecret(const jose::Key& key)
    {
        const std::size_t size = key.secret.size();
        const std::string bytes = std::to_string(size) + (size == 1 ? " byte" : " bytes");
        const KeyFacts* facts = m_subject.keyFacts();
        if (facts != nullptr && facts->isPublished)
            m_judgement.warn(strength, "stands in a published list of weak secrets; " + bytes);
        else if (facts != nullptr && facts->isGuessable)
            m_judgement.warn(strength, bytes + ", but it has so little variety that it can be guessed");
        else
            m_judgement.pass(strength, bytes);
    }

    void checkAlgorithm()
    {
        if (isRefused() && m_critObjection.empty() && !keyIsRefused())
            m_judgement.fail("algorithm", m_layer.reason, Fault::KeyPolicy);
        else if (isRefused() || m_layer.keyUsed.empty())
            m_judgement.skip("algorithm", shortened(m_layer.alg) + " is not compared with a key");
        else
            m_judgement.pass("algorithm", shortened(m_layer.alg) + " is an algorithm of the key");
    }

    void checkCrit()
    {
        if (!m_critObjection.empty())
            m_judgement.fail("crit", m_critObjection, Fault::KeyPolicy);
        else if (!m_layer.header)
            m_judgement.skip("crit", "not checked, there is no header to read");
        else
            m_judgement.pass("crit", "the header demands nothing");
    }

    static constexpr const char* strength = "key strength";

    const Subject& m_subject;
    const Layer& m_layer;
    Judgement& m_judgement;
    std::string m_critObjection;
};

} // namespace

/// RFC 8725 §2.3: encryption alone says who may read, not who has written.
static void checkOrigin(const Layer& layer, Judgement& judgement)
{
    if (layer.verdict != Verdict::Decrypted)
        judgement.skip("signature", "not checked, the content is encrypted");
    else if (layer.isFromAnybody)
        judgement.fail(
            "signature",
            "the token is encrypted to a public key and signed by nobody: anybody can have made it",
            Fault::KeyPolicy);
    else
        judgement.skip("signature", "there is none; who made the token has the shared secret");
}

void checkDecryption(const Subject& subject, Judgement& judgement)
{
    const Layer& layer = subject.layers.back();
    DecryptionChecks(subject, judgement).run();
    if (layer.verdict == Verdict::Decrypted)
        judgement.pass("decryption", describe(layer) + ": opened");
    else if (layer.verdict == Verdict::CannotDecrypt)
        judgement.fail("decryption", layer.reason, Fault::Decryption);
    else
        judgement.skip("decryption", "not tried");
    checkOrigin(layer, judgement);
}

void skipClaims(const Subject& subject, Judgement& judgement)
{
    static constexpr std::array<const char*, 6> names{"exp", "nbf", "iat", "iss", "aud", "typ"};
    static constexpr const char* why = "not checked, the content is encrypted";
    for (const char* name : names)
        judgement.skip(name, why);
    for (const std::string& name : subject.expectations->requiredClaims)
        judgement.skip("required:" + name, why);
    if (subject.expectations->requiredClaims.empty())
        judgement.skip("required", "not checked, no claims are demanded");
}

} // namespace claimcheck::inspect
