// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/identities.h>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/identitykeys.h>
#include <store/strictyaml.h>

namespace claimcheck::store {
namespace {

using collection::CredentialLogin;
using collection::GrantLogin;
using collection::Identity;
using collection::RequestLogin;

void readInto(StrictYaml& yaml, const YamlPair& pair, std::string& text)
{
    text = yaml.text(pair.value, pair.key.text());
}

void readInto(StrictYaml& yaml, const YamlPair& pair, bool& truth)
{
    truth = yaml.truth(pair.value, pair.key.text());
}

void readInto(StrictYaml& yaml, const YamlPair& around, collection::NamedTexts& texts)
{
    for (const YamlPair& pair : yaml.pairs(around.value, around.key.text()))
        texts.emplace_back(pair.key.text(), yaml.text(pair.value, pair.key.text()));
}

template <typename Login, std::size_t count>
Login readByKeys(StrictYaml& yaml, const YamlValue& value, std::string_view name,
                 const std::array<LoginKey<Login>, count>& keys)
{
    std::vector<std::string_view> known;
    for (const LoginKey<Login>& key : keys)
        known.push_back(key.name);
    Login login;
    for (const YamlPair& pair : yaml.pairs(value, name, known))
        for (const LoginKey<Login>& key : keys)
            if (pair.key.text() == key.name)
                std::visit([&](auto place) { readInto(yaml, pair, login.*place); }, key.place);
    return login;
}

CredentialLogin readCredentials(StrictYaml& yaml, const YamlValue& value)
{
    CredentialLogin login = readByKeys(yaml, value, "login", credentialKeys);
    if (value.isMapping() && (login.url.empty() || login.user.empty() || login.password.empty()))
        yaml.reject(value, "login needs url, user and password");
    return login;
}

RequestLogin readRequest(StrictYaml& yaml, const YamlValue& value)
{
    RequestLogin login = readByKeys(yaml, value, "request", requestKeys);
    if (value.isMapping() && login.file.empty())
        yaml.reject(value, "request needs file");
    if (!login.refreshTokenAt.empty() && login.refresh.empty())
        yaml.reject(value, "refreshTokenAt needs refresh, the request that takes the token");
    return login;
}

GrantLogin readGrant(StrictYaml& yaml, const YamlValue& value)
{
    GrantLogin login = readByKeys(yaml, value, "oauth2", grantKeys);
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
    const std::string name = "the identity " + visible(identity.name);
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

void addTexts(std::vector<std::string>& texts, const std::string& text)
{
    texts.push_back(text);
}

void addTexts(std::vector<std::string>&, bool)
{
    // No variable can stand there.
}

void addTexts(std::vector<std::string>& texts, const collection::NamedTexts& named)
{
    for (const auto& [name, value] : named) {
        texts.push_back(name);
        texts.push_back(value);
    }
}

template <typename Login, std::size_t count>
void addLoginTexts(std::vector<std::string>& texts, const Login& login,
                   const std::array<LoginKey<Login>, count>& keys)
{
    for (const LoginKey<Login>& key : keys)
        std::visit([&](auto place) { addTexts(texts, login.*place); }, key.place);
}

} // namespace

std::vector<std::string> textsOf(const Identity& identity)
{
    std::vector<std::string> texts = identity.origins;
    if (identity.credentials)
        addLoginTexts(texts, *identity.credentials, credentialKeys);
    if (identity.request)
        addLoginTexts(texts, *identity.request, requestKeys);
    if (identity.grant)
        addLoginTexts(texts, *identity.grant, grantKeys);
    return texts;
}

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
