// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/collectionread.h>

#include <algorithm>

#include <base/text.h>
#include <store/entryfile.h>
#include <store/filenames.h>
#include <store/files.h>
#include <store/ownfiles.h>
#include <store/shape.h>
#include <store/strayrules.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Folder;
using collection::Item;

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

/// A link that leads nowhere is there, and so is what stands in a folder that is one: what it says is lost,
/// and not nothing.
bool isOwnFileThere(const fs::path& path)
{
    std::error_code error;
    const fs::path folder = path.parent_path();
    const bool isFolderLost = fs::is_symlink(folder, error) && !fs::exists(folder, error);
    return isFolderLost || fs::exists(fs::symlink_status(path, error));
}

} // namespace

CollectionReader::CollectionReader(fs::path root, const StoreLimits& limits, const KnownFiles& known,
                                   ReadingProgress& progress)
    : m_root(std::move(root)), m_limits(limits), m_known(known), m_progress(progress)
{}

Result<Reading> CollectionReader::read()
{
    Collection& collection = m_reading.collection;
    collection.directory = m_root.string();
    if (const auto root = readRoot(collection); !root)
        return tl::unexpected(root.error());
    if (const auto folders = readFolder(collection.root, 0); !folders)
        return tl::unexpected(folders.error());
    collection.root.name = collection.name;
    readEnvironments(collection);
    readOwnFiles(collection);
    if (const auto items = readPending(); !items)
        return tl::unexpected(items.error());
    return std::move(m_reading);
}

Item CollectionReader::unreadItem(const std::string& path)
{
    Item item;
    item.path = path;
    item.entry.name = fs::path(path).stem().string();
    return item;
}

Item CollectionReader::problemItem(const std::string& path, Error error)
{
    Item item = unreadItem(path);
    item.problem = std::move(error);
    return item;
}

Result<void> CollectionReader::readRoot(Collection& collection)
{
    Result<RegularFile> file = readText(rootFile);
    if (!file)
        return tl::unexpected(file.error());
    const auto tree = parseYaml(std::move(file->text), rootFile, m_limits);
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
    if (const auto config = root.find("config")) {
        collection.certificates = readCertificates(*config);
        collection.proxy = readProxy(*config);
    }
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

/// A request that goes out without what is around it would mislead.
void CollectionReader::refuseDefaults(Folder& folder, const std::string& path, const Error& error)
{
    folder.problem = error;
    folder.items.push_back(problemItem(path, error));
}

void CollectionReader::readDefaults(const YamlTree& tree, Folder& folder)
{
    if (const auto usable = checkDefaults(tree); !usable)
        refuseDefaults(folder, tree.fileName, usable.error());
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
    sortFoldersAsBruno(folder.folders);
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
        addItem(folder, path);
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
    Result<RegularFile> file = readText(path);
    const auto tree = file ? parseYaml(std::move(file->text), path, m_limits) : tl::unexpected(file.error());
    if (!tree) {
        refuseDefaults(folder, path, tree.error());
        return;
    }
    collection::Entry info;
    info.name = folder.name;
    readInfo(**tree, info);
    folder.name = info.name;
    folder.sequence = info.sequence;
    readDefaults(**tree, folder);
}

/// A file that has the stamp that it had is left out until complete().
void CollectionReader::addItem(Folder& folder, std::string path)
{
    Item item = unreadItem(path);
    const auto known = m_known.find(path);
    const bool isKnown = known != m_known.end() && stampOf((m_root / path).string()) == known->second.stamp;
    if (isKnown) {
        item.fingerprint = known->second.fingerprint;
        m_reading.files.emplace(path, known->second);
        m_reading.unchanged.insert(std::move(path));
    }
    folder.items.push_back(std::move(item));
}

void CollectionReader::readEnvironments(Collection& collection)
{
    for (const fs::directory_entry& entry : sortedEntries(m_root / environmentFolder)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with('.') && entry.path().extension() == ".yml")
            collection.environments.push_back(readEnvironment(joined(environmentFolder, name)));
    }
}

/// The folder of these may be a link, which the walk does not look at.
template <typename Value, typename Read>
void CollectionReader::readOwnFile(Collection& collection, const char* name, Value& value, Read parse)
{
    if (!isOwnFileThere(m_root / name))
        return;
    const auto inside = pathInside(m_root, name);
    Result<RegularFile> file = inside ? readText(name) : tl::unexpected(inside.error());
    const auto tree = file ? parseYaml(std::move(file->text), name, m_limits) : tl::unexpected(file.error());
    auto values = tree ? parse(**tree) : tl::unexpected(tree.error());
    if (values)
        value = *std::move(values);
    else if (!collection.problem)
        collection.problem = values.error();
}

void CollectionReader::readOwnFiles(Collection& collection)
{
    readOwnFile(collection, ".claimcheck/sessions.yaml", collection.minted, readMinted);
    readOwnFile(collection, ".claimcheck/connections.yaml", collection.connections, readConnections);
    collection.strayRules = strayRulesOf(collection);
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
                       "name a file in the folder, by its path from there; links out of it are not followed");
    return full;
}

Result<std::optional<std::string>> readIfThere(const std::string& directory, const char* file,
                                               std::size_t limit)
{
    std::error_code error;
    if (!isOwnFileThere(directory + "/" + file))
        return std::nullopt;
    const auto path = pathInside(directory, file);
    if (!path)
        return tl::unexpected(path.error());
    if (!fs::is_regular_file(*path, error))
        return failure(ErrorKind::Unreadable, "cannot use " + std::string(file), "it is no regular file",
                       "put a file there");
    auto text = readFile(path->string(), limit);
    if (!text)
        return tl::unexpected(text.error());
    return *std::move(text);
}

} // namespace claimcheck::store
