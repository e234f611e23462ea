// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/connectionwrite.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/ownfiles.h>
#include <store/yamledit.h>
#include <variables/resolve.h>

namespace claimcheck::store {
namespace {

using collection::ConnectionRule;

constexpr const char* rulesKey = "connections";

/// A key of a rule, with its value as it stands in the file; without one the key is not there.
struct RuleSetting
{
    const char* key;
    std::optional<std::string> text;
    bool isWord = false; ///< true, false
};

std::string tlsWord(http::TlsVersion version)
{
    switch (version) {
    case http::TlsVersion::Tls1_0:
        return "1.0";
    case http::TlsVersion::Tls1_1:
        return "1.1";
    case http::TlsVersion::Tls1_2:
        return "1.2";
    case http::TlsVersion::Tls1_3:
        break;
    }
    return "1.3";
}

std::string httpWord(http::HttpVersion version)
{
    if (version == http::HttpVersion::Http1_1)
        return "1.1";
    return version == http::HttpVersion::Http2 ? "2" : "auto";
}

/// In the order of a new rule.
std::vector<RuleSetting> settingsOf(const ConnectionRule& rule)
{
    std::vector<RuleSetting> settings{{"verifyTls", std::nullopt, true},
                                      {"caFile", std::nullopt},
                                      {"minimumTls", std::nullopt},
                                      {"httpVersion", std::nullopt},
                                      {"proxy", rule.proxy}};
    if (rule.verify)
        settings[0].text = *rule.verify ? "true" : "false";
    if (!rule.caFile.empty())
        settings[1].text = rule.caFile;
    if (rule.minimumTls)
        settings[2].text = tlsWord(*rule.minimumTls);
    if (rule.version)
        settings[3].text = httpWord(*rule.version);
    return settings;
}

bool isEmptyRule(const ConnectionRule& rule)
{
    return std::ranges::none_of(settingsOf(rule),
                                [](const RuleSetting& setting) { return setting.text.has_value(); });
}

YamlOut valueOut(const RuleSetting& setting)
{
    return setting.isWord ? YamlOut::ofWord(*setting.text) : YamlOut::ofText(*setting.text);
}

YamlOut ruleOut(const ConnectionRule& rule)
{
    std::vector<YamlOutPair> pairs{{"path", YamlOut::ofText(rule.path)}};
    for (const RuleSetting& setting : settingsOf(rule))
        if (setting.text)
            pairs.push_back({setting.key, valueOut(setting)});
    return YamlOut::ofMapping(std::move(pairs));
}

struct ReadRules
{
    std::unique_ptr<const YamlTree> tree;
    std::vector<ConnectionRule> rules;
};

Result<ReadRules> parseRules(const std::string& source)
{
    auto tree = parseYaml(source, connectionsFile, {});
    if (!tree)
        return tl::unexpected(tree.error());
    auto rules = readConnections(**tree);
    if (!rules)
        return tl::unexpected(rules.error());
    return ReadRules{*std::move(tree), *std::move(rules)};
}

std::optional<std::size_t> placeOfRule(const std::vector<ConnectionRule>& rules, const std::string& path)
{
    const auto found = std::ranges::find(rules, path, &ConnectionRule::path);
    return found == rules.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - rules.begin()));
}

/// One key of one rule, the rest untouched.
Result<std::string> withSetting(const std::string& source, std::size_t index, const RuleSetting& setting)
{
    const auto read = parseRules(source);
    if (!read)
        return tl::unexpected(read.error());
    YamlEdit edit(*read->tree);
    const YamlValue rule = read->tree->root().find(rulesKey)->items()[index];
    if (setting.text)
        edit.putIn(rule, {setting.key, valueOut(setting)});
    else
        edit.eraseFrom(rule, setting.key);
    return edit.apply();
}

Result<std::string> withChangedRule(const std::string& source, std::size_t index, const ConnectionRule& now,
                                    const ConnectionRule& wanted)
{
    Result<std::string> text = source;
    const std::vector<RuleSetting> present = settingsOf(now);
    const std::vector<RuleSetting> after = settingsOf(wanted);
    for (std::size_t i = 0; i < after.size(); ++i)
        if (text && present[i].text != after[i].text)
            text = withSetting(*text, index, after[i]);
    return text;
}

