// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What .claimcheck/*.yaml says of a request or a folder goes with it when it is deleted: another one that
// gets its name later must not be sent by a connection, with a token or to expectations that nobody gave it.

#include <store/treeplan.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/ownfiles.h>
#include <store/rows.h>
#include <store/yamledit.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;

/// At the top of a file: lists of rules with a `path`, and what is said of requests by their paths as keys.
constexpr std::array<const char*, 3> ruleKeys{"connections", "minted", "requests"};

bool isWithin(const std::string& path, const std::vector<std::string>& deleted)
{
    return std::any_of(deleted.begin(), deleted.end(), [&path](const std::string& each) {
        return path == each || (path.starts_with(each) && path[each.size()] == '/');
    });
}

/// Of each entry in turn; one without a path counts as one of the whole collection.
std::vector<std::string> pathsOfEntries(const YamlValue& entries)
{
    std::vector<std::string> paths;
    for (const YamlValue& item : entries.items())
        paths.push_back(rulePathOf(textAt(item, "path")));
    for (const YamlPair& pair : entries.pairs())
        paths.push_back(rulePathOf(pair.key.text()));
    return paths;
}

std::vector<std::string> pathsUnder(const YamlTree& tree, const char* key)
{
    const auto entries = tree.root().find(key);
    return entries ? pathsOfEntries(*entries) : std::vector<std::string>();
}

void dropEntries(YamlEdit& edit, const YamlTree& tree, const char* key,
                 const std::vector<std::string>& deleted)
{
    const auto goes = [&deleted](const std::string& path) { return isWithin(path, deleted); };
    const std::vector<std::string> paths = pathsUnder(tree, key);
    if (std::none_of(paths.begin(), paths.end(), goes))
        return;
    if (std::all_of(paths.begin(), paths.end(), goes))
        return edit.erase({key});
    const YamlValue entries = *tree.root().find(key);
    const std::vector<YamlPair> pairs = entries.pairs();
    for (std::size_t i = 0; i < paths.size(); ++i)
        if (goes(paths[i])) {
            if (entries.isSequence())
                edit.eraseItem(entries, i);
            else
                edit.eraseFrom(entries, pairs[i].key.text());
        }
}

/// Nothing else is gone, and what is said of others is still read: by an alias it may stand in what goes.
bool isLeftWhole(const YamlTree& before, const std::string& after, const std::string& file,
                 const std::vector<std::string>& deleted)
{
    const auto tree = parseYaml(after, file, {});
    return tree && std::all_of(ruleKeys.begin(), ruleKeys.end(), [&](const char* key) {
               std::vector<std::string> expected = pathsUnder(before, key);
               std::erase_if(expected,
                             [&deleted](const std::string& path) { return isWithin(path, deleted); });
               return pathsUnder(**tree, key) == expected;
           });
}

Result<std::string> withoutRulesOf(const std::vector<std::string>& deleted, const std::string& text,
                                   const std::string& file, const std::string& what)
{
    const auto tree = parseYaml(text, file, {});
    if (!tree) {
        const auto safe = checkUnread(text, file, deleted, what, tree.error());
        return safe ? Result<std::string>(text) : tl::unexpected(safe.error());
    }
    YamlEdit edit(**tree);
    for (const char* key : ruleKeys)
        dropEntries(edit, **tree, key, deleted);
    if (edit.isEmpty())
        return text;
    Result<std::string> after = edit.apply();
    if (!after || !isLeftWhole(**tree, *after, file, deleted))
        return failure(ErrorKind::Refused, what,
                       visible(file) + " has an entry for it that cannot be taken out alone" +
                           (after ? std::string() : ": " + after.error().why),
                       "take that out of the file in a text editor first",
                       after ? std::nullopt : after.error().where);
    return after;
}

/// It goes to the trash itself, as it is.
bool isTakenAway(const Change& change, const std::string& path)
{
    return std::any_of(change.steps.begin(), change.steps.end(), [&path](const Step& step) {
        return step.kind == Step::Kind::Take && path.starts_with(step.path + "/");
    });
}

/// A link would lead nowhere without its file, and then nothing is sent.
bool isReachedByLink(const Collection& collection, const std::string& path, const std::string& name)
{
    std::error_code error;
    return (fs::weakly_canonical(collection.directory, error) / name).string() != path || error;
}

} // namespace

Result<void> dropRules(const Collection& collection, Change& change, const std::vector<std::string>& deleted)
{
    const auto files = ownFiles(collection.directory);
    if (!files)
        return tl::unexpected(files.error());
    for (const auto& [path, name] : *files) {
        if (isTakenAway(change, path))
            continue;
        const Result<std::string> text = readFile(path, StoreLimits().bytes);
        if (!text)
            return tl::unexpected(text.error());
        const Result<std::string> after = withoutRulesOf(deleted, *text, name, change.what);
        if (!after)
            return tl::unexpected(after.error());
        if (*after == *text)
            continue;
        const bool isGone = trimmed(*after).empty() && !isReachedByLink(collection, path, name);
        change.steps.push_back({Step::Kind::Rewrite,
                                path,
                                {},
                                *text,
                                isGone ? std::nullopt : std::optional<std::string>(*after),
                                {}});
    }
    return {};
}

} // namespace claimcheck::store
