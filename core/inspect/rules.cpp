// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "rules.h"

#include <algorithm>
#include <tuple>

#include "traits.h"

namespace claimcheck::inspect {

// The last column: without any of these the rule finds nothing (traits.h); empty: it always looks.
// Titles, advice and references never say "valid" or "verified" of a token: decode shows them too.
// clang-format off
static constexpr Rule table[] = {
    {"ENC-SEGMENTS", Severity::Error, "RFC 7515 §7.1", "Copy the whole token: header.payload.signature", rules::segments, trait::defect},
    {"ENC-CHARSET", Severity::Error, "RFC 7515 §2", "Only A-Z a-z 0-9 - _ may stand between the dots; look for a cut or a stray character", rules::charset, trait::defect},
    {"ENC-PADDING", Severity::Error, "RFC 7515 §2", "Encode as base64url without '='", rules::padding, trait::defect},
    {"ENC-STDB64", Severity::Error, "RFC 7515 §2", "Encode as base64url: '-' for '+', '_' for '/'", rules::standardBase64, trait::defect},
    {"ENC-WHITESPACE", Severity::Error, "RFC 7515 §2", "Take the line ends and spaces out of the token", rules::whiteSpace, trait::defect | trait::context},
    {"ENC-LENGTH-MOD4", Severity::Error, "RFC 4648 §4", "A character is missing or too many: copy the token again", rules::lengthMod4, trait::defect},
    {"ENC-TRAILING-BITS", Severity::Medium, "RFC 4648 §3.5", "Encode again; a deny-list keyed on the token's text can be passed by with such a twin", rules::trailingBits, trait::defect},
    {"ENC-EMPTY-SEGMENT", Severity::Error, "RFC 7515 §5.2", "Copy the whole token; a part was lost or stripped", rules::emptySegment},
    {"ENC-UTF8", Severity::Error, "RFC 7515 §5.2", "Write header and claims in UTF-8", rules::utf8, trait::unread},
    {"ENC-BOM", Severity::Error, "RFC 8259 §8.1", "Leave the byte order mark out", rules::byteOrderMark, trait::unread},
    {"JSON-INVALID", Severity::Error, "RFC 8259; RFC 7519 §7.2", "Write strict JSON: no comments, trailing commas, NaN or single quotes", rules::invalidJson, trait::unread},
    {"JSON-NOT-OBJECT", Severity::Error, "RFC 7515 §4; RFC 7519 §7.2", "Header and claims are JSON objects", rules::notObject, trait::unread},
    {"JSON-DEPTH", Severity::High, "RFC 8259 §9", "Nest less; readers stop at a depth of their own", rules::depth, trait::unread},
    {"JSON-DUP-NAME", Severity::Error, "RFC 7515 §4; RFC 7519 §4", "Write every name once: readers differ in which one they take", rules::duplicateName},
    {"JSON-BIGNUM", Severity::Medium, "RFC 8259 §6; RFC 7493 §2.2", "Write large numbers as strings: most readers round them", rules::bigNumber},
    {"JSON-TRAILING", Severity::Error, "RFC 8259 §2", "End the text with the closing brace; readers that stop there see another token than those that go on", rules::trailingText, trait::unread},
    {"SER-JSON-AS-JWT", Severity::Medium, "RFC 7519 §1, §7.2", "Send a JWT in its compact form; refuse the JSON form where a JWT is expected", rules::serialisedAsJwt, trait::serialised},
    {"SER-UNPROTECTED", Severity::High, "RFC 7515 §10.7, §4.1.11", "Move it into the protected header: anybody on the way can change the other one", rules::unprotectedOnly, trait::serialised},
    {"SER-HEADER-OVERLAP", Severity::Error, "RFC 7515 §7.2.1", "Write every name into one of the headers only", rules::headerOverlap, trait::serialised},
    {"NEST-DEPTH", Severity::Medium, "RFC 7519 §5.2", "Nest once: sign, then encrypt; every further layer is work for the reader only", rules::nestingDepth, trait::unread | trait::context},
    {"PASETO-SEEN", Severity::Info, "PASETO specification", "Inspect it with a PASETO library; v1 and v2 are superseded by v3 and v4", rules::paseto, trait::defect},
    {"SIZE-HEADER-LIMIT", Severity::Medium, "RFC 9110 §5.4", "Take claims out; many servers and proxies refuse header lines above 8 KB and cookies above 4 KB", rules::headerSize},
    {"OPAQUE", Severity::Info, "RFC 6749 §1.4", "Ask its issuer (token introspection, RFC 7662) what it stands for", rules::opaque, trait::defect},
    {"ALG-MISSING", Severity::Error, "RFC 7515 §4.1.1", "Name the algorithm in the header", rules::algMissing, trait::noAlgorithm},
    {"ALG-TYPE", Severity::Error, "RFC 7515 §4.1.1", "Write alg as a string", rules::algType, trait::noAlgorithm},
    {"ALG-NONE", Severity::High, "RFC 8725 §3.2; RFC 7519 §6", "Sign the token, and refuse unsigned ones at the server", rules::algNone, trait::noAlgorithm},
    {"ALG-NONE-CASE", Severity::High, "RFC 8725 §3.2", "Compare alg exactly with a list of what is allowed; never with a list of what is not", rules::algNoneCase, trait::noAlgorithm},
    {"ALG-NONE-SIGNED", Severity::Error, "RFC 7518 §3.6", "An unsigned token has an empty last part", rules::algNoneSigned, trait::noAlgorithm},
    {"ALG-UNKNOWN", Severity::Medium, "RFC 7515 §5.2", "Use a registered algorithm", rules::algUnknown, trait::noAlgorithm},
    {"ALG-CASE", Severity::Error, "RFC 7515 §4.1.1", "Write the name as it is registered: it is case-sensitive", rules::algCase, trait::noAlgorithm},
    {"ALG-DEPRECATED-EDDSA", Severity::Info, "RFC 9864 §4.2", "Write Ed25519 or Ed448 where all readers know these names", rules::algEdDsa, trait::edDsa},
    {"ALG-KEYTYPE", Severity::Error, "RFC 7518 §3.1; RFC 8725 §3.1", "Give the key that belongs to this algorithm; never let a token choose between secret and public key", rules::algKeyType, trait::key},
    {"ALG-KEY-ALG", Severity::Error, "RFC 7517 §4.4; RFC 8725 §3.1", "Use a key for one algorithm only", rules::algKeyAlg, trait::boundKey},
    {"KEY-HMAC-SHORT", Severity::High, "RFC 7518 §3.2; RFC 8725 §3.5", "Use a random secret of at least that many bytes: claimcheck-cli key generate makes one", rules::hmacShort, trait::secretKey},
    {"KEY-HMAC-WEAK", Severity::High, "RFC 8725 §3.5", "Replace the secret by a random one: claimcheck-cli key generate makes one", rules::hmacWeak, trait::secretKey},
    {"KEY-HMAC-IS-PEM", Severity::High, "RFC 8725 §2.1, §3.1", "Give a key as a key (--key); a public key as HMAC secret lets everybody sign", rules::hmacIsPem, trait::secretKey},
    {"KEY-RSA-SHORT", Severity::High, "RFC 7518 §3.3", "Use an RSA key of 2048 bits or more", rules::rsaShort, trait::rsaKey},
    {"KEY-RSA-ROCA", Severity::High, "CVE-2017-15361", "Replace the key: its private half can be computed", rules::rsaRoca, trait::rsaKey},
    {"KEY-RSA-EXP", Severity::High, "NIST SP 800-56B §6.2; RFC 8017 §3.1", "Make a new key with the exponent 65537", rules::rsaExponent, trait::rsaKey},
    {"KEY-EC-INVALID", Severity::Error, "RFC 7518 §6.2.1; RFC 8725 §3.4", "Refuse the key; computing with it can give the reader's own private key away", rules::ecInvalid, trait::parameters | trait::keyFile | trait::curveKey},
    {"KEY-PRIVATE-IN-PUBLIC", Severity::High, "RFC 7515 §4.1.3; RFC 7517 §9.2", "Replace this key: its private half is out", rules::privateInPublic, trait::parameters | trait::keyFile},
    {"KEY-REFUSED", Severity::Error, "RFC 7518 §6; RFC 8017 §3.1", "Replace the key: nothing may be proved with it", rules::keyRefused, trait::badKey},
    {"KEY-B64-PAD", Severity::Medium, "RFC 7518 §2, §6.3.1.1", "Write numbers as base64url, without padding and without zero bytes in front", rules::paddedNumbers, trait::parameters | trait::keyFile},
    {"KEY-X5T-MISMATCH", Severity::High, "RFC 7517 §4.7-4.9; RFC 7515 §4.1.7, §4.1.8", "Find out which of the two is meant; thumbprint, certificate and key belong together", rules::thumbprintMismatch, trait::parameters | trait::keyFile},
    {"KEY-X5C-B64URL", Severity::Medium, "RFC 7515 §4.1.6; RFC 7517 §4.7", "Write certificates in standard base64 with padding; only here a token does not use base64url", rules::chainAsBase64Url, trait::parameters | trait::keyFile},
    {"CERT-EXPIRED", Severity::Medium, "RFC 5280 §4.1.2.5", "Renew the certificate", rules::certificateExpired, trait::parameters | trait::keyFile},
    {"CERT-SHA1", Severity::Medium, "RFC 7515 §4.1.8; RFC 8725 §3.2", "Use SHA-256: for the certificate's signature, and x5t#S256 for its thumbprint", rules::certificateSha1, trait::parameters | trait::keyFile},
    {"KEY-USE", Severity::High, "RFC 7517 §4.2", "Use the key that is made for signatures", rules::keyUse, trait::boundKey},
    {"KEY-OPS", Severity::High, "RFC 7517 §4.3", "List verify among the key's operations, or use another key", rules::keyOps, trait::boundKey},
    {"JWKS-DUP-KID", Severity::Medium, "RFC 7517 §4.5", "Give every key a kid of its own", rules::keySetSameKid, trait::keySet},
    {"JWKS-MIXED", Severity::Medium, "RFC 8725 §3.1", "Keep secrets out of a set of public keys", rules::keySetMixed, trait::keySet},
    {"HDR-JWK", Severity::High, "RFC 7515 §4.1.3", "Never take a key out of the token that it is to prove", rules::jwk, trait::parameters},
    {"HDR-JKU", Severity::Medium, "RFC 8725 §3.10; RFC 7515 §8", "Fetch keys from addresses that you have configured, never from the token", rules::jku, trait::parameters},
    {"HDR-X5U", Severity::Medium, "RFC 8725 §3.10; RFC 7515 §8", "Fetch certificates from addresses that you have configured, never from the token", rules::x5u, trait::parameters},
    {"HDR-X5C", Severity::Medium, "RFC 7515 §4.1.6", "Trust a chain only up to a root that you have chosen", rules::x5c, trait::parameters},
    {"HDR-KID-PATH", Severity::High, "RFC 8725 §3.10", "Look kid up in a list of known keys; never build a path of it", rules::kidPath, trait::kid},
    {"HDR-KID-SQL", Severity::High, "RFC 8725 §3.10", "Look kid up by a bound parameter; never build a statement of it", rules::kidSql, trait::kid},
    {"HDR-KID-TYPE", Severity::Medium, "RFC 7515 §4.1.4", "Use a short string", rules::kidType, trait::kid},
    {"HDR-CRIT-UNKNOWN", Severity::Error, "RFC 7515 §4.1.11", "Refuse the token, or teach the reader the extension", rules::critUnknown, trait::parameters},
    {"HDR-CRIT-FORM", Severity::Error, "RFC 7515 §4.1.11", "List names of extensions that are in the header, each once, or leave crit out", rules::critForm, trait::parameters},
    {"HDR-B64-FALSE", Severity::Error, "RFC 7797 §6, §7", "Encode the payload; b64 false is for detached content, with crit", rules::b64False, trait::parameters},
    {"HDR-TYP-MISSING", Severity::Info, "RFC 8725 §3.11", "Give each kind of token a typ of its own, as at+jwt, and check it: one kind cannot be passed off as another then", rules::typMissing},
    {"HDR-TYP-AT", Severity::Medium, "RFC 9068 §2.1, §2.2", "Issue access tokens with typ at+jwt and all of its claims", rules::typAccessToken},
    {"HDR-TYP-APPPREFIX", Severity::Low, "RFC 7515 §4.1.9", "Leave application/ out", rules::typPrefix},
    {"HDR-CTY", Severity::Medium, "RFC 7519 §5.2", "Say cty JWT when a token is inside, and only then", rules::contentType, trait::parameters | trait::unread},
    {"HDR-EXP", Severity::Medium, "RFC 7519 §4.1, §5.3", "Put it among the claims: readers do not look into the header for it", rules::claimsInHeader, trait::parameters},
    {"HDR-NULLARG", Severity::Medium, "RFC 7515 §4", "Leave the parameter out", rules::nullParameter},
    {"SIG-LEN", Severity::Error, "RFC 7518 §3.2-3.5; RFC 8037 §3.1", "Copy the whole token; the signature is cut or belongs to another algorithm", rules::signatureLength},
    {"SIG-ECDSA-DER", Severity::Error, "RFC 7518 §3.4", "Write r and s side by side, each as long as the curve; not as DER", rules::signatureDer, trait::ecdsa},
    {"SIG-PSYCHIC", Severity::Error, "RFC 7518 §3.4; CVE-2022-21449", "Refuse the token; old Java takes such signatures for any content", rules::signaturePsychic, trait::ecdsa},
    {"SIG-HIGH-S", Severity::Info, "RFC 8812 §3.2", "Do not key a deny-list on the token's text: the signature has a twin that fits as well", rules::signatureHighS, trait::ecdsa},
    {"SIG-REUSED-R", Severity::High, "RFC 8725 §3.2; RFC 6979", "Replace the key: its private half can be computed of these two tokens", rules::signatureReusedR, trait::ecdsa},
    {"SIG-ALL-SAME", Severity::High, "RFC 7515 §5.2", "Look at who made the token: no algorithm makes such a signature", rules::signatureAllSame},
    {"SIG-UNVERIFIED", Severity::Info, "RFC 8725 §3.3", "Give a key to check the signature; until then anybody may have written this", rules::unverified, trait::unverified},
    {"CLM-EXP-MISSING", Severity::High, "RFC 7519 §4.1.4", "Give the token an end: exp", rules::expMissing},
    {"CLM-EXPIRED", Severity::Error, "RFC 7519 §4.1.4", "Sign in again, or renew the token", rules::expired, trait::dates},
    {"CLM-EXP-SOON", Severity::Info, "RFC 7519 §4.1.4", "Renew the token", rules::expiresSoon, trait::dates},
    {"CLM-LIFETIME", Severity::Medium, "RFC 8725 §3.10; RFC 7519 §4.1.4", "Let it live for minutes or hours and renew it", rules::lifetime, trait::dates},
    {"CLM-EXP-BEFORE-IAT", Severity::High, "RFC 7519 §4.1", "Look at the issuer's clock and units", rules::expBeforeIat, trait::dates},
    {"CLM-IAT-FUTURE", Severity::Medium, "RFC 7519 §4.1.6", "Compare the clocks of issuer and reader", rules::iatFuture, trait::dates},
    {"CLM-NBF-FUTURE", Severity::Error, "RFC 7519 §4.1.5", "Wait, or compare the clocks of issuer and reader", rules::nbfFuture, trait::dates},
    {"CLM-DATE-STRING", Severity::Error, "RFC 7519 §2", "Write times as numbers: seconds since 1970", rules::dateString, trait::dates},
    {"CLM-DATE-MS", Severity::High, "RFC 7519 §2", "Divide by 1000: times are seconds", rules::dateMilliseconds, trait::dates},
    {"CLM-DATE-RANGE", Severity::Medium, "RFC 7519 §2", "Write seconds since 1970", rules::dateRange, trait::dates},
    {"CLM-AUD-MISSING", Severity::Medium, "RFC 8725 §3.9", "Say whom the token is for, and check it", rules::audMissing},
    {"CLM-AUD-TYPE", Severity::Error, "RFC 7519 §4.1.3", "Write aud as a string or an array of strings", rules::audType},
    {"CLM-AUD-WILDCARD", Severity::High, "RFC 7519 §4.1.3", "Name the services that may take the token", rules::audWildcard},
    {"CLM-ISS-MISSING", Severity::Medium, "RFC 8725 §3.8", "Say who issued the token, and check it", rules::issMissing},
    {"CLM-ISS-HTTP", Severity::Medium, "RFC 8414 §2", "Use an https address", rules::issHttp},
    {"CLM-ISS-SLASH", Severity::Low, "RFC 8414 §3.3", "Write the issuer alike everywhere: it is compared character by character", rules::issSlash},
    {"CLM-ISS-ARRAY", Severity::High, "RFC 7519 §4.1.1", "Write iss as one string", rules::issArray},
    {"CLM-SUB-MISSING", Severity::Low, "RFC 9068 §2.2; OpenID Connect Core §2", "Say whom the token is about", rules::subMissing},
    {"CLM-JTI-MISSING", Severity::Info, "RFC 7519 §4.1.7", "Give tokens an ID where they are to be revoked or used once", rules::jtiMissing},
    {"CLM-STRINGORURI", Severity::Low, "RFC 7519 §2", "Write a URI, or a name without a colon", rules::stringOrUri},
    {"CLM-SENSITIVE", Severity::High, "RFC 7519 §12", "Take it out: everybody who sees the token can read its claims", rules::sensitive},
    {"CLM-PII", Severity::Medium, "RFC 7519 §12", "Leave personal data out, or encrypt the token", rules::personal},
    {"CLM-PRIV-FLAG", Severity::Info, "RFC 8725 §3.1", "Make sure that the server reads it only behind a checked signature", rules::privilege},
    {"CLM-INTERNAL", Severity::Low, "RFC 7519 §12", "Leave inner names and addresses out of what strangers can read", rules::internal},
    {"CLM-NESTED-JWT", Severity::Info, "RFC 7519 §5.2", "Inspect the inner token by itself", rules::nestedToken},
    {"CLM-IDTOKEN-AS-AT", Severity::Medium, "RFC 8725 §2.8; OpenID Connect Core §2", "Send the access token: an ID token is for the client that asked for it", rules::idTokenAsAccess, trait::context},
    {"CLM-CNF-UNUSED", Severity::Medium, "RFC 9449 §6, §7.2; RFC 8705 §3", "Send it with the proof that it is bound to (DPoP scheme, client certificate), and have the server ask for it", rules::confirmationUnused, trait::context},
    {"CLM-ATHASH", Severity::Error, "OpenID Connect Core §3.1.3.6, §3.3.2.11; RFC 9449 §4.3", "Refuse the pair: the two do not belong together", rules::hashMismatch, trait::context},
    {"JWE-RSA15", Severity::High, "RFC 8725 §3.2; RFC 7516 §11.5", "Encrypt with RSA-OAEP-256 or ECDH-ES", rules::jweRsa15, trait::encrypted},
    {"JWE-OAEP-SHA1", Severity::Info, "RFC 7518 §4.3", "Prefer RSA-OAEP-256 where all readers know it", rules::jweOaepSha1, trait::encrypted},
    {"JWE-P2C-HIGH", Severity::High, "RFC 7518 §4.8.1.2", "Cap the count at the reader: a stranger chooses how long it works", rules::jweCountHigh, trait::encrypted},
    {"JWE-P2C-LOW", Severity::Low, "RFC 7518 §4.8.1.2", "Use a count of 600000 or more for PBKDF2 with SHA-256", rules::jweCountLow, trait::encrypted},
    {"JWE-P2S-SHORT", Severity::High, "RFC 7518 §4.8.1.1", "Use a random salt of 16 bytes", rules::jweSaltShort, trait::encrypted},
    {"JWE-ZIP", Severity::Medium, "RFC 8725 §3.6", "Do not compress: the length tells of the content, and a small token can become a large one", rules::jweZip, trait::encrypted},
    {"JWE-EPK-INVALID", Severity::Error, "RFC 8725 §3.4; RFC 7518 §4.6.1.1", "Refuse the token; computing with such a point can give the private key away", rules::jweEphemeralKey, trait::encrypted},
    {"JWE-IV-TAG-LEN", Severity::Error, "RFC 7518 §4.7.1, §5.2, §5.3", "Refuse the token: short tags can be guessed", rules::jweLengths, trait::encrypted},
    {"JWE-EK-DIR", Severity::Error, "RFC 7516 §5.2", "Leave the encrypted key empty: the content key is the shared one itself", rules::jweEncryptedKey, trait::encrypted},
    {"JWE-CEK-LEN", Severity::Error, "RFC 7516 §5.2; RFC 7518 §5.2, §5.3", "Use a key of exactly the length that enc asks for", rules::jweContentKey, trait::encrypted},
    {"JWE-SYM-ONLY-AUTH", Severity::High, "RFC 8725 §2.3; RFC 7516 §11", "Sign first, then encrypt: whoever has the public key can have made this", rules::jweAnybody, trait::encrypted},
    {"JWE-PBES2-CONTENT", Severity::High, "RFC 8725 §3.5; RFC 7518 §4.8", "Use PBES2 with a password, or a random key with dir", rules::jwePassword, trait::encrypted},
    {"TRN-HTTP", Severity::High, "RFC 6750 §5.3", "Send tokens over https only, and replace this one", rules::plainHttp, trait::context},
    {"TRN-URL", Severity::High, "RFC 6750 §2.3, §5.3; RFC 9700 §4.3.2", "Send it in the Authorization header: addresses end up in logs, histories and Referer lines", rules::inUrl, trait::context},
    {"TRN-COOKIE", Severity::Medium, "RFC 6265 §4.1.2", "Set the cookie with Secure, HttpOnly and SameSite", rules::cookieFlags, trait::context},
    {"TRN-CACHE", Severity::Medium, "RFC 6749 §5.1; RFC 9111 §5.2.2.5", "Answer with Cache-Control: no-store", rules::cached, trait::context},
    {"SDJWT-DIGEST", Severity::Error, "RFC 9901 §4, §7.1", "Refuse the token: what it discloses is not what was signed", rules::disclosures, trait::selective},
    {"SDJWT-KB", Severity::Medium, "RFC 9901 §4.3, §7.3", "Ask for the holder's proof (a key-binding JWT), and check its nonce, audience and hash", rules::keyBinding, trait::selective},
    {"DPOP-FORM", Severity::Error, "RFC 9449 §4.2, §4.3", "Refuse the proof, or make it as the RFC says", rules::dpopForm, trait::proof},
};
// clang-format on

/// Of "payload.exp" the member's name begins where that stands; of "payload" the part.
static std::optional<std::size_t> placeOf(const Subject& subject, std::string_view where)
{
    const std::string_view part = where.substr(0, where.find('.'));
    const jose::Jws& token = subject.token;
    if (part == "token")
        return 0;
    if (part == "signature")
        return token.signature.offset;
    if (part != "header" && part != "payload")
        return std::nullopt;
    const std::string_view name = where.substr(std::min(part.size() + 1, where.size()));
    for (const json::Member& member : part == "header" ? subject.header : subject.claims)
        if (member.name == name && !subject.serialised)
            return textOffset(subject, part, member.nameOffset);
    return part == "header" ? token.header.offset : token.payload.offset;
}

std::size_t textOffset(const Subject& subject, std::string_view part, std::size_t decodedOffset)
{
    const bool isHeader = part == "header";
    const jose::Segment& segment = isHeader ? subject.token.header : subject.token.payload;
    const bool isEncoded = isHeader || subject.token.isPayloadEncoded;
    return segment.offset + std::min(isEncoded ? decodedOffset * 4 / 3 : decodedOffset, segment.length);
}

void Report::add(Severity severity, std::string title, std::string where, std::string seen) const
{
    if (isFull())
        return;
    const std::optional<std::size_t> offset = placeOf(m_subject, where);
    Finding& finding = m_findings.emplace_back();
    finding.id = m_rule.id;
    finding.severity = severity;
    finding.title = std::move(title);
    finding.where = std::move(where);
    finding.seen = std::move(seen);
    finding.reference = m_rule.reference;
    finding.advice = m_rule.advice;
    finding.offset = offset;
}

void Report::addAt(Severity severity, std::string title, std::string_view part, std::size_t offset,
                   std::string seen) const
{
    if (isFull())
        return;
    add(severity, std::move(title), std::string(part) + ", byte " + std::to_string(offset), std::move(seen));
    m_findings.back().offset = offset;
}

std::vector<RuleInfo> lintRules()
{
    std::vector<RuleInfo> rules;
    for (const Rule& rule : table)
        rules.push_back({rule.id, rule.severity, rule.reference, rule.advice});
    return rules;
}

std::vector<Finding> findingsOf(const Subject& subject)
{
    std::vector<Finding> findings;
    findings.reserve(6); // 1 KB, which the allocator has at hand
    const std::uint32_t traits = traitsOf(subject);
    for (const Rule& rule : table) {
        if (rule.needs != 0 && (rule.needs & traits) == 0)
            continue;
        Report report(rule, subject, findings);
        rule.look(subject, report);
    }
    std::ranges::sort(findings, [](const Finding& left, const Finding& right) {
        return std::tie(left.severity, left.id, left.offset, left.where) <
               std::tie(right.severity, right.id, right.offset, right.where);
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
