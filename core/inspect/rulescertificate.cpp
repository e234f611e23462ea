// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about certificates: in the header (x5c), in a JWK, or given as the key. None of them is trusted.

#include "rules.h"

#include <algorithm>

#include <jose/base64url.h>

#include "certificate.h"
#include "digest.h"

namespace claimcheck::inspect::rules {

namespace {

/// The header itself, its jwk or a given JWK: what may hold x5c, x5t and x5t#S256.
struct Holder
{
    std::string where;
    std::vector<std::string> chain; ///< x5c as it is written
    std::string sha1;               ///< x5t
    std::string sha256;             ///< x5t#S256
    std::string keyThumbprint;      ///< of the holder's own numbers (a JWK)
};

} // namespace

static std::string textOf(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value ? value->string() : std::string();
}

static std::vector<std::string> strings(const json::Value& list)
{
    std::vector<std::string> texts;
    for (const json::Value& item : list.items())
        texts.push_back(item.string());
    return texts;
}

static Holder holderOf(const json::Value& jwk, std::string where)
{
    Holder holder{std::move(where), {}, textOf(jwk, "x5t"), textOf(jwk, "x5t#S256"), {}};
    if (const auto chain = jwk.find("x5c"))
        holder.chain = strings(*chain);
    if (!holder.chain.empty())
        if (const auto keys = jose::readKeys(jwk.text()); keys)
            holder.keyThumbprint = jose::thumbprint(keys->front()).value_or("");
    return holder;
}

static std::vector<Holder> givenHolders(const KeyRing& ring)
{
    std::vector<Holder> holders;
    const auto document = json::parse(ring.text(), {.wipesSource = true});
    if (!document || !document->root().isObject())
        return holders;
    const auto set = document->root().find("keys");
    for (const json::Value& jwk : set ? set->items() : std::vector<json::Value>{document->root()})
        holders.push_back(holderOf(jwk, "key"));
    return holders;
}

static bool isPresent(const Subject& subject)
{
    return subject.inHeader("x5c") != nullptr || subject.inHeader("jwk") != nullptr ||
           subject.inHeader("x5t") != nullptr ||
           (subject.ring != nullptr && subject.ring->text().starts_with('{'));
}

static std::vector<Holder> holdersOf(const Subject& subject)
{
    std::vector<Holder> holders;
    if (!isPresent(subject))
        return holders;
    Holder header{"header", {}, subject.headerText("x5t"), subject.headerText("x5t#S256"), {}};
    if (const json::Value* chain = subject.inHeader("x5c"); chain != nullptr)
        header.chain = strings(*chain);
    holders.push_back(std::move(header));
    if (const json::Value* jwk = subject.inHeader("jwk"); jwk != nullptr && jwk->isObject())
        holders.push_back(holderOf(*jwk, "header.jwk"));
    if (subject.ring != nullptr)
        for (Holder& holder : givenHolders(*subject.ring))
            holders.push_back(std::move(holder));
    return holders;
}

static std::optional<CertificateFacts> leafOf(const Holder& holder)
{
    if (holder.chain.empty())
        return std::nullopt;
    return readCertificate(jose::decodeBase64UrlLeniently(holder.chain.front()).bytes);
}

void thumbprintMismatch(const Subject& subject, Report& report)
{
    for (const Holder& holder : holdersOf(subject)) {
        const std::optional<CertificateFacts> leaf = leafOf(holder);
        if (!leaf)
            continue;
        const auto differs = [&](const std::string& thumbprint, const char* digest) {
            const std::string hash = digestOf(digest, leaf->der);
            return !thumbprint.empty() && !hash.empty() && thumbprint != jose::encodeBase64Url(hash);
        };
        if (differs(holder.sha1, "SHA1"))
            report.add("x5t is not the thumbprint of the first certificate (x5c)", holder.where, holder.sha1);
        if (differs(holder.sha256, "SHA256"))
            report.add("x5t#S256 is not the thumbprint of the first certificate (x5c)", holder.where,
                       holder.sha256);
        if (!holder.keyThumbprint.empty() && !leaf->keyThumbprint.empty() &&
            holder.keyThumbprint != leaf->keyThumbprint)
            report.add("The first certificate (x5c) is of another key than the JWK's numbers", holder.where,
                       leaf->subject);
    }
}

void chainAsBase64Url(const Subject& subject, Report& report)
{
    for (const Holder& holder : holdersOf(subject)) {
        const auto isOdd = [](const std::string& item) {
            return item.find_first_of("-_") != std::string::npos || item.size() % 4 != 0;
        };
        if (const auto odd = std::ranges::find_if(holder.chain, isOdd); odd != holder.chain.end())
            report.add("A certificate of x5c is not standard base64 with padding", holder.where,
                       shortened(*odd));
    }
}

/// The leaf of every x5c, and the certificates that were given as the key.
static std::vector<std::pair<std::string, CertificateFacts>> leavesOf(const Subject& subject)
{
    std::vector<std::pair<std::string, CertificateFacts>> leaves;
    for (const Holder& holder : holdersOf(subject))
        if (auto leaf = leafOf(holder))
            leaves.emplace_back(holder.where, std::move(*leaf));
    if (subject.ring != nullptr && !subject.ring->source.isEmpty()) {
        std::vector<CertificateFacts> given = readCertificates(subject.ring->source.reveal());
        if (!given.empty())
            leaves.emplace_back("key", std::move(given.front()));
    }
    return leaves;
}

void certificateExpired(const Subject& subject, Report& report)
{
    for (const auto& leaf : leavesOf(subject)) {
        const CertificateFacts& facts = leaf.second;
        if (subject.now > facts.notAfter)
            report.add("The certificate expired " + formatRelative(facts.notAfter, subject.now) + ": " +
                           shortened(facts.subject),
                       leaf.first, formatUtc(facts.notAfter));
        else if (subject.now < facts.notBefore)
            report.add("The certificate begins " + formatRelative(facts.notBefore, subject.now) + ": " +
                           shortened(facts.subject),
                       leaf.first, formatUtc(facts.notBefore));
    }
}

void certificateSha1(const Subject& subject, Report& report)
{
    for (const Holder& holder : holdersOf(subject))
        if (!holder.sha1.empty() && holder.sha256.empty())
            report.add("The certificate is named by its SHA-1 thumbprint alone (x5t)", holder.where,
                       shortened(holder.sha1));
    for (const auto& leaf : leavesOf(subject))
        if (leaf.second.isWeaklySigned)
            report.add("The certificate is signed with SHA-1 or MD5", leaf.first,
                       shortened(leaf.second.subject));
}

} // namespace claimcheck::inspect::rules
