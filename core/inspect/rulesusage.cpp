// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Rules about how a token is used, and about what it is said to belong to.

#include "rules.h"

#include <jose/base64url.h>

#include "digest.h"

namespace claimcheck::inspect::rules {

void idTokenAsAccess(const Subject& subject, Report& report)
{
    if (subject.context->carrier == Carrier::Bearer && looksLikeIdToken(subject))
        report.add("The token looks like an ID token (nonce, at_hash), and is sent to an API", "payload");
}

void confirmationUnused(const Subject& subject, Report& report)
{
    const json::Value* confirmation = subject.inClaims("cnf");
    if (confirmation == nullptr || subject.context->carrier != Carrier::Bearer)
        return;
    if (confirmation->find("jkt") || confirmation->find("x5t#S256"))
        report.add("The token is bound to a key (cnf), but is sent as plain Bearer", "payload.cnf",
                   shortened(confirmation->text()));
}

/// OpenID Connect Core §3.1.3.6: the left half of the hash that alg uses.
static std::string leftHalf(const Subject& subject, std::string_view text)
{
    const jose::Key* key = subject.key();
    if (subject.algorithm == nullptr ||
        (key != nullptr && key->curve == "Ed448")) // whose hash has no halves here
        return {};
    const bool isEd25519 = subject.alg == "EdDSA" || subject.alg == "Ed25519";
    const std::string name = isEd25519 ? "SHA512" : std::string(subject.algorithm->digest);
    const std::string hash = digestOf(name.c_str(), text);
    return jose::encodeBase64Url(std::string_view(hash).substr(0, hash.size() / 2));
}

void hashMismatch(const Subject& subject, Report& report)
{
    const auto compare = [&](const char* claim, const std::optional<Secret>& given, const char* what,
                             bool isWhole) {
        const std::string stated = given ? subject.claimText(claim) : std::string();
        if (stated.empty())
            return;
        const std::string computed = isWhole ? jose::encodeBase64Url(digestOf("SHA256", given->reveal()))
                                             : leftHalf(subject, given->reveal());
        if (!computed.empty() && computed != stated)
            report.add(std::string(claim) + " is not the hash of the given " + what,
                       "payload." + std::string(claim), shortened(stated));
    };
    compare("at_hash", subject.context->accessToken, "access token", false);
    compare("ath", subject.context->accessToken, "access token", true); // RFC 9449 §4.2
    compare("c_hash", subject.context->code, "code", false);
    compare("s_hash", subject.context->state, "state", false);
}

} // namespace claimcheck::inspect::rules
