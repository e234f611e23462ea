// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Walks over the tree of folders: finding items, and what they inherit.

#include <algorithm>

#include <base/text.h>
#include <collection/collection.h>

namespace claimcheck::collection {
namespace {

const Item* findIn(const Folder& folder, std::string_view path)
{
    for (const Item& item : folder.items)
        if (item.path == path)
            return &item;
    for (const Folder& inner : folder.folders)
        if (const Item* found = findIn(inner, path))
            return found;
    return nullptr;
}

bool isBelow(std::string_view path, const Folder& folder)
{
    return folder.path.empty() || (path.size() > folder.path.size() && path.starts_with(folder.path) &&
                                   path[folder.path.size()] == '/');
}

void addMissing(std::vector<Field>& headers, const std::vector<Field>& inherited)
{
    const std::size_t own = headers.size();
    for (const Field& header : inherited) {
        const auto end = headers.begin() + static_cast<std::ptrdiff_t>(own);
        const bool isSet = std::any_of(headers.begin(), end, [&](const Field& field) {
            return field.enabled && equalsIgnoringCase(field.name, header.name);
        });
        if (header.enabled && !isSet)
            headers.push_back(header);
    }
}

std::vector<Field> fieldsOf(const http::Headers& headers)
{
    std::vector<Field> fields;
    for (const http::Header& header : headers)
        fields.push_back({header.name, header.value, true});
    return fields;
}

/// The nearest folder that says how to authorise.
const Folder* authSource(const Collection& collection, const Item& item)
{
    for (const Folder* folder : foldersAround(collection, item.path))
        if (folder->auth != AuthMode::Inherit)
            return folder;
    return nullptr;
}

} // namespace

std::vector<const Environment*> withExtended(const Collection& collection, std::string_view name)
{
    std::vector<const Environment*> chain;
    while (!name.empty()) {
        const auto& all = collection.environments;
        const auto found =
            std::find_if(all.begin(), all.end(), [name](const Environment& e) { return e.name == name; });
        if (found == all.end() || std::find(chain.begin(), chain.end(), &*found) != chain.end())
            return chain;
        chain.push_back(&*found);
        name = found->extended;
    }
    return chain;
}

bool hasIdleActions(const Entry& entry)
{
    const std::vector<std::string>& others = entry.kept.others;
    return std::find(others.begin(), others.end(), idleActions) != others.end();
}

std::string warningOf(const StrayRule& rule)
{
    return "the rule for " + visible(rule.path) + " in " + rule.file + " names no request" +
           (rule.isOfRequests ? "" : " or folder") + " (delete it, or mend its path)";
}

const Item* findItem(const Collection& collection, std::string_view path)
{
    return path.empty() ? nullptr : findIn(collection.root, path);
}

std::vector<const Folder*> foldersAround(const Collection& collection, std::string_view path)
{
    std::vector<const Folder*> around{&collection.root};
    for (bool deeper = true; deeper;) {
        deeper = false;
        for (const Folder& inner : around.back()->folders) {
            if (isBelow(path, inner)) {
                around.push_back(&inner);
                deeper = true;
                break;
            }
        }
    }
    std::reverse(around.begin(), around.end());
    return around;
}

AuthMode effectiveAuth(const Collection& collection, const Item& item)
{
    if (item.entry.auth != AuthMode::Inherit)
        return item.entry.auth;
    const Folder* source = authSource(collection, item);
    return source ? source->auth : AuthMode::None;
}

std::vector<variables::Scope> scopesOf(const Collection& collection, const Item& item,
                                       std::string_view environment)
{
    using variables::lastOfEachName;
    std::vector<variables::Scope> scopes{{"the request", lastOfEachName(item.entry.variables)}};
    for (const Folder* folder : foldersAround(collection, item.path))
        if (!folder->path.empty())
            scopes.push_back({"folder " + folder->name, lastOfEachName(folder->variables)});
    for (const Environment* each : withExtended(collection, environment))
        scopes.push_back({"environment " + each->name, lastOfEachName(each->variables)});
    scopes.push_back({"the collection", lastOfEachName(collection.variables)});
    return scopes;
}

Entry withInherited(const Collection& collection, const Item& item)
{
    Entry entry = item.entry;
    for (const Folder* folder : foldersAround(collection, item.path))
        addMissing(entry.headers, folder->headers);
    addMissing(entry.headers, fieldsOf(collection.headers));
    if (entry.auth == AuthMode::Inherit) {
        const Folder* source = authSource(collection, item);
        entry.auth = source ? source->auth : AuthMode::None;
        entry.kept.auth = source ? source->keptAuth : std::string();
    }
    return entry;
}

Credentials effectiveCredentials(const Collection& collection, const Item& item)
{
    if (item.entry.auth != AuthMode::Inherit)
        return item.details.credentials;
    const Folder* source = authSource(collection, item);
    return source ? source->details.credentials : Credentials();
}

Settings effectiveSettings(const Collection& collection, const Item& item)
{
    Settings settings = item.details.settings;
    for (const Folder* folder : foldersAround(collection, item.path)) {
        const Settings& outer = folder->details.settings;
        settings.timeout = settings.timeout ? settings.timeout : outer.timeout;
        settings.followRedirects =
            settings.followRedirects ? settings.followRedirects : outer.followRedirects;
        settings.maximumRedirects =
            settings.maximumRedirects ? settings.maximumRedirects : outer.maximumRedirects;
        settings.encodeUrl = settings.encodeUrl ? settings.encodeUrl : outer.encodeUrl;
    }
    return settings;
}

} // namespace claimcheck::collection