Result<std::string> withNewRule(const std::string& source, const ReadRules& read, const ConnectionRule& rule)
{
    const YamlOut list = YamlOut::ofSequence({ruleOut(rule)});
    if (trimmed(source).empty())
        return writeFile({{rulesKey, list}});
    if (read.tree->root().isNull()) // nothing but comments, which stay in front
        return source + (source.ends_with('\n') ? "" : "\n") + writeFile({{rulesKey, list}});
    YamlEdit edit(*read.tree);
    if (read.rules.empty())
        edit.put({rulesKey}, list);
    else
        edit.insertItems(*read.tree->root().find(rulesKey), read.rules.size() - 1, {ruleOut(rule)});
    return edit.apply();
}

Result<std::string> withoutRule(const ReadRules& read, std::size_t index)
{
    YamlEdit edit(*read.tree);
    if (read.rules.size() == 1)
        edit.erase({rulesKey});
    else
        edit.eraseItem(*read.tree->root().find(rulesKey), index);
    return edit.apply();
}

std::string nameOfRule(const ConnectionRule& rule)
{
    return rule.path.empty() ? std::string("the collection") : visible(rule.path);
}

tl::unexpected<Error> connectionNotSaved(const ConnectionRule& rule, std::string why, std::string fix)
{
    return failure(ErrorKind::Refused, "cannot save the connection of " + nameOfRule(rule), std::move(why),
                   std::move(fix));
}

/// `scheme://user:password@host`, the password written out.
bool hasClearPassword(const std::string& proxy)
{
    const std::size_t scheme = proxy.find("://");
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t end = proxy.find('@', begin);
    const std::size_t colon = proxy.find(':', begin);
    return end != std::string::npos && colon < end && colon + 1 < end &&
           !variables::hasVariable(std::string_view(proxy).substr(colon + 1, end - colon - 1));
}

/// What would be refused when it is used is refused before it stands in a file.
Result<void> checkRule(const std::string& directory, const ConnectionRule& rule)
{
    if (rule.proxy && hasClearPassword(*rule.proxy))
        return connectionNotSaved(rule, "the password of its proxy would stand in the file",
                                  "write it as {{name}}, and give the variable its value as a secret");
    if (rule.caFile.empty() || variables::hasVariable(rule.caFile))
        return {};
    const auto inside = pathInside(directory, rule.caFile);
    if (!inside)
        return connectionNotSaved(rule, visible(rule.caFile) + " lies outside of the collection's folder",
                                  "copy the certificates into it, and name them from there");
    return {};
}

Result<void> checkIsAsRead(const std::vector<ConnectionRule>& now,
                           const std::optional<ConnectionRule>& before, const ConnectionRule& rule)
{
    const auto place = placeOfRule(now, rule.path);
    const auto present = place ? std::optional(now[*place]) : std::nullopt;
    if (present == before)
        return {};
    return connectionNotSaved(rule, "another program has changed it since it was read",
                              "look at it as it is now, and change it again");
}

} // namespace

Result<std::string> withConnection(const std::string& source, const ConnectionRule& rule)
{
    const auto read = parseRules(source);
    if (!read)
        return tl::unexpected(read.error());
    const auto place = placeOfRule(read->rules, rule.path);
    if (isEmptyRule(rule))
        return place ? withoutRule(*read, *place) : source;
    return place ? withChangedRule(source, *place, read->rules[*place], rule)
                 : withNewRule(source, *read, rule);
}

Result<Change> changeConnection(const std::string& directory, const std::optional<ConnectionRule>& before,
                                const ConnectionRule& rule)
{
    if (const auto safe = checkRule(directory, rule); !safe)
        return tl::unexpected(safe.error());
    const auto path = pathInside(directory, connectionsFile);
    if (!path)
        return tl::unexpected(path.error());
    const auto file = readIfThere(directory, connectionsFile, StoreLimits().bytes);
    if (!file)
        return tl::unexpected(file.error());
    const std::string source = file->value_or(std::string());
    const auto now = parseRules(source);
    if (!now)
        return tl::unexpected(now.error());
    if (const auto fits = checkIsAsRead(now->rules, before, rule); !fits)
        return tl::unexpected(fits.error());
    auto text = withConnection(source, rule);
    if (!text)
        return tl::unexpected(text.error());
    if (const auto again = parseRules(*text); !again) // nothing is written that could not be read again
        return tl::unexpected(again.error());
    Change change;
    change.what = "cannot save the connection of " + nameOfRule(rule);
    if (*text == source)
        return change;
    if (auto made = makeDirectories(path->parent_path().string(), Privacy::Shared); !made)
        return tl::unexpected(made.error());
    const bool isEmpty = trimmed(*text).empty();
    change.steps.push_back({Step::Kind::Rewrite,
                            path->string(),
                            {},
                            *file,
                            isEmpty ? std::nullopt : std::optional<std::string>(*std::move(text)),
                            {}});
    return change;
}

} // namespace claimcheck::store
