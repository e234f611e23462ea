// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/connectionwrite.h>

#include <algorithm>
#include <vector>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/ownfiles.h>
#include <store/pathrules.h>
#include <variables/resolve.h>

namespace claimcheck::store {
namespace {

using collection::ConnectionRule;

constexpr RuleList connectionList{connectionsFile, "connections"};

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
RuleSettings settingsOf(const ConnectionRule& rule)
{
    RuleSettings settings{{"verifyTls"}, {"caFile"}, {"minimumTls"}, {"httpVersion"}, {"proxy"}};
    if (rule.verify)
        settings[0].value = YamlOut::ofWord(*rule.verify ? "true" : "false");
    if (!rule.caFile.empty())
        settings[1].value = YamlOut::ofText(rule.caFile);
    if (rule.minimumTls)
        settings[2].value = YamlOut::ofText(tlsWord(*rule.minimumTls));
    if (rule.version)
        settings[3].value = YamlOut::ofText(httpWord(*rule.version));
    if (rule.proxy)
        settings[4].value = YamlOut::ofText(*rule.proxy);
    return settings;
}

bool isEmptyRule(const ConnectionRule& rule)
{
    return std::ranges::none_of(settingsOf(rule),
                                [](const RuleSetting& setting) { return setting.value.has_value(); });
}

Result<ReadRules<ConnectionRule>> parseConnections(const std::string& source)
{
    return parseRules(source, connectionList, readConnections);
}

std::optional<std::size_t> placeOfRule(const std::vector<ConnectionRule>& rules, const std::string& path)
{
    const auto found = std::ranges::find(rules, path, &ConnectionRule::path);
    return found == rules.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - rules.begin()));
}

std::string cannotSaveConnection(const ConnectionRule& rule)
{
    return "cannot save the connection of " + nameOfRulePath(rule.path);
}

tl::unexpected<Error> connectionNotSaved(const ConnectionRule& rule, std::string why, std::string fix)
{
    return failure(ErrorKind::Refused, cannotSaveConnection(rule), std::move(why), std::move(fix));
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

} // namespace

Result<std::string> withConnection(const std::string& source, const ConnectionRule& rule)
{
    const auto read = parseConnections(source);
    if (!read)
        return tl::unexpected(read.error());
    const auto place = placeOfRule(read->rules, rule.path);
    if (isEmptyRule(rule))
        return place ? withoutRule(*read->tree, connectionList, *place) : source;
    return place ? withChangedRule(source, connectionList, *place, settingsOf(read->rules[*place]),
                                   settingsOf(rule))
                 : withNewRule(*read->tree, connectionList, rule.path, settingsOf(rule));
}

Result<Change> changeConnection(const std::string& directory, const std::optional<ConnectionRule>& before,
                                const ConnectionRule& rule)
{
    if (const auto safe = checkRule(directory, rule); !safe)
        return tl::unexpected(safe.error());
    const std::string what = cannotSaveConnection(rule);
    return changeRules(
        directory, connectionList, what, [&](const std::string& source) -> Result<std::string> {
            const auto now = parseConnections(source);
            if (!now)
                return tl::unexpected(now.error());
            const auto place = placeOfRule(now->rules, rule.path);
            if (const auto same = checkRuleAsRead(now->rules, place, before, what); !same)
                return tl::unexpected(same.error());
            auto text = withConnection(source, rule);
            if (!text)
                return text;
            if (const auto again = parseConnections(*text); !again) // nothing that could not be read again
                return tl::unexpected(again.error());
            return text;
        });
}

} // namespace claimcheck::store
