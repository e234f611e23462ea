// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/signform.h>

#include <base/random.h>
#include <base/text.h>
#include <jose/base64url.h>
#include <jose/sign.h>
#include <json/write.h>
#include <state/keylist.h>

namespace claimcheck::ui {
namespace {

std::string textOf(const std::optional<json::Document>& json, const std::string& bytes)
{
    return json ? json::format(json->root(), json::Layout::Pretty) : bytes;
}

Result<json::Document> objectIn(const std::string& text, const char* part)
{
    Result<json::Document> document = json::parse(text);
    if (!document) {
        document.error().what = std::string("cannot sign: the ") + part + " is no JSON";
        return document;
    }
    if (!document->root().isObject())
        return failure(ErrorKind::Usage, std::string("cannot sign: the ") + part + " is no JSON object",
                       "it does not begin with {", "write it as {\"name\": value}");
    return document;
}

std::string seconds(Instant time)
{
    return std::to_string(std::chrono::duration_cast<Seconds>(time.time_since_epoch()).count());
}

/// "@now", "@later" and "@id" in a shape become what they stand for.
std::string filledIn(std::string shape, Instant now)
{
    const std::pair<std::string_view, std::string> places[] = {
        {"@now", seconds(now)}, {"@later", seconds(now + Seconds(3600))}, {"@id", randomId()}};
    for (const auto& [place, value] : places)
        for (std::size_t at = shape.find(place); at != std::string::npos; at = shape.find(place, at))
            shape.replace(at, place.size(), value);
    const Result<json::Document> document = json::parse(shape);
    return document ? json::format(document->root(), json::Layout::Pretty) : shape;
}

/// What several signatures may have in common: `alg` and `kid` are each one's own.
std::string sharedHeader(const json::Value& header)
{
    json::Writer writer;
    writer.beginObject();
    for (const json::Member& member : header.members())
        if (member.name != "alg" && member.name != "kid")
            writer.member(member.name).raw(json::format(member.value, json::Layout::Compact));
    return writer.endObject().take();
}

Result<Secret> signWithAll(const jose::Signer& first, const json::Value& header, std::string_view claims,
                           const SignForm& form, const jose::SignOptions& options)
{
    std::vector<jose::Signer> signers{first};
    for (const jose::Key& key : form.others) {
        const std::vector<std::string> names = algorithmsOf(key);
        const jose::Algorithm* algorithm = names.empty() ? nullptr : jose::findAlgorithm(names.front());
        if (algorithm == nullptr)
            return failure(ErrorKind::Usage, "cannot sign", "one of the keys is for no signature");
        signers.push_back({algorithm, &key, sharedHeader(header), key.kid});
    }
    return jose::signTogether(signers, claims, options);
}

} // namespace

SignDraft draftOf(const jose::Jws& token)
{
    return {textOf(token.headerJson, token.header.bytes), textOf(token.payloadJson, token.payload.bytes)};
}

std::vector<SignTemplate> signTemplates(Instant now)
{
    struct Shape
    {
        const char* title;
        const char* header;
        const char* claims;
    };
    static constexpr Shape shapes[] = {
        {"Plain token", R"({"alg":"HS256","typ":"JWT"})", R"({"sub":"alice","iat":@now,"exp":@later})"},
        {"Access token (RFC 9068)", R"({"alg":"HS256","typ":"at+jwt"})",
         R"({"iss":"https://id.example","sub":"alice","aud":"https://api.example","client_id":"client","iat":@now,"exp":@later,"jti":"@id","scope":"read"})"},
        {"ID token (OpenID Connect)", R"({"alg":"HS256","typ":"JWT"})",
         R"({"iss":"https://id.example","sub":"alice","aud":"client","iat":@now,"exp":@later,"nonce":"@id"})"},
        {"Client assertion (RFC 7523)", R"({"alg":"HS256","typ":"JWT"})",
         R"({"iss":"client","sub":"client","aud":"https://id.example/token","iat":@now,"exp":@later,"jti":"@id"})"},
        {"Logout token (OpenID Connect)", R"({"alg":"HS256","typ":"logout+jwt"})",
         R"({"iss":"https://id.example","sub":"alice","aud":"client","iat":@now,"exp":@later,"jti":"@id","events":{"http://schemas.openid.net/event/backchannel-logout":{}}})"}};
    std::vector<SignTemplate> templates;
    for (const Shape& shape : shapes)
        templates.push_back({shape.title, {filledIn(shape.header, now), filledIn(shape.claims, now)}});
    return templates;
}

Result<std::string> withMember(const std::string& text, std::string_view name, std::string_view json)
{
    const Result<json::Document> document = objectIn(trimmed(text).empty() ? "{}" : text, "text");
    if (!document)
        return tl::unexpected(document.error());
    std::string result(document->source());
    const json::Value root = document->root();
    if (const auto there = root.find(name))
        return result.replace(there->offset(), there->text().size(), json);
    const std::vector<json::Member> members = root.members();
    const std::string member = "\n  " + json::quoted(name) + ": " + std::string(json);
    if (members.empty())
        return result.replace(root.offset(), root.text().size(), "{" + member + "\n}");
    const json::Value& last = members.back().value;
    return result.insert(last.offset() + last.text().size(), "," + member);
}

std::string randomId()
{
    return jose::encodeBase64Url(randomBytes(16));
}

Result<Secret> signDraft(const SignDraft& draft, const jose::Key& key, const std::string& algorithm,
                         const SignForm& form)
{
    const Result<json::Document> header =
        objectIn(trimmed(draft.header).empty() ? "{}" : draft.header, "header");
    if (!header)
        return tl::unexpected(header.error());
    const Result<json::Document> claims = objectIn(draft.claims, "claims text");
    if (!claims)
        return tl::unexpected(claims.error());
    const jose::Algorithm* known = jose::findAlgorithm(algorithm);
    if (known == nullptr)
        return failure(ErrorKind::Usage, "cannot sign", visible(algorithm) + " is no signature algorithm");
    jose::SignOptions options;
    options.header = json::format(header->root(), json::Layout::Compact);
    // What a typed secret lacks in length is for the findings to say, as when it verifies.
    options.allowWeakKeys = key.source == jose::KeySource::TypedSecret;
    options.form = form.serialization;
    options.detached = form.isDetached;
    const std::string payload = json::format(claims->root(), json::Layout::Compact);
    if (form.others.empty())
        return jose::sign(*known, key, payload, options);
    return signWithAll({known, &key, options.header, {}}, header->root(), payload, form, options);
}

std::vector<std::size_t> signersBeside(const inspect::KeyRing& ring, std::size_t index)
{
    std::vector<std::size_t> indexes = signingKeys(ring);
    std::erase_if(indexes, [&](std::size_t other) { // of a typed secret all its readings are in the ring
        return other == index || ring.keys[other].source == jose::KeySource::TypedSecret;
    });
    return indexes;
}

std::vector<std::size_t> signingKeys(const inspect::KeyRing& ring)
{
    std::vector<std::size_t> indexes;
    for (std::size_t index = 0; index < ring.keys.size(); ++index)
        if (ring.keys[index].isPrivate && ring.keys[index].refusal.empty() &&
            !algorithmsOf(ring.keys[index]).empty())
            indexes.push_back(index);
    return indexes;
}

} // namespace claimcheck::ui
