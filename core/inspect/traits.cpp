// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "traits.h"

#include <algorithm>

#include "subject.h"

namespace claimcheck::inspect {

static std::uint32_t when(bool holds, std::uint32_t trait)
{
    return holds ? trait : 0;
}

static std::uint32_t traitsOfForm(const Subject& subject)
{
    const jose::Jws& token = subject.token;
    return when(!token.isWellFormed(), trait::defect) |
           when(!token.headerJson || !token.payloadJson, trait::unread) |
           when(subject.serialised.has_value(), trait::serialised) |
           when(subject.isEncrypted(), trait::encrypted) | when(subject.sd != nullptr, trait::selective);
}

static std::uint32_t traitsOfHeader(const Subject& subject)
{
    const auto isCommon = [](const json::Member& member) {
        return member.name == "alg" || member.name == "typ" || member.name == "kid";
    };
    const jose::Algorithm* algorithm = subject.algorithm;
    return when(algorithm == nullptr, trait::noAlgorithm) |
           when(algorithm != nullptr && algorithm->family == jose::Family::Ecdsa, trait::ecdsa) |
           when(algorithm != nullptr && algorithm->family == jose::Family::EdDsa, trait::edDsa) |
           when(subject.inHeader("kid") != nullptr, trait::kid) |
           when(!std::ranges::all_of(subject.header, isCommon), trait::parameters);
}

static std::uint32_t traitsOfClaims(const Subject& subject)
{
    const auto isThere = [](const DateClaim& date) { return date.state != DateClaim::State::Absent; };
    const bool hasDates = isThere(subject.exp) || isThere(subject.nbf) || isThere(subject.iat) ||
                          isThere(subject.authTime) || isThere(subject.updatedAt);
    const bool isProof = subject.profile == Profile::DpopProof ||
                         (subject.inClaims("htm") != nullptr && subject.inClaims("htu") != nullptr);
    return when(hasDates, trait::dates) | when(isProof, trait::proof);
}

static std::uint32_t traitsOfContext(const Context& context)
{
    const bool isOnTheWay = context.carrier != Carrier::Unknown || !context.url.empty() || context.cookie ||
                            context.cacheControl || context.hadSpaceAround;
    const bool hasOthers = context.accessToken || context.code || context.state || context.layer != 1;
    return when(isOnTheWay || hasOthers, trait::context);
}

static std::uint32_t traitsOfKey(const jose::Key& key)
{
    using jose::KeyType;
    return trait::key | when(key.type == KeyType::Oct, trait::secretKey) |
           when(key.type == KeyType::Rsa, trait::rsaKey) |
           when(key.type == KeyType::Ec || key.type == KeyType::Okp, trait::curveKey) |
           when(key.alg || key.use || key.keyOps, trait::boundKey) |
           when(!key.refusal.empty(), trait::badKey);
}

static std::uint32_t traitsOfKeys(const Subject& subject)
{
    if (subject.ring == nullptr)
        return trait::unverified;
    const jose::Key* key = subject.key();
    return when(!subject.ring->source.isEmpty() || subject.ring->isPublic, trait::keyFile) |
           when(subject.ring->keys.size() > 1, trait::keySet) | when(subject.ring->isEmpty(), trait::badKey) |
           (key == nullptr ? 0 : traitsOfKey(*key));
}

std::uint32_t traitsOf(const Subject& subject)
{
    return traitsOfForm(subject) | traitsOfHeader(subject) | traitsOfClaims(subject) |
           traitsOfContext(*subject.context) | traitsOfKeys(subject);
}

} // namespace claimcheck::inspect
