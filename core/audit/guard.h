// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Guard code: what stands in front of a protected route and refuses every forgery of the catalogue, made for
// one token and the place that its key comes from.
//
//   Result<Guard> guard = guardFor(jose::decode(text), {.kind = GuardKey::PemFile, .place = "public.pem"});
//   Result<std::string> code = guardCode(*findGuardTarget("express"), *guard);
//
// A token's claims may come from anybody: in the code they stand as string literals of ASCII and nowhere
// else.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <base/time.h>
#include <jose/jws.h>
#include <jose/key.h>

namespace claimcheck::audit {

/// Where the server that is guarded gets its key from.
enum class GuardKey
{
    SecretVariable, ///< an environment variable; never the secret itself
    PemFile,
    JwksUrl,
    Issuer ///< OpenID Connect discovery, then its JWK set
};

/// What the text of an environment variable stands for.
enum class SecretForm
{
    Text,
    Base64,
    Base64Url,
    Hex
};

struct GuardRequest
{
    GuardKey kind = GuardKey::SecretVariable;
    std::string place = {}; ///< the variable's name, the path, the URL, the issuer
    /// The same keys, where they are at hand: then the token must be signed with one of them.
    std::vector<jose::Key> keys = {};
    std::vector<std::string> allowedAlgorithms = {}; ///< empty: the token's, as far as the key takes it
    std::optional<std::string> audience = {};        ///< which one of the token's this server is
    Seconds leeway{30};
};

/// Clocks that differ by more are out of order, and an expired token is good for as long.
inline constexpr Seconds mostLeeway{300};

/// What a guard checks, in no language yet.
struct Guard
{
    const jose::Algorithm* algorithm = nullptr; ///< never null
    GuardKey kind = GuardKey::SecretVariable;
    std::string place = {};
    std::string curve = {}; ///< of the key, where it is at hand
    SecretForm form = SecretForm::Text;
    std::optional<std::string> issuer = {};
    std::optional<std::string> audience = {};
    std::optional<std::string> type = {}; ///< without "application/" and in lower case (RFC 7515 §4.1.9)
    Seconds leeway{30};
    bool hasKeyId = true; ///< false: the token has no kid, and its key is one of a set
    /// Which of the notes says, in the words of the command line, that no key was checked; none: one was.
    std::optional<std::size_t> uncheckedKey = {};
    std::vector<std::string> notes = {}; ///< what could not be checked, and what the token lacks
};

/// Usage for a request that makes no sense; Refused for a token that no guard should let in: without a
/// signature, or with one of another key.
Result<Guard> guardFor(const jose::Jws& token, const GuardRequest& request);

struct GuardLanguage
{
    char quote;
    bool hasBraces; ///< above U+FFFF: \u{1F511}, else \U0001F511
};

struct GuardTarget
{
    std::string_view name;       ///< "express"
    std::string_view title;      ///< "Express with jsonwebtoken"
    std::string_view file;       ///< as its example imports it
    std::string_view algorithms; ///< those that its library verifies, with a space around each
    GuardLanguage language;
    std::string (*code)(); ///< the template (guardtemplate.h)
};

std::span<const GuardTarget> guardTargets();
/// nullptr when unknown.
const GuardTarget* findGuardTarget(std::string_view name);

/// Usage where the target's library does not have the algorithm.
Result<std::string> guardCode(const GuardTarget& target, const Guard& guard);

} // namespace claimcheck::audit
