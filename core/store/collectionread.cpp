// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/collectionread.h>

#include <algorithm>

#include <base/text.h>
#include <store/entryfile.h>
#include <store/files.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Folder;
using collection::Item;

constexpr const char* rootFile = "opencollection.yml";
constexpr const char* folderFile = "folder.yml";
constexpr const char* environmentFolder = "environments";

std::string joined(const std::string& folder, const std::string& name)
{
    return folder.empty() ? name : folder + "/" + name;
}

Error keptError(const std::string& path, std::string why, ErrorKind kind = ErrorKind::Refused)
{
    return {kind, "cannot use " + visible(path), std::move(why), "it is kept as it is", {}};
}

std::vector<fs::directory_entry> sortedEntries(const fs::path& folder)
{
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator next(folder, error), end; !error && next != end; next.increment(error))
        entries.push_back(*next);
    std::sort(entries.begin(), entries.end());
    return entries;
}

/// OpenCollection 1.x; a missing version is no collection.
Result<void> checkVersion(const YamlTree& tree)
{
    const std::string version = textAt(tree.root(), "opencollection");
    if (version.starts_with("1.") || version == "1")
        return {};
    return failure(version.empty() ? ErrorKind::Malformed : ErrorKind::Refused,
                   "cannot open the collection " + visible(tree.fileName),
                   version.empty()
                       ? "it does not say `opencollection: \"1.0.0\"`"
                       : "it is of OpenCollection " + visible(version) + ", this version knows 1.x",
                   "open a folder that holds an OpenCollection", tree.root().position());
}

} // namespace

CollectionReader::CollectionReader(fs::path root, const StoreLimits& limits)
    : m_root(std::move(root)), m_limits(limits)
{}

Result<Collection> CollectionReader::read()
{
    Collection collection;
    collection.directory = m_root.string();
    if (const auto root = readRoot(collection); !root)
        return tl::unexpected(root.error());
    if (const auto folders = readFolder(collection.root, 0); !folders)
        return tl::unexpected(folders.error());
    collection.root.name = collection.name;
    readEnvironments(collection);
    return collection;
}

Result<void> CollectionReader::readRoot(Collection& collection)
{
    Result<std::string> text = readText(rootFile);
    if (!text)
        return tl::unexpected(text.error());
    const auto tree = parseYaml(*std::move(text), rootFile, m_limits);
    if (!tree)
        return tl::unexpected(tree.error());
    if (auto version = checkVersion(**tree); !version)
        return version;
    const YamlValue root = (*tree)->root();
    const std::optional<YamlValue> info = root.find("info");
    collection.name = info ? textAt(*info, "name") : std::string();
    if (collection.name.empty())
        collection.name = m_root.filename().string();
    readDefaults(**tree, collection.root);
    for (const collection::Field& header : collection.root.headers)
        if (header.enabled)
            collection.headers.push_back({header.name, header.value});
    collection.variables = std::move(collection.root.variables);
    collection.root.headers.clear();
    collection.root.variables.clear();
    if (const auto items = root.find("items"); items && items->size() > 0)
        collection.root.items.push_back(problemItem(
            rootFile,
            keptError(rootFile, "requests inside of one bundled file are not read by this version")));
    return {};
}

void CollectionReader::readDefaults(const YamlTree& tree, Folder& folder)
{
    folder.docs = textAt(tree.root(), "docs");
    const std::optional<YamlValue> request = tree.root().find("request");
    if (!request || !request->isMapping())
        return;
    Access access = readAccess(*request, collection::AuthMode::Inherit);
    folder.auth = access.auth;
    folder.keptAuth = std::move(access.keptAuth);
    folder.headers = std::move(access.headers);
    folder.variables = readVariables(*request);
    folder.details = readDefaultDetails(tree);
}

Result<void> CollectionReader::readFolder(Folder& folder, std::size_t depth)
{
    if (!folder.path.empty())
        readFolderFile(folder);
    for (const fs::directory_entry& entry : sortedEntries(m_root / folder.path)) {
        const std::string name = entry.path().filename().string();
        const bool isOurs = folder.path.empty() && (name == rootFile || name == environmentFolder);
        if (name.starts_with('.') || name == "node_modules" || name == folderFile || isOurs)
            continue;
        if (auto added = addEntry(folder, entry, depth); !added)
            return added;
    }
    sortAsBruno(folder);
    return {};
}

