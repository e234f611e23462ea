// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/filenames.h>
#include <store/treeplan.h>

#include <algorithm>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/treeedit.h>

namespace claimcheck::store {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Folder;

namespace {

const Folder* folderAt(const Collection& collection, const std::string& path)
{
    const Folder* nearest = collection::foldersAround(collection, path + "/x").front();
    return nearest->path == path ? nearest : nullptr;
}

std::string folded(const std::string& name)
{
    return toQString(name).toLower().toStdString();
}

} // namespace

Result<Node> findNode(const Collection& collection, const std::string& path, const std::string& what)
{
    if (nameOf(path) == folderFile || path == rootFile)
        return failure(ErrorKind::Refused, what, "it describes the folder that it lies in",
                       "mend it in a text editor");
    Node node{collection::findItem(collection, path), nullptr, path};
    if (node.item == nullptr && !path.empty())
        node.folder = folderAt(collection, path);
    if (node.item == nullptr && node.folder == nullptr)
        return failure(ErrorKind::Refused, what, "there is no " + visible(path) + " in the collection",
                       "look at the tree as it is now");
    return node;
}

Result<const Folder*> findFolder(const Collection& collection, const std::string& path,
                                 const std::string& what)
{
    const Folder* folder = path.empty() ? &collection.root : folderAt(collection, path);
    if (folder == nullptr)
        return failure(ErrorKind::Refused, what, "there is no folder " + visible(path) + " in the collection",
                       "look at the tree as it is now");
    return folder;
}

std::string parentOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string nameOf(const std::string& path)
{
    return path.substr(path.rfind('/') + 1);
}

std::string endingOf(const std::string& path)
{
    return path.ends_with(".yml") ? ".yml" : "";
}

std::string below(const std::string& folder, const std::string& name)
{
    return folder.empty() ? name : folder + "/" + name;
}

Result<std::string> placeOf(const Collection& collection, const std::string& path, const std::string& what)
{
    auto around = pathInside(collection.directory, parentOf(path));
    if (!around) {
        around.error().what = what;
        return tl::unexpected(around.error());
    }
    return (*around / nameOf(path)).string();
}

/// On some systems A.yml and a.yml are one file.
FreeNames::FreeNames(const Collection& collection, const std::string& folder)
    : m_taken{"node_modules", folderFile}
{
    if (folder.empty())
        m_taken.insert({"environments", rootFile});
    std::error_code error;
    for (fs::directory_iterator next(fs::path(collection.directory) / folder, error), end;
         !error && next != end; next.increment(error))
        m_taken.insert(folded(next->path().filename().string()));
}

void FreeNames::release(const std::string& name)
{
    m_taken.erase(folded(name));
}

std::string FreeNames::take(const std::string& base, std::string_view ending)
{
    std::string name = base + std::string(ending);
    for (int number = 2; !m_taken.insert(folded(name)).second; ++number)
        name = base + "-" + std::to_string(number) + std::string(ending);
    return name;
}

Order orderOf(const Folder& folder, const std::vector<std::string>& without)
{
    const auto stays = [&without](const std::string& path) {
        return std::find(without.begin(), without.end(), path) == without.end();
    };
    Order order;
    for (const Folder& inner : folder.folders)
        if (stays(inner.path))
            order.folders.push_back({inner.path, inner.name, inner.sequence, isFixedFolder(inner), false});
    for (const collection::Item& item : folder.items)
        if (stays(item.path) && nameOf(item.path) != folderFile && item.path != rootFile)
            order.requests.push_back(
                {item.path, item.entry.name, item.entry.sequence, item.problem.has_value(), false});
    return order;
}

void insertBefore(std::vector<Numbered>& list, Numbered one, const std::string& before)
{
    const auto place = std::find_if(list.begin(), list.end(),
                                    [&before](const Numbered& each) { return each.path == before; });
    list.insert(place, std::move(one));
}

Result<void> renumberSiblings(const Collection& collection, Change& change, const std::vector<Numbered>& list,
                              const std::vector<std::optional<int>>& numbers)
{
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!numbers[i] || list[i].moved)
            continue;
        const Result<Node> node = findNode(collection, list[i].path, change.what);
        if (!node)
            return tl::unexpected(node.error());
        if (auto done = rewriteInfo(collection, change, *node, {std::nullopt, numbers[i]}); !done)
            return done;
    }
    return {};
}

std::vector<std::string> outermost(std::vector<std::string> paths)
{
    std::vector<std::string> kept;
    for (const std::string& path : paths) {
        const auto covers = [&path](const std::string& other) {
            return path.size() > other.size() && path[other.size()] == '/' && path.starts_with(other);
        };
        if (std::none_of(paths.begin(), paths.end(), covers) &&
            std::find(kept.begin(), kept.end(), path) == kept.end())
            kept.push_back(path);
    }
    return kept;
}

} // namespace claimcheck::store
