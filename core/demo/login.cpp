// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answers.h"
#include "demoapi.h"

#include <base/text.h>
#include <jose/sign.h>
#include <json/document.h>
#include <json/write.h>

#include <QtCore/qurlquery.h>

#include <optional>

namespace claimcheck::demo {

namespace {

struct Credentials
{
    std::string user;
    std::string password;
};

std::string memberText(const json::Value& object, std::string_view name)
{
    const auto member = object.find(name);
    return member ? member->string() : std::string();
}

std::optional<Credentials> fromJson(const std::string& body)
{
    const auto document = json::parse(body);
    if (!document || !document->root().isObject())
        return std::nullopt;
    return Credentials{memberText(document->root(), "username"), memberText(document->root(), "password")};
}

/// application/x-www-form-urlencoded: "+" is a space.
std::optional<Credentials> fromForm(const std::string& body)
{
    const QUrlQuery query(toQString(body).replace(u'+', QStringLiteral("%20")));
    const auto item = [&](QStringView name) {
        return toUtf8(query.queryItemValue(name.toString(), QUrl::FullyDecoded));
    };
    return Credentials{item(u"username"), item(u"password")};
}

std::optional<Credentials> readCredentials(const listen::ListenerRequest& request)
{
    const bool isForm =
        startsWithIgnoringCase(request.header("Content-Type"), "application/x-www-form-urlencoded");
    return isForm ? fromForm(request.body) : fromJson(request.body);
}

std::string claimsFor(const std::string& user, Instant now, Seconds lifetime)
{
    const auto issued = std::chrono::floor<Seconds>(now).time_since_epoch().count();
    json::Writer writer;
    writer.beginObject().member("username").value(user);
    writer.member("iat").value(static_cast<std::int64_t>(issued));
    writer.member("exp").value(static_cast<std::int64_t>(issued + lifetime.count())).endObject();
    return writer.take();
}

Result<Secret> makeToken(const std::string& user, const Flavour& flavour, Seconds lifetime, DemoKeys& keys,
                         Instant now)
{
    const auto key = keys.key(flavour);
    if (!key)
        return tl::unexpected(key.error());
    jose::SignOptions options;
    options.allowWeakKeys = true; // the guide's secret is short; that is one of the lessons
    options.kid = (*key)->kid;
    return jose::sign(*jose::findAlgorithm(flavour.algorithm), **key, claimsFor(user, now, lifetime),
                      options);
}

} // namespace

listen::ListenerResponse messageAnswer(int status, std::string_view message)
{
    listen::ListenerResponse response;
    response.status = status;
    response.body = json::Writer().beginObject().member("message").value(message).endObject().take();
    return response;
}

listen::ListenerResponse loginAnswer(const listen::ListenerRequest& request, const Flavour& flavour,
                                     Seconds lifetime, DemoKeys& keys, Instant now)
{
    const auto credentials = readCredentials(request);
    if (!credentials)
        return messageAnswer(400, "The body must be a JSON object with username and password");
    if (credentials->user != demoUser || Secret(credentials->password) != Secret(demoPassword))
        return messageAnswer(401, "Wrong username or password");
    const auto token = makeToken(credentials->user, flavour, lifetime, keys, now);
    if (!token)
        return messageAnswer(500, describe(token.error()));
    listen::ListenerResponse response;
    response.body = json::Writer().beginObject().member("token").value(token->reveal()).endObject().take();
    return response;
}

} // namespace claimcheck::demo
