// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Postman's authorisation "JWT Bearer": a token that is made for each request, as a rule of our own.

#include <interop/import/postmanvalues.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <json/write.h>
#include <store/mintedwrite.h>
#include <variables/resolve.h>

namespace claimcheck::interop {
namespace {

using collection::MintedToken;
using JwtFields = std::vector<std::pair<std::string, json::Value>>;

constexpr std::array<std::string_view, 9> knownJwtFields{
    "algorithm",    "secret",     "isSecretBase64Encoded", "privateKey", "payload", "header",
    "headerPrefix", "addTokenTo", "queryParamKey"};

std::string jwtText(const JwtFields& fields, std::string_view name, const char* usual = "")
{
    const auto found = std::ranges::find(fields, name, &JwtFields::value_type::first);
    return found == fields.end() ? std::string(usual) : textOf(found->second);
}

std::string ofJwt(std::string_view field)
{
    return "`" + std::string(field) + "` of the authorisation jwt";
}

constexpr std::string_view base64UrlDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The canonical base64url (RFC 4648 §5) of what is written in either alphabet, with or without padding, on
/// one line or several; nothing where that is no base64.
std::optional<std::string> canonicalBase64Url(std::string digits)
{
    std::erase_if(digits, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
    digits.erase(digits.find_last_not_of('=') + 1);
    std::ranges::replace(digits, '+', '-');
    std::ranges::replace(digits, '/', '_');
    const std::size_t rest = digits.size() % 4;
    if (digits.empty() || rest == 1 || digits.find_first_not_of(base64UrlDigits) != std::string::npos)
        return std::nullopt;
    if (rest != 0) { // the last digit has bits that belong to no byte, which a JWK must not have
        const std::size_t unused = rest == 2 ? 16 : 4;
        const std::size_t last = base64UrlDigits.find(digits.back());
        digits.back() = base64UrlDigits[last - last % unused];
    }
    return digits;
}

/// A secret in base64 as a JWK (RFC 7518 §6.4), since a key of ours is text.
std::string decodedSecret(std::string secret, const std::string& where, PostmanReading& reading)
{
    if (variables::hasVariable(secret)) {
        reading.leaveOut(where, ofJwt("isSecretBase64Encoded"),
                         "what its variable stands for is taken as it is: give it the key as a JWK");
        return secret;
    }
    const auto digits = canonicalBase64Url(secret);
    if (digits)
        return R"({"kty":"oct","k":)" + json::quoted(*digits) + "}";
    reading.leaveOut(where, ofJwt("isSecretBase64Encoded"),
                     "its secret is no base64 and is taken as it is: give it the key as a JWK");
    return secret;
}

std::string jwtKey(const JwtFields& fields, const std::string& algorithm, const std::string& where,
                   PostmanReading& reading)
{
    if (!algorithm.starts_with("HS"))
        return jwtText(fields, "privateKey");
    std::string secret = jwtText(fields, "secret");
    const bool isBase64 = jwtText(fields, "isSecretBase64Encoded") == "true" && !trimmed(secret).empty();
    return isBase64 ? decodedSecret(std::move(secret), where, reading) : secret;
}

/// Empty, and said, where it is none.
std::string jwtObject(const JwtFields& fields, const char* name, const std::string& where,
                      PostmanReading& reading)
{
    std::string text = jwtText(fields, name);
    if (store::isObjectTemplate(text))
        return trimmed(text) == "{}" ? std::string() : text;
    reading.leaveOut(where, ofJwt(name), "it is no JSON object");
    return {};
}

void placeJwt(const JwtFields& fields, MintedToken& rule)
{
    rule.inQuery = jwtText(fields, "addTokenTo") == "queryParam";
    if (rule.inQuery) {
        const std::string name = jwtText(fields, "queryParamKey");
        rule.name = name.empty() ? "token" : name;
        return;
    }
    rule.name = "Authorization";
    const std::string prefix(trimmed(jwtText(fields, "headerPrefix", "Bearer")));
    rule.prefix = prefix.empty() ? prefix : prefix + " ";
}

} // namespace

std::optional<MintedToken> readPostmanJwt(const JwtFields& fields, const std::string& where,
                                          PostmanReading& reading)
{
    MintedToken rule;
    rule.algorithm = jwtText(fields, "algorithm");
    if (rule.algorithm.empty())
        rule.algorithm = "HS256";
    rule.key = jwtKey(fields, rule.algorithm, where, reading);
    if (trimmed(rule.key).empty()) {
        reading.leaveOut(where, "authorisation of the kind jwt",
                         std::string("it has no key to sign with: ") + sentWithout);
        return std::nullopt;
    }
    rule.claims = jwtObject(fields, "payload", where, reading);
    rule.header = jwtObject(fields, "header", where, reading);
    placeJwt(fields, rule);
    for (const auto& [name, value] : fields)
        if (std::ranges::find(knownJwtFields, name) == knownJwtFields.end() && !textOf(value).empty())
            reading.leaveOut(where, ofJwt(name), noPlace);
    return rule;
}

} // namespace claimcheck::interop
