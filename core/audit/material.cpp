// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "forgery.h"

#include "making.h"

#include <algorithm>

namespace claimcheck::audit {

Result<OwnKeys> makeOwnKeys()
{
    auto rsa = jose::generateKey(*jose::findAlgorithm("RS256"));
    auto ec = jose::generateKey(*jose::findAlgorithm("ES256"));
    auto koblitz = jose::generateKey(*jose::findAlgorithm("ES256K"));
    auto okp = jose::generateKey(*jose::findAlgorithm("Ed25519"));
    for (const auto* made : {&rsa, &ec, &koblitz, &okp})
        if (!*made)
            return tl::unexpected(made->error());
    return OwnKeys{*std::move(rsa), *std::move(ec), *std::move(koblitz), *std::move(okp)};
}

const jose::Algorithm* Material::algorithm() const
{
    return jose::findAlgorithm(good.alg().value_or(""));
}

const jose::Key* Material::signer() const
{
    if (signingKey)
        return &*signingKey;
    return guessedSecret ? &*guessedSecret : nullptr;
}

std::string_view Material::claim(std::string_view name) const
{
    if (!good.payloadJson)
        return {};
    const auto found = good.payloadJson->root().find(name);
    return found ? found->text() : std::string_view();
}

static bool isAsymmetric(const Material& material)
{
    const jose::Algorithm* algorithm = material.algorithm();
    return algorithm != nullptr && algorithm->family != jose::Family::Hmac;
}

static bool isEcdsa(const Material& material)
{
    const jose::Algorithm* algorithm = material.algorithm();
    return algorithm != nullptr && algorithm->family == jose::Family::Ecdsa;
}

/// None where `isThere`.
static Obstacle unless(bool isThere, ObstacleKind kind, std::string_view why)
{
    return isThere ? Obstacle() : Obstacle{kind, why};
}

static Obstacle keyObstacle(const Material& material, std::string_view claim)
{
    if (material.signer() == nullptr && !material.taken)
        return {ObstacleKind::Missing, "needs the signing key"};
    return unless(claim.empty() || !material.claim(claim).empty(), ObstacleKind::Unfit,
                  claim == "aud" ? "the good token has no aud" : "the good token has no iss");
}

static Obstacle privilegesObstacle(const Material& material)
{
    return unless(material.mayRaise, ObstacleKind::NotAllowed,
                  "needs leave to ask for another user and role");
}

/// Leave comes first: it is what an option gives.
static Obstacle otherSubjectObstacle(const Material& material)
{
    const Obstacle found = privilegesObstacle(material);
    if (found.kind != ObstacleKind::None)
        return found;
    const Obstacle key = keyObstacle(material, {});
    return key.kind != ObstacleKind::None
               ? key
               : unless(!material.claim("sub").empty(), ObstacleKind::Unfit, "the good token has no sub");
}

static Obstacle publicKeyObstacle(const Material& material)
{
    if (!isAsymmetric(material))
        return {ObstacleKind::Unfit, "only for tokens that are signed with a private key"};
    return unless(!material.publicKeys.empty(), ObstacleKind::Missing, "needs the issuer's public key");
}

static Obstacle listenerObstacle(const Material& material, bool needsIssuer)
{
    if (material.listener.empty())
        return {ObstacleKind::Missing, "needs the listener on this machine"};
    return unless(!needsIssuer || !material.claim("iss").empty(), ObstacleKind::Unfit,
                  "the good token has no iss");
}

/// Two texts of one session say nothing of users; only `sub` tells them apart (RFC 7519 §4.1.2).
static Obstacle otherUserObstacle(const Material& material)
{
    if (material.secondToken.empty())
        return {ObstacleKind::Missing, "needs a second genuine token, of another user"};
    const jose::Jws second = jose::decode(material.secondToken);
    const auto subject = second.payloadJson ? second.payloadJson->root().find("sub") : std::nullopt;
    const bool isKnown = subject && !material.claim("sub").empty();
    return unless(isKnown && subject->text() != material.claim("sub"), ObstacleKind::Unfit,
                  "the second token names no other user (sub)");
}

/// Two logins of one second give the same token in many a service: its signature proves nothing.
static Obstacle secondTokenObstacle(const Material& material)
{
    const std::string& second = material.secondToken;
    if (second.empty())
        return {ObstacleKind::Missing, "needs a second genuine token"};
    return unless(std::string_view(second).substr(second.rfind('.') + 1) != signaturePart(material),
                  ObstacleKind::Unfit, "the second token has the signature of the good one");
}

static Obstacle idTokenObstacle(const Material& material)
{
    if (material.idToken.empty())
        return {ObstacleKind::Missing, "needs an ID token of the same user"};
    return unless(material.idToken != material.good.text, ObstacleKind::Unfit,
                  "the ID token is the good token itself");
}

Obstacle obstacle(const Attack& attack, const Material& material)
{
    switch (attack.needs) {
    case Needs::Nothing:
        return {};
    case Needs::Asymmetric:
        return unless(isAsymmetric(material), ObstacleKind::Unfit,
                      "only for tokens that are signed with a private key");
    case Needs::PublicKey:
        return publicKeyObstacle(material);
    case Needs::Ecdsa:
        return unless(isEcdsa(material), ObstacleKind::Unfit, "only for tokens that are signed with ECDSA");
    case Needs::GuessedSecret:
        return unless(material.guessedSecret.has_value(), ObstacleKind::Unfit,
                      "no published secret verifies the good token");
    case Needs::SigningKey:
        return keyObstacle(material, {});
    case Needs::SigningKeyAndAudience:
        return keyObstacle(material, "aud");
    case Needs::SigningKeyAndIssuer:
        return keyObstacle(material, "iss");
    case Needs::SigningKeyAndPrivileges:
        return otherSubjectObstacle(material);
    case Needs::Listener:
        return listenerObstacle(material, false);
    case Needs::ListenerAndIssuer:
        return listenerObstacle(material, true);
    case Needs::SecondToken:
        return secondTokenObstacle(material);
    case Needs::OtherUser:
        return otherUserObstacle(material);
    case Needs::IdToken:
        return idTokenObstacle(material);
    case Needs::GoodInQuery:
        return unless(material.mayQuery, ObstacleKind::NotAllowed,
                      "would put the good token into the server's log");
    case Needs::Waiting:
        return unless(material.mayWait, ObstacleKind::NotAllowed,
                      "needs leave to wait until the token has expired");
    case Needs::Ending:
        return unless(material.mayEnd, ObstacleKind::Missing, "needs a request that logs out");
    case Needs::Taken:
        return unless(material.taken.has_value(), ObstacleKind::Missing, "needs a forgery that was accepted");
    case Needs::Privileges:
        return privilegesObstacle(material);
    case Needs::Redirect:
        return material.openRedirect.empty()
                   ? Obstacle{ObstacleKind::Missing, "needs an open redirect of the issuer"}
                   : listenerObstacle(material, false);
    case Needs::PublicFile:
        return unless(!material.publicFiles.empty(), ObstacleKind::Missing,
                      "needs a file of the server that everybody can read");
    }
    return {};
}

/// Two forms of a key may be the same bytes: one request shows as much as two.
static void leaveOutTwins(std::vector<Forgery>& made)
{
    std::vector<Forgery> all;
    for (Forgery& forgery : made) {
        const bool isTwin = std::ranges::any_of(all, [&](const Forgery& other) {
            return other.token == forgery.token && other.delivery == forgery.delivery;
        });
        if (!isTwin)
            all.push_back(std::move(forgery));
    }
    made = std::move(all);
}

std::vector<Forgery> forge(const Attack& attack, const Material& material)
{
    if (obstacle(attack, material).kind != ObstacleKind::None)
        return {};
    std::vector<Forgery> made = attack.forge(material);
    leaveOutTwins(made);
    for (Forgery& forgery : made)
        forgery.attack = attack.id;
    return made;
}

} // namespace claimcheck::audit
