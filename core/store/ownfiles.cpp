// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/ownfiles.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <store/rows.h>

namespace claimcheck::store {
namespace {

tl::unexpected<Error> badRule(const YamlValue& place, std::string why, std::string fix)
{
    return failure(ErrorKind::Malformed, "cannot use " + visible(place.tree().fileName), std::move(why),
                   std::move(fix), place.position());
}

/// A word that is misspelt would be a rule that says less than it seems to.
template <std::size_t count>
Result<void> checkKeys(const YamlValue& rule, const std::array<std::string_view, count>& known)
{
    if (!rule.isMapping())
        return badRule(rule, "an item of its list is no mapping", "write it as `- path: …`");
    for (const YamlPair& pair : rule.pairs())
        if (std::ranges::find(known, pair.key.text()) == known.end())
            return badRule(pair.key, "nothing is known of the key " + visible(pair.key.text()),
                           "check its spelling; docs/collections.md has them all");
    if (!rule.find("path"))
        return badRule(rule, "a rule does not say what it is for",
                       "add `path:` with a request's file or a folder; \"\" is the whole collection");
    return {};
}

std::string pathOf(const YamlValue& rule)
{
    return rulePathOf(textAt(rule, "path"));
}

template <typename Rule, typename Read>
Result<std::vector<Rule>> readRules(const YamlTree& tree, std::string_view key, Read read)
{
    std::vector<Rule> rules;
    const auto list = tree.root().find(key);
    if (!list || list->isNull())
        return rules;
    if (!list->isSequence())
        return badRule(*list, "`" + std::string(key) + "` is no list", "write its rules as `- path: …`");
    for (const YamlValue& item : list->items()) {
        Result<Rule> rule = read(item);
        if (!rule)
            return tl::unexpected(rule.error());
        rules.push_back(*std::move(rule));
    }
    return rules;
}

Result<collection::MintedToken> readMintedRule(const YamlValue& rule)
{
    static constexpr std::array<std::string_view, 12> keys{"path",         "algorithm", "key",    "keyFile",
                                                           "passphrase",   "header",    "claims", "expiresIn",
                                                           "allowWeakKey", "in",        "name",   "prefix"};
    if (const auto known = checkKeys(rule, keys); !known)
        return tl::unexpected(known.error());
    collection::MintedToken token;
    token.path = pathOf(rule);
    token.algorithm = textAt(rule, "algorithm");
    token.key = textAt(rule, "key");
    token.keyFile = textAt(rule, "keyFile");
    token.passphrase = textAt(rule, "passphrase");
    token.header = textAt(rule, "header");
    token.claims = textAt(rule, "claims");
    token.allowWeakKey = textAt(rule, "allowWeakKey") == "true";
    token.inQuery = textAt(rule, "in") == "query";
    token.name = textAt(rule, "name", usualMintedName(token.inQuery));
    const auto prefix = rule.find("prefix");
    token.prefix = prefix ? prefix->text() : usualMintedPrefix(token.inQuery, token.name);
    if (const std::string lifetime = textAt(rule, "expiresIn"); !lifetime.empty()) {
        token.lifetime = parseDuration(lifetime);
        if (!token.lifetime)
            return badRule(*rule.find("expiresIn"), "its lifetime is none", "write it as 30s, 5m or 1h");
    }
    if (token.algorithm.empty() || token.key.empty() == token.keyFile.empty())
        return badRule(rule, "a token cannot be made without an algorithm and one key",
                       "add `algorithm:` and one of `key:` and `keyFile:`");
    return token;
}

std::optional<http::TlsVersion> tlsVersion(std::string_view text)
{
    using enum http::TlsVersion;
    static constexpr std::array<std::pair<std::string_view, http::TlsVersion>, 4> versions{
        {{"1.0", Tls1_0}, {"1.1", Tls1_1}, {"1.2", Tls1_2}, {"1.3", Tls1_3}}};
    for (const auto& [word, version] : versions)
        if (word == text)
            return version;
    return std::nullopt;
}

std::optional<http::HttpVersion> httpVersion(std::string_view text)
{
    if (text == "auto")
        return http::HttpVersion::Automatic;
    if (text == "1.1")
        return http::HttpVersion::Http1_1;
    return text == "2" ? std::optional(http::HttpVersion::Http2) : std::nullopt;
}

Result<collection::ConnectionRule> readConnectionRule(const YamlValue& rule)
{
    static constexpr std::array<std::string_view, 6> keys{"path",        "verifyTls", "minimumTls",
                                                          "httpVersion", "proxy",     "caFile"};
    if (const auto known = checkKeys(rule, keys); !known)
        return tl::unexpected(known.error());
    collection::ConnectionRule out;
    out.path = pathOf(rule);
    out.caFile = textAt(rule, "caFile");
    const std::string verify = textAt(rule, "verifyTls");
    const std::string minimum = textAt(rule, "minimumTls");
    const std::string version = textAt(rule, "httpVersion");
    if (const std::string proxy = textAt(rule, "proxy"); !proxy.empty())
        out.proxy = proxy;
    if (verify == "true" || verify == "false")
        out.verify = verify == "true";
    else if (!verify.empty())
        return badRule(*rule.find("verifyTls"), "verifyTls is neither true nor false", "write one of them");
    out.minimumTls = tlsVersion(minimum);
    if (!minimum.empty() && !out.minimumTls)
        return badRule(*rule.find("minimumTls"), "minimumTls is no version of TLS",
                       "write it as \"1.0\", \"1.1\", \"1.2\" or \"1.3\"");
    out.version = httpVersion(version);
    if (!version.empty() && !out.version)
        return badRule(*rule.find("httpVersion"), "httpVersion is none that can be spoken",
                       "write it as \"1.1\", \"2\" or auto");
    return out;
}

bool isTrue(const YamlValue& mapping, std::string_view key)
{
    const auto value = mapping.find(key);
    return value && value->isTrue();
}

} // namespace

std::string rulePathOf(std::string path)
{
    while (path.starts_with("./"))
        path.erase(0, 2);
    while (path.ends_with('/'))
        path.pop_back();
    return path == "." ? std::string() : path;
}

Result<std::vector<collection::MintedToken>> readMinted(const YamlTree& tree)
{
    return readRules<collection::MintedToken>(tree, "minted", readMintedRule);
}

std::string usualMintedName(bool inQuery)
{
    return inQuery ? "access_token" : "Authorization";
}

std::string usualMintedPrefix(bool inQuery, const std::string& name)
{
    return inQuery || name != "Authorization" ? "" : "Bearer ";
}

Result<std::vector<collection::ConnectionRule>> readConnections(const YamlTree& tree)
{
    return readRules<collection::ConnectionRule>(tree, "connections", readConnectionRule);
}

collection::ClientCertificate readCertificate(const YamlValue& item)
{
    const bool isBundle = textAt(item, "type") == "pkcs12";
    return {textAt(item, "domain"), textAt(item, isBundle ? "pkcs12FilePath" : "certificateFilePath"),
            isBundle ? std::string() : textAt(item, "privateKeyFilePath"), textAt(item, "passphrase"),
            !isTrue(item, "disabled")};
}

std::vector<collection::ClientCertificate> readCertificates(const YamlValue& around)
{
    std::vector<collection::ClientCertificate> certificates;
    const auto list = around.find("clientCertificates");
    if (!list || !list->isSequence())
        return certificates;
    for (const YamlValue& item : list->items())
        certificates.push_back(readCertificate(item));
    return certificates;
}

std::optional<collection::Proxy> readProxy(const YamlValue& config)
{
    const auto proxy = config.find("proxy");
    const auto values = proxy ? proxy->find("config") : std::nullopt;
    if (!values || !values->isMapping() || isTrue(*proxy, "disabled") || isTrue(*proxy, "inherit"))
        return std::nullopt;
    collection::Proxy out{
        textAt(*values, "protocol"),   textAt(*values, "hostname"), textAt(*values, "port"), {}, {},
        textAt(*values, "bypassProxy")};
    if (const auto auth = values->find("auth"); auth && !isTrue(*auth, "disabled")) {
        out.user = textAt(*auth, "username");
        out.password = textAt(*auth, "password");
    }
    return out;
}

} // namespace claimcheck::store
