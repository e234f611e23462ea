// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "checks.h"

namespace claimcheck::inspect {

std::string_view toText(Verdict verdict)
{
    switch (verdict) {
    case Verdict::NotVerified:
        return "not verified";
    case Verdict::Verified:
        return "verified";
    case Verdict::SignatureInvalid:
        return "signature invalid";
    case Verdict::NotYetValid:
        return "not yet valid";
    case Verdict::Expired:
        return "expired";
    case Verdict::RejectedByPolicy:
        return "rejected by policy";
    case Verdict::NoKey:
        return "no key";
    case Verdict::Malformed:
        return "malformed";
    case Verdict::Decrypted:
        return "decrypted";
    case Verdict::CannotDecrypt:
        return "cannot decrypt";
    }
    return "not verified";
}

bool holds(Verdict verdict)
{
    return verdict == Verdict::Verified || verdict == Verdict::Decrypted;
}

std::string_view toText(LayerKind kind)
{
    return kind == LayerKind::Signed ? "signed" : "encrypted";
}

std::string_view toText(CheckResult result)
{
    switch (result) {
    case CheckResult::Passed:
        return "passed";
    case CheckResult::Failed:
        return "failed";
    case CheckResult::Warning:
        return "warning";
    case CheckResult::Skipped:
        return "skipped";
    }
    return "skipped";
}

Verdict verdictOf(Fault fault)
{
    switch (fault) {
    case Fault::Malformed:
        return Verdict::Malformed;
    case Fault::NoKey:
        return Verdict::NoKey;
    case Fault::KeyPolicy:
    case Fault::ClaimPolicy:
        return Verdict::RejectedByPolicy;
    case Fault::Decryption:
        return Verdict::CannotDecrypt;
    case Fault::Signature:
        return Verdict::SignatureInvalid;
    case Fault::NotYetValid:
        return Verdict::NotYetValid;
    case Fault::Expired:
        return Verdict::Expired;
    case Fault::None:
        return Verdict::Verified;
    }
    return Verdict::RejectedByPolicy;
}

Fault faultOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Malformed:
        return Fault::Malformed;
    case Verdict::NoKey:
        return Fault::NoKey;
    case Verdict::CannotDecrypt:
        return Fault::Decryption;
    case Verdict::SignatureInvalid:
        return Fault::Signature;
    case Verdict::Verified:
    case Verdict::Decrypted:
        return Fault::None;
    default:
        return Fault::KeyPolicy;
    }
}

std::string whyNoKey(const Subject& subject)
{
    if (!subject.ring->notes.empty())
        return subject.ring->notes.front();
    std::string why = "none was given";
    if (!isProofWithRequest(subject))
        return why;
    const Result<jose::Key> own = keyOfProof(subject.token);
    return own ? why : why + "; " + own.error().why;
}

void CheckList::add(std::string_view name, CheckResult result, std::string_view why)
{
    // An ordinary token has 13; one piece of memory up to 1 KB is what the allocator has at hand.
    if (m_checks.empty())
        m_checks.reserve(14);
    Check& check = m_checks.emplace_back();
    check.name = name;
    check.result = result;
    check.why = why;
}

void Judgement::fail(std::string_view name, std::string_view why, Fault fault)
{
    if (fault < m_fault) {
        m_fault = fault;
        m_reason = why;
    }
    m_checks.add(name, CheckResult::Failed, why);
}

} // namespace claimcheck::inspect
