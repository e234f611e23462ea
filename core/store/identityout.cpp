// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/identityout.h>

namespace claimcheck::store {
namespace {

using collection::CredentialLogin;
using collection::GrantLogin;
using collection::Identity;
using collection::NamedTexts;
using collection::RequestLogin;

/// A mapping under way.
class Pairs
{
public:
    void text(const char* key, const std::string& value, const std::string& usual = {})
    {
        if (value != usual)
            m_pairs.push_back({key, YamlOut::ofText(value)});
    }
    void truth(const char* key, bool value)
    {
        if (value)
            m_pairs.push_back({key, YamlOut::ofWord("true")});
    }
    void texts(const char* key, const NamedTexts& values)
    {
        std::vector<YamlOutPair> pairs;
        for (const auto& [name, value] : values)
            pairs.push_back({name, YamlOut::ofText(value)});
        if (!pairs.empty())
            m_pairs.push_back({key, YamlOut::ofMapping(std::move(pairs))});
    }
    void mapping(const char* key, Pairs pairs)
    {
        m_pairs.push_back({key, YamlOut::ofMapping(std::move(pairs.m_pairs))});
    }
    void list(const char* key, const std::vector<std::string>& values)
    {
        std::vector<YamlOut> items;
        for (const std::string& value : values)
            items.push_back(YamlOut::ofText(value));
        if (!items.empty())
            m_pairs.push_back({key, YamlOut::ofSequence(std::move(items))});
    }
    YamlOut made() && { return YamlOut::ofMapping(std::move(m_pairs)); }

private:
    std::vector<YamlOutPair> m_pairs;
};

Pairs credentialPairs(const CredentialLogin& login)
{
    const CredentialLogin usual;
    Pairs pairs;
    pairs.text("url", login.url);
    pairs.text("method", login.method, usual.method);
    pairs.text("user", login.user);
    pairs.text("password", login.password);
    pairs.text("userField", login.userField, usual.userField);
    pairs.text("passwordField", login.passwordField, usual.passwordField);
    pairs.truth("form", login.isForm);
    pairs.texts("fields", login.fields);
    pairs.texts("headers", login.headers);
    pairs.text("tokenAt", login.tokenAt);
    return pairs;
}

Pairs requestPairs(const RequestLogin& login)
{
    Pairs pairs;
    pairs.text("file", login.file);
    pairs.text("tokenAt", login.tokenAt);
    pairs.text("refresh", login.refresh);
    pairs.text("refreshTokenAt", login.refreshTokenAt);
    return pairs;
}

Pairs grantPairs(const GrantLogin& login)
{
    Pairs pairs;
    pairs.text("grant", login.grant);
    pairs.text("issuer", login.issuer);
    pairs.text("tokenUrl", login.tokenUrl);
    pairs.text("authorizationUrl", login.authorizationUrl);
    pairs.text("deviceUrl", login.deviceUrl);
    pairs.text("clientId", login.clientId);
    pairs.text("clientSecret", login.clientSecret);
    pairs.text("clientKeyFile", login.clientKeyFile);
    pairs.text("clientKeyPassphrase", login.clientKeyPassphrase);
    pairs.text("clientAuth", login.clientAuthentication);
    pairs.text("assertionAudience", login.assertionAudience);
    pairs.text("scope", login.scope);
    pairs.text("user", login.user);
    pairs.text("password", login.password);
    pairs.text("refreshToken", login.refreshToken);
    pairs.texts("parameters", login.parameters);
    pairs.truth("dpop", login.usesDpop);
    return pairs;
}

std::string durationText(Seconds duration)
{
    const auto seconds = duration.count();
    if (seconds % 3600 == 0)
        return std::to_string(seconds / 3600) + "h";
    return seconds % 60 == 0 ? std::to_string(seconds / 60) + "m" : std::to_string(seconds) + "s";
}

} // namespace

YamlOut identityOut(const Identity& identity)
{
    Pairs pairs;
    if (identity.credentials)
        pairs.mapping("login", credentialPairs(*identity.credentials));
    if (identity.request)
        pairs.mapping("request", requestPairs(*identity.request));
    if (identity.grant)
        pairs.mapping("oauth2", grantPairs(*identity.grant));
    if (identity.lasts)
        pairs.text("lasts", durationText(*identity.lasts));
    pairs.list("origins", identity.origins);
    return std::move(pairs).made();
}

} // namespace claimcheck::store
