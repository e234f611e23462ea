// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Form, key, algorithm, crit and signature (RFC 7515 §5.2; jose-policy rules 1 to 13).

#include "checks.h"

#include <algorithm>

#include <base/joined.h>
#include <jose/policy.h>

namespace claimcheck::inspect {

static std::string wellFormed(const jose::Jws& token)
{
    if (token.form != jose::Serialization::Compact)
        return "JSON in the " + std::string(toText(token.form)) + " form, each part as it must be";
    return std::string(token.segments == 5 ? "five" : "three") + " parts, each as it must be";
}

void checkFormat(const Subject& subject, Judgement& judgement)
{
    if (subject.token.isWellFormed())
        return judgement.pass("format", wellFormed(subject.token));
    const jose::Defect& defect = subject.token.defects.front();
    const std::size_t others = subject.token.defects.size() - 1;
    std::string why =
        std::string(toText(defect.segment)) + ", byte " + std::to_string(defect.offset) + ": " + defect.what;
    if (others > 0)
        why += "; and " + std::to_string(others) + (others == 1 ? " defect" : " defects") + " more";
    judgement.fail("format", why, Fault::Malformed);
}

namespace {

class SignatureChecks
{
public:
    SignatureChecks(const Subject& subject, Judgement& judgement)
        : m_subject(subject), m_check(*subject.signature), m_judgement(judgement)
    {
        // A signature that was computed with says that nothing spoke against the header.
        const bool isDecided = m_check.verdict == jose::SignatureVerdict::Valid ||
                               m_check.verdict == jose::SignatureVerdict::Invalid;
        if (isDecided || !subject.hasHeader())
            return;
        m_critObjection = jose::objectionToCritical(subject.token);
        std::string first = jose::objectionToHeader(subject.token);
        if (first == m_critObjection)
            return;
        const bool isAboutKid = subject.algorithm != nullptr; // then its alg is in order
        (isAboutKid ? m_kidObjection : m_algorithmObjection) = std::move(first);
    }

    void run()
    {
        checkKey();
        checkStrength();
        checkAlgorithm();
        checkCrit();
        checkValue();
    }

private:
    bool isRefused() const { return m_check.verdict == jose::SignatureVerdict::Refused; }
    bool headerIsRefused() const
    {
        return !m_algorithmObjection.empty() || !m_kidObjection.empty() || !m_critObjection.empty();
    }
    /// A refusal is either the key's or the algorithm's.
    bool keyIsRefused() const { return isRefused() && !headerIsRefused() && m_check.isKeysFault; }

    /// Of a set no key came as far as the signature: which of them is meant is not known. (Several readings
    /// of one typed secret are no set.)
    bool noneFits() const
    {
        const std::vector<jose::Key>& keys = m_subject.ring->keys;
        const bool isSecret = std::ranges::all_of(keys, [](const jose::Key& key) {
            return key.source == jose::KeySource::TypedSecret && key.type == jose::KeyType::Oct;
        });
        const bool isSet = !isSecret && (keys.size() > 1 || keys.front().isFromSet);
        return isSet && isRefused() && !headerIsRefused() && !m_check.fitsRefusedKey;
    }

    void checkKey()
    {
        if (m_subject.ring->isEmpty())
            m_judgement.fail("key", whyNoKey(m_subject), Fault::NoKey);
        else if (m_check.verdict == jose::SignatureVerdict::NoKey)
            m_judgement.fail("key", m_check.why, Fault::NoKey);
        else if (!m_kidObjection.empty())
            m_judgement.fail("key", m_kidObjection, Fault::KeyPolicy);
        else if (noneFits())
            m_judgement.fail("key", joined({m_check.choice, ": ", m_check.why}), Fault::KeyPolicy);
        else if (keyIsRefused())
            m_judgement.fail("key", m_check.why, Fault::KeyPolicy);
        else if (!m_check.key)
            m_judgement.skip("key", "not tried");
        else if (isNoKey(m_subject.ring->keys[*m_check.key])) // it may not fit the algorithm either
            m_judgement.fail("key", "the key is refused: " + m_subject.ring->keys[*m_check.key].refusal,
                             Fault::KeyPolicy);
        else
            acceptKey(*m_check.key);
    }

    /// A JWK of which nothing could be made: a member is missing, or its numbers are none of a key.
    static bool isNoKey(const jose::Key& key)
    {
        return key.type != jose::KeyType::Oct && !key.handle && !key.refusal.empty();
    }

    void acceptKey(std::size_t index)
    {
        const std::string& description = m_subject.facts[index].description;
        if (m_check.choice.empty() && m_check.warnings.empty())
            return m_judgement.pass("key", description);
        std::string why = description;
        if (!m_check.choice.empty())
            why += "; " + m_check.choice;
        for (const std::string& warning : m_check.warnings)
            why += "; " + warning;
        if (!m_check.warnings.empty())
            m_judgement.warn("key", why);
        else
            m_judgement.pass("key", why);
    }

