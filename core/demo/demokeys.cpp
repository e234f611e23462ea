// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demokeys.h"

#include "demoapi.h"

#include <json/write.h>

namespace claimcheck::demo {

static Result<jose::Key> makeKey(const Flavour& flavour)
{
    if (flavour.kid.empty())
        return jose::secretKey(Secret(demoSecret));
    // "EdDSA" names no curve; RFC 9864's name does.
    const std::string_view name = flavour.algorithm == "EdDSA" ? "Ed25519" : flavour.algorithm;
    jose::GenerateOptions options;
    options.kid = std::string(flavour.kid);
    auto key = jose::generateKey(*jose::findAlgorithm(name), options);
    if (key) {
        key->alg = std::string(flavour.algorithm);
        key->use = "sig";
    }
    return key;
}

Result<const jose::Key*> DemoKeys::key(const Flavour& flavour)
{
    const std::lock_guard lock(m_mutex);
    const auto known = m_keys.find(flavour.algorithm);
    if (known != m_keys.end())
        return &known->second;
    auto made = makeKey(flavour);
    if (!made)
        return tl::unexpected(made.error());
    return &m_keys.emplace(flavour.algorithm, std::move(*made)).first->second;
}

Result<std::string> DemoKeys::jwks()
{
    json::Writer writer;
    writer.beginObject().member("keys").beginArray();
    for (const Flavour& flavour : flavours) {
        if (flavour.kid.empty())
            continue; // a secret is never published as a key
        const auto found = key(flavour);
        if (!found)
            return tl::unexpected(found.error());
        const auto jwk = jose::publicJwk(**found);
        if (!jwk)
            return tl::unexpected(jwk.error());
        writer.raw(*jwk);
    }
    writer.endArray().endObject();
    return writer.take();
}

} // namespace claimcheck::demo
