// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Saving: into the file that was read, as long as it is still the same, or into a new one that nobody has.

#include <algorithm>
#include <filesystem>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/entryfile.h>
#include <store/files.h>
#include <store/newcollection.h>
#include <store/savecheck.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Entry;
using collection::Item;

/// The names in a folder in lower case: on some systems A.yml and a.yml are one file.
std::vector<std::string> namesIn(const fs::path& folder)
{
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator next(folder, error), end; !error && next != end; next.increment(error))
        names.push_back(toQString(next->path().filename().string()).toLower().toStdString());
    return names;
}

/// Tries name.yml, name-2.yml …; another program may take a name in between.
Result<std::string> writeUnderFreeName(const fs::path& root, const std::string& folder,
                                       const std::string& base, std::string_view text, Privacy privacy)
{
    const std::vector<std::string> taken = namesIn(root / folder);
    for (int number = 1; number < 10'000; ++number) {
        const std::string suffix = number > 1 ? "-" + std::to_string(number) : std::string();
        std::string name = base;
        name.append(suffix).append(".yml");
        if (std::find(taken.begin(), taken.end(), name) != taken.end())
            continue;
        const auto written = writeNewFile((root / folder / name).string(), text, privacy);
        if (written)
            return folder.empty() ? name : folder + "/" + name;
        if (written.error().kind != ErrorKind::Refused)
            return tl::unexpected(written.error());
    }
    return failure(ErrorKind::Refused, "cannot save " + visible(base), "thousands of files have that name",
                   "use another name");
}

int nextSequence(const Collection& collection, const std::string& folder)
{
    int last = 0;
    const collection::Folder* found = folder.empty() ? &collection.root : nullptr;
    for (const collection::Folder* around : collection::foldersAround(collection, folder + "/x"))
        if (around->path == folder)
            found = around;
    for (const Item& item : found ? found->items : std::vector<Item>())
        last = std::max(last, item.entry.sequence);
    return last + 1;
}

/// A collection is shared, but for a file that gets a secret on the user's word. Saved again, it keeps its
/// mode.
Privacy privacyFor(const Result<void>& safe)
{
    return safe ? Privacy::Shared : Privacy::OwnerOnly;
}

Result<std::string> saveNew(const Collection& collection, const std::string& folder, Item item,
                            Privacy privacy)
{
    Entry& entry = item.entry;
    const Result<fs::path> directory = pathInside(collection.directory, folder);
    if (!directory)
        return tl::unexpected(directory.error());
    std::error_code error;
    if (!fs::is_directory(*directory, error))
        return failure(ErrorKind::Unreadable, "cannot save " + visible(entry.name),
                       "the folder " + visible(folder) + " is not there", "choose another folder");
    if (entry.sequence == 0)
        entry.sequence = nextSequence(collection, folder);
    return writeUnderFreeName(collection.directory, folder, slug(entry.name), writeItem(item), privacy);
}

Result<std::string> saveExisting(const Collection& collection, const Item& item, FoundSecrets secrets)
{
    const Item* known = collection::findItem(collection, item.path);
    if (known && known->problem)
        return tl::unexpected(*known->problem);
    // The item itself knows best which state of the file its edits were made on.
    const std::string& base = item.fingerprint.empty() && known ? known->fingerprint : item.fingerprint;
    const Result<CurrentFile> file = readCurrent(collection.directory, item.path, base);
    if (!file)
        return tl::unexpected(file.error());
    const Result<std::string> text = editContent(file->text, collection::contentOf(item));
    if (!text)
        return tl::unexpected(text.error());
    const auto safe = checkSecrets(collection::contentOf(item), file->text);
    if (!safe && secrets == FoundSecrets::Refuse)
        return tl::unexpected(safe.error());
    if (*text != file->text)
        if (const auto written = writeFileAtomically(file->path.string(), *text, privacyFor(safe)); !written)
            return tl::unexpected(written.error());
    return item.path;
}

} // namespace

Result<std::string> saveEntry(const Collection& collection, const std::string& folder, const Item& item,
                              FoundSecrets secrets)
{
    if (item.problem)
        return tl::unexpected(*item.problem);
    if (!item.path.empty())
        return saveExisting(collection, item, secrets);
    if (const auto writable = checkWritable(collection::contentOf(item)); !writable)
        return tl::unexpected(writable.error());
    const auto safe = checkSecrets(collection::contentOf(item), std::string_view());
    if (!safe && secrets == FoundSecrets::Refuse)
        return tl::unexpected(safe.error());
    return saveNew(collection, folder, item, privacyFor(safe));
}

Result<void> checkForSecrets(const Collection& collection, const Item& item)
{
    if (item.path.empty())
        return checkSecrets(collection::contentOf(item), std::string_view());
    const Result<fs::path> path = pathInside(collection.directory, item.path);
    const Result<std::string> text = path ? readFile(path->string(), StoreLimits().bytes) : "";
    return checkSecrets(collection::contentOf(item), text.value_or(std::string()));
}

} // namespace claimcheck::store
