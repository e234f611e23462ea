// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "attack.h"

#include "families.h"

namespace claimcheck::audit {

// What a server does that is right.
static constexpr std::string_view refuses = "Refuses with 401";
static constexpr std::string_view refusesUnheard = "Refuses with 401 and does not ask for the key";
static constexpr std::string_view owaspAuth = "API2:2023";
static constexpr std::string_view owaspObject = "API1:2023";

// What it means when the forged token opens the route.
static constexpr std::string_view anybody = "Anybody can be any user";
static constexpr std::string_view unchecked = "The signature is not checked: anybody can be any user";
/// Whoever can make such a token can make any: it is an oddity of the parser, and no way in.
static constexpr std::string_view firstCounts =
    "The first of two claims counts, where the standard wants the last one or a refusal";
static constexpr std::string_view lax = "The parser takes what the standard does not allow";

using enum Severity;
using enum Stage;

static constexpr Attack table[] = {
    {"no-token", "No token", "Sends the request without its token.", "Refuses with 401",
     "The route is not protected", Critical, 306, owaspAuth, "RFC 6750 §3.1", "no-token-accepted",
     Needs::Nothing, Control, Family::Controls, forgeNoToken},
    {"empty-token", "Empty token", "Sends an empty Authorization and Bearer alone.", refuses,
     "The check is skipped when the token is empty", Critical, 287, owaspAuth, "RFC 6750 §2.1",
     "no-token-accepted", Needs::Nothing, Control, Family::Controls, forgeEmptyToken},
    {"garbage-token", "Garbage", "Sends texts that are no tokens.", refuses,
     "It is only checked that some token is there", Critical, 287, owaspAuth, "RFC 6750 §3.1",
     "garbage-token-accepted", Needs::Nothing, Control, Family::Controls, forgeGarbage},

    {"payload-changed", "Changed payload", "Adds a harmless claim and keeps the signature.", refuses,
     unchecked, Critical, 347, owaspAuth, "RFC 7515 §5.2", "signature-ignored", Needs::Nothing, Trial,
     Family::Signature, forgeChangedPayload},
    {"broken-signature", "Broken signature", "Sends the good token with other bytes as signature.", refuses,
     unchecked, Critical, 347, owaspAuth, "RFC 7515 §5.2", "signature-ignored", Needs::Nothing, Trial,
     Family::Signature, forgeBrokenSignature},
    {"other-signature", "Signature of another token",
     "Puts another genuine token's signature behind this one.", refuses, unchecked, Critical, 347, owaspAuth,
     "RFC 7515 §5.2", "signature-ignored", Needs::SecondToken, Trial, Family::Signature, forgeOtherSignature},
    {"header-changed", "Changed header",
     "Changes kid or alg; keeps the signature, or makes one with a key of ours.", refuses, unchecked,
     Critical, 347, owaspAuth, "RFC 8725 §3.1", "signature-ignored", Needs::Nothing, Trial, Family::Signature,
     forgeChangedHeader},
    {"other-privileges", "Another user or role", "Changes sub and role and keeps the signature.", refuses,
     unchecked, Critical, 347, owaspAuth, "RFC 7515 §5.2", "signature-ignored", Needs::Privileges, Trial,
     Family::Signature, forgePrivileges},
    {"signature-stripped", "Signature stripped", "Cuts the signature off.", refuses, anybody, Critical, 347,
     owaspAuth, "RFC 7515 §5.2, CVE-2020-28042", "signature-stripped", Needs::Nothing, Trial,
     Family::Unsigned, forgeStripped},
    {"alg-none", "alg none", "Says that the token is not signed (alg none).", refuses, anybody, Critical, 347,
     owaspAuth, "RFC 8725 §2.1, CVE-2015-2951", "alg-none", Needs::Nothing, Trial, Family::Unsigned,
     forgeAlgNone},
    {"alg-none-case", "alg none, spelled otherwise", "Says None, NONE and the like.", refuses, anybody,
     Critical, 347, owaspAuth, "RFC 8725 §2.1, CVE-2020-15957", "alg-none-case", Needs::Nothing, Trial,
     Family::Unsigned, forgeAlgNoneCase},
    {"alg-missing", "No usable alg", "Sends a header without alg, or with one that is empty or no text.",
     refuses, anybody, Critical, 347, owaspAuth, "RFC 7515 §4.1.1", "alg-none-case", Needs::Nothing, Trial,
     Family::Unsigned, forgeAlgMissing},
    {"header-names", "alg none in other writings", "Hides alg none from one of two parsers.", refuses,
     anybody, Critical, 436, owaspAuth, "RFC 7515 §5.2", "alg-none-case", Needs::Nothing, Trial,
     Family::Unsigned, forgeHeaderNames},

    {"hs-key-confusion", "Public key as HMAC secret", "Signs with HMAC under the issuer's public key.",
     refuses, anybody, Critical, 327, owaspAuth, "RFC 8725 §2.1, CVE-2015-9235", "hs-key-confusion",
     Needs::PublicKey, Trial, Family::KnownKeys, forgeKeyConfusion},
    {"empty-hmac-key", "Empty HMAC key", "Signs with HMAC under a key that is empty or all zero.", refuses,
     anybody, Critical, 347, owaspAuth, "RFC 8725 §3.5, CVE-2019-20933", "empty-hmac-key", Needs::Nothing,
     Trial, Family::KnownKeys, forgeEmptyKey},
    {"weak-hmac-secret", "Published secret",
     "Looks for the secret among published ones, offline, and signs with it once.",
     "Has a random secret, which is in no list", anybody, Critical, 1391, owaspAuth, "RFC 8725 §3.5",
     "weak-hmac-secret", Needs::GuessedSecret, Trial, Family::KnownKeys, forgeWeakSecret},
    {"leftover-secret", "Leftover secret", "Tries HMAC under common secrets in place of the key pair.",
     refuses, anybody, Critical, 1391, owaspAuth, "RFC 8725 §3.5", "weak-hmac-secret", Needs::Asymmetric,
     Trial, Family::KnownKeys, forgeLeftoverSecret},

    {"embedded-jwk", "Embedded JWK", "Brings its own public key along in jwk.", refuses, anybody, Critical,
     347, owaspAuth, "RFC 8725 §3.10, CVE-2018-0114", "embedded-jwk", Needs::Nothing, Trial,
     Family::BroughtKeys, forgeEmbeddedJwk},
    {"embedded-oct", "Embedded secret", "Brings its own secret along in jwk.", refuses, anybody, Critical,
     347, owaspAuth, "RFC 8725 §3.10", "embedded-jwk", Needs::Nothing, Trial, Family::BroughtKeys,
     forgeEmbeddedSecret},
    {"x5c-injection", "Self-signed x5c", "Brings its own certificate along in x5c.", refuses, anybody,
     Critical, 295, owaspAuth, "RFC 7515 §4.1.6, CVE-2018-0114", "x5c-injection", Needs::Nothing, Trial,
     Family::BroughtKeys, forgeX5c},
    {"x5t", "Thumbprint of our own certificate", "Names its own certificate by x5t and x5t#S256.", refuses,
     anybody, Critical, 295, owaspAuth, "RFC 7515 §4.1.7", "x5c-injection", Needs::Nothing, Trial,
     Family::BroughtKeys, forgeX5t},
    {"jku-injection", "jku at our listener", "Says that its keys are at a listener of ours.", refusesUnheard,
     anybody, High, 347, owaspAuth, "RFC 8725 §3.10, CVE-2024-21643", "jku-injection", Needs::Listener, Trial,
     Family::BroughtKeys, forgeJku},
    {"jku-bypass", "jku that looks right", "Hides the listener behind the issuer's name.", refusesUnheard,
     anybody, High, 347, owaspAuth, "RFC 8725 §3.10", "jku-injection", Needs::Listener, Trial,
     Family::BroughtKeys, forgeJkuBypass},
    {"jku-redirect", "jku through a redirect",
     "Names a redirect of the issuer that leads to a listener of ours.", refusesUnheard, anybody, High, 347,
     owaspAuth, "RFC 8725 §3.10", "jku-injection", Needs::Redirect, Trial, Family::BroughtKeys,
     forgeJkuRedirect},
    {"x5u-injection", "x5u at our listener", "Says that its certificate is at a listener of ours.",
     refusesUnheard, anybody, High, 347, owaspAuth, "RFC 7515 §4.1.5", "x5u-injection", Needs::Listener,
     Trial, Family::BroughtKeys, forgeX5u},
    {"iss-array-listener", "Issuer array with our listener", "Names a listener of ours beside the issuer.",
     refusesUnheard, anybody, Critical, 345, owaspAuth, "RFC 8725 §3.8, CVE-2025-30144", "iss-array",
     Needs::ListenerAndIssuer, Trial, Family::BroughtKeys, forgeIssuerArrayAtListener},
    {"iss-listener", "Our listener as issuer", "Names a listener of ours as the issuer.", refusesUnheard,
     anybody, Critical, 345, owaspAuth, "RFC 8725 §3.8", "wrong-iss", Needs::ListenerAndIssuer, Trial,
     Family::BroughtKeys, forgeIssuerAtListener},

    {"kid-path-traversal", "kid as a path", "Names a file of known content by its kid.", refuses, anybody,
     Critical, 22, owaspAuth, "RFC 8725 §3.10", "kid-path-traversal", Needs::Nothing, Trial, Family::KeyName,
     forgeKidPath},
    {"kid-public-file", "kid as a public file", "Names a file by its kid that everybody can read.", refuses,
     anybody, Critical, 22, owaspAuth, "RFC 8725 §3.10", "kid-path-traversal", Needs::PublicFile, Trial,
     Family::KeyName, forgeKidPublicFile},
    {"kid-sql-injection", "kid as SQL", "Has a query give a key of its own by its kid.", refuses, anybody,
     Critical, 89, owaspAuth, "RFC 8725 §3.10", "kid-sql-injection", Needs::Nothing, Trial, Family::KeyName,
     forgeKidSql},
    {"kid-type", "kid that is no text", "Makes the look-up of the key come back empty.", refuses, anybody,
     Critical, 943, owaspAuth, "RFC 7515 §4.1.4", "empty-hmac-key", Needs::Nothing, Trial, Family::KeyName,
     forgeKidType},
    {"psychic-signature", "Psychic signature", "Signs with r and s that are zero or the order.", refuses,
     anybody, Critical, 347, owaspAuth, "CVE-2022-21449", "psychic-signature", Needs::Ecdsa, Trial,
     Family::KnownKeys, forgePsychic},

    {"other-claims", "Other claims in an accepted forgery",
     "Adds a harmless claim to a forgery that was accepted.", refuses, anybody, Critical, 347, owaspAuth,
     "RFC 8725 §2.1", "", Needs::Taken, Trial, Family::Claims, forgeOtherClaims},
    {"expired-accepted", "Expired token", "Signs a token whose exp is over.", refuses,
     "A stolen token is good for ever", High, 613, owaspAuth, "RFC 7519 §4.1.4", "expired-accepted",
     Needs::SigningKey, Trial, Family::Claims, forgeExpired},
    {"far-exp", "exp that is far away", "Signs a token whose exp is a time that hardly comes.",
     "Takes it for the time that it says, or refuses a life so long",
     "A token may live as long as its issuer says, which only the issuer can make use of", Info, 613,
     owaspAuth, "RFC 7519 §2, §4.1.4", "", Needs::SigningKey, Trial, Family::Claims, forgeFarExp},
    {"malformed-exp", "exp of the wrong kind", "Signs a token whose exp is no time.", refuses,
     "A token can live for ever", Medium, 1287, owaspAuth, "RFC 7519 §4.1.4", "malformed-exp",
     Needs::SigningKey, Trial, Family::Claims, forgeMalformedExp},
    {"two-exp", "Two exp", "Signs a token with two exp, the last of which is over.",
     "Refuses, or takes the last", firstCounts, Info, 436, owaspAuth, "RFC 7519 §4", "duplicate-member",
     Needs::SigningKey, Trial, Family::Claims, forgeTwoExp},
    {"two-sub", "Two sub", "Signs a token with two sub, the last of which is another user's.",
     "Refuses, or takes the last", firstCounts, Info, 436, owaspAuth, "RFC 7519 §4", "duplicate-member",
     Needs::SigningKeyAndPrivileges, Trial, Family::Claims, forgeTwoSubjects},
    {"missing-exp", "No exp", "Signs a token without exp.", "Refuses where its tokens have an end",
     "A token without an end is good here", Info, 613, owaspAuth, "RFC 7519 §4.1.4, RFC 9068 §2.2", "",
     Needs::SigningKey, Trial, Family::Claims, forgeMissingExp},
    {"nbf-ignored", "Token of the future", "Signs a token whose nbf is to come.", refuses,
     "Tokens count before their time", Low, 613, owaspAuth, "RFC 7519 §4.1.5", "nbf-ignored",
     Needs::SigningKey, Trial, Family::Claims, forgeNotYet},
    {"future-iat", "Issued in the future", "Signs a token whose iat is to come.",
     "Takes it, or refuses: iat tells the age, and no standard has it checked",
     "How old a token is does not count here", Info, 613, owaspAuth, "RFC 7519 §4.1.6", "", Needs::SigningKey,
     Trial, Family::Claims, forgeFutureIssue},
    {"wrong-aud", "Another audience", "Signs a token for another service.", refuses,
     "Tokens for other services are good here", High, 345, owaspAuth, "RFC 8725 §3.9", "wrong-aud",
     Needs::SigningKeyAndAudience, Trial, Family::Claims, forgeWrongAudience},
    {"missing-aud", "No audience", "Signs a token without aud.", refuses,
     "Tokens that are for nobody are good here", Medium, 345, owaspAuth, "RFC 8725 §3.9", "missing-aud",
     Needs::SigningKeyAndAudience, Trial, Family::Claims, forgeMissingAudience},
    {"wrong-iss", "Another issuer", "Signs a token in another issuer's name.", refuses,
     "Tokens of other issuers are good here", High, 345, owaspAuth, "RFC 8725 §3.8", "wrong-iss",
     Needs::SigningKeyAndIssuer, Trial, Family::Claims, forgeWrongIssuer},
    {"missing-iss", "No issuer", "Signs a token without iss.", refuses,
     "Tokens that nobody issued are good here", Medium, 345, owaspAuth, "RFC 8725 §3.8", "missing-iss",
     Needs::SigningKeyAndIssuer, Trial, Family::Claims, forgeMissingIssuer},
    {"iss-array", "Two issuers", "Signs a token with a list of issuers.", refuses,
     "The issuer can be made to look like another", Medium, 345, owaspAuth, "RFC 7519 §4.1.1, CVE-2025-30144",
     "iss-array", Needs::SigningKeyAndIssuer, Trial, Family::Claims, forgeIssuerArray},
    {"crit-ignored", "Unknown critical extension", "Signs a token whose crit names what nobody knows.",
     refuses, "Restrictions that a token carries may be overlooked", Low, 347, owaspAuth,
     "RFC 7515 §4.1.11, CVE-2025-59420", "crit-ignored", Needs::SigningKey, Trial, Family::Claims, forgeCrit},
    {"other-typ", "Another typ", "Signs a token of another kind by its typ, or of none.",
     "Refuses where it expects a certain typ", "The kind of token is not looked at", Info, 843, owaspAuth,
     "RFC 8725 §3.11", "", Needs::SigningKey, Trial, Family::Claims, forgeOtherType},
    {"token-type-confusion", "ID token as access token", "Sends the given ID token.", refuses,
     "Tokens for the client open the API", High, 345, owaspAuth, "RFC 8725 §2.8, RFC 9068 §4",
     "token-type-confusion", Needs::IdToken, Trial, Family::Claims, forgeIdToken},
    {"other-user", "Another user's token", "Sends a genuine token of another user.",
     "Refuses with 403 or 404 where the answer is one user's alone",
     "Another user gets the same answer, which is right only where all may have it", Info, 639, owaspObject,
     "OWASP API1:2023", "", Needs::OtherUser, Trial, Family::Claims, forgeOtherUser},

    {"b64-false", "Unencoded payload", "Says b64 false and keeps the signature.", refuses, anybody, High, 347,
     owaspAuth, "RFC 7797 §6", "b64-false", Needs::Nothing, Trial, Family::Parsers, forgeUnencodedPayload},
    {"duplicate-member", "Two alg", "Has two alg in one header, no good signature.", refuses, anybody, High,
     436, owaspAuth, "RFC 7515 §4", "duplicate-member", Needs::Nothing, Trial, Family::Parsers,
     forgeDuplicateMember},
    {"format-confusion", "JSON form", "Hides a forged token in the JSON form of the good one.", refuses,
     anybody, Critical, 436, owaspAuth, "CVE-2022-39227, CVE-2022-3102", "format-confusion", Needs::Nothing,
     Trial, Family::Parsers, forgeJsonForm},
    {"jwe-confusion", "Encrypted in place of signed",
     "Encrypts claims to the issuer's public key, or under its bytes.", refuses, anybody, Critical, 345,
     owaspAuth, "RFC 8725 §2.3, CVE-2023-51774", "jwe-confusion", Needs::PublicKey, Trial, Family::KnownKeys,
     forgeEncrypted},
    {"odd-headers", "Header that is no JSON object", "Sends headers that are no JSON object.", refuses,
     unchecked, Critical, 347, owaspAuth, "RFC 7515 §5.2", "signature-ignored", Needs::Nothing, Trial,
     Family::Parsers, forgeOddHeaders},
    {"large-token", "Large tokens", "Sends tokens of 8, 16 and 64 KB.", "Refuses with 401 or 431", unchecked,
     Critical, 347, owaspAuth, "RFC 6585 §5", "signature-ignored", Needs::Nothing, Trial, Family::Parsers,
     forgeLarge},

    {"method-bypass", "Another method", "Calls the route with HEAD and OPTIONS and no good token.", refuses,
     "Another method answers without a good token", High, 287, owaspAuth, "RFC 9110 §9", "method-bypass",
     Needs::Nothing, Trial, Family::Ways, forgeOtherMethod},
    {"token-in-query", "Token in the query", "Sends the good token in the URL.", refuses,
     "Tokens end up in logs and histories", Medium, 598, owaspAuth, "RFC 6750 §2.3", "token-in-query",
     Needs::GoodInQuery, Trial, Family::Ways, forgeInQuery},
    {"token-in-cookie", "Token in a cookie", "Sends the good token as a cookie.", refuses,
     "Other sites can have a browser send it (CSRF)", Medium, 352, owaspAuth, "RFC 6750 §2",
     "token-in-cookie", Needs::Nothing, Trial, Family::Ways, forgeInCookie},
    {"scheme-case", "Bearer in other letters", "Writes Bearer as it is, in small letters and in capitals.",
     "Takes it, or refuses it: schemes have no case",
     "The case of the scheme does not count, as RFC 9110 has it", Info, 20, owaspAuth, "RFC 9110 §11.1", "",
     Needs::Nothing, Trial, Family::Ways, forgeSchemeCase},
    {"other-schemes", "Other schemes", "Sends the good token raw and behind other words.",
     "Takes the one form that it documents", lax, Low, 20, owaspAuth, "RFC 6750 §2.1", "", Needs::Nothing,
     Trial, Family::Ways, forgeOtherSchemes},
    {"two-tokens", "Two tokens", "Sends the good token and a forged one together.", "Refuses with 400 or 401",
     "Proxy and server may look at different tokens", Info, 436, owaspAuth, "RFC 9110 §5.3", "",
     Needs::Nothing, Trial, Family::Ways, forgeTwoTokens},
    {"encoding", "Signature in other writing", "Changes the text of the signature and not its bytes.",
     refuses, "A token has several texts: lists of revoked ones miss it", Info, 436, owaspAuth, "RFC 7515 §2",
     "encoding-malleable", Needs::Nothing, Trial, Family::Parsers, forgeEncodings},
    {"ecdsa-forms", "ECDSA in other forms", "Sends the good signature as its twin, as DER, padded and cut.",
     "Refuses all but the twin", "A token has several texts: lists of revoked ones miss it", Info, 436,
     owaspAuth, "RFC 7518 §3.4", "encoding-malleable", Needs::Ecdsa, Trial, Family::Parsers, forgeEcdsaForms},
    {"segments", "More than three parts", "Sends the good token with something behind it.", refuses, lax,
     Info, 20, owaspAuth, "RFC 7519 §7.2", "", Needs::Nothing, Trial, Family::Parsers, forgeSegments},

    {"not-revoked", "Good token after the logout", "Logs out, and sends the good token once more.", refuses,
     "A stolen token stays good when its owner has logged out", Medium, 613, owaspAuth,
     "OWASP WSTG-SESS-06, RFC 7009 §2", "not-revoked", Needs::Ending, Last, Family::Claims,
     keepGoodAfterLogout},
    {"expired-good-token", "Good token after its time", "Waits until a good token has expired, and sends it.",
     refuses, "A stolen token is good for ever", High, 613, owaspAuth, "RFC 7519 §4.1.4", "expired-accepted",
     Needs::Waiting, Last, Family::Claims, keepGoodPastItsTime},
};

std::span<const Attack> attacks()
{
    return table;
}

const Attack* findAttack(std::string_view id)
{
    for (const Attack& attack : table)
        if (attack.id == id)
            return &attack;
    return nullptr;
}

std::vector<const Attack*> attacksNamed(std::string_view word)
{
    std::vector<const Attack*> found;
    for (const Attack& attack : table)
        if (attack.id == word || (!word.empty() && attack.findingClass == word))
            found.push_back(&attack);
    return found;
}

std::string_view toText(Family family)
{
    static constexpr std::string_view words[] = {"controls", "signature", "unsigned", "keys",   "brought",
                                                 "kid",      "claims",    "ways",     "parsers"};
    return words[static_cast<std::size_t>(family)];
}

std::string_view toText(Severity severity)
{
    static constexpr std::string_view words[] = {"info", "low", "medium", "high", "critical"};
    return words[static_cast<std::size_t>(severity)];
}

} // namespace claimcheck::audit
