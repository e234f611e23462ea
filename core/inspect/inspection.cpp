// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "inspection.h"

#include "checks.h"
#include "rules.h"
#include "subject.h"

namespace claimcheck::inspect {

static std::optional<Instant> timeOf(const DateClaim& date)
{
    return date.isPresent() ? std::optional(date.time) : std::nullopt;
}

static void takeTimes(const Subject& subject, Inspection& inspection)
{
    inspection.issuedAt = timeOf(subject.iat);
    inspection.notBefore = timeOf(subject.nbf);
    inspection.expiresAt = timeOf(subject.exp);
}

static void explainParts(Inspection& inspection)
{
    if (inspection.token.headerJson)
        inspection.header = explainHeader(inspection.token.headerJson->root());
    if (inspection.claimsJson())
        inspection.claims = explainClaims(inspection.claimsJson()->root());
}

/// The first defect that decode does not tolerate, in words.
static std::string brokenAt(const jose::Jws& token)
{
    for (const jose::Defect& defect : token.defects)
        if (!defect.tolerable)
            return std::string(toText(defect.segment)) + ", byte " + std::to_string(defect.offset) + ": " +
                   defect.what;
    return {};
}

/// RFC 9901 §4: what follows on the first '~' is no part of the issuer's signature. The text stays whole.
static jose::Jws issuersToken(const jose::SdJwt& sd)
{
    jose::Jws token = sd.issuer;
    token.text = sd.text;
    return token;
}

static std::string brokenAt(const Inspection& inspection)
{
    if (inspection.sdJwt)
        for (const jose::SdFault& fault : inspection.sdJwt->faults)
            if (fault.kind == jose::SdFaultKind::Malformed)
                return fault.what;
    return brokenAt(inspection.token);
}

static jose::Jws takeApart(std::string_view token)
{
    jose::Jws jws = jose::decode(token);
    const std::string paseto = jws.isWellFormed() ? std::string() : jose::pasetoName(token);
    if (!paseto.empty())
        jws.defects = {{jose::SegmentName::Token, 0,
                        "this is a " + paseto + ": another kind of token than JWT, which is not read here"}};
    return jws;
}

Inspection inspect(std::string_view token, Instant now, const Context& context)
{
    Inspection inspection;
    if (jose::looksLikeSdJwt(token))
        inspection.sdJwt = jose::decodeSdJwt(token);
    inspection.token = inspection.sdJwt ? issuersToken(*inspection.sdJwt) : takeApart(token);
    Subject subject(inspection.token, now, inspection.claimsJson());
    subject.context = &context;
    inspection.reason = brokenAt(inspection);
    inspection.verdict = inspection.reason.empty() ? Verdict::NotVerified : Verdict::Malformed;
    inspection.findings = findingsOf(subject);
    takeTimes(subject, inspection);
    explainParts(inspection);
    return inspection;
}

Inspection inspect(std::string_view token, const KeyRing& ring, const Expectations& expectations, Instant now,
                   const Context& context)
{
    return Inspector(ring, expectations).inspect(token, now, context);
}

static std::vector<KeyFacts> factsOf(const KeyRing& ring)
{
    std::vector<KeyFacts> facts;
    for (const jose::Key& key : ring.keys)
        facts.push_back(factsOf(key));
    return facts;
}

Inspector::Inspector(KeyRing ring, Expectations expectations)
    : m_ring(std::move(ring)),
      m_expectations(std::move(expectations)),
      m_facts(factsOf(m_ring)),
      m_verifier(m_ring.keys, m_ring.options)
{}

Inspector::~Inspector() = default;
Inspector::Inspector(Inspector&&) noexcept = default;
Inspector& Inspector::operator=(Inspector&&) noexcept = default;

Inspection Inspector::judge(jose::Jws token, Instant now, const Context& context)
{
    return judge(std::move(token), std::nullopt, now, context);
}

Inspection Inspector::judge(std::string_view token, Instant now, const Context& context)
{
    if (!jose::looksLikeSdJwt(token))
        return judge(takeApart(token), now, context);
    jose::SdJwt sd = jose::decodeSdJwt(token);
    jose::Jws issuer = issuersToken(sd);
    return judge(std::move(issuer), std::move(sd), now, context);
}

/// A DPoP proof under the key that it brings.
Inspection Inspector::judgeByItself(jose::Jws token, Instant now, const Context& context) const
{
    KeyRing own;
    own.keys.push_back(*keyOfProof(token));
    own.options = m_ring.options;
    return Inspector(std::move(own), m_expectations).judge(std::move(token), now, context);
}

Inspection Inspector::judge(jose::Jws token, std::optional<jose::SdJwt> sd, Instant now,
                            const Context& context)
{
    Inspection inspection;
    inspection.token = std::move(token);
    inspection.sdJwt = std::move(sd);
    const jose::SignatureCheck signature = m_verifier.verify(inspection.token);
    Subject subject(inspection.token, now, inspection.claimsJson());
    subject.ring = &m_ring;
    subject.sd = inspection.sdJwt ? &*inspection.sdJwt : nullptr;
    subject.facts = m_facts;
    subject.expectations = &m_expectations;
    subject.signature = &signature;
    subject.context = &context;
    if (m_ring.isEmpty() && isProofWithRequest(subject) && keyOfProof(inspection.token))
        return judgeByItself(std::move(inspection.token), now, context);

    Judgement judgement;
    checkFormat(subject, judgement);
    checkSignature(subject, judgement);
    checkTimes(subject, judgement);
    checkClaims(subject, judgement);
    checkDisclosures(subject, judgement);
    checkProof(subject, judgement);

    inspection.verdict = judgement.verdict();
    inspection.reason = judgement.reason();
    inspection.checks = judgement.takeChecks();
    inspection.findings = findingsOf(subject);
    if (signature.key)
        inspection.keyUsed = m_facts[*signature.key].description;
    takeTimes(subject, inspection);
    return inspection;
}

Inspection Inspector::inspect(jose::Jws token, Instant now, const Context& context)
{
    Inspection inspection = judge(std::move(token), now, context);
    explainParts(inspection);
    return inspection;
}

Inspection Inspector::inspect(std::string_view token, Instant now, const Context& context)
{
    Inspection inspection = judge(token, now, context);
    explainParts(inspection);
    return inspection;
}

} // namespace claimcheck::inspect
