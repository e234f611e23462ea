// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/strayrules.h>

#include <array>
#include <optional>
#include <set>
#include <string>

#include <store/checks.h>
#include <store/collectionread.h>
#include <store/connectionwrite.h>
#include <store/identities.h>
#include <store/matrix.h>
#include <store/ownfiles.h>
#include <store/rows.h>
#include <store/yamltree.h>

namespace claimcheck::store {
namespace {

/// A list of rules with a `path`, for requests and folders; or a mapping with the paths of requests as keys,
/// which are looked up as they stand there.
struct RulePlace
{
    const char* file;
    const char* key;
    bool isOfRequests;
};
constexpr std::array<RulePlace, 4> rulePlaces{{{connectionsFile, "connections", false},
                                               {sessionsFile, "minted", false},
                                               {checksFile, "requests", true},
                                               {matrixFile, "requests", true}}};

/// What rules may be for.
struct Targets
{
    std::set<std::string> requests;
    std::set<std::string> folders; ///< the collection, "", among them

    explicit Targets(const collection::Folder& root) { add(root); }

    void add(const collection::Folder& folder)
    {
        folders.insert(folder.path);
        for (const collection::Item& item : folder.items)
            requests.insert(item.path);
        for (const collection::Folder& inner : folder.folders)
            add(inner);
    }
    bool has(const std::string& path, bool isOfRequests) const
    {
        return requests.contains(path) || (!isOfRequests && folders.contains(path));
    }
};

std::set<std::string> pathsNamedAt(const RulePlace& place, const std::string& directory)
{
    std::set<std::string> paths;
    const auto text = readIfThere(directory, place.file, StoreLimits().bytes);
    if (!text || !*text)
        return paths;
    const auto tree = parseYaml(**text, place.file, {});
    const auto entries = tree ? (*tree)->root().find(place.key) : std::nullopt;
    if (!entries)
        return paths;
    if (!place.isOfRequests)
        for (const YamlValue& rule : entries->items())
            paths.insert(rulePathOf(textAt(rule, "path")));
    else
        for (const YamlPair& pair : entries->pairs())
            paths.insert(pair.key.text());
    return paths;
}

} // namespace

std::vector<collection::StrayRule> strayRulesOf(const collection::Collection& collection)
{
    std::vector<collection::StrayRule> stray;
    std::optional<Targets> targets; // most collections need none
    for (const RulePlace& place : rulePlaces)
        for (const std::string& path : pathsNamedAt(place, collection.directory)) {
            if (!targets)
                targets.emplace(collection.root);
            if (!targets->has(path, place.isOfRequests))
                stray.push_back({place.file, path, place.isOfRequests});
        }
    return stray;
}

} // namespace claimcheck::store
