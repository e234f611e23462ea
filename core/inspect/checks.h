// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The checks of a verification: each is listed with its result, and the gravest failure gives the
// verdict (jose-policy rule 22). Private to the module.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "subject.h"

namespace claimcheck::inspect {

/// What a failed check means for the verdict; the first of these that occurs wins.
enum class Fault
{
    Malformed,
    NoKey,
    KeyPolicy, ///< algorithm, key, crit
    Decryption,
    Signature,
    ClaimPolicy,
    NotYetValid,
    Expired,
    None
};
Verdict verdictOf(Fault fault);
/// The other way round, for what a layer came to.
Fault faultOf(Verdict verdict);

/// Takes the checks one after another: a list of them, or, in a batch, their text at once.
class CheckSink
{
public:
    virtual void add(std::string_view name, CheckResult result, std::string_view why) = 0;

protected:
    ~CheckSink() = default;
};

class CheckList final : public CheckSink
{
public:
    void add(std::string_view name, CheckResult result, std::string_view why) override;
    std::vector<Check> take() { return std::move(m_checks); }

private:
    std::vector<Check> m_checks;
};

/// Hands the checks on and remembers the gravest failure.
class Judgement
{
public:
    explicit Judgement(CheckSink& checks) : m_checks(checks) {}

    void pass(std::string_view name, std::string_view why) { m_checks.add(name, CheckResult::Passed, why); }
    void warn(std::string_view name, std::string_view why) { m_checks.add(name, CheckResult::Warning, why); }
    void skip(std::string_view name, std::string_view why) { m_checks.add(name, CheckResult::Skipped, why); }
    void fail(std::string_view name, std::string_view why, Fault fault);

    Verdict verdict() const { return verdictOf(m_fault); }
    const std::string& reason() const { return m_reason; }

private:
    CheckSink& m_checks;
    Fault m_fault = Fault::None;
    std::string m_reason;
};

/// Of an empty ring: a set without a key says so itself in its first note, and a proof whose own key would do
/// says what keeps it from that.
std::string whyNoKey(const Subject& subject);

// In the order in which they are listed.
void checkLayers(const Subject& subject, Judgement& judgement); ///< "layer 1" … around the innermost token
void checkFormat(const Subject& subject, Judgement& judgement);
/// "key", "key strength", "algorithm", "crit", "decryption", "signature" of an innermost token that is
/// encrypted.
void checkDecryption(const Subject& subject, Judgement& judgement);
/// "exp" … "required:…" of a token whose claims nobody could read.
void skipClaims(const Subject& subject, Judgement& judgement);
void checkSignature(const Subject& subject,
                    Judgement& judgement); ///< "key", "key strength", "algorithm", "crit", "signature"
void checkTimes(const Subject& subject, Judgement& judgement); ///< "exp", "nbf", "iat", "clock"
void checkClaims(const Subject& subject,
                 Judgement& judgement); ///< "iss", "aud", "typ", "sub", "jti", "required" or "required:…"
void checkDisclosures(const Subject& subject,
                      Judgement& judgement); ///< of an SD-JWT: "disclosures", "key binding", "kb nonce" …
void checkProof(const Subject& subject,
                Judgement& judgement); ///< of a DPoP proof: "jwk", "htm", "htu", "ath" …

/// A DPoP proof, and the request that it is for is known: then, and only then, its own key verifies it
/// (RFC 9449 §4.3 step 7; otherwise jose-policy rule 9 holds).
bool isProofWithRequest(const Subject& subject);
/// That key; Refused when the header has none that could be it.
Result<jose::Key> keyOfProof(const jose::Jws& proof);

} // namespace claimcheck::inspect
