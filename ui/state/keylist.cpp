// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/keylist.h>

#include <algorithm>

#include <base/text.h>
#include <jose/algorithm.h>
#include <jose/engine.h>
#include <json/write.h>

namespace claimcheck::ui {
namespace {

using jose::Key;
using jose::KeyType;

std::string kindOf(const Key& key)
{
    const std::string half = key.isPrivate ? " private key" : " public key";
    switch (key.type) {
    case KeyType::Oct:
        return "Secret";
    case KeyType::Rsa:
        return (key.isPssOnly ? "RSA-PSS" : "RSA") + half;
    case KeyType::Ec:
    case KeyType::Okp:
        break;
    }
    return key.curve + half;
}

std::string sizeOf(const Key& key)
{
    if (key.type == KeyType::Oct)
        return std::to_string(key.secret.size()) + (key.secret.size() == 1 ? " byte" : " bytes");
    return key.type == KeyType::Rsa ? std::to_string(key.bits) + " bits" : std::string();
}

/// "RS256, RS384, … PS512" in one breath.
std::string inShort(const std::vector<std::string>& names)
{
    if (names.size() > 2)
        return names.front() + " … " + names.back();
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

KeyLine lineOf(const Key& key)
{
    KeyLine line;
    line.kind = kindOf(key);
    line.size = sizeOf(key);
    line.kid = key.kid.value_or("");
    line.algorithms = key.alg ? *key.alg : inShort(algorithmsOf(key));
    if (key.type != KeyType::Oct || key.source == jose::KeySource::Jwk)
        line.thumbprint = jose::thumbprint(key).value_or("");
    line.origin = key.format;
    line.problem = key.refusal.empty() ? key.weakness : key.refusal;
    line.isPrivate = key.isPrivate;
    return line;
}

bool isSame(const Key& left, const Key& right)
{
    if (left.type != right.type || left.isPrivate != right.isPrivate || left.kid != right.kid)
        return false;
    if (left.type == KeyType::Oct)
        return left.secret == right.secret && left.format == right.format;
    const Result<std::string> thumbprint = jose::thumbprint(left);
    return thumbprint && thumbprint == jose::thumbprint(right);
}

Result<Secret> asSecret(const Result<std::string>& text)
{
    if (!text)
        return tl::unexpected(text.error());
    return Secret(*text);
}

Result<Secret> publicSet(const inspect::KeyRing& ring)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("keys").beginArray();
    for (const Key& key : ring.keys)
        if (key.type != KeyType::Oct)
            if (const Result<std::string> jwk = jose::publicJwk(key))
                writer.raw(*jwk);
    writer.endArray().endObject();
    return Secret(writer.take());
}

} // namespace

std::vector<std::string> algorithmsOf(const Key& key)
{
    std::vector<std::string> names;
    for (const jose::Algorithm& algorithm : jose::algorithms()) {
        if (jose::isFor(algorithm, key) && (!key.alg || *key.alg == algorithm.name))
            names.emplace_back(algorithm.name);
    }
    return names;
}

std::vector<KeyLine> keyLines(const inspect::KeyRing& ring)
{
    std::vector<KeyLine> lines;
    for (const Key& key : ring.keys)
        lines.push_back(lineOf(key));
    return lines;
}

inspect::KeyRing withKeys(inspect::KeyRing ring, const inspect::KeyRing& added)
{
    if (ring.isEmpty())
        return added;
    for (const Key& key : added.keys)
        if (std::ranges::none_of(ring.keys, [&](const Key& one) { return isSame(one, key); }))
            ring.keys.push_back(key);
    ring.notes.insert(ring.notes.end(), added.notes.begin(), added.notes.end());
    // Both look at how one key file is written, or at where all of the keys are from.
    ring.source = {};
    ring.isPublic = false;
    return ring;
}

Result<inspect::KeyRing> withFetched(inspect::KeyRing ring, const keys::KeySet& set)
{
    if (!set.issuer.empty() && ring.issuer && *ring.issuer != set.issuer)
        return failure(ErrorKind::Refused, "the keys of " + visible(set.issuer) + " were not added",
                       "the ring holds those of " + visible(*ring.issuer) +
                           ", and a key speaks for its own issuer only",
                       "remove those first");
    inspect::KeyRing added;
    added.keys = set.keys;
    added.notes = set.notes;
    added.isPublic = true;
    inspect::KeyRing all = withKeys(std::move(ring), added);
    if (!set.issuer.empty())
        all.issuer = set.issuer;
    return all;
}

inspect::KeyRing withoutKey(inspect::KeyRing ring, std::size_t index)
{
    if (index >= ring.keys.size())
        return ring;
    if (ring.keys[index].source == jose::KeySource::TypedSecret)
        std::erase_if(ring.keys, [](const Key& key) { return key.source == jose::KeySource::TypedSecret; });
    else
        ring.keys.erase(ring.keys.begin() + static_cast<std::ptrdiff_t>(index));
    if (std::ranges::none_of(ring.keys, &Key::isFromSet))
        ring.issuer.reset();
    if (ring.keys.empty())
        ring.notes.clear();
    ring.source = {};
    return ring;
}

Result<Secret> keyText(const inspect::KeyRing& ring, std::size_t index, KeyForm form)
{
    if (form == KeyForm::PublicSet)
        return publicSet(ring);
    if (index >= ring.keys.size())
        return failure(ErrorKind::Usage, "no key is chosen", "the list has none at this place");
    const Key& key = ring.keys[index];
    switch (form) {
    case KeyForm::PublicPem:
        return asSecret(jose::publicPem(key));
    case KeyForm::PublicJwk:
        return asSecret(jose::publicJwk(key));
    case KeyForm::PrivateJwk:
        return jose::privateJwk(key);
    case KeyForm::PrivatePem:
    case KeyForm::PublicSet:
        break;
    }
    return jose::toPem(key);
}

} // namespace claimcheck::ui
