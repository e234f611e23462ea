// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Disclosures and the holder's proof of an SD-JWT (RFC 9901 §7.1 and §7.3). The issuer's signature and the
// claims, disclosed ones among them, were judged as those of any token.

#include "checks.h"

#include <base/text.h>
#include <jose/sdjwt.h>

namespace claimcheck::inspect {

namespace {

/// The key-binding JWT beside what it has to say.
class KeyBindingChecks
{
public:
    KeyBindingChecks(const Subject& subject, Judgement& judgement)
        : m_subject(subject), m_sd(*subject.sd), m_proof(*m_sd.keyBinding), m_judgement(judgement)
    {}

    void run()
    {
        checkProof();
        checkType();
        checkHash();
        checkText("kb nonce", "nonce", m_subject.expectations->nonce);
        checkText("kb aud", "aud", m_subject.expectations->audience);
        checkAge();
        checkExpiry();
        checkNotBefore();
    }

private:
    std::optional<json::Value> claim(std::string_view name) const
    {
        return m_proof.payloadJson ? m_proof.payloadJson->root().find(name) : std::nullopt;
    }

    /// §7.3 step 3.b: the holder's key stands in the payload that the issuer signed.
    void checkProof()
    {
        const json::Value* cnf = m_subject.inClaims("cnf");
        const auto jwk = cnf != nullptr ? cnf->find("jwk") : std::nullopt;
        if (!jwk)
            return m_judgement.fail(keyBinding, "the issuer names no key of the holder (cnf.jwk)",
                                    Fault::KeyPolicy);
        const auto keys = jose::readKeys(jwk->text());
        if (!keys)
            return m_judgement.fail(keyBinding, "the holder's key (cnf.jwk): " + keys.error().why,
                                    Fault::KeyPolicy);
        judge(keys->front());
    }

    void judge(const jose::Key& key)
    {
        if (key.type == jose::KeyType::Oct)
            return m_judgement.fail(keyBinding, "the holder's key (cnf.jwk) is a secret", Fault::KeyPolicy);
        const jose::SignatureCheck check =
            jose::verifySignature(m_proof, std::span(&key, 1), m_subject.ring->options);
        if (check.verdict == jose::SignatureVerdict::Valid)
            m_judgement.pass(keyBinding, "signed with the holder's key (cnf.jwk): " + jose::describe(key));
        else
            m_judgement.fail(keyBinding, "the holder's proof: " + check.why, faultOf(check.verdict));
    }

    static Fault faultOf(jose::SignatureVerdict verdict)
    {
        if (verdict == jose::SignatureVerdict::Malformed)
            return Fault::Malformed;
        return verdict == jose::SignatureVerdict::Invalid ? Fault::Signature : Fault::KeyPolicy;
    }

    void checkType()
    {
        const auto typ = m_proof.headerJson ? m_proof.headerJson->root().find("typ") : std::nullopt;
        if (typ && typ->isString() && mediaType(typ->string()) == "kb+jwt")
            m_judgement.pass("kb typ", "is 'kb+jwt'");
        else
            m_judgement.fail("kb typ", "the holder's proof is not of type 'kb+jwt' (RFC 9901 §4.3)",
                             Fault::KeyPolicy);
    }

    /// §4.3.1: what was disclosed when the holder signed.
    void checkHash()
    {
        const auto hash = claim("sd_hash");
        if (hash && hash->isString() && !hash->string().empty() && hash->string() == m_sd.presentedHash())
            m_judgement.pass("kb sd_hash", "is that of this token with these disclosures");
        else
            m_judgement.fail("kb sd_hash",
                             hash ? "the holder's proof is for another token, or other disclosures of it"
                                  : "the holder's proof does not say what it is for (sd_hash)",
                             Fault::Signature);
    }

    void checkText(const char* check, const char* member, const std::optional<std::string>& expected)
    {
        const auto value = claim(member);
        if (!value || !value->isString())
            m_judgement.fail(check, "the holder's proof has no " + std::string(member) + " (RFC 9901 §4.3)",
                             Fault::ClaimPolicy);
        else if (!expected)
            m_judgement.skip(check, "not checked, none expected");
        else if (value->string() == *expected)
            m_judgement.pass(check, "is '" + shortened(*expected) + "'");
        else
            m_judgement.fail(check,
                             "the holder's proof has the " + std::string(member) + " '" +
                                 shortened(value->string()) + "'; '" + shortened(*expected) + "' is expected",
                             Fault::ClaimPolicy);
    }

