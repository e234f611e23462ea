// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "verify.h"

#include "choose.h"
#include "engine.h"
#include "openssl.h"
#include "policy.h"

#include <base/text.h>

#include <algorithm>
#include <array>
#include <map>

namespace claimcheck::jose {

// A set of many thousand keys and a token without kid must not keep the program busy.
static constexpr std::size_t mostKeysTried = 256;

namespace {

/// The engines made so far, by key and algorithm.
class Engines
{
public:
    Engine* get(std::size_t index, const Key& key, const Algorithm& algorithm)
    {
        const auto [entry, isNew] = m_engines.try_emplace({index, &algorithm});
        if (isNew)
            entry->second = makeEngine(algorithm, key);
        return entry->second.get();
    }

private:
    std::map<std::pair<std::size_t, const Algorithm*>, std::unique_ptr<Engine>> m_engines;
};

/// One verification: RFC 7515 §5.2 steps 5 to 9 after the choice of keys.
class Run
{
public:
    Run(const Jws& jws, std::span<const Key> keys, const VerifyOptions& options, Engines& engines)
        : m_jws(jws), m_keys(keys), m_options(options), m_engines(engines)
    {}

    SignatureCheck run()
    {
        if (!m_jws.isWellFormed())
            return rejected(SignatureVerdict::Malformed, firstDefect());
        if (m_keys.empty())
            return rejected(SignatureVerdict::NoKey, "no key was given");
        if (m_jws.segments == 5)
            return rejected(SignatureVerdict::Refused, "an encrypted token has no signature");
        Choice choice;
        if (!isOnlyKey())
            choice = chooseKeys(m_jws.headerJson->root(), m_keys);
        const Indexes candidates = isOnlyKey() ? Indexes(onlyIndex) : Indexes(choice.keys);
        if (candidates.empty())
            return rejected(SignatureVerdict::NoKey, std::move(choice.objection));
        HeaderJudgement header = judgeHeader(m_jws);
        m_algorithm = header.algorithm;
        if (!header.objection.empty())
            return refusedHeader(candidates, std::move(header.objection));
        if (!choice.warning.empty())
            m_result.warnings.push_back(std::move(choice.warning));
        warn(candidates);
        explain(candidates);
        return tryKeys(candidates);
    }

    /// OpenSSL was called, and one of these calls may have failed.
    bool mayLeaveErrors() const
    {
        const bool hasFitAtOnce = m_tried == 1 && m_hasFit;
        return m_hasLooked || (m_tried > 0 && !(hasFitAtOnce && m_algorithm->family == Family::Hmac));
    }

private:
    using Indexes = std::span<const std::size_t>;
    static constexpr std::array<std::size_t, 1> onlyIndex{0};

    /// There is nothing to choose: chooseKeys() would take it, whatever the token says.
    bool isOnlyKey() const
    {
        return m_keys.size() == 1 && !m_keys.front().isFromSet && !m_keys.front().certificateThumbprint;
    }

    SignatureCheck rejected(SignatureVerdict verdict, std::string why) const
    {
        return {.verdict = verdict,
                .why = std::move(why),
                .key = {},
                .fitsRefusedKey = {},
                .fitsAllTheSame = {},
                .isKeysFault = false,
                .choice = {},
                .warnings = {}};
    }

    SignatureCheck refusedHeader(Indexes candidates, std::string objection)
    {
        m_result = rejected(SignatureVerdict::Refused, std::move(objection));
        if (m_algorithm != nullptr)
            lookAllTheSame(candidates);
        return std::move(m_result);
    }

    /// Header, algorithm or key are refused, which hides no other check (jose-policy rule 22): whether the
    /// signature fits one of the keys, where there is sense in computing with that. It counts for nothing.
    void lookAllTheSame(Indexes candidates)
    {
        for (const std::size_t index : candidates.first(std::min(candidates.size(), mostKeysTried))) {
            const Key& key = m_keys[index];
            if (!key.refusal.empty() || !isFor(*m_algorithm, key))
                continue;
            m_hasLooked = true;
            Engine* engine = m_engines.get(index, key, *m_algorithm);
            if (engine == nullptr)
                continue;
            m_result.fitsAllTheSame = misfitOf(key, *engine).empty();
            if (m_result.fitsAllTheSame == true)
                return;
        }
    }

    std::string firstDefect() const
    {
        const Defect& defect = m_jws.defects.front();
        return std::string(toText(defect.segment)) + ", byte " + std::to_string(defect.offset) + ": " +
               defect.what;
    }

    void warn(Indexes candidates)
    {
        const auto isSecret = [](const Key& key) { return key.type == KeyType::Oct; };
        const auto secrets = std::count_if(m_keys.begin(), m_keys.end(), isSecret);
        if (secrets > 0 && static_cast<std::size_t>(secrets) < m_keys.size())
            m_result.warnings.push_back("the key set mixes secrets and public keys");
        const auto kid = m_keys.size() > 1 ? m_jws.kid() : std::nullopt;
        const auto same = kid ? std::count_if(candidates.begin(), candidates.end(),
                                              [&](std::size_t i) { return m_keys[i].kid == kid; })
                              : 0;
        if (same > 1)
            m_result.warnings.push_back(std::to_string(same) + " keys have the kid '" + visible(*kid) +
                                        "'; each was tried");
        if (!m_jws.isPayloadEncoded && m_jws.payloadJson)
            m_result.warnings.push_back("b64 false is not for tokens with claims (RFC 7797 §7)");
    }

    void explain(Indexes candidates)
    {
        if (m_keys.size() == 1 && !m_keys.front().isFromSet)
            return;
        std::vector<std::size_t> fitting;
        std::ranges::copy_if(candidates, std::back_inserter(fitting), [this](std::size_t i) {
            return objectionToKey(m_keys[i], *m_algorithm, m_options).empty();
        });
        m_result.choice = explainChoice(m_keys, fitting);
    }

