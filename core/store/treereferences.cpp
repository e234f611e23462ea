// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands about a request or a folder in .claimcheck/*.yaml stands there by its path. Such a path goes
// along: of a request wherever it is written, as a key or as a value; of a folder, and of a file that lies in
// one, where a rule names it (docs/collections.md). Nothing else in those files is touched.

#include <store/treeplan.h>

#include <array>
#include <map>
#include <set>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/connectionwrite.h>
#include <store/files.h>
#include <store/identities.h>
#include <store/ownfiles.h>
#include <store/transfer.h>
#include <store/yamledit.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* ownFolder = ".claimcheck";

/// Of each item of the list, or value of the mapping, at the top of a file: what `key` leads to, in the
/// mapping `within` of it where that is not empty.
struct PathPlace
{
    std::string_view list;
    std::string_view within;
    std::string_view key;
    bool isRule = false; ///< for what lies at that path; elsewhere it names a file
};
constexpr std::array<PathPlace, 7> pathPlaces{{
    {"connections", "", "path", true},
    {"connections", "", "caFile"},
    {"minted", "", "path", true},
    {"minted", "", "keyFile"},
    {"sessions", "oauth2", "clientKeyFile"},
    {"requests", "schema", "file"},
    {"keys", "", "file"},
}};

struct PathReference
{
    YamlValue value;
    std::size_t column;              ///< of the mapping or item that it stands in
    std::optional<std::size_t> list; ///< where the list of rules begins that has it for one of its paths
    bool isFile = false;             ///< names a file, and is no rule for it
    std::string path = {};
    std::string now = {};

    bool isMoved() const { return now != path; }
};
using PathReferences = std::vector<PathReference>;

/// Paths of requests end in .yml: the name of a session that reads like a folder is none.
bool isRequestPath(const std::string& text)
{
    return text.ends_with(".yml");
}

void gatherRequests(const YamlValue& value, std::size_t column, PathReferences& found)
{
    if (value.isAlias())
        return;
    if (value.isScalar() && isRequestPath(value.text()))
        found.push_back({value, column, {}});
    for (const YamlValue& item : value.items())
        gatherRequests(item, item.node().column, found);
    for (const YamlPair& pair : value.pairs()) {
        if (!pair.key.isAlias() && pair.key.isScalar() && isRequestPath(pair.key.text()))
            found.push_back({pair.key, value.node().column, value.node().begin});
        gatherRequests(pair.value, value.node().column, found);
    }
}

std::vector<YamlValue> entriesOf(const YamlValue& list)
{
    std::vector<YamlValue> entries = list.items();
    for (const YamlPair& pair : list.pairs())
        entries.push_back(pair.value);
    return entries;
}

/// An alias counts as what it stands for, as it does when the rules are read.
void gatherPlace(const YamlValue& root, const PathPlace& place, PathReferences& found)
{
    const auto list = root.find(place.list);
    if (!list)
        return;
    for (const YamlValue& entry : entriesOf(*list)) {
        const auto around = place.within.empty() ? std::optional(entry) : entry.find(place.within);
        const auto value = around ? around->find(place.key) : std::nullopt;
        if (value && value->isScalar())
            found.push_back({*value, around->node().column,
                             place.isRule ? std::optional(list->node().begin) : std::nullopt, !place.isRule});
    }
}

/// Each once.
PathReferences referencesIn(const YamlValue& root, const Moves& moves)
{
    PathReferences found;
    for (const PathPlace& place : pathPlaces)
        gatherPlace(root, place, found);
    gatherRequests(root, 0, found);
    std::set<std::size_t> places;
    std::erase_if(found, [&places](const PathReference& each) {
        return !places.insert(each.value.node().begin).second;
    });
    for (PathReference& each : found) {
        each.path = rulePathOf(each.value.text());
        each.now = each.isFile ? movedFile(moves, each.path).value_or(each.path) : moved(moves, each.path);
    }
    return found;
}

/// What is left of something that lay there before, and would come to count beside the rules that go along,
/// or in their place.
const PathReference* findLeftOver(const PathReferences& references)
{
    using Place = std::pair<std::size_t, std::string>;
    std::map<Place, const PathReference*> staying;
    for (const PathReference& each : references)
        if (each.list && !each.isMoved())
            staying.emplace(Place(*each.list, each.path), &each);
    for (const PathReference& each : references) {
        if (!each.list || !each.isMoved())
            continue;
        if (const auto same = staying.find({*each.list, each.now}); same != staying.end())
            return same->second;
        const auto below = staying.lower_bound({*each.list, each.now + "/"});
        if (below != staying.end() && below->first.first == *each.list &&
            below->first.second.starts_with(each.now + "/"))
            return below->second;
    }
    return nullptr;
}

/// The text of the file, with the paths that it names as they are after the moves.
Result<std::string> followed(const std::string& text, const std::string& file, const Change& change)
{
    const auto tree = parseYaml(text, file, {});
    if (!tree) {
        std::vector<std::string> paths;
        for (const auto& [from, to] : change.moves)
            paths.push_back(from);
        const auto safe = checkUnread(text, file, paths, change.what, tree.error());
        return safe ? Result<std::string>(text) : tl::unexpected(safe.error());
    }
    const PathReferences references = referencesIn((*tree)->root(), change.moves);
    if (const PathReference* const leftOver = findLeftOver(references))
        return failure(ErrorKind::Refused, change.what,
                       visible(file) + " has an entry for " + visible(leftOver->path) +
                           " already, left over from what lay there before",
                       "take that out of the file in a text editor, or choose another name",
                       leftOver->value.position());
    YamlEdit edit(**tree);
    for (const PathReference& each : references)
        if (each.isMoved())
            edit.replaceScalar(each.value, YamlOut::ofText(each.now), each.column);
    return edit.isEmpty() ? Result<std::string>(text) : edit.apply();
}

} // namespace

Result<std::map<std::string, std::string>> ownFiles(const fs::path& root)
{
    std::map<std::string, std::string> files;
    std::error_code error;
    fs::directory_iterator next(root / ownFolder, error);
    for (const fs::directory_iterator end; !error && next != end; next.increment(error)) {
        const std::string name = ownFolder + ("/" + next->path().filename().string());
        const auto path = pathInside(root, name);
        std::error_code unknown;
        if (next->path().extension() == ".yaml" && path && fs::is_regular_file(*path, unknown))
            files.emplace(path->string(), name);
    }
    if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory)
        return systemError(error.value(), "cannot read the folder " + std::string(ownFolder));
    return files;
}

Result<void> checkUnread(const std::string& text, const std::string& file,
                         const std::vector<std::string>& paths, const std::string& what, const Error& cause)
{
    if (file != connectionsFile && file != sessionsFile)
        return {};
    for (const std::string& path : paths)
        if (text.find(path) != std::string::npos)
            return failure(ErrorKind::Refused, what,
                           "rules of " + visible(file) +
                               " may be for it, and cannot go with it: the file cannot be read: " + cause.why,
                           "mend the file first", cause.where);
    return {};
}

Result<void> moveReferences(const collection::Collection& collection, Change& change)
{
    if (change.moves.empty())
        return {};
    const auto files = ownFiles(collection.directory);
    if (!files)
        return tl::unexpected(files.error());
    for (const auto& [path, name] : *files) {
        const Result<std::string> text = textAfter(change, path);
        if (!text)
            return tl::unexpected(text.error());
        Result<std::string> after = followed(*text, name, change);
        if (!after)
            return tl::unexpected(after.error());
        rewriteBeforeMoves(change, path, *text, *std::move(after));
    }
    return {};
}

} // namespace claimcheck::store
