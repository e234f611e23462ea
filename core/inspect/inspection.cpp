// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "inspection.h"

#include "checks.h"
#include "layers.h"
#include "rules.h"
#include "subject.h"
#include "verificationjson.h"

#include <base/text.h>

namespace claimcheck::inspect {

std::string_view KeyRing::text() const
{
    return bareText(source.reveal());
}

static std::optional<Instant> timeOf(const DateClaim& date)
{
    return date.isPresent() ? std::optional(date.time) : std::nullopt;
}

static void takeTimes(const Subject& subject, Inspection& inspection)
{
    inspection.issuedAt = timeOf(subject.iat);
    inspection.notBefore = timeOf(subject.nbf);
    inspection.expiresAt = timeOf(subject.exp);
    if (subject.exp.state == DateClaim::State::Wrong)
        inspection.unreadableExpiry = shortened(subject.exp.text);
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

static std::string brokenAt(const Inspection& inspection)
{
    if (inspection.sdJwt)
        for (const jose::SdFault& fault : inspection.sdJwt->faults)
            if (fault.kind == jose::SdFaultKind::Malformed)
                return fault.what;
    return brokenAt(inspection.token);
}

/// What there is of an inspection when the layers are opened; moves it out of `opened`.
static Inspection takenFrom(Opened& opened)
{
    Inspection inspection;
    inspection.token = std::move(opened.token);
    inspection.sdJwt = std::move(opened.sd);
    inspection.layers = std::move(opened.layers);
    inspection.signatures = std::move(opened.signatures);
    inspection.outerText = std::move(opened.outerText);
    return inspection;
}

/// The innermost token as checks and rules see it.
static Subject subjectOf(const Inspection& inspection, const Opened& opened, Instant now,
                         const Context& context)
{
    Subject subject(inspection.token, now, inspection.claimsJson());
    subject.context = &context;
    subject.layers = inspection.layers;
    subject.sd = inspection.sdJwt ? &*inspection.sdJwt : nullptr;
    if (subject.isEncrypted() && !inspection.layers.empty() &&
        inspection.layers.back().verdict == Verdict::Decrypted) {
        subject.opened = &inspection.token.payload.bytes;
        subject.openedWith = opened.openedWith;
    }
    return subject;
}

static Inspection decoded(Opened opened, Instant now, const Context& context)
{
    const std::optional<Context> inside = contextInside(opened, context);
    Inspection inspection = takenFrom(opened);
    const Subject subject = subjectOf(inspection, opened, now, inside ? *inside : context);
    inspection.reason = brokenAt(inspection);
    inspection.verdict = inspection.reason.empty() ? Verdict::NotVerified : Verdict::Malformed;
    inspection.findings = findingsOf(subject);
    addFindingsAround(opened.around, subject, context, inspection.findings);
    takeTimes(subject, inspection);
    explainParts(inspection);
    return inspection;
}

Inspection inspect(std::string_view token, Instant now, const Context& context)
{
    return decoded(openLayers(token, {}), now, context);
}

Inspection inspectOpened(std::string_view token, const KeyRing& ring, Instant now, const Context& context)
{
    Inspection inspection = decoded(openLayers(token, {.ring = &ring}), now, context);
    const bool isClosed = !inspection.layers.empty() &&
                          inspection.layers.back().verdict != Verdict::NotVerified &&
                          inspection.layers.back().verdict != Verdict::Decrypted;
    if (isClosed && inspection.verdict == Verdict::NotVerified) {
        inspection.verdict = inspection.layers.back().verdict;
        inspection.reason = inspection.layers.back().reason;
    }
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

/// A DPoP proof under the key that it brings.
Inspection Inspector::judgeByItself(Opened opened, Instant now, const Context& context,
                                    CheckSink& checks) const
{
    KeyRing own;
    own.keys.push_back(*keyOfProof(opened.token));
    own.options = m_ring.options;
    return Inspector(std::move(own), m_expectations).judge(std::move(opened), now, context, checks);
}

bool lacksPayload(const jose::Jws& token)
{
    const bool wasGiven = token.form == jose::Serialization::Compact && !token.detachedInput.empty();
    return token.segments == 3 && token.payload.bytes.empty() && token.payload.length == 0 && !wasGiven &&
           token.signature.length > 0;
}

/// Where it does not hold. Without it an empty payload is judged as what it is (jose-policy rule 13).
static std::string_view hintOf(const Inspection& inspection)
{
    const bool isForIt =
        inspection.verdict == Verdict::SignatureInvalid || inspection.verdict == Verdict::Malformed;
    return isForIt && lacksPayload(inspection.token)
               ? "; its payload is empty: where that stands beside the token (detached), give it too"
               : "";
}

static void runChecks(const Subject& subject, Judgement& judgement)
{
    checkLayers(subject, judgement);
    checkFormat(subject, judgement);
    if (subject.isEncrypted() && !subject.layers.empty())
        checkDecryption(subject, judgement);
    else
        checkSignature(subject, judgement);
    if (!subject.isReadable())
        return skipClaims(subject, judgement);
    checkTimes(subject, judgement);
    checkClaims(subject, judgement);
    checkDisclosures(subject, judgement);
    checkProof(subject, judgement);
}

Inspection Inspector::judge(Opened opened, Instant now, const Context& context, CheckSink& checks)
{
    const std::optional<Context> inside = contextInside(opened, context);
    Inspection inspection = takenFrom(opened);
    const jose::SignatureCheck signature = m_verifier.verify(inspection.token);
    Subject subject = subjectOf(inspection, opened, now, inside ? *inside : context);
    subject.ring = &m_ring;
    subject.facts = m_facts;
    subject.expectations = &m_expectations;
    subject.signature = &signature;
    const bool isWithoutRing = m_ring.isEmpty() && m_ring.notes.empty(); // not: a set without a key
    if (isWithoutRing && inspection.layers.empty() && isProofWithRequest(subject) &&
        keyOfProof(inspection.token)) {
        opened.token = std::move(inspection.token);
        return judgeByItself(std::move(opened), now, context, checks);
    }

    Judgement judgement(checks);
    runChecks(subject, judgement);
    inspection.verdict = judgement.verdict();
    if (subject.isEncrypted() && inspection.verdict == Verdict::Verified)
        inspection.verdict = Verdict::Decrypted;
    inspection.reason = judgement.reason();
    inspection.reason += hintOf(inspection);
    inspection.findings = findingsOf(subject);
    addFindingsAround(opened.around, subject, context, inspection.findings);
    if (subject.isEncrypted() && !inspection.layers.empty())
        inspection.keyUsed = inspection.layers.back().keyUsed;
    else if (signature.key)
        inspection.keyUsed = m_facts[*signature.key].description;
    takeTimes(subject, inspection);
    return inspection;
}

Inspection Inspector::judge(Opened opened, Instant now, const Context& context)
{
    CheckList checks;
    Inspection inspection = judge(std::move(opened), now, context, checks);
    inspection.checks = checks.take();
    return inspection;
}

Verdict Inspector::verify(std::string_view token, Instant now, json::Writer& writer, const Context& context)
{
    m_checks.clear();
    CheckText checks(m_checks);
    const Inspection inspection = judge(openLayers(token, {&m_ring, &m_verifier}), now, context, checks);
    writeVerification(writer, inspection, m_checks);
    return inspection.verdict;
}

Inspection Inspector::judge(std::string_view token, Instant now, const Context& context)
{
    return judge(openLayers(token, {&m_ring, &m_verifier}), now, context);
}

Inspection Inspector::inspect(std::string_view token, Instant now, const Context& context)
{
    Inspection inspection = judge(token, now, context);
    explainParts(inspection);
    return inspection;
}

Inspection Inspector::inspect(std::vector<jose::Jws> token, Instant now, const Context& context)
{
    Inspection inspection = judge(openLayers(std::move(token), {&m_ring, &m_verifier}), now, context);
    explainParts(inspection);
    return inspection;
}

Inspection Inspector::inspect(jose::Jws token, Instant now, const Context& context)
{
    std::vector<jose::Jws> one;
    one.push_back(std::move(token));
    return inspect(std::move(one), now, context);
}

} // namespace claimcheck::inspect
