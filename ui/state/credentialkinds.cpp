// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/credentialkinds.h>

#include <algorithm>

#include <QtCore/qobject.h>

#include <base/text.h>
#include <store/secretlike.h>

namespace claimcheck::ui {
namespace {

QString tr(const char* text)
{
    return QObject::tr(text);
}

CredentialField userName()
{
    return {"username", tr("User name")};
}

CredentialField password()
{
    return {"password", tr("Password"), true};
}

std::vector<CredentialField> oauth1Fields()
{
    return {{"consumerKey", tr("Consumer key")},
            {"consumerSecret", tr("Consumer secret"), true},
            {"accessToken", tr("Access token"), true},
            {"accessTokenSecret", tr("Access token secret"), true},
            {"signatureMethod",
             tr("Signature method"),
             false,
             {QStringLiteral("HMAC-SHA1"), QStringLiteral("HMAC-SHA256"), QStringLiteral("HMAC-SHA512"),
              QStringLiteral("RSA-SHA1"), QStringLiteral("RSA-SHA256"), QStringLiteral("RSA-SHA512"),
              QStringLiteral("PLAINTEXT")}},
            {"placement",
             tr("Placement"),
             false,
             {QStringLiteral("header"), QStringLiteral("query"), QStringLiteral("body")}},
            {"realm", tr("Realm")},
            {"callbackUrl", tr("Callback URL")},
            {"verifier", tr("Verifier")}};
}

std::vector<CredentialField> oauth2Fields()
{
    return {{"flow",
             tr("Grant"),
             false,
             {QStringLiteral("client_credentials"), QStringLiteral("resource_owner_password_credentials"),
              QStringLiteral("authorization_code"), QStringLiteral("implicit")}},
            {"authorizationUrl", tr("Authorization URL")},
            {"accessTokenUrl", tr("Access token URL")},
            {"refreshTokenUrl", tr("Refresh token URL")},
            {"callbackUrl", tr("Callback URL")},
            {"credentials.clientId", tr("Client ID")},
            {"credentials.clientSecret", tr("Client secret"), true},
            {"credentials.placement",
             tr("Client authentication"),
             false,
             {QStringLiteral("basic_auth_header"), QStringLiteral("body")}},
            {"resourceOwner.username", tr("User name")},
            {"resourceOwner.password", tr("Password"), true},
            {"scope", tr("Scope")},
            {"state", tr("State")}};
}

std::vector<CredentialField> awsFields()
{
    return {{"accessKeyId", tr("Access key ID")},
            {"secretAccessKey", tr("Secret access key"), true},
            {"sessionToken", tr("Session token"), true},
            {"service", tr("Service")},
            {"region", tr("Region")},
            {"profileName", tr("Profile")}};
}

std::vector<CredentialKind> makeKinds()
{
    const std::vector<CredentialField> pair{userName(), password()};
    return {{"bearer", tr("Bearer token"), {{"token", tr("Token"), true}}},
            {"basic", tr("Basic"), pair},
            {"apikey",
             tr("API key"),
             {{"key", tr("Name")},
              {"value", tr("Value"), true},
              {"placement", tr("Sent in"), false, {QStringLiteral("header"), QStringLiteral("query")}}}},
            {"digest", tr("Digest"), pair},
            {"ntlm", tr("NTLM"), {userName(), password(), {"domain", tr("Domain")}}},
            {"awsv4", tr("AWS Signature v4"), awsFields()},
            {"oauth2", tr("OAuth 2.0"), oauth2Fields()},
            {"oauth1", tr("OAuth 1.0"), oauth1Fields()},
            {"wsse", tr("WSSE"), pair}};
}

} // namespace

const std::vector<CredentialKind>& credentialKinds()
{
    static const std::vector<CredentialKind> kinds = makeKinds();
    return kinds;
}

const CredentialKind* credentialKind(std::string_view type)
{
    const std::vector<CredentialKind>& all = credentialKinds();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [type](const CredentialKind& kind) { return kind.type == type; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<CredentialField> credentialFields(const collection::Credentials& credentials)
{
    const CredentialKind* kind = credentialKind(credentials.type);
    std::vector<CredentialField> fields = kind ? kind->fields : std::vector<CredentialField>();
    for (const auto& [name, value] : credentials.fields) {
        const auto same = [&name = name](const CredentialField& field) { return field.name == name; };
        if (name != "type" && std::none_of(fields.begin(), fields.end(), same))
            fields.push_back({name, toQString(visible(name)), store::isSecretField(credentials.type, name)});
    }
    return fields;
}

} // namespace claimcheck::ui