    SignatureCheck tryKeys(Indexes candidates)
    {
        m_result.verdict = SignatureVerdict::Refused;
        for (const std::size_t index : candidates) {
            std::string objection = objectionToFit(m_keys[index], *m_algorithm, m_options);
            const bool isKeysFault = objection.empty();
            if (isKeysFault)
                objection = objectionOfKey(m_keys[index], *m_algorithm);
            if (!objection.empty()) {
                refuse(index, std::move(objection), isKeysFault);
                continue;
            }
            if (m_tried == mostKeysTried) {
                m_result.warnings.push_back("more than " + std::to_string(mostKeysTried) +
                                            " keys fit the algorithm; the others were not tried");
                break;
            }
            ++m_tried;
            tryKey(index);
            if (m_result.verdict == SignatureVerdict::Valid)
                break;
        }
        if (m_result.verdict == SignatureVerdict::Refused && !m_result.fitsRefusedKey)
            lookAllTheSame(candidates);
        return std::move(m_result);
    }

    void tryKey(std::size_t index)
    {
        const Key& key = m_keys[index];
        const std::string weakness =
            m_options.allowWeakKeys ? std::string() : weaknessUnder(key, *m_algorithm);
        Engine* engine = m_engines.get(index, key, *m_algorithm);
        if (engine == nullptr)
            return refuse(index, "OpenSSL does not take this key for " + std::string(m_algorithm->name),
                          false);
        std::string misfit = misfitOf(key, *engine);
        if (!weakness.empty())
            refuseWeak(index, weakness, misfit.empty());
        else if (misfit.empty())
            accept(index);
        else if (m_result.fitsRefusedKey != true && m_result.verdict != SignatureVerdict::Invalid)
            decide(SignatureVerdict::Invalid, index, std::move(misfit));
    }

    /// Why the signature does not fit this key; "" when it does.
    std::string misfitOf(const Key& key, Engine& engine) const
    {
        const std::string& signature = m_jws.signature.bytes;
        const std::size_t expected = signatureBytes(*m_algorithm, key);
        if (signature.empty())
            return "the token has no signature";
        if (signature.size() != expected)
            return "the signature has " + std::to_string(signature.size()) +
                   (signature.size() == 1 ? " byte; " : " bytes; ") + std::string(m_algorithm->name) +
                   " with this key makes " + std::to_string(expected);
        if (!engine.fits(m_jws.signingInput(), signature))
            return "the signature does not fit the key: " + describe(key);
        return {};
    }

    void accept(std::size_t index)
    {
        decide(SignatureVerdict::Valid, index, {});
        m_hasFit = true;
    }

    void decide(SignatureVerdict verdict, std::size_t index, std::string why)
    {
        m_result.verdict = verdict;
        m_result.key = index;
        m_result.why = std::move(why);
        m_result.fitsRefusedKey.reset();
        m_result.isKeysFault = false;
    }

    /// The first objection is told, and only where no key came to a signature check.
    void refuse(std::size_t index, std::string why, bool isKeysFault)
    {
        if (m_result.verdict != SignatureVerdict::Refused || m_result.key)
            return;
        decide(SignatureVerdict::Refused, index, std::move(why));
        m_result.isKeysFault = isKeysFault;
    }

    /// A weak key that fits says more than keys that do not, and those more than a weak key that does not.
    void refuseWeak(std::size_t index, const std::string& weakness, bool fits)
    {
        const bool saysMore = fits
                                  ? m_result.fitsRefusedKey != true
                                  : m_result.verdict == SignatureVerdict::Refused && !m_result.fitsRefusedKey;
        if (!saysMore)
            return;
        decide(SignatureVerdict::Refused, index,
               "the key is too weak: " + weakness +
                   (fits ? "; the signature does fit it" : "; the signature does not fit it either"));
        m_result.fitsRefusedKey = fits;
        m_result.isKeysFault = true;
    }

    const Jws& m_jws;
    std::span<const Key> m_keys;
    const VerifyOptions& m_options;
    Engines& m_engines;
    const Algorithm* m_algorithm = nullptr;
    std::size_t m_tried = 0; ///< keys that came to a signature check
    bool m_hasFit = false;
    bool m_hasLooked = false; ///< under a key that is refused, or for a header that is
    SignatureCheck m_result;
};

} // namespace

SignatureCheck verifySignature(const Jws& jws, std::span<const Key> keys, const VerifyOptions& options)
{
    const openssl::ErrorQueue queue;
    Engines engines;
    return Run(jws, keys, options, engines).run();
}

struct Verifier::State
{
    std::vector<Key> keys;
    VerifyOptions options;
    Engines engines;
};

Verifier::Verifier(std::vector<Key> keys, VerifyOptions options)
    : m_state(std::make_unique<State>(State{std::move(keys), std::move(options), {}}))
{}

Verifier::~Verifier() = default;
Verifier::Verifier(Verifier&&) noexcept = default;
Verifier& Verifier::operator=(Verifier&&) noexcept = default;

SignatureCheck Verifier::verify(const Jws& jws)
{
    Run run(jws, m_state->keys, m_state->options, m_state->engines);
    SignatureCheck check = run.run();
    // What an earlier operation left in the queue is not asked for here: only what is left behind goes.
    // Asking costs a tenth of an HMAC.
    if (run.mayLeaveErrors())
        openssl::ErrorQueue::clear();
    return check;
}

const std::vector<Key>& Verifier::keys() const
{
    return m_state->keys;
}

} // namespace claimcheck::jose
