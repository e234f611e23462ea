// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auditmaterial.h"

#include <algorithm>

#include <base/random.h>
#include <base/text.h>
#include <jose/jwe.h>
#include <jose/verify.h>

namespace claimcheck::workbench {
namespace {

Result<jose::Jws> goodTokenOf(const audit::Target& target)
{
    jose::Jws token = jose::decode(target.token);
    const bool isCompact = token.form == jose::Serialization::Compact && token.segments == 3;
    if (jose::isEncrypted(target.token) || !isCompact || !token.headerJson)
        return failure(ErrorKind::Refused, "cannot audit " + visible(target.name),
                       jose::isEncrypted(target.token) ? "its token is encrypted"
                                                       : "its token is no signed one in compact form",
                       "audit a request that takes a JWT: three parts with dots between");
    return token;
}

jose::Key publicHalf(const jose::Key& key)
{
    jose::Key half = key;
    half.isPrivate = false;
    return half;
}

/// Verifying is what tells whose key it is; a weak one is still the issuer's.
bool fits(const jose::Jws& good, const jose::Key& key)
{
    return jose::verifySignature(good, std::span(&key, 1), {.allowedAlgorithms = {}, .allowWeakKeys = true})
               .verdict == jose::SignatureVerdict::Valid;
}

/// The one that the token was signed with in front; the rest of its set behind, whose kids are tried. Nothing
/// where none fits.
std::vector<jose::Key> issuersKeys(const jose::Jws& good, const std::vector<jose::Key>& keys)
{
    std::vector<jose::Key> halves;
    for (const jose::Key& key : keys)
        if (key.type != jose::KeyType::Oct)
            halves.push_back(publicHalf(key));
    const auto rest = std::stable_partition(halves.begin(), halves.end(),
                                            [&](const jose::Key& key) { return fits(good, key); });
    if (rest == halves.begin())
        halves.clear();
    return halves;
}

void addKeys(audit::Material& material, const AuditKnowledge& known)
{
    material.publicKeys = issuersKeys(material.good, known.fetched);
    const bool isFromRing = material.publicKeys.empty();
    if (isFromRing)
        material.publicKeys = issuersKeys(material.good, known.ring.keys);
    for (const jose::Key& key : known.ring.keys) {
        const bool canSign = key.type == jose::KeyType::Oct || key.isPrivate;
        if (canSign && !material.signingKey && fits(material.good, key))
            material.signingKey = key;
    }
    const bool hasSecrets = std::ranges::any_of(known.ring.keys, &jose::Key::isPrivate);
    if (isFromRing && !material.publicKeys.empty() && !hasSecrets)
        material.keyBytes = std::string(known.ring.source.reveal());
}

} // namespace

Result<audit::Target> auditTarget(const ReadyRequest& ready, const std::string& name)
{
    if (ready.tokens.isBound)
        return failure(ErrorKind::Refused, "cannot audit " + visible(name),
                       "the session's tokens are bound to a key (DPoP), and no forged one is",
                       "send as an identity without dpop");
    audit::Target target{name, ready.request, {}};
    const std::string_view own = ready.tokens.accessToken.reveal();
    target.token = audit::carries(ready.request, own) ? std::string(own) : audit::tokenIn(ready.request);
    if (target.token.empty())
        return failure(ErrorKind::Usage, "cannot audit " + visible(name),
                       "the request carries no token in a header or in its URL",
                       "sign in and let its authorisation be the session's, or name {{token}} in it");
    return target;
}

Result<audit::Material> auditMaterial(const audit::Target& target, const AuditKnowledge& known, Instant now)
{
    Result<jose::Jws> good = goodTokenOf(target);
    if (!good)
        return tl::unexpected(good.error());
    Result<audit::OwnKeys> own = audit::makeOwnKeys();
    if (!own)
        return tl::unexpected(own.error());
    audit::Material material{
        .good = *std::move(good), .now = now, .nonce = toHex(randomBytes(4)), .own = *std::move(own)};
    addKeys(material, known);
    const bool isMac = material.algorithm() != nullptr && material.algorithm()->family == jose::Family::Hmac;
    if (isMac)
        material.guessedSecret = audit::guessSecretOf(material.good, audit::hostWords(target.request.url));
    material.secondToken = std::string(known.secondToken.reveal());
    material.idToken = std::string(known.idToken.reveal());
    return material;
}

} // namespace claimcheck::workbench
