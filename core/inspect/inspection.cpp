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
    if (inspection.token.payloadJson)
        inspection.claims = explainClaims(inspection.token.payloadJson->root());
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

/// RFC 9901 §4: what follows on the first '~' of an SD-JWT is no part of the signature. The text stays whole.
static jose::Jws takeApart(std::string_view token)
{
    const std::size_t tilde = token.find('~');
    if (tilde == std::string_view::npos || token.starts_with('{'))
        return jose::decode(token);
    jose::Jws jws = jose::decode(token.substr(0, tilde));
    if (jws.segments != 3 || !jws.headerJson)
        return jose::decode(token);
    jws.text = token;
    return jws;
}

Inspection inspect(std::string_view token, Instant now, const Context& context)
{
    Inspection inspection;
    inspection.token = takeApart(token);
    Subject subject(inspection.token, now);
    subject.context = &context;
    inspection.reason = brokenAt(inspection.token);
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
    Inspection inspection;
    inspection.token = std::move(token);
    const jose::SignatureCheck signature = m_verifier.verify(inspection.token);
    Subject subject(inspection.token, now);
    subject.ring = &m_ring;
    subject.facts = m_facts;
    subject.expectations = &m_expectations;
    subject.signature = &signature;
    subject.context = &context;

    Judgement judgement;
    checkFormat(subject, judgement);
    checkSignature(subject, judgement);
    checkTimes(subject, judgement);
    checkClaims(subject, judgement);

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
    return inspect(takeApart(token), now, context);
}

} // namespace claimcheck::inspect
