// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands about a request in .claimcheck/*.yaml stands there by the request's path. Wherever such a path
// is written, as a key or as a value, it goes along; nothing else in those files is touched.

#include <store/treeplan.h>

#include <algorithm>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/yamledit.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* ownFolder = ".claimcheck";

/// Paths of requests end in .yml: the name of a session that reads like a folder is none.
bool isReference(const std::string& text)
{
    return text.ends_with(".yml");
}

void follow(YamlEdit& edit, const YamlValue& value, std::size_t column, const Moves& moves)
{
    if (value.isAlias())
        return;
    if (value.isScalar() && isReference(value.text()))
        if (const std::string now = moved(moves, value.text()); now != value.text())
            edit.replaceScalar(value, YamlOut::ofText(now), column);
    if (value.isSequence())
        for (const YamlValue& item : value.items())
            follow(edit, item, item.node().column, moves);
    if (!value.isMapping())
        return;
    for (const YamlPair& pair : value.pairs()) {
        follow(edit, pair.key, value.node().column, moves);
        follow(edit, pair.value, value.node().column, moves);
    }
}

std::vector<fs::path> ownFiles(const fs::path& root)
{
    std::vector<fs::path> files;
    std::error_code error;
    if (fs::is_symlink(root / ownFolder, error))
        return files;
    for (fs::directory_iterator next(root / ownFolder, error), end; !error && next != end;
         next.increment(error))
        if (next->path().extension() == ".yaml" && next->is_regular_file(error) && !next->is_symlink(error))
            files.push_back(next->path());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

/// A file of ours that does not parse is left alone: its entries did not count before either.
Result<void> moveReferences(const collection::Collection& collection, Change& change)
{
    if (change.moves.empty())
        return {};
    for (const fs::path& path : ownFiles(collection.directory)) {
        Result<std::string> text = readFile(path.string(), StoreLimits().bytes);
        if (!text)
            return tl::unexpected(text.error());
        const auto tree = parseYaml(*text, path.filename().string(), {});
        if (!tree)
            continue;
        YamlEdit edit(**tree);
        follow(edit, (*tree)->root(), 0, change.moves);
        if (edit.isEmpty())
            continue;
        Result<std::string> after = edit.apply();
        if (!after)
            return tl::unexpected(after.error());
        change.steps.push_back(
            {Step::Kind::Rewrite, path.string(), {}, *std::move(text), *std::move(after), {}});
    }
    return {};
}

} // namespace claimcheck::store
