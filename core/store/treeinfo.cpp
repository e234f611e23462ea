// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A new name or number in a file that is there: those lines and no other.

#include <store/filenames.h>
#include <store/treeplan.h>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/entryfile.h>
#include <store/files.h>
#include <store/newcollection.h>
#include <store/yamledit.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Folder;

void put(YamlEdit& edit, const YamlTree& tree, const char* key, const YamlOut& value)
{
    const std::optional<YamlValue> info = tree.root().find("info");
    if (info && info->isMapping() && info->find(key))
        putText(edit, *info, key, value);
    else
        edit.put({"info", key}, value);
}

Result<std::string> withOne(const std::string& yaml, const std::string& fileName, const char* key,
                            const YamlOut& value)
{
    const auto tree = parseYaml(yaml, fileName, {});
    if (!tree)
        return tl::unexpected(tree.error());
    YamlEdit edit(**tree);
    put(edit, **tree, key, value);
    return edit.apply();
}

collection::Entry infoOf(const std::string& yaml, const std::string& fileName)
{
    collection::Entry info;
    if (const auto tree = parseYaml(yaml, fileName, {}))
        readInfo(**tree, info);
    return info;
}

Result<std::string> readAsItWas(const collection::Item& item, const std::string& path,
                                const std::string& what)
{
    Result<std::string> text = readFile(path, StoreLimits().bytes);
    if (text && fingerprint(*text) != item.fingerprint)
        return failure(ErrorKind::Refused, what,
                       "another program has changed " + visible(item.path) + " since it was read",
                       "look at the tree as it is now, and try again");
    return text;
}

Result<void> addRewrite(Change& change, const fs::path& path, std::string before, const Info& info)
{
    Result<std::string> after = withInfo(before, path.filename().string(), info);
    if (!after)
        return tl::unexpected(after.error());
    if (*after != before)
        change.steps.push_back(
            {Step::Kind::Rewrite, path.string(), {}, std::move(before), *std::move(after), {}});
    return {};
}

Result<void> rewriteFolder(const Collection& collection, Change& change, const Folder& folder,
                           const Info& info)
{
    const Result<fs::path> path = pathInside(collection.directory, below(folder.path, folderFile));
    if (!path)
        return tl::unexpected(path.error());
    std::error_code error;
    if (fs::exists(*path, error)) {
        const Result<std::string> text = readFile(path->string(), StoreLimits().bytes);
        return text ? addRewrite(change, *path, *text, info) : tl::unexpected(text.error());
    }
    Folder fresh;
    fresh.name = info.name.value_or(folder.name);
    fresh.sequence = info.sequence.value_or(folder.sequence);
    change.steps.push_back({Step::Kind::Rewrite, path->string(), {}, std::nullopt, writeFolder(fresh), {}});
    return {};
}

} // namespace

Result<std::string> withInfo(const std::string& yaml, const std::string& fileName, const Info& info)
{
    Result<std::string> text = yaml;
    if (info.name)
        text = withOne(*text, fileName, "name", YamlOut::ofText(*info.name));
    if (text && info.sequence)
        text = withOne(*text, fileName, "seq", YamlOut::ofWord(std::to_string(*info.sequence)));
    if (!text)
        return text;
    const collection::Entry read = infoOf(*text, fileName);
    if ((info.name && read.name != *info.name) || (info.sequence && read.sequence != *info.sequence))
        return failure(ErrorKind::Internal, "cannot change " + visible(fileName),
                       "the file is written in a way that the change would not survive",
                       "change it in a text editor");
    return text;
}

bool isFixedFolder(const Folder& folder)
{
    const std::string own = below(folder.path, folderFile);
    for (const collection::Item& item : folder.items)
        if (item.path == own && item.problem)
            return true;
    return false;
}

Result<void> rewriteInfo(const Collection& collection, Change& change, const Node& node, const Info& info)
{
    if (node.folder != nullptr)
        return isFixedFolder(*node.folder) ? Result<void>()
                                           : rewriteFolder(collection, change, *node.folder, info);
    if (node.isFixed())
        return {};
    const Result<fs::path> path = pathInside(collection.directory, node.path);
    if (!path)
        return tl::unexpected(path.error());
    const Result<std::string> text = readAsItWas(*node.item, path->string(), change.what);
    return text ? addRewrite(change, *path, *text, info) : tl::unexpected(text.error());
}

} // namespace claimcheck::store
