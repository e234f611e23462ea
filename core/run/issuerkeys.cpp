// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/issuerkeys.h>

#include <utility>

namespace claimcheck::run {

std::optional<std::string> issuerOf(const inspect::Inspection& token)
{
    if (token.token.segments != 3 && token.token.form == jose::Serialization::Compact)
        return std::nullopt;
    const auto& claims = token.claimsJson();
    const auto issuer = claims ? claims->root().find("iss") : std::nullopt;
    return issuer && issuer->isString() && !issuer->string().empty() ? std::optional(issuer->string())
                                                                     : std::nullopt;
}

std::optional<IssuerKey> keyOfIssuer(const collection::Checks& checks, const Values& values,
                                     const std::string& issuer)
{
    for (const auto& [name, reference] : checks.keys) {
        const bool isItself = reference.origin == collection::KeyOrigin::Issuer;
        const std::string& written = isItself ? reference.value : reference.issuer;
        if (written.empty())
            continue;
        const auto filled = values.resolve(written, "key");
        if (filled && *filled == issuer)
            return IssuerKey{name, reference, issuer};
    }
    return std::nullopt;
}

std::optional<std::string> kidOf(const inspect::Inspection& token)
{
    const auto& header = token.token.headerJson;
    const auto kid = header ? header->root().find("kid") : std::nullopt;
    return kid && kid->isString() ? std::optional(kid->string()) : std::nullopt;
}

inspect::KeyRing ringOfIssuer(inspect::KeyRing ring, const IssuerKey& key)
{
    ring.issuer = key.issuer;
    return ring;
}

} // namespace claimcheck::run
