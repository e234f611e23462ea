// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files that the walk found: requests, several at a time, and environments.

#include <store/collectionread.h>

#include <algorithm>
#include <thread>

#include <base/text.h>
#include <store/entryfile.h>
#include <store/files.h>
#include <store/ownfiles.h>

namespace claimcheck::store {

using collection::Item;

/// An item that has to be read; the tree around it is complete, so it stays where it is.
struct CollectionReader::Pending
{
    Item* item;
    std::optional<FileStamp> stamp;
};

namespace {

/// Neither read nor known from before.
template <typename Pending>
void collectPending(collection::Folder& folder, std::vector<Pending>& pending)
{
    for (collection::Folder& inner : folder.folders)
        collectPending(inner, pending);
    for (Item& item : folder.items)
        if (!item.problem && item.fingerprint.empty())
            pending.push_back({&item, std::nullopt});
}

} // namespace

/// The files are shared out among the cores; each item is written by one thread alone.
Result<void> CollectionReader::readPending()
{
    std::vector<Pending> pending;
    collectPending(m_reading.collection.root, pending);
    m_progress.files = pending.size();
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < pending.size() && !m_progress.isCancelled; i = next++) {
            readItem(pending[i]);
            ++m_progress.read;
        }
    };
    {
        const std::size_t most = std::clamp(std::thread::hardware_concurrency(), 1u, 4u);
        std::vector<std::jthread> helpers(std::min(most - 1, pending.size() / 100));
        for (std::jthread& helper : helpers)
            helper = std::jthread(work);
        work();
    }
    if (m_progress.isCancelled)
        return failure(ErrorKind::Cancelled, "cannot open the collection " + visible(m_root.string()),
                       "it was cancelled", {});
    for (Pending& read : pending)
        if (read.stamp)
            m_reading.files.insert_or_assign(read.item->path, KnownFile{*read.stamp, read.item->fingerprint});
    return {};
}

Item CollectionReader::readOne(const std::string& path) const
{
    Item item = unreadItem(path);
    Pending pending{&item, std::nullopt};
    readItem(pending);
    return item;
}

void CollectionReader::readItem(Pending& pending) const
{
    Item& item = *pending.item;
    Result<RegularFile> file = readText(item.path);
    if (!file) {
        item.problem = file.error();
        return;
    }
    pending.stamp = file->stamp;
    item.fingerprint = fingerprint(file->text);
    const auto tree = parseYaml(std::move(file->text), item.path, m_limits);
    if (!tree) {
        item.problem = tree.error();
        return;
    }
    Result<collection::Entry> entry = readEntryTree(**tree);
    if (!entry) {
        readInfo(**tree, item.entry);
        item.details.tags = readTags(**tree);
        item.problem = entry.error();
        return;
    }
    const std::optional<YamlValue> info = (*tree)->root().find("info");
    const bool hasName = info && info->find("name");
    if (!hasName)
        entry->name = item.entry.name;
    item.entry = *std::move(entry);
    item.details = readDetails(**tree);
}

collection::Environment CollectionReader::readEnvironment(const std::string& path) const
{
    collection::Environment environment;
    environment.path = path;
    environment.name = std::filesystem::path(path).stem().string();
    // The folder of environments may be a link, which the walk does not look at.
    const auto inside = pathInside(m_root, path);
    Result<RegularFile> file = inside ? readText(path) : tl::unexpected(inside.error());
    environment.fingerprint = file ? fingerprint(file->text) : std::string();
    const auto tree = file ? parseYaml(std::move(file->text), path, m_limits) : tl::unexpected(file.error());
    if (!tree) {
        environment.problem = tree.error();
        return environment;
    }
    environment.name = textAt((*tree)->root(), "name", environment.name);
    environment.variables = readVariables((*tree)->root());
    environment.extended = textAt((*tree)->root(), "extends");
    environment.dotEnvFile = textAt((*tree)->root(), "dotEnvFilePath");
    environment.certificates = readCertificates((*tree)->root());
    return environment;
}

/// Only regular files inside of the collection: a pipe would stop the reading for ever. The walk followed no
/// link, so a file that is none itself lies inside.
Result<RegularFile> CollectionReader::readText(const std::string& path) const
{
    Result<RegularFile> file = readRegularFile((m_root / path).string(), path, m_limits.bytes);
    if (file || file.error().kind != ErrorKind::Refused)
        return file;
    const Result<std::filesystem::path> inside = pathInside(m_root, path);
    if (!inside)
        return tl::unexpected(inside.error());
    file = readRegularFile(inside->string(), path, m_limits.bytes);
    if (file)
        file->stamp.reset(); // the link's own stamp would say nothing
    return file;
}

} // namespace claimcheck::store
