// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answers.h"

#include <base/text.h>
#include <jose/verify.h>
#include <json/write.h>

#include <optional>

namespace claimcheck::demo {

/// The guide reads the header as it is; "Bearer" (RFC 6750, any case) is taken away for those who send it.
static std::string_view tokenIn(std::string_view authorization)
{
    static constexpr std::string_view scheme = "bearer";
    const std::string_view text = trimmed(authorization);
    if (!startsWithIgnoringCase(text, scheme))
        return text;
    const std::string_view rest = text.substr(scheme.size());
    return rest.empty() || rest.front() == ' ' ? trimmed(rest) : text;
}

/// RFC 7519 §4.1.4 and §4.1.5, without leeway; a time that is no number is no good token.
static bool isTimely(const json::Value& claims, Instant now)
{
    const auto expires = claims.find("exp");
    const auto begins = claims.find("nbf");
    if ((expires && !expires->number()) || (begins && !begins->number()))
        return false;
    const double seconds = toUnixSeconds(now);
    return (!expires || seconds < *expires->number()) && (!begins || seconds >= *begins->number());
}

static bool isGood(const jose::Jws& token, const Flavour& flavour, const jose::Key& key, Instant now)
{
    jose::VerifyOptions options;
    options.allowedAlgorithms = {std::string(flavour.algorithm)};
    const auto check = jose::verifySignature(token, std::span(&key, 1), options);
    return check.verdict == jose::SignatureVerdict::Valid && token.payloadJson &&
           isTimely(token.payloadJson->root(), now);
}

listen::ListenerResponse protectedAnswer(const listen::ListenerRequest& request, const Flavour& flavour,
                                         DemoKeys& keys, Instant now)
{
    const std::string authorization = request.header("Authorization");
    const std::string_view text = tokenIn(authorization);
    if (text.empty())
        return messageAnswer(403, "No token provided");
    const auto key = keys.key(flavour);
    if (!key)
        return messageAnswer(500, describe(key.error()));
    const jose::Jws token = jose::decode(text);
    if (!isGood(token, flavour, **key, now))
        return messageAnswer(401, "Unauthorized");
    json::Writer writer;
    writer.beginObject().member("message").value("This is a protected route");
    writer.member("user").raw(token.payloadJson->root().text()).endObject();
    listen::ListenerResponse response;
    response.body = writer.take();
    return response;
}

listen::ListenerResponse jwksAnswer(DemoKeys& keys)
{
    const auto set = keys.jwks();
    if (!set)
        return messageAnswer(500, describe(set.error()));
    listen::ListenerResponse response;
    response.contentType = "application/jwk-set+json";
    response.body = *set;
    return response;
}

} // namespace claimcheck::demo
