// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rules.h"

#include <algorithm>
#include <tuple>

namespace claimcheck::inspect {

// Titles, advice and references never say "valid" or "verified" of a token: decode shows them too.
// clang-format off
static constexpr Rule table[] = {
    {"ENC-SEGMENTS", Severity::Error, "RFC 7515 §7.1", "Copy the whole token: header.payload.signature", rules::segments},
    {"ENC-CHARSET", Severity::Error, "RFC 7515 §2", "Only A-Z a-z 0-9 - _ may stand between the dots; look for a cut or a stray character", rules::charset},
    {"ENC-PADDING", Severity::Error, "RFC 7515 §2", "Encode as base64url without '='", rules::padding},
    {"ENC-STDB64", Severity::Error, "RFC 7515 §2", "Encode as base64url: '-' for '+', '_' for '/'", rules::standardBase64},
    {"ENC-WHITESPACE", Severity::Error, "RFC 7515 §2", "Take the line ends and spaces out of the token", rules::whiteSpace},
    {"ENC-LENGTH-MOD4", Severity::Error, "RFC 4648 §4", "A character is missing or too many: copy the token again", rules::lengthMod4},
    {"ENC-TRAILING-BITS", Severity::Medium, "RFC 4648 §3.5", "Encode again; a deny-list keyed on the token's text can be passed by with such a twin", rules::trailingBits},
    {"ENC-EMPTY-SEGMENT", Severity::Error, "RFC 7515 §5.2", "Copy the whole token; a part was lost or stripped", rules::emptySegment},
    {"ENC-UTF8", Severity::Error, "RFC 7515 §5.2", "Write header and claims in UTF-8", rules::utf8},
    {"ENC-BOM", Severity::Error, "RFC 8259 §8.1", "Leave the byte order mark out", rules::byteOrderMark},
    {"JSON-INVALID", Severity::Error, "RFC 8259; RFC 7519 §7.2", "Write strict JSON: no comments, trailing commas, NaN or single quotes", rules::invalidJson},
    {"JSON-NOT-OBJECT", Severity::Error, "RFC 7515 §4; RFC 7519 §7.2", "Header and claims are JSON objects", rules::notObject},
    {"JSON-DEPTH", Severity::High, "RFC 8259 §9", "Nest less; readers stop at a depth of their own", rules::depth},
    {"JSON-DUP-NAME", Severity::Error, "RFC 7515 §4; RFC 7519 §4", "Write every name once: readers differ in which one they take", rules::duplicateName},
    {"JSON-BIGNUM", Severity::Medium, "RFC 8259 §6; RFC 7493 §2.2", "Write large numbers as strings: most readers round them", rules::bigNumber},
    {"SIZE-HEADER-LIMIT", Severity::Medium, "RFC 9110 §5.4", "Take claims out; many servers and proxies refuse header lines above 8 KB and cookies above 4 KB", rules::headerSize},
    {"OPAQUE", Severity::Info, "RFC 6749 §1.4", "Ask its issuer (token introspection, RFC 7662) what it stands for", rules::opaque},
    {"ALG-MISSING", Severity::Error, "RFC 7515 §4.1.1", "Name the algorithm in the header", rules::algMissing},
    {"ALG-TYPE", Severity::Error, "RFC 7515 §4.1.1", "Write alg as a string", rules::algType},
    {"ALG-NONE", Severity::High, "RFC 8725 §3.2; RFC 7519 §6", "Sign the token, and refuse unsigned ones at the server", rules::algNone},
    {"ALG-NONE-CASE", Severity::High, "RFC 8725 §3.2", "Compare alg exactly with a list of what is allowed; never with a list of what is not", rules::algNoneCase},
    {"ALG-NONE-SIGNED", Severity::Error, "RFC 7518 §3.6", "An unsigned token has an empty last part", rules::algNoneSigned},
    {"ALG-UNKNOWN", Severity::Medium, "RFC 7515 §5.2", "Use a registered algorithm", rules::algUnknown},
    {"ALG-CASE", Severity::Error, "RFC 7515 §4.1.1", "Write the name as it is registered: it is case-sensitive", rules::algCase},
    {"ALG-DEPRECATED-EDDSA", Severity::Info, "RFC 9864 §4.2", "Write Ed25519 or Ed448 where all readers know these names", rules::algEdDsa},
    {"ALG-KEYTYPE", Severity::Error, "RFC 7518 §3.1; RFC 8725 §3.1", "Give the key that belongs to this algorithm; never let a token choose between secret and public key", rules::algKeyType},
    {"ALG-KEY-ALG", Severity::Error, "RFC 7517 §4.4; RFC 8725 §3.1", "Use a key for one algorithm only", rules::algKeyAlg},
    {"KEY-HMAC-SHORT", Severity::High, "RFC 7518 §3.2; RFC 8725 §3.5", "Use a random secret of at least that many bytes: claimcheck-cli key generate makes one", rules::hmacShort},
    {"KEY-HMAC-WEAK", Severity::High, "RFC 8725 §3.5", "Replace the secret by a random one: claimcheck-cli key generate makes one", rules::hmacWeak},
    {"KEY-HMAC-IS-PEM", Severity::High, "RFC 8725 §2.1, §3.1", "Give a key as a key (--key); a public key as HMAC secret lets everybody sign", rules::hmacIsPem},
    {"KEY-RSA-SHORT", Severity::High, "RFC 7518 §3.3", "Use an RSA key of 2048 bits or more", rules::rsaShort},
    {"KEY-RSA-ROCA", Severity::High, "CVE-2017-15361", "Replace the key: its private half can be computed", rules::rsaRoca},
    {"KEY-USE", Severity::High, "RFC 7517 §4.2", "Use the key that is made for signatures", rules::keyUse},
    {"KEY-OPS", Severity::High, "RFC 7517 §4.3", "List verify among the key's operations, or use another key", rules::keyOps},
    {"JWKS-DUP-KID", Severity::Medium, "RFC 7517 §4.5", "Give every key a kid of its own", rules::keySetSameKid},
    {"JWKS-MIXED", Severity::Medium, "RFC 8725 §3.1", "Keep secrets out of a set of public keys", rules::keySetMixed},
    {"HDR-JWK", Severity::High, "RFC 7515 §4.1.3", "Never take a key out of the token that it is to prove", rules::jwk},
    {"KEY-PRIVATE-IN-PUBLIC", Severity::High, "RFC 7515 §4.1.3; RFC 7517 §9.2", "Replace this key: its private half is out", rules::jwkPrivate},
    {"HDR-JKU", Severity::Medium, "RFC 8725 §3.10; RFC 7515 §8", "Fetch keys from addresses that you have configured, never from the token", rules::jku},
    {"HDR-X5U", Severity::Medium, "RFC 8725 §3.10; RFC 7515 §8", "Fetch certificates from addresses that you have configured, never from the token", rules::x5u},
    {"HDR-X5C", Severity::Medium, "RFC 7515 §4.1.6", "Trust a chain only up to a root that you have chosen", rules::x5c},
    {"HDR-KID-PATH", Severity::High, "RFC 8725 §3.10", "Look kid up in a list of known keys; never build a path of it", rules::kidPath},
    {"HDR-KID-SQL", Severity::High, "RFC 8725 §3.10", "Look kid up by a bound parameter; never build a statement of it", rules::kidSql},
    {"HDR-KID-TYPE", Severity::Medium, "RFC 7515 §4.1.4", "Use a short string", rules::kidType},
    {"HDR-CRIT-UNKNOWN", Severity::Error, "RFC 7515 §4.1.11", "Refuse the token, or teach the reader the extension", rules::critUnknown},
    {"HDR-CRIT-FORM", Severity::Error, "RFC 7515 §4.1.11", "List names of extensions that are in the header, each once, or leave crit out", rules::critForm},
    {"HDR-B64-FALSE", Severity::Error, "RFC 7797 §6, §7", "Encode the payload; b64 false is for detached content, with crit", rules::b64False},
    {"SIG-LEN", Severity::Error, "RFC 7518 §3.2-3.5; RFC 8037 §3.1", "Copy the whole token; the signature is cut or belongs to another algorithm", rules::signatureLength},
    {"SIG-ECDSA-DER", Severity::Error, "RFC 7518 §3.4", "Write r and s side by side, each as long as the curve; not as DER", rules::signatureDer},
    {"SIG-PSYCHIC", Severity::Error, "RFC 7518 §3.4; CVE-2022-21449", "Refuse the token; old Java takes such signatures for any content", rules::signaturePsychic},
    {"SIG-ALL-SAME", Severity::High, "RFC 7515 §5.2", "Look at who made the token: no algorithm makes such a signature", rules::signatureAllSame},
    {"SIG-UNVERIFIED", Severity::Info, "RFC 8725 §3.3", "Give a key to check the signature; until then anybody may have written this", rules::unverified},
    {"CLM-EXP-MISSING", Severity::High, "RFC 7519 §4.1.4", "Give the token an end: exp", rules::expMissing},
    {"CLM-EXPIRED", Severity::Error, "RFC 7519 §4.1.4", "Sign in again, or renew the token", rules::expired},
    {"CLM-EXP-SOON", Severity::Info, "RFC 7519 §4.1.4", "Renew the token", rules::expiresSoon},
    {"CLM-LIFETIME", Severity::Medium, "RFC 8725 §3.10; RFC 7519 §4.1.4", "Let it live for minutes or hours and renew it", rules::lifetime},
    {"CLM-EXP-BEFORE-IAT", Severity::High, "RFC 7519 §4.1", "Look at the issuer's clock and units", rules::expBeforeIat},
    {"CLM-IAT-FUTURE", Severity::Medium, "RFC 7519 §4.1.6", "Compare the clocks of issuer and reader", rules::iatFuture},
    {"CLM-NBF-FUTURE", Severity::Error, "RFC 7519 §4.1.5", "Wait, or compare the clocks of issuer and reader", rules::nbfFuture},
    {"CLM-DATE-STRING", Severity::Error, "RFC 7519 §2", "Write times as numbers: seconds since 1970", rules::dateString},
    {"CLM-DATE-MS", Severity::High, "RFC 7519 §2", "Divide by 1000: times are seconds", rules::dateMilliseconds},
    {"CLM-DATE-RANGE", Severity::Medium, "RFC 7519 §2", "Write seconds since 1970", rules::dateRange},
    {"CLM-AUD-MISSING", Severity::Medium, "RFC 8725 §3.9", "Say whom the token is for, and check it", rules::audMissing},
    {"CLM-AUD-TYPE", Severity::Error, "RFC 7519 §4.1.3", "Write aud as a string or an array of strings", rules::audType},
    {"CLM-AUD-WILDCARD", Severity::High, "RFC 7519 §4.1.3", "Name the services that may take the token", rules::audWildcard},
    {"CLM-ISS-MISSING", Severity::Medium, "RFC 8725 §3.8", "Say who issued the token, and check it", rules::issMissing},
    {"CLM-ISS-HTTP", Severity::Medium, "RFC 8414 §2", "Use an https address", rules::issHttp},
    {"CLM-ISS-ARRAY", Severity::High, "RFC 7519 §4.1.1", "Write iss as one string", rules::issArray},
    {"CLM-JTI-MISSING", Severity::Info, "RFC 7519 §4.1.7", "Give tokens an ID where they are to be revoked or used once", rules::jtiMissing},
    {"CLM-SENSITIVE", Severity::High, "RFC 7519 §12", "Take it out: everybody who sees the token can read its claims", rules::sensitive},
    {"CLM-PRIV-FLAG", Severity::Info, "RFC 8725 §3.1", "Make sure that the server reads it only behind a checked signature", rules::privilege},
    {"CLM-NESTED-JWT", Severity::Info, "RFC 7519 §5.2", "Inspect the inner token by itself", rules::nestedToken},
};
// clang-format on

void Report::add(Severity severity, std::string title, std::string where, std::string seen) const
{
    if (isFull())
        return;
    m_findings.push_back({std::string(m_rule.id), severity, std::move(title), std::move(where),
                          std::move(seen), std::string(m_rule.reference), std::string(m_rule.advice)});
}

std::vector<Finding> findingsOf(const Subject& subject)
{
    std::vector<Finding> findings;
    findings.reserve(8);
    for (const Rule& rule : table) {
        Report report(rule, findings);
        rule.look(subject, report);
    }
    std::ranges::sort(findings, [](const Finding& left, const Finding& right) {
        return std::tie(left.severity, left.id, left.where) < std::tie(right.severity, right.id, right.where);
    });
    return findings;
}

std::string_view toText(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return "error";
    case Severity::High:
        return "high";
    case Severity::Medium:
        return "medium";
    case Severity::Low:
        return "low";
    case Severity::Info:
        return "info";
    }
    return "info";
}

} // namespace claimcheck::inspect
