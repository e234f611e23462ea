// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "policy.h"

#include "encryption.h"
#include "engine.h"
#include "openssl.h"

#include <base/text.h>

#include <algorithm>
#include <array>

namespace claimcheck::jose {

static std::string objectionToName(const std::string& name)
{
    const std::string shown = "alg '" + visible(name) + "'";
    if (equalsIgnoringCase(trimmed(name), "none"))
        return shown + ": the token is not signed, which never counts as verified";
    if (name.starts_with("ML-DSA-") && isRegisteredElsewhere(name))
        return shown + " (RFC 9964) cannot be verified: OpenSSL has it from 3.5 on, this program runs on " +
               OpenSSL_version(OPENSSL_VERSION_STRING);
    if (findKeyManagement(name) != nullptr || findContentEncryption(name) != nullptr)
        return shown + " is for encrypted tokens: it makes no signature";
    if (isRegisteredElsewhere(name))
        return shown + " cannot be verified: no signature algorithm of this version";
    for (const Algorithm& algorithm : algorithms()) {
        if (equalsIgnoringCase(algorithm.name, trimmed(name)))
            return shown + " is unknown; names of algorithms are case-sensitive, it is written " +
                   std::string(algorithm.name);
    }
    return shown + " is unknown";
}

/// `algorithm`: the one that was found.
static std::string objectionToAlgorithm(const Jws& jws, const Algorithm*& algorithm)
{
    const auto value = jws.headerJson ? jws.headerJson->root().find("alg") : std::nullopt;
    if (!value)
        return "the header names no algorithm ('alg', RFC 7515 §4.1.1)";
    if (!value->isString())
        return "the header's 'alg' is no string";
    std::string room;
    const std::string_view name = value->stringIn(room);
    algorithm = findAlgorithm(name);
    return algorithm != nullptr ? std::string()
                                : objectionToName(std::string(name)); // "none" is no name of it
}

// Header parameters of RFC 7515, 7516 and 7518: never an extension (RFC 7515 §4.1.11).
static constexpr std::array<std::string_view, 20> standardNames{
    "alg",  "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty",
    "crit", "enc", "zip", "epk", "apu", "apv", "iv",  "tag",      "p2s", "p2c"};

static std::string objectionToName(const json::Value& header, const json::Value& entry,
                                   std::string_view understood)
{
    if (!entry.isString())
        return "crit holds something that is no name";
    const std::string name = entry.string();
    const std::string shown = "crit names '" + visible(name) + "'";
    if (std::find(standardNames.begin(), standardNames.end(), name) != standardNames.end())
        return shown + ", a name of the standard itself (RFC 7515 §4.1.11)";
    if (!header.find(name))
        return shown + ", which is not in the header (RFC 7515 §4.1.11)";
    if (name != understood)
        return shown + ", an extension that is not understood here and must be";
    return {};
}

static bool lists(const std::vector<json::Value>& entries, std::string_view name)
{
    return std::any_of(entries.begin(), entries.end(),
                       [name](const json::Value& entry) { return entry.string() == name; });
}

/// The list itself and the names in it. `understood`: the one extension that may be there.
static std::string objectionToList(const json::Value& header, const json::Value& crit,
                                   std::string_view understood)
{
    if (!crit.isArray() || crit.size() == 0)
        return "crit is no list of names, or an empty one (RFC 7515 §4.1.11)";
    const std::vector<json::Value> entries = crit.items();
    for (const json::Value& entry : entries) {
        std::string objection = objectionToName(header, entry, understood);
        if (!objection.empty())
            return objection;
    }
    if (entries.size() > 1) // only the one extension comes this far
        return "crit names '" + std::string(understood) + "' more than once (RFC 7515 §4.1.11)";
    return {};
}

static std::string objectionToPlace(const json::Value& unprotected)
{
    if (unprotected.find("crit"))
        return "crit stands in the unprotected header (RFC 7515 §4.1.11)";
    if (unprotected.find("b64"))
        return "b64 stands in the unprotected header (RFC 7797 §3)";
    return {};
}

std::string objectionToCritical(const Jws& jws)
{
    const json::Value header = jws.headerJson->root();
    const auto crit = header.find("crit");
    std::string objection = crit ? objectionToList(header, *crit, "b64") : std::string();
    if (objection.empty() && jws.unprotectedJson)
        objection = objectionToPlace(jws.unprotectedJson->root());
    if (!objection.empty())
        return objection;
    const auto b64 = header.find("b64");
    if (b64 && !b64->isBool())
        return "b64 is neither true nor false (RFC 7797 §3)";
    if (!jws.isPayloadEncoded && (!crit || !lists(crit->items(), "b64")))
        return "b64 is false, but crit does not name it (RFC 7797 §6)";
    return {};
}

std::string objectionToCritical(const Jwe& jwe, const Recipient& recipient)
{
    const json::Value header = recipient.header->root();
    const auto crit = header.find("crit");
    if (!crit)
        return {};
    if (!jwe.protectedJson || !jwe.protectedJson->root().find("crit"))
        return "crit stands in an unprotected header (RFC 7516 §4.1.13)";
    return objectionToList(header, *crit, {});
}

HeaderJudgement judgeHeader(const Jws& jws)
{
    HeaderJudgement judgement;
    judgement.objection = objectionToAlgorithm(jws, judgement.algorithm);
    if (judgement.algorithm == nullptr)
        return judgement;
    const auto kid = jws.headerJson->root().find("kid");
    judgement.objection = kid && !kid->isString() ? "the header's 'kid' is no string (RFC 7515 §4.1.4)"
                                                  : objectionToCritical(jws);
    return judgement;
}

std::string objectionToHeader(const Jws& jws)
{
    return judgeHeader(jws).objection;
}

/// "EdDSA" means the algorithm of the key's curve (RFC 9864 §2.2).
static std::string_view fullySpecified(std::string_view name, const Key& key)
{
    return name == "EdDSA" && key.type == KeyType::Okp ? std::string_view(key.curve) : name;
}

static bool isSame(std::string_view left, std::string_view right, const Key& key)
{
    return fullySpecified(left, key) == fullySpecified(right, key);
}

static bool mayVerify(const Key& key)
{
    return !key.keyOps ||
           std::any_of(key.keyOps->begin(), key.keyOps->end(), [&key](const std::string& operation) {
               return operation == "verify" || (operation == "sign" && key.isPrivate);
           });
}

static std::string objectionToUse(const Key& key, const Algorithm& algorithm)
{
    if (key.alg && !isSame(*key.alg, algorithm.name, key))
        return "the key is for alg '" + visible(*key.alg) + "', the token says " +
               std::string(algorithm.name);
    if (key.use && *key.use != "sig")
        return "the key is for use '" + visible(*key.use) + "', not for signatures";
    if (!mayVerify(key))
        return "the key's key_ops does not list 'verify'";
    return {};
}

static bool isAllowed(const Key& key, const Algorithm& algorithm, const VerifyOptions& options)
{
    const std::vector<std::string>& allowed = options.allowedAlgorithms;
    return allowed.empty() || std::any_of(allowed.begin(), allowed.end(), [&](const std::string& name) {
               return isSame(name, algorithm.name, key);
           });
}

std::string objectionToFit(const Key& key, const Algorithm& algorithm, const VerifyOptions& options)
{
    if (!isFor(algorithm, key))
        return std::string(algorithm.name) + " is no algorithm for this key: " + describe(key);
    if (!isAllowed(key, algorithm, options))
        return std::string(algorithm.name) + " is not among the allowed algorithms";
    return {};
}

std::string objectionOfKey(const Key& key, const Algorithm& algorithm)
{
    return key.refusal.empty() ? objectionToUse(key, algorithm) : "the key is refused: " + key.refusal;
}

std::string objectionToKey(const Key& key, const Algorithm& algorithm, const VerifyOptions& options)
{
    std::string objection = objectionToFit(key, algorithm, options);
    return objection.empty() ? objectionOfKey(key, algorithm) : objection;
}

std::string weaknessUnder(const Key& key, const Algorithm& algorithm)
{
    if (!key.weakness.empty())
        return key.weakness;
    const bool isShort = key.type == KeyType::Oct && key.source != KeySource::TypedSecret &&
                         key.secret.size() < algorithm.minimumKeyBytes;
    if (!isShort)
        return {};
    return "the secret has " + std::to_string(key.secret.size()) + " bytes; " + std::string(algorithm.name) +
           " asks for " + std::to_string(algorithm.minimumKeyBytes) + " (RFC 7518 §3.2)";
}

} // namespace claimcheck::jose