    void checkAge()
    {
        const auto iat = claim("iat");
        const auto seconds = iat ? iat->number() : std::nullopt;
        if (!seconds)
            return m_judgement.fail("kb iat", "the holder's proof does not say when it was made (iat)",
                                    Fault::ClaimPolicy);
        const Instant made = fromUnixSeconds(*seconds);
        const std::string when = formatRelative(made, m_subject.now) + ", at " + formatUtc(made);
        if (m_subject.now < made && made - m_subject.now > m_subject.expectations->leeway)
            m_judgement.fail("kb iat", "the holder's proof was made in the future: " + when,
                             Fault::NotYetValid);
        else
            m_judgement.pass("kb iat", "made " + when);
    }

    /// The time in a claim that a proof need not have: nothing without it, or after a failed check.
    std::optional<Instant> timeIn(const char* check, const char* member)
    {
        const auto value = claim(member);
        const auto seconds = value ? value->number() : std::nullopt;
        if (value && !seconds)
            m_judgement.fail(check,
                             "the holder's proof has an " + std::string(member) +
                                 " that is no number of seconds since 1970 (RFC 7519 §2)",
                             Fault::ClaimPolicy);
        return seconds ? std::optional(fromUnixSeconds(*seconds)) : std::nullopt;
    }

    /// §7.3 step 5.g: in all other respects it is a JWT like any, and over when its exp says so.
    void checkExpiry()
    {
        const std::optional<Instant> end = timeIn("kb exp", "exp");
        if (!end)
            return;
        const std::string when = formatRelative(*end, m_subject.now) + ", at " + formatUtc(*end);
        const Expectations& expected = *m_subject.expectations;
        if (m_subject.now < *end)
            m_judgement.pass("kb exp", "expires " + when);
        else if (m_subject.now - *end < expected.leeway)
            m_judgement.pass("kb exp", "expired " + when + ", within the leeway");
        else if (expected.allowExpired)
            m_judgement.warn("kb exp", "expired " + when + ", which is allowed");
        else
            m_judgement.fail("kb exp", "the holder's proof expired " + when, Fault::Expired);
    }

    /// The same step.
    void checkNotBefore()
    {
        const std::optional<Instant> start = timeIn("kb nbf", "nbf");
        if (!start)
            return;
        const std::string when = formatRelative(*start, m_subject.now) + ", at " + formatUtc(*start);
        if (m_subject.now >= *start || *start - m_subject.now <= m_subject.expectations->leeway)
            m_judgement.pass("kb nbf", "valid from then: " + when);
        else
            m_judgement.fail("kb nbf", "the holder's proof becomes valid " + when, Fault::NotYetValid);
    }

    static constexpr const char* keyBinding = "key binding";

    const Subject& m_subject;
    const jose::SdJwt& m_sd;
    const jose::Jws& m_proof;
    Judgement& m_judgement;
};

} // namespace

static void checkFaults(const jose::SdJwt& sd, Judgement& judgement)
{
    if (!sd.faults.empty()) {
        std::string why = sd.faults.front().what;
        if (sd.faults.size() > 1)
            why += "; and " + std::to_string(sd.faults.size() - 1) + " more";
        const bool isMalformed = sd.faults.front().kind == jose::SdFaultKind::Malformed;
        return judgement.fail("disclosures", why, isMalformed ? Fault::Malformed : Fault::KeyPolicy);
    }
    const std::size_t count = sd.disclosures.size();
    std::string why = count == 0 ? "none" : std::to_string(count) + ", each with its digest in the token";
    if (sd.undisclosed > 0)
        why += "; " + std::to_string(sd.undisclosed) +
               (sd.undisclosed == 1 ? " digest of what is kept back, or of nothing"
                                    : " digests of what is kept back, or of nothing");
    judgement.pass("disclosures", why);
}

void checkDisclosures(const Subject& subject, Judgement& judgement)
{
    if (subject.sd == nullptr)
        return;
    checkFaults(*subject.sd, judgement);
    if (subject.sd->keyBinding)
        KeyBindingChecks(subject, judgement).run();
    else if (subject.expectations->nonce)
        judgement.fail("key binding", "a nonce is expected, and the token has no proof of its holder",
                       Fault::ClaimPolicy);
    else
        judgement.skip("key binding", "not checked, the token has no proof of its holder");
}

} // namespace claimcheck::inspect
