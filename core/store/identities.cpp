// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/identities.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/strictyaml.h>

namespace claimcheck::store {
namespace {

using collection::CredentialLogin;
using collection::GrantLogin;
using collection::Identity;
using collection::RequestLogin;

template <typename Login>
struct TextKey
{
    std::string_view name;
    std::string Login::*place;
};

constexpr std::array<TextKey<CredentialLogin>, 7> credentialKeys{{
    {"url", &CredentialLogin::url},
    {"method", &CredentialLogin::method},
    {"user", &CredentialLogin::user},
    {"password", &CredentialLogin::password},
    {"userField", &CredentialLogin::userField},
    {"passwordField", &CredentialLogin::passwordField},
    {"tokenAt", &CredentialLogin::tokenAt},
}};
constexpr std::array<TextKey<GrantLogin>, 15> grantKeys{{
    {"grant", &GrantLogin::grant},
    {"issuer", &GrantLogin::issuer},
    {"tokenUrl", &GrantLogin::tokenUrl},
    {"authorizationUrl", &GrantLogin::authorizationUrl},
    {"deviceUrl", &GrantLogin::deviceUrl},
    {"clientId", &GrantLogin::clientId},
    {"clientSecret", &GrantLogin::clientSecret},
    {"clientKeyFile", &GrantLogin::clientKeyFile},
    {"clientKeyPassphrase", &GrantLogin::clientKeyPassphrase},
    {"clientAuth", &GrantLogin::clientAuthentication},
    {"assertionAudience", &GrantLogin::assertionAudience},
    {"scope", &GrantLogin::scope},
    {"user", &GrantLogin::user},
    {"password", &GrantLogin::password},
    {"refreshToken", &GrantLogin::refreshToken},
}};

constexpr std::array<TextKey<RequestLogin>, 4> requestKeys{{
    {"file", &RequestLogin::file},
    {"tokenAt", &RequestLogin::tokenAt},
    {"refresh", &RequestLogin::refresh},
    {"refreshTokenAt", &RequestLogin::refreshTokenAt},
}};

/// True when the pair was one of the table's.
template <typename Login, std::size_t count>
bool readTextKey(StrictYaml& yaml, const YamlPair& pair, const std::array<TextKey<Login>, count>& keys,
                 Login& login)
{
    const std::string name = pair.key.text();
    const auto found = std::ranges::find(keys, name, &TextKey<Login>::name);
    if (found == keys.end())
        return false;
    login.*found->place = yaml.text(pair.value, name);
    return true;
}

collection::NamedTexts readTexts(StrictYaml& yaml, const YamlPair& around)
{
    collection::NamedTexts texts;
    for (const YamlPair& pair : yaml.pairs(around.value, around.key.text()))
        texts.emplace_back(pair.key.text(), yaml.text(pair.value, pair.key.text()));
    return texts;
}

CredentialLogin readCredentials(StrictYaml& yaml, const YamlValue& value)
{
    CredentialLogin login;
    for (const YamlPair& pair : yaml.pairs(value, "login",
                                           {"url", "method", "user", "password", "userField", "passwordField",
                                            "tokenAt", "form", "fields", "headers"})) {
        if (readTextKey(yaml, pair, credentialKeys, login))
            continue;
        if (pair.key.text() == "form")
            login.isForm = yaml.truth(pair.value, "form");
        else if (pair.key.text() == "fields")
            login.fields = readTexts(yaml, pair);
        else if (pair.key.text() == "headers")
            login.headers = readTexts(yaml, pair);
    }
    if (value.isMapping() && (login.url.empty() || login.user.empty() || login.password.empty()))
        yaml.reject(value, "login needs url, user and password");
    return login;
}

RequestLogin readRequest(StrictYaml& yaml, const YamlValue& value)
{
    RequestLogin login;
    for (const YamlPair& pair :
         yaml.pairs(value, "request", {"file", "tokenAt", "refresh", "refreshTokenAt"}))
        readTextKey(yaml, pair, requestKeys, login);
    if (value.isMapping() && login.file.empty())
        yaml.reject(value, "request needs file");
    if (!login.refreshTokenAt.empty() && login.refresh.empty())
        yaml.reject(value, "refreshTokenAt needs refresh, the request that takes the token");
    return login;
}

GrantLogin readGrant(StrictYaml& yaml, const YamlValue& value)
{
    GrantLogin login;
    for (const YamlPair& pair : yaml.pairs(value, "oauth2",
                                           {"grant", "issuer", "tokenUrl", "authorizationUrl", "deviceUrl",
                                            "clientId", "clientSecret", "clientKeyFile",
                                            "clientKeyPassphrase", "clientAuth", "assertionAudience", "scope",
                                            "user", "password", "refreshToken", "parameters", "dpop"})) {
        if (readTextKey(yaml, pair, grantKeys, login))
            continue;
        if (pair.key.text() == "dpop")
            login.usesDpop = yaml.truth(pair.value, "dpop");
        else if (pair.key.text() == "parameters")
            login.parameters = readTexts(yaml, pair);
    }
    if (value.isMapping() &&
        (login.grant.empty() || login.clientId.empty() || (login.issuer.empty() && login.tokenUrl.empty())))
        yaml.reject(value, "oauth2 needs grant, clientId, and issuer or tokenUrl");
    return login;
}

void readLasts(StrictYaml& yaml, const YamlPair& pair, Identity& identity)
{
    identity.lasts = parseDuration(yaml.text(pair.value, "lasts"));
    if (!identity.lasts || identity.lasts->count() <= 0)
        yaml.reject(pair.value, "lasts must be a time, written as 30s, 5m or 1h");
}

Identity readIdentity(StrictYaml& yaml, const YamlPair& session)
{
    Identity identity;
    identity.name = session.key.text();
    const std::string name = "the session " + visible(identity.name);
    for (const YamlPair& pair :
         yaml.pairs(session.value, name, {"login", "request", "oauth2", "lasts", "origins"})) {
        const std::string word = pair.key.text();
        if (word == "login")
            identity.credentials = readCredentials(yaml, pair.value);
        else if (word == "request")
            identity.request = readRequest(yaml, pair.value);
        else if (word == "oauth2")
            identity.grant = readGrant(yaml, pair.value);
        else if (word == "lasts")
            readLasts(yaml, pair, identity);
        else
            for (const YamlValue& item : yaml.items(pair.value, "origins"))
                identity.origins.push_back(yaml.text(item, "an origin"));
    }
    const int ways = int{identity.credentials.has_value()} + int{identity.request.has_value()} +
                     int{identity.grant.has_value()};
    if (session.value.isMapping() && ways != 1)
        yaml.reject(session.value, name + " needs one of login, request and oauth2");
    return identity;
}

} // namespace

Result<std::vector<Identity>> parseIdentities(std::string text, const StoreLimits& limits)
{
    const auto tree = parseYaml(std::move(text), sessionsFile, limits);
    if (!tree)
        return tl::unexpected(tree.error());
    std::vector<Identity> identities;
    const YamlValue root = (*tree)->root();
    StrictYaml yaml("cannot use " + std::string(sessionsFile));
    const auto parts =
        root.isNull() ? std::vector<YamlPair>() : yaml.pairs(root, "the file", {"sessions", "minted"});
    for (const YamlPair& part : parts)
        if (part.key.text() == "sessions" && !part.value.isNull())
            for (const YamlPair& pair : yaml.pairs(part.value, "sessions"))
                identities.push_back(readIdentity(yaml, pair));
    if (yaml.problem())
        return tl::unexpected(*yaml.problem());
    return identities;
}

Result<std::vector<Identity>> readIdentities(const std::string& directory, const StoreLimits& limits)
{
    auto text = readIfThere(directory, sessionsFile, limits.bytes);
    if (!text)
        return tl::unexpected(text.error());
    return *text ? parseIdentities(**std::move(text), limits) : std::vector<Identity>();
}

} // namespace claimcheck::store