Result<void> CollectionReader::addEntry(Folder& folder, const fs::directory_entry& entry, std::size_t depth)
{
    const std::string path = joined(folder.path, entry.path().filename().string());
    std::error_code error;
    const bool isFolder = entry.is_directory(error);
    if (!isFolder && entry.path().extension() != ".yml")
        return {};
    if (++m_files > m_limits.files)
        return failure(ErrorKind::TooLarge, "cannot open the collection " + visible(m_root.string()),
                       "it holds more than " + std::to_string(m_limits.files) + " files",
                       "open a smaller folder");
    if (isFolder && entry.is_symlink(error))
        folder.items.push_back(
            problemItem(path, keptError(path, "it is a link to a folder, which is not followed")));
    else if (isFolder && depth + 1 >= m_limits.depth)
        folder.items.push_back(
            problemItem(path, keptError(path, "folders are nested too deeply", ErrorKind::TooLarge)));
    else if (!isFolder)
        folder.items.push_back(readItem(path));
    else {
        Folder inner;
        inner.path = path;
        inner.name = entry.path().filename().string();
        if (auto read = readFolder(inner, depth + 1); !read)
            return read;
        folder.folders.push_back(std::move(inner));
    }
    return {};
}

/// A folder.yml that does not parse is shown among the requests of its folder.
void CollectionReader::readFolderFile(Folder& folder)
{
    const std::string path = joined(folder.path, folderFile);
    std::error_code error;
    if (!fs::exists(fs::symlink_status(m_root / path, error)))
        return;
    Result<std::string> text = readText(path);
    const auto tree = text ? parseYaml(*std::move(text), path, m_limits) : tl::unexpected(text.error());
    if (!tree) {
        folder.items.push_back(problemItem(path, tree.error()));
        return;
    }
    collection::Entry info;
    info.name = folder.name;
    readInfo(**tree, info);
    folder.name = info.name;
    folder.sequence = info.sequence;
    readDefaults(**tree, folder);
}

Item CollectionReader::readItem(const std::string& path)
{
    Result<std::string> text = readText(path);
    if (!text)
        return problemItem(path, text.error());
    Item item = problemItem(path, {});
    item.problem.reset();
    item.fingerprint = fingerprint(*text);
    const auto tree = parseYaml(*std::move(text), path, m_limits);
    if (!tree) {
        item.problem = tree.error();
        return item;
    }
    Result<collection::Entry> entry = readEntryTree(**tree);
    if (!entry) {
        readInfo(**tree, item.entry);
        item.problem = entry.error();
        return item;
    }
    const std::optional<YamlValue> info = (*tree)->root().find("info");
    const bool hasName = info && info->find("name");
    if (!hasName)
        entry->name = item.entry.name;
    item.entry = *std::move(entry);
    item.details = readDetails(**tree);
    return item;
}

collection::Environment CollectionReader::readEnvironment(const std::string& path)
{
    collection::Environment environment;
    environment.path = path;
    environment.name = fs::path(path).stem().string();
    Result<std::string> text = readText(path);
    environment.fingerprint = text ? fingerprint(*text) : std::string();
    const auto tree = text ? parseYaml(*std::move(text), path, m_limits) : tl::unexpected(text.error());
    if (!tree) {
        environment.problem = tree.error();
        return environment;
    }
    environment.name = textAt((*tree)->root(), "name", environment.name);
    environment.variables = readVariables((*tree)->root());
    environment.extended = textAt((*tree)->root(), "extends");
    environment.dotEnvFile = textAt((*tree)->root(), "dotEnvFilePath");
    return environment;
}

void CollectionReader::readEnvironments(Collection& collection)
{
    for (const fs::directory_entry& entry : sortedEntries(m_root / environmentFolder)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with('.') && entry.path().extension() == ".yml")
            collection.environments.push_back(readEnvironment(joined(environmentFolder, name)));
    }
}

/// Only regular files inside of the collection: a pipe would stop the reading for ever.
Result<std::string> CollectionReader::readText(const std::string& path)
{
    const Result<fs::path> inside = pathInside(m_root, path);
    if (!inside)
        return tl::unexpected(inside.error());
    std::error_code error;
    if (!fs::is_regular_file(*inside, error))
        return tl::unexpected(
            keptError(path, error ? error.message() : "it is no regular file", ErrorKind::Unreadable));
    return readFile(inside->string(), m_limits.bytes);
}

Item CollectionReader::problemItem(const std::string& path, Error error)
{
    Item item;
    item.path = path;
    item.entry.name = fs::path(path).stem().string();
    item.problem = std::move(error);
    return item;
}

Result<fs::path> pathInside(const fs::path& root, const std::string& relative)
{
    std::error_code error;
    const fs::path base = fs::weakly_canonical(root, error);
    const fs::path full = error ? fs::path() : fs::weakly_canonical(base / relative, error);
    const auto [end, rest] = std::mismatch(base.begin(), base.end(), full.begin(), full.end());
    static_cast<void>(rest);
    if (error || end != base.end())
        return failure(ErrorKind::Refused, "cannot use " + visible(relative),
                       "it leads out of the collection's folder",
                       "put a file into the folder instead of a link");
    return full;
}

} // namespace claimcheck::store
