// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/shape.h>

#include <array>
#include <vector>

#include <base/text.h>
#include <store/rows.h>

namespace claimcheck::store {
namespace {

/// The value where it says something.
std::optional<YamlValue> saidAt(const YamlValue& mapping, const char* key)
{
    const std::optional<YamlValue> value = mapping.find(key);
    return value && !value->isNull() ? value : std::nullopt;
}

std::string numbered(const std::string& place, std::size_t index)
{
    return place + "[" + std::to_string(index) + "]";
}

std::optional<ShapeFault> faultOfSetting(const YamlValue& settings, const char* key, bool isNumber,
                                         const std::string& place)
{
    const std::optional<YamlValue> value = saidAt(settings, key);
    const std::string word = value ? textAt(settings, key) : std::string();
    if (!value || word == "inherit")
        return std::nullopt;
    const bool isGood = isNumber ? value->integer().value_or(-1) >= 0 : word == "true" || word == "false";
    if (isGood)
        return std::nullopt;
    return ShapeFault{*value, place + "." + key +
                                  (isNumber ? " is neither a whole number from 0 on nor inherit"
                                            : " is neither true nor false nor inherit")};
}

std::optional<ShapeFault> faultOfDefaults(const YamlValue& root)
{
    const std::optional<YamlValue> request = saidAt(root, "request");
    if (!request)
        return std::nullopt;
    if (!request->isMapping())
        return ShapeFault{*request, "request is not a mapping of keys to values"};
    for (const char* key : {"headers", "variables"})
        if (auto fault = faultOfRows(*request, key, std::string("request.") + key, "name"))
            return fault;
    if (auto fault = faultOfRows(*request, "scripts", "request.scripts", {}))
        return fault;
    if (auto fault = faultOfAuth(*request, "request.auth"))
        return fault;
    const std::optional<YamlValue> settings = saidAt(*request, "settings");
    if (settings && !settings->isMapping())
        return ShapeFault{*settings, "request.settings is not a mapping of keys to values"};
    return settings ? faultOfSettings(*settings, "http", "request.settings.http") : std::nullopt;
}

} // namespace

std::optional<ShapeFault> faultOfRows(const YamlValue& mapping, const char* key, const std::string& place,
                                      const std::string& member)
{
    const std::optional<YamlValue> list = saidAt(mapping, key);
    if (!list)
        return std::nullopt;
    if (!list->isSequence())
        return ShapeFault{*list, place + " is not a list"};
    const std::vector<YamlValue> items = list->items();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].isNull())
            continue;
        if (!items[i].isMapping())
            return ShapeFault{items[i], numbered(place, i) + " is not a mapping of keys to values"};
        if (!member.empty() && !items[i].find(member))
            return ShapeFault{items[i], numbered(place, i) + " has no " + member};
    }
    return std::nullopt;
}

std::optional<ShapeFault> faultOfTexts(const YamlValue& mapping, const char* key, const std::string& place)
{
    const std::optional<YamlValue> list = saidAt(mapping, key);
    if (!list)
        return std::nullopt;
    if (!list->isSequence())
        return ShapeFault{*list, place + " is not a list"};
    const std::vector<YamlValue> items = list->items();
    for (std::size_t i = 0; i < items.size(); ++i)
        if (!items[i].isScalar())
            return ShapeFault{items[i], numbered(place, i) + " is not a text"};
    return std::nullopt;
}

std::optional<ShapeFault> faultOfAuth(const YamlValue& mapping, const std::string& place)
{
    const std::optional<YamlValue> auth = saidAt(mapping, "auth");
    if (!auth || !auth->isScalar() || auth->text() == "inherit" || auth->text() == "none")
        return std::nullopt;
    return ShapeFault{*auth, place + " is " + visible(shortened(auth->text(), 40)) +
                                 ", which is neither inherit nor a mapping with a type"};
}

std::optional<ShapeFault> faultOfSettings(const YamlValue& mapping, const char* key, const std::string& place)
{
    struct Known
    {
        const char* key;
        bool isNumber;
    };
    constexpr std::array<Known, 4> known{
        {{"timeout", true}, {"maxRedirects", true}, {"followRedirects", false}, {"encodeUrl", false}}};
    const std::optional<YamlValue> settings = saidAt(mapping, key);
    if (!settings)
        return std::nullopt;
    if (!settings->isMapping())
        return ShapeFault{*settings, place + " is not a mapping of keys to values"};
    for (const Known& each : known)
        if (auto fault = faultOfSetting(*settings, each.key, each.isNumber, place))
            return fault;
    return std::nullopt;
}

Result<void> checkDefaults(const YamlTree& tree)
{
    const std::optional<ShapeFault> fault = faultOfDefaults(tree.root());
    if (!fault)
        return {};
    return failure(ErrorKind::Malformed, "cannot use what " + visible(tree.fileName) + " says for requests",
                   fault->why, "no request below it is sent without; change it in a text editor",
                   fault->at.position());
}

} // namespace claimcheck::store
