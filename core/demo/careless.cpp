// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The careless twin of the demo API: mistakes that are made with real libraries, each on purpose, so that an
// audit has something to find. It does no harm: no file is read but /dev/null (which is empty), no URL is
// asked.

#include "answers.h"
#include "demoapi.h"

#include <base/text.h>
#include <jose/sign.h>
#include <jose/verify.h>
#include <json/write.h>

#include <openssl/evp.h>

#include <algorithm>

namespace claimcheck::demo {

namespace {

const Flavour& signedFlavour()
{
    return flavours[1]; // RS256
}

std::string memberOf(const std::optional<json::Document>& document, std::string_view name)
{
    const auto member = document ? document->root().find(name) : std::nullopt;
    return member ? (member->isString() ? member->string() : std::string(member->text())) : std::string();
}

/// Mistake: a signature by HMAC is checked with whatever key is at hand.
bool fitsMac(const jose::Jws& token, const jose::Algorithm& algorithm, std::string_view key)
{
    std::string mac(EVP_MAX_MD_SIZE, '\0');
    std::size_t length = 0;
    const std::string_view input = token.signingInput();
    if (EVP_Q_mac(nullptr, "HMAC", nullptr, algorithm.digest.data(), nullptr, key.empty() ? "" : key.data(),
                  key.size(), reinterpret_cast<const unsigned char*>(input.data()), input.size(),
                  reinterpret_cast<unsigned char*>(mac.data()), mac.size(), &length) == nullptr)
        return false;
    mac.resize(length);
    return Secret(mac) == Secret(token.signature.bytes);
}

/// Mistake: kid is a path below keys/. Of all files only /dev/null is there.
bool leadsToDevNull(std::string_view kid)
{
    std::string path = kid.starts_with('/') ? std::string(kid) : "keys/" + std::string(kid);
    std::vector<std::string_view> parts;
    for (std::string_view rest = path; !rest.empty();) {
        const std::size_t end = std::min(rest.find('/'), rest.size());
        const std::string_view part = rest.substr(0, end);
        if (part == ".." && !parts.empty())
            parts.pop_back();
        else if (!part.empty() && part != "." && part != "..")
            parts.push_back(part);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return parts.size() == 2 && parts[0] == "dev" && parts[1] == "null";
}

bool passesMac(const jose::Jws& token, const jose::Algorithm& algorithm, const jose::Key& key)
{
    const auto pem = jose::publicPem(key);
    if (pem && fitsMac(token, algorithm, *pem)) // mistake: the public key serves as a secret (CVE-2015-9235)
        return true;
    return leadsToDevNull(memberOf(token.headerJson, "kid")) && fitsMac(token, algorithm, "");
}

/// Mistake: the token says with which key it is to be verified (CVE-2018-0114).
jose::Key keyFor(const jose::Jws& token, const jose::Key& own)
{
    const auto embedded = jose::readKeys(memberOf(token.headerJson, "jwk"));
    jose::Key key = embedded && !embedded->empty() ? embedded->front() : own;
    key.alg.reset();
    return key;
}

/// Mistake: exp, aud and iss are not looked at, and the token says which algorithm it is.
bool isLetIn(const jose::Jws& token, const jose::Key& own)
{
    const std::string alg = token.alg().value_or("");
    if (equalsIgnoringCase(alg, "none"))
        return true;
    const jose::Algorithm* algorithm = jose::findAlgorithm(alg);
    if (algorithm == nullptr)
        return false;
    if (algorithm->family == jose::Family::Hmac)
        return passesMac(token, *algorithm, own);
    const jose::Key key = keyFor(token, own);
    return jose::verifySignature(token, std::span(&key, 1), {.allowWeakKeys = true}).verdict ==
           jose::SignatureVerdict::Valid;
}

std::string carelessClaims(Instant now)
{
    static constexpr std::int64_t hour = 3600;
    const auto issued = std::chrono::floor<Seconds>(now).time_since_epoch().count();
    json::Writer writer;
    writer.beginObject().member("sub").value(demoUser).member("iss").value("https://demo.claimcheck.example");
    writer.member("aud").value("careless").member("iat").value(static_cast<std::int64_t>(issued));
    writer.member("exp").value(static_cast<std::int64_t>(issued) + hour).endObject();
    return writer.take();
}

listen::ListenerResponse carelessLogin(const listen::ListenerRequest& request, const jose::Key& key,
                                       Instant now)
{
    const auto body = json::parse(request.body);
    const bool isRight = body && body->root().isObject() && memberOf(*body, "username") == demoUser &&
                         memberOf(*body, "password") == demoPassword;
    if (!isRight)
        return messageAnswer(401, "Wrong username or password");
    const auto token = jose::sign(*jose::findAlgorithm(signedFlavour().algorithm), key, carelessClaims(now),
                                  {.kid = key.kid});
    if (!token)
        return messageAnswer(500, describe(token.error()));
    listen::ListenerResponse response;
    response.body = json::Writer().beginObject().member("token").value(token->reveal()).endObject().take();
    return response;
}

listen::ListenerResponse carelessProtected(const listen::ListenerRequest& request, const jose::Key& key,
                                           bool isVerified)
{
    const std::string field = request.header("Authorization");
    std::string_view text = trimmed(field);
    if (startsWithIgnoringCase(text, "bearer "))
        text = trimmed(text.substr(7));
    const jose::Jws token = jose::decode(text);
    const bool isCompact = token.form == jose::Serialization::Compact;
    if (text.empty() || !isCompact || !token.payloadJson || !token.headerJson)
        return messageAnswer(401, "Unauthorized");
    if (isVerified && !isLetIn(token, key))
        return messageAnswer(401, "Unauthorized");
    json::Writer writer;
    writer.beginObject().member("message").value("This is a carelessly protected route");
    writer.member("user").value(memberOf(token.payloadJson, "sub")).endObject();
    listen::ListenerResponse response;
    response.body = writer.take();
    return response;
}

} // namespace

std::optional<listen::ListenerResponse> carelessAnswer(const listen::ListenerRequest& request, DemoKeys& keys,
                                                       Instant now)
{
    const bool isLogin = request.path == "/careless/login";
    const bool isDecoded = request.path == "/careless/decoded";
    if (!isLogin && !isDecoded && request.path != "/careless/protected")
        return std::nullopt;
    const bool isAllowed =
        isLogin ? request.method == "POST" : request.method == "GET" || request.method == "HEAD";
    if (!isAllowed)
        return messageAnswer(405, "Method not allowed");
    const auto key = keys.key(signedFlavour());
    if (!key)
        return messageAnswer(500, describe(key.error()));
    return isLogin ? carelessLogin(request, **key, now) : carelessProtected(request, **key, !isDecoded);
}

} // namespace claimcheck::demo
