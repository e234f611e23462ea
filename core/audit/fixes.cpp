// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How to repair what was found, a finding class a line.

#include "attack.h"

namespace claimcheck::audit {

namespace {

struct Fix
{
    std::string_view findingClass;
    std::string_view text;
};

constexpr std::string_view pinAlgorithm =
    "Name the one algorithm when you verify: jsonwebtoken verify(t, key, {algorithms: ['RS256']}), jose "
    "jwtVerify(t, key, {algorithms: […]}), PyJWT decode(…, algorithms=[…]), golang-jwt WithValidMethods. "
    "Keep "
    "the library up to date.";
constexpr std::string_view ownKeysOnly = "Take keys from your own configuration or your issuer's JWK set "
                                         "only, by kid; never from jwk, jku, x5c or "
                                         "x5u of the token. jose: createRemoteJWKSet(your URL).";
constexpr std::string_view verifyAlways =
    "Verify before you read: jsonwebtoken verify and not decode, jose jwtVerify and not decodeJwt, PyJWT "
    "without verify_signature: False. Refuse when verifying throws.";
constexpr std::string_view checkClaims =
    "Say what you expect when you verify: jsonwebtoken {issuer, audience}, jose {issuer, audience, "
    "requiredClaims}, PyJWT issuer=, audience=, options={'require': […]}, golang-jwt WithIssuer, "
    "WithAudience. "
    "Take aud and iss for what RFC 7519 says they are.";
constexpr std::string_view checkTimes =
    "Let the library check exp and nbf: no ignoreExpiration, no verify_exp: False; demand exp (jose "
    "requiredClaims, PyJWT require, golang-jwt WithExpirationRequired) and refuse one that is no number.";
constexpr std::string_view kidFromList = "Look kid up in a list of known ones and refuse all others; never "
                                         "make a path, a query or a command of it.";

constexpr Fix fixes[] = {
    {"no-token-accepted", "Put the middleware that verifies in front of the route, and refuse with 401 when "
                          "there is no token."},
    {"garbage-token-accepted", verifyAlways},
    {"alg-none", pinAlgorithm},
    {"alg-none-case", pinAlgorithm},
    {"signature-stripped", verifyAlways},
    {"signature-ignored", verifyAlways},
    {"hs-key-confusion", pinAlgorithm},
    {"embedded-jwk", ownKeysOnly},
    {"jku-injection", ownKeysOnly},
    {"x5u-injection", ownKeysOnly},
    {"x5c-injection", ownKeysOnly},
    {"key-url-followed", "Do not ask addresses that a token names: whoever sends it chooses what your server "
                         "calls. Where keys must be fetched, compare with a list of whole URLs first."},
    {"kid-path-traversal", kidFromList},
    {"kid-sql-injection", kidFromList},
    {"empty-hmac-key",
     "Refuse when no key is found for a kid, before the library is called; a missing key must "
     "never become an empty one. Refuse to start with an empty secret."},
    {"weak-hmac-secret",
     "Make a random secret of at least 256 bits (claimcheck-cli key generate --alg HS256), "
     "keep it outside of the code, and end all sessions that the old one signed."},
    {"psychic-signature", "Update the runtime (Java 17.0.3, 18.0.1 and later) or library: r and s must lie "
                          "between 1 and n - 1."},
    {"expired-accepted", checkTimes},
    {"nbf-ignored", checkTimes},
    {"malformed-exp", checkTimes},
    {"wrong-aud", checkClaims},
    {"missing-aud", checkClaims},
    {"wrong-iss", checkClaims},
    {"missing-iss", checkClaims},
    {"iss-array", checkClaims},
    {"token-type-confusion",
     "Demand the typ and the audience of access tokens (RFC 9068: at+jwt), and give ID "
     "tokens another audience."},
    {"crit-ignored",
     "Refuse tokens whose crit names what you do not know: take a library that does (jose), or "
     "look at header.crit yourself."},
    {"b64-false", "Refuse b64 in tokens (RFC 7797 §7)."},
    {"duplicate-member", "Refuse headers with two members of one name, or take the last in every place."},
    {"format-confusion", "Take compact tokens only: exactly three parts of base64url. Update the library."},
    {"token-in-query", "Take the token from Authorization alone; drop ?access_token= and its kin."},
    {"token-in-cookie",
     "Take the token from Authorization alone, or set the cookie SameSite and check where a "
     "request comes from."},
    {"method-bypass", "Verify for every method of the route, not for single ones."},
    {"jwe-confusion",
     "Where you expect signed tokens, refuse such with five parts; decrypting proves nothing "
     "about who sent it."},
    {"not-revoked",
     "Keep the jti of logged-out tokens in a list until their exp, or look tokens up where they "
     "were issued (RFC 7662); else let access tokens live for minutes, and end the refresh "
     "token at the logout."},
    {"server-error", "Answer a token that cannot be read with 401, and look at the log for what went wrong."},
    {"encoding-malleable", "Where revoked tokens are kept in a list, list their jti and not their text."},
};

} // namespace

std::string_view fixFor(std::string_view findingClass)
{
    for (const Fix& fix : fixes)
        if (fix.findingClass == findingClass)
            return fix.text;
    return {};
}

} // namespace claimcheck::audit
