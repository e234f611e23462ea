// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <collection/connection.h>

#include <algorithm>

#include <base/text.h>
#include <collection/collection.h>
#include <http/url.h>

namespace claimcheck::collection {
namespace {

/// How near a rule is to an item: the length of the path that they share; nothing where it is not for it.
std::optional<std::size_t> nearness(std::string_view rule, std::string_view item)
{
    const bool isFor =
        rule.empty() || item == rule || (item.starts_with(rule) && item.substr(rule.size()).starts_with('/'));
    return isFor ? std::optional(rule.size()) : std::nullopt;
}

/// `*` stands for any text, nothing included; the rest ignoring case.
bool matches(std::string_view pattern, std::string_view text)
{
    if (pattern.empty())
        return text.empty();
    if (pattern.front() == '*')
        return matches(pattern.substr(1), text) || (!text.empty() && matches(pattern, text.substr(1)));
    return !text.empty() && equalsIgnoringCase(pattern.substr(0, 1), text.substr(0, 1)) &&
           matches(pattern.substr(1), text.substr(1));
}

/// "https://host:8443/" as some write it, "host:8443" as it is meant. More than a few `*` would take for
/// ever.
std::string_view hostPattern(std::string_view domain)
{
    domain = trimmed(domain);
    if (startsWithIgnoringCase(domain, "https://"))
        domain.remove_prefix(8);
    domain = domain.substr(0, domain.find('/'));
    return std::count(domain.begin(), domain.end(), '*') > 4 ? std::string_view() : domain;
}

bool fits(const ClientCertificate& certificate, const http::Url& url)
{
    const std::string_view pattern = hostPattern(certificate.domain);
    const bool hasPort = pattern.find(':', pattern.rfind(']') + 1) != std::string_view::npos;
    return certificate.enabled && !pattern.empty() &&
           matches(pattern, hasPort ? http::authority(url) : url.host);
}

template <typename Value>
void takeMissing(std::optional<Value>& value, const std::optional<Value>& outer)
{
    value = value ? value : outer;
}

/// Those that are for a path, the nearest first.
std::vector<const ConnectionRule*> connectionRulesFor(const Collection& collection, std::string_view path)
{
    std::vector<const ConnectionRule*> rules;
    for (const ConnectionRule& rule : collection.connections)
        if (nearness(rule.path, path))
            rules.push_back(&rule);
    std::ranges::stable_sort(rules, [](const ConnectionRule* a, const ConnectionRule* b) {
        return a->path.size() > b->path.size();
    });
    return rules;
}

ConnectionRule putTogether(const std::vector<const ConnectionRule*>& nearestFirst)
{
    ConnectionRule merged;
    for (const ConnectionRule* rule : nearestFirst) {
        takeMissing(merged.verify, rule->verify);
        takeMissing(merged.minimumTls, rule->minimumTls);
        takeMissing(merged.version, rule->version);
        takeMissing(merged.proxy, rule->proxy);
        merged.caFile = merged.caFile.empty() ? rule->caFile : merged.caFile;
    }
    return merged;
}

} // namespace

const MintedToken* mintedFor(const Collection& collection, const Item& item)
{
    const MintedToken* nearest = nullptr;
    for (const MintedToken& rule : collection.minted)
        if (nearness(rule.path, item.path) && (!nearest || rule.path.size() >= nearest->path.size()))
            nearest = &rule;
    if (!nearest || nearest->path == item.path)
        return nearest;
    if (item.entry.auth != AuthMode::Inherit)
        return nullptr;
    for (const Folder* folder : foldersAround(collection, item.path)) {
        if (folder->path == nearest->path)
            return nearest;
        if (folder->auth != AuthMode::Inherit)
            return nullptr;
    }
    return nullptr;
}

ConnectionRule connectionFor(const Collection& collection, const Item& item)
{
    return putTogether(connectionRulesFor(collection, item.path));
}

const ConnectionRule* connectionAt(const Collection& collection, std::string_view path)
{
    const auto found = std::ranges::find_if(collection.connections,
                                            [path](const ConnectionRule& rule) { return rule.path == path; });
    return found == collection.connections.end() ? nullptr : &*found;
}

ConnectionRule connectionAround(const Collection& collection, std::string_view path)
{
    std::vector<const ConnectionRule*> rules = connectionRulesFor(collection, path);
    std::erase(rules, connectionAt(collection, path));
    return putTogether(rules);
}

const ClientCertificate* certificateFor(const Collection& collection, std::string_view environment,
                                        std::string_view url)
{
    const auto parsed = http::parseUrl(url);
    if (!parsed || !parsed->isSecure())
        return nullptr;
    const auto findIn = [&parsed](const std::vector<ClientCertificate>& list) {
        const auto found = std::ranges::find_if(
            list, [&parsed](const ClientCertificate& each) { return fits(each, *parsed); });
        return found == list.end() ? nullptr : &*found;
    };
    for (const Environment* each : withExtended(collection, environment))
        if (const ClientCertificate* found = findIn(each->certificates))
            return found;
    return findIn(collection.certificates);
}

bool bypasses(const Proxy& proxy, std::string_view url)
{
    const auto parsed = http::parseUrl(url);
    std::string_view rest = proxy.bypass;
    while (parsed && !rest.empty()) {
        const std::size_t end = std::min(rest.find_first_of(",; "), rest.size());
        std::string_view entry = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (entry == "*")
            return true;
        if (entry.starts_with("*."))
            entry.remove_prefix(1);
        const bool isBelow = entry.starts_with('.') && parsed->host.size() > entry.size() &&
                             toLowerAscii(parsed->host).ends_with(toLowerAscii(entry));
        if (isBelow || equalsIgnoringCase(entry, parsed->host) ||
            equalsIgnoringCase(entry, http::authority(*parsed)))
            return !entry.empty();
    }
    return false;
}

} // namespace claimcheck::collection