    /// Of the key that decided, or of the only one: what it is worth, whether it fits or not.
    void checkStrength()
    {
        const jose::Key* key = noneFits() ? nullptr : m_subject.key();
        if (key == nullptr || m_subject.algorithm == nullptr)
            return m_judgement.skip(strength, key == nullptr ? "not judged, no key was chosen"
                                                             : "not judged, there is no algorithm");
        // What a secret must have is what HMAC asks for (RFC 7518 §3.2); the others have no such demand.
        if (key->type == jose::KeyType::Oct && m_subject.algorithm->keyType != jose::KeyType::Oct)
            return m_judgement.skip(strength, joined({"not judged, ", m_subject.alg, " uses no secret"}));
        if (isNoKey(*key))
            return m_judgement.skip(strength, "not judged, the key cannot be used");
        const std::string weakness = weaknessUnder(*key, *m_subject.algorithm);
        if (!weakness.empty() && !m_subject.ring->options.allowWeakKeys)
            m_judgement.fail(strength, weakness, Fault::KeyPolicy);
        else if (!weakness.empty())
            m_judgement.warn(strength, weakness + "; allowed all the same");
        else
            checkSecret(*key);
    }

    /// jose-policy rule 6: a typed secret is used however short it is, and told of.
    void checkSecret(const jose::Key& key)
    {
        if (key.type != jose::KeyType::Oct)
            return m_judgement.pass(strength, key.type == jose::KeyType::Rsa
                                                  ? std::to_string(key.bits) + " bits"
                                                  : "as strong as the curve " + key.curve);
        const std::size_t size = key.secret.size();
        const std::size_t least = m_subject.algorithm->minimumKeyBytes;
        const std::string bytes = joined({std::to_string(size), size == 1 ? " byte; " : " bytes; ",
                                          m_subject.alg, " asks for ", std::to_string(least)});
        const KeyFacts* facts = m_subject.keyFacts();
        if (facts != nullptr && facts->isPublished)
            m_judgement.warn(strength, "stands in a published list of weak secrets; " + bytes);
        else if (size < least)
            m_judgement.warn(strength, bytes + " (RFC 7518 §3.2)");
        else if (facts != nullptr && facts->isGuessable)
            m_judgement.warn(strength, bytes + ", but it has so little variety that it can be guessed");
        else
            m_judgement.pass(strength, bytes);
    }

    void checkAlgorithm()
    {
        if (!m_subject.hasHeader())
            m_judgement.skip("algorithm", "not checked, there is no header to read");
        else if (!m_algorithmObjection.empty())
            m_judgement.fail("algorithm", m_algorithmObjection, Fault::KeyPolicy);
        else if (isRefused() && !headerIsRefused() && !keyIsRefused())
            m_judgement.fail("algorithm", m_check.why, Fault::KeyPolicy);
        else if (m_check.key)
            m_judgement.pass("algorithm", joined({m_subject.alg, " is an algorithm of the key"}));
        else
            m_judgement.skip("algorithm", m_subject.alg + " is not compared with a key");
    }

    void checkCrit()
    {
        if (!m_subject.hasHeader())
            m_judgement.skip("crit", "not checked, there is no header to read");
        else if (!m_critObjection.empty())
            m_judgement.fail("crit", m_critObjection, Fault::KeyPolicy);
        else if (m_subject.inHeader("crit") != nullptr)
            m_judgement.pass("crit", "what it lists is understood");
        else
            m_judgement.pass("crit", "the header demands nothing");
    }

    void checkValue()
    {
        if (m_check.verdict == jose::SignatureVerdict::Valid)
            m_judgement.pass("signature", "fits the key");
        else if (m_check.verdict == jose::SignatureVerdict::Invalid)
            m_judgement.fail("signature", m_check.why, Fault::Signature);
        else if (m_check.fitsRefusedKey == true)
            m_judgement.pass("signature", "fits the key that is refused");
        else if (m_check.fitsRefusedKey == false)
            m_judgement.fail("signature", "does not fit the key that is refused", Fault::Signature);
        else if (m_check.fitsAllTheSame == true)
            m_judgement.pass("signature", joined({"fits the key all the same; ", obstacle()}));
        else if (m_check.fitsAllTheSame == false)
            m_judgement.fail("signature", joined({"does not fit the key either; ", obstacle()}),
                             Fault::Signature);
        else
            m_judgement.skip("signature", std::string("not checked, ") + obstacle());
    }

    const char* obstacle() const
    {
        if (m_check.verdict == jose::SignatureVerdict::Malformed)
            return "the token is malformed";
        if (m_check.verdict == jose::SignatureVerdict::NoKey)
            return "there is no key for it";
        return headerIsRefused() ? "the header is refused" : "algorithm or key is refused";
    }

    static constexpr const char* strength = "key strength";

    const Subject& m_subject;
    const jose::SignatureCheck& m_check;
    Judgement& m_judgement;
    std::string m_algorithmObjection;
    std::string m_kidObjection;
    std::string m_critObjection;
};

} // namespace

void checkSignature(const Subject& subject, Judgement& judgement)
{
    SignatureChecks(subject, judgement).run();
}

} // namespace claimcheck::inspect
