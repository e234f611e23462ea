// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token for one request: claims with their variables filled in and the times of now, signed with a key of
// the collection.

#include <run/credentials.h>

#include <utility>

#include <jose/algorithm.h>
#include <jose/key.h>
#include <jose/sign.h>

#include <base/text.h>
#include <json/document.h>
#include <json/write.h>
#include <run/jsontemplate.h>
#include <run/requesturl.h>
#include <store/collectionread.h>
#include <store/files.h>

namespace claimcheck::run {
namespace {

constexpr std::size_t largestKey = 1024u * 1024u;

tl::unexpected<Error> cannotMint(ErrorKind kind, std::string why, std::string fix)
{
    return failure(kind, "no token could be made for the request", std::move(why), std::move(fix));
}

/// The object as it was typed, with a member more at its end.
void append(std::string& object, const std::string& name, std::int64_t value)
{
    object.resize(object.rfind('}'));
    const std::string_view before = trimmed(object);
    object.resize(before.size() + static_cast<std::size_t>(before.data() - object.data()));
    object += (object.ends_with('{') ? "" : ",") + json::quoted(name) + ":" + std::to_string(value) + "}";
}

Result<std::string> claimsFor(const collection::MintedToken& rule, const Values& values)
{
    const std::string typed = trimmed(rule.claims).empty() ? "{}" : rule.claims;
    Result<std::string> claims = resolveText(typed, TextKind::Json, values, "claims of the token");
    if (!claims)
        return claims;
    const auto document = json::parse(*claims);
    if (!document || !document->root().isObject())
        return cannotMint(ErrorKind::Malformed, "its claims are no JSON object",
                          "check .claimcheck/sessions.yaml, and the values of its variables");
    const auto now = std::chrono::floor<Seconds>(values.now).time_since_epoch();
    if (!document->root().find("iat"))
        append(*claims, "iat", now.count());
    if (rule.lifetime && !document->root().find("exp"))
        append(*claims, "exp", (now + *rule.lifetime).count());
    return claims;
}

Result<std::string> keyText(const collection::Collection& collection, const collection::MintedToken& rule,
                            const Values& values)
{
    if (rule.keyFile.empty())
        return values.resolve(rule.key, "key of the token");
    const Result<std::string> name = values.resolve(rule.keyFile, "key file of the token");
    if (!name)
        return name;
    const auto inside = store::pathInside(collection.directory, *name);
    if (!inside)
        return tl::unexpected(inside.error());
    return store::readFile(inside->string(), largestKey);
}

/// A text that is no JWK is, for HMAC, the secret itself; a line end at the end of a file is none of it.
Result<jose::Key> keyFor(const jose::Algorithm& algorithm, std::string text, const Secret& passphrase)
{
    const bool isSecret = algorithm.keyType == jose::KeyType::Oct && !trimmed(text).starts_with('{');
    if (isSecret) {
        while (text.ends_with('\n') || text.ends_with('\r'))
            text.pop_back();
        return jose::secretKey(Secret::adopting(std::move(text)));
    }
    auto keys = jose::readKeys(text, {.passphrase = passphrase});
    wipe(text);
    if (!keys)
        return tl::unexpected(keys.error());
    for (const jose::Key& key : *keys)
        if (key.isPrivate && key.type == algorithm.keyType)
            return key;
    return cannotMint(ErrorKind::Usage, "its key is no private key for " + std::string(algorithm.name),
                      "give the key that signs, or another algorithm");
}

Result<Secret> mint(const collection::Collection& collection, const collection::MintedToken& rule,
                    const Values& values)
{
    const jose::Algorithm* algorithm = jose::findAlgorithm(rule.algorithm);
    if (!algorithm)
        return cannotMint(ErrorKind::Usage, "there is no algorithm " + visible(rule.algorithm),
                          "use for example HS256, RS256, ES256 or EdDSA");
    auto claims = claimsFor(rule, values);
    auto text = claims ? keyText(collection, rule, values) : claims;
    const auto passphrase = values.resolve(rule.passphrase, "passphrase of the token's key");
    const auto header = resolveText(rule.header, TextKind::Json, values, "header of the token");
    for (const Result<std::string>* each : {&std::as_const(text), &passphrase, &header})
        if (!*each)
            return tl::unexpected(each->error());
    const auto key = keyFor(*algorithm, *std::move(text), Secret(*passphrase));
    if (!key)
        return tl::unexpected(key.error());
    jose::SignOptions options;
    options.header = *header;
    options.allowWeakKeys = rule.allowWeakKey;
    return jose::sign(*algorithm, *key, *claims, options);
}

} // namespace

Result<void> addMinted(http::Request& request, const collection::Collection& collection,
                       const collection::MintedToken& rule, const Values& values)
{
    Values strict = values;
    strict.allowUndefined = false;
    const auto token = mint(collection, rule, strict);
    if (!token)
        return tl::unexpected(token.error());
    if (rule.inQuery)
        addQueryParameter(request.url, rule.name, token->reveal());
    else
        setHeader(request, rule.name, rule.prefix + std::string(token->reveal()));
    return {};
}

} // namespace claimcheck::run
