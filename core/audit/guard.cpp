// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guard.h"

#include <algorithm>

#include <base/text.h>
#include <jose/policy.h>
#include <jose/verify.h>

#include "guardtemplate.h"

namespace claimcheck::audit {

namespace {

constexpr GuardLanguage javascriptLanguage{'\'', true};
constexpr GuardLanguage pythonLanguage{'"', false};
constexpr GuardLanguage goLanguage{'"', false};

// "/Ed448": EdDSA under a key on that curve.
constexpr GuardTarget guardTable[] = {
    {"express", "Express with jsonwebtoken", "guard.mjs",
     " HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 ", javascriptLanguage,
     expressTemplate},
    {"express-jose", "Express with jose", "guard.mjs",
     " HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519 ",
     javascriptLanguage, expressJoseTemplate},
    {"fastify", "Fastify with fast-jwt", "guard.mjs",
     " HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA EdDSA/Ed448 ",
     javascriptLanguage, fastifyTemplate},
    {"fastapi", "FastAPI with PyJWT", "guard.py",
     " HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES256K ES384 ES512 EdDSA EdDSA/Ed448 ",
     pythonLanguage, fastApiTemplate},
    {"go", "net/http with golang-jwt", "guard/guard.go",
     " HS256 HS384 HS512 RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA ", goLanguage,
     goTemplate},
};

tl::unexpected<Error> noGuard(ErrorKind kind, std::string why, std::string fix)
{
    return failure(kind, "cannot make a guard", std::move(why), std::move(fix));
}

Result<void> checkForm(const jose::Jws& token)
{
    const bool isCompact = token.form == jose::Serialization::Compact && token.segments == 3;
    if (!isCompact || !token.headerJson || !token.payloadJson)
        return noGuard(ErrorKind::Refused, "the token is no JWT that is signed, in compact form",
                       "give a good one: three parts with dots between");
    if (const std::string objection = jose::objectionToHeader(token); !objection.empty())
        return noGuard(ErrorKind::Refused, objection, "give a token that a server should let in");
    if (token.headerJson->root().find("crit"))
        return noGuard(ErrorKind::Refused, "the token has a critical extension (crit), which no guard knows",
                       "give one without");
    return {};
}

/// What the key decides: HMAC goes with a secret alone, everything else with a public key.
Result<void> checkKind(const jose::Algorithm& algorithm, const GuardRequest& request)
{
    const bool isSecret = request.kind == GuardKey::SecretVariable;
    const std::string name(algorithm.name);
    if (isSecret != (algorithm.family == jose::Family::Hmac))
        return noGuard(ErrorKind::Refused,
                       "the token is signed with " + name +
                           (isSecret ? ", which no secret is for" : ", which is for secrets"),
                       isSecret ? "give --key, --jwks-url or --issuer" : "give --secret-env NAME");
    const auto& allowed = request.allowedAlgorithms;
    if (!allowed.empty() && std::ranges::find(allowed, name) == allowed.end())
        return noGuard(ErrorKind::Refused, "the token is signed with " + name + ", which --alg leaves out",
                       "give a token that a server should let in");
    return {};
}

/// The secret of a guard is read in one way: the one in which it signed this token.
SecretForm formOf(std::string_view format)
{
    return format == "from base64"      ? SecretForm::Base64
           : format == "from base64url" ? SecretForm::Base64Url
           : format == "from hex"       ? SecretForm::Hex
                                        : SecretForm::Text;
}

/// A secret may stand for bytes in several forms, so that jose leaves the length of a typed one to who knows
/// the form. A guard does: it reads the form that signed this token, and demands the length itself.
std::string weaknessOf(const jose::Key& key, const jose::Algorithm& algorithm)
{
    if (key.type != jose::KeyType::Oct || key.secret.size() >= algorithm.minimumKeyBytes)
        return jose::weaknessUnder(key, algorithm);
    return "the secret has " + std::to_string(key.secret.size()) + " bytes, and " +
           std::string(algorithm.name) + " needs at least " + std::to_string(algorithm.minimumKeyBytes);
}

Result<void> checkKeys(Guard& guard, const jose::Jws& token, const GuardRequest& request)
{
    if (request.keys.empty()) {
        guard.uncheckedKey = guard.notes.size();
        guard.notes.emplace_back(
            guard.kind == GuardKey::SecretVariable
                ? "the variable " + visible(guard.place) +
                      " is not set here: whether it holds the token's secret, as text, was not checked"
                : "nothing was fetched: whether the token is signed with one of these keys was "
                  "not checked");
        return {};
    }
    const jose::SignatureCheck check =
        jose::verifySignature(token, request.keys, {.allowedAlgorithms = {}, .allowWeakKeys = true});
    if (check.verdict != jose::SignatureVerdict::Valid || !check.key)
        return noGuard(ErrorKind::Refused, "the token is not signed with this key: " + check.why,
                       "give the key of a good token, or a good token of this key");
    const jose::Key& key = request.keys[*check.key];
    guard.curve = key.curve;
    guard.form = formOf(key.format);
    if (const std::string weakness = weaknessOf(key, *guard.algorithm); !weakness.empty())
        guard.notes.push_back(
            weakness + (guard.kind == GuardKey::SecretVariable ? "; the server will not start with it" : ""));
    return {};
}

Result<std::optional<std::string>> textOf(const json::Document& document, std::string_view name)
{
    const auto value = document.root().find(name);
    if (!value)
        return std::optional<std::string>();
    if (!value->isString() || firstInvalidUtf8(value->string()))
        return noGuard(ErrorKind::Refused, "the token's " + std::string(name) + " is no text",
                       "give a token that a server should let in");
    return std::optional(value->string());
}

std::vector<std::string> audiencesOf(const json::Value& aud)
{
    std::vector<std::string> names;
    if (aud.isString())
        names.push_back(aud.string());
    for (const json::Value& item : aud.items())
        if (item.isString())
            names.push_back(item.string());
    return names;
}

/// A token for several servers is good for each of them, and a token for another of them alone is not.
Result<void> setAudience(Guard& guard, const json::Document& claims, const GuardRequest& request)
{
    const auto aud = claims.root().find("aud");
    const std::vector<std::string> names = aud ? audiencesOf(*aud) : std::vector<std::string>();
    guard.audience = request.audience;
    if (!guard.audience && names.size() > 1)
        return noGuard(ErrorKind::Usage, "the token is for several audiences",
                       "say with --aud which one this is");
    if (!guard.audience && !names.empty())
        guard.audience = names.front();
    if (aud && names.empty())
        return noGuard(ErrorKind::Refused, "the token's aud is no text",
                       "give a token that a server should let in");
    if (guard.audience && std::ranges::find(names, *guard.audience) == names.end())
        return noGuard(ErrorKind::Refused, "the token is not for the audience " + visible(*guard.audience),
                       "give a token that a server should let in");
    if (guard.audience && firstInvalidUtf8(*guard.audience))
        return noGuard(ErrorKind::Refused, "the token's aud is no text",
                       "give a token that a server should let in");
    if (!guard.audience)
        guard.notes.emplace_back("the token has no aud: tokens for other services of this issuer cannot be "
                                 "told from those for this one");
    return {};
}

Result<void> setIssuer(Guard& guard, const json::Document& claims)
{
    auto issuer = textOf(claims, "iss");
    if (!issuer)
        return tl::unexpected(issuer.error());
    guard.issuer = *std::move(issuer);
    if (guard.kind == GuardKey::Issuer && guard.issuer != guard.place)
        return noGuard(ErrorKind::Refused,
                       guard.issuer ? "the token is of another issuer, " + visible(*guard.issuer)
                                    : "the token names no issuer",
                       "give --issuer exactly as the token's iss has it");
    if (!guard.issuer)
        guard.notes.emplace_back("the token has no iss: whose tokens they are is told by the key alone");
    return {};
}

Result<void> setType(Guard& guard, const json::Document& header)
{
    auto type = textOf(header, "typ");
    if (!type)
        return tl::unexpected(type.error());
    if (!*type)
        return {};
    constexpr std::string_view prefix = "application/";
    std::string name = toLowerAscii(**type);
    guard.type = name.starts_with(prefix) ? name.substr(prefix.size()) : name;
    return {};
}

/// Of a set that has several, kid says which key it was.
void setKeyId(Guard& guard, const json::Document& header)
{
    const bool isOneOfSet = guard.kind == GuardKey::JwksUrl || guard.kind == GuardKey::Issuer;
    guard.hasKeyId = !isOneOfSet || header.root().find("kid").has_value(); // objectionToHeader: it is a text
    if (!guard.hasKeyId)
        guard.notes.emplace_back("the token has no kid: while the key set has more than one key that fits, "
                                 "tokens like it are refused, since nothing tells which one signed them; "
                                 "let the issuer set kid");
}

Result<void> checkPlace(const GuardRequest& request)
{
    if (request.place.empty() || firstInvalidUtf8(request.place))
        return noGuard(ErrorKind::Usage, "the place of the key is no text", "give a name, a path or a URL");
    if (request.leeway < Seconds(0) || request.leeway > mostLeeway)
        return noGuard(ErrorKind::Usage, "a leeway above five minutes lets expired tokens live on",
                       "give --leeway 300 or less");
    return {};
}

} // namespace

std::span<const GuardTarget> guardTargets()
{
    return guardTable;
}

const GuardTarget* findGuardTarget(std::string_view name)
{
    const auto found = std::ranges::find(guardTable, name, &GuardTarget::name);
    return found == std::end(guardTable) ? nullptr : &*found;
}

Result<Guard> guardFor(const jose::Jws& token, const GuardRequest& request)
{
    Result<void> checked = checkPlace(request);
    checked = checked ? checkForm(token) : checked;
    if (!checked)
        return tl::unexpected(checked.error());
    Guard guard{.algorithm = jose::findAlgorithm(token.alg().value_or("")),
                .kind = request.kind,
                .place = request.place,
                .leeway = request.leeway};
    checked = checkKind(*guard.algorithm, request); // objectionToHeader: it is in the table
    checked = checked ? checkKeys(guard, token, request) : checked;
    checked = checked ? setIssuer(guard, *token.payloadJson) : checked;
    checked = checked ? setAudience(guard, *token.payloadJson, request) : checked;
    checked = checked ? setType(guard, *token.headerJson) : checked;
    if (!checked)
        return tl::unexpected(checked.error());
    setKeyId(guard, *token.headerJson);
    if (!token.payloadJson->root().find("exp"))
        guard.notes.emplace_back("the token has no exp, which the guard demands: it will be refused");
    return guard;
}

static void addKeyWords(GuardWords& words, const Guard& guard)
{
    static constexpr const char* kinds[] = {"secret", "pem", "jwks", "discovery"};
    static constexpr const char* forms[] = {"text", "base64", "base64url", "hex"};
    words[kinds[static_cast<std::size_t>(guard.kind)]];
    words[guard.kind == GuardKey::SecretVariable ? "secret" : "public"];
    if (guard.kind == GuardKey::JwksUrl || guard.kind == GuardKey::Issuer)
        words["remote"];
    if (!guard.hasKeyId)
        words["nokid"];
    if (guard.kind == GuardKey::SecretVariable)
        words[forms[static_cast<std::size_t>(guard.form)]];
    static constexpr const char* encodings[] = {"utf8", "base64", "base64url", "hex"}; // as node names them
    words["encoding"] = encodings[static_cast<std::size_t>(guard.form)];
    words["minimum"] = std::to_string(guard.algorithm->minimumKeyBytes);
    const jose::KeyType type = guard.algorithm->keyType;
    if (type == jose::KeyType::Okp)
        words["okp"];
    if (type == jose::KeyType::Rsa)
        words["rsa"];
    if (type == jose::KeyType::Ec) {
        words["ec"] = guard.algorithm->curve; // "P-256"
        std::string& name = words["curve"];   // "P256"
        std::ranges::copy_if(guard.algorithm->curve, std::back_inserter(name),
                             [](char c) { return c != '-'; });
    }
}

Result<std::string> guardCode(const GuardTarget& target, const Guard& guard)
{
    std::string name(guard.algorithm->name);
    const std::string known = name + (name == "EdDSA" && guard.curve == "Ed448" ? "/Ed448" : "");
    if (target.algorithms.find(" " + known + " ") == std::string_view::npos)
        return noGuard(ErrorKind::Usage,
                       std::string(target.title) + " does not verify " + name +
                           (known == name ? "" : " on the curve Ed448"),
                       "see claimcheck-cli guard --help for the others");
    GuardWords words;
    const auto add = [&](const char* word, const std::optional<std::string>& text) {
        if (text)
            words[word] = literalOf(*text, target.language);
    };
    add("algorithm", name);
    add("place", guard.place);
    add("issuer", guard.issuer);
    add("audience", guard.audience);
    add("type", guard.type);
    words["leeway"] = std::to_string(guard.leeway.count());
    addKeyWords(words, guard);
    return filledIn(target.code(), words);
}

} // namespace claimcheck::audit
