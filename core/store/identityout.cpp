// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/identityout.h>

#include <store/durationtext.h>
#include <store/identitykeys.h>

namespace claimcheck::store {
namespace {

using collection::Identity;
using collection::NamedTexts;

using Pairs = std::vector<YamlOutPair>;

void addTo(Pairs& pairs, std::string_view key, const std::string& value, const std::string& usual)
{
    if (value != usual)
        pairs.push_back({std::string(key), YamlOut::ofText(value)});
}

void addTo(Pairs& pairs, std::string_view key, bool value, bool usual)
{
    if (value != usual)
        pairs.push_back({std::string(key), YamlOut::ofWord(value ? "true" : "false")});
}

void addTo(Pairs& pairs, std::string_view key, const NamedTexts& values, const NamedTexts&)
{
    Pairs texts;
    for (const auto& [name, value] : values)
        texts.push_back({name, YamlOut::ofText(value)});
    if (!texts.empty())
        pairs.push_back({std::string(key), YamlOut::ofMapping(std::move(texts))});
}

template <typename Login, std::size_t count>
YamlOut loginOut(const Login& login, const std::array<LoginKey<Login>, count>& keys)
{
    const Login usual;
    Pairs pairs;
    for (const LoginKey<Login>& key : keys)
        std::visit([&](auto place) { addTo(pairs, key.name, login.*place, usual.*place); }, key.place);
    return YamlOut::ofMapping(std::move(pairs));
}

} // namespace

YamlOut identityOut(const Identity& identity)
{
    Pairs pairs;
    if (identity.credentials)
        pairs.push_back({"login", loginOut(*identity.credentials, credentialKeys)});
    if (identity.request)
        pairs.push_back({"request", loginOut(*identity.request, requestKeys)});
    if (identity.grant)
        pairs.push_back({"oauth2", loginOut(*identity.grant, grantKeys)});
    if (identity.lasts)
        pairs.push_back({"lasts", YamlOut::ofText(durationText(*identity.lasts))});
    std::vector<YamlOut> origins;
    for (const std::string& origin : identity.origins)
        origins.push_back(YamlOut::ofText(origin));
    if (!origins.empty())
        pairs.push_back({"origins", YamlOut::ofSequence(std::move(origins))});
    return YamlOut::ofMapping(std::move(pairs));
}

} // namespace claimcheck::store
