// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/write.h>

#include <filesystem>

#include <base/text.h>
#include <interop/import.h>
#include <interop/secrets.h>
#include <store/newcollection.h>
#include <store/opencollection.h>

namespace claimcheck::interop {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Environment;

void count(const collection::Folder& folder, Written& written)
{
    written.requests += folder.items.size();
    written.folders += folder.folders.size();
    for (const collection::Folder& inner : folder.folders)
        count(inner, written);
}

Written summaryOf(const Imported& imported, std::string directory, std::string name)
{
    Written written;
    written.directory = std::move(directory);
    written.name = std::move(name);
    count(imported.collection.root, written);
    written.environments = imported.collection.environments.size();
    written.leftOut = imported.leftOut;
    return written;
}

/// The new ones, and what secrets were added to those that are there.
Result<std::size_t> saveEnvironments(const Collection& there, const std::vector<Environment>& wanted)
{
    std::size_t added = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        Environment environment = wanted[i];
        const bool isNew = i >= there.environments.size();
        const std::size_t before = isNew ? 0 : there.environments[i].variables.size();
        if (!isNew && (environment.variables.size() == before || there.environments[i].problem))
            continue;
        if (!isNew) // only what was added: the rest of the file is its own
            std::copy(there.environments[i].variables.begin(), there.environments[i].variables.end(),
                      environment.variables.begin());
        if (const auto saved = store::saveEnvironment(there, environment); !saved)
            return tl::unexpected(saved.error());
        added += isNew ? 1u : 0u;
    }
    return added;
}

Result<Written> addTo(const Collection& there, Imported imported)
{
    // Names of variables must be free there too.
    Imported whole = imported;
    whole.collection.environments = there.environments;
    whole.collection.variables = there.variables;
    addEnvironments(whole, {Content::Environments, imported.collection, {}});
    takeSecretsOut(whole);
    for (collection::Item& item : whole.collection.root.items) {
        item.entry.sequence = 0; // behind those that are there
        const auto saved = store::saveEntry(there, {}, item);
        if (!saved)
            return tl::unexpected(saved.error());
    }
    const auto environments = saveEnvironments(there, whole.collection.environments);
    if (!environments)
        return tl::unexpected(environments.error());
    Written written = summaryOf(whole, there.directory, there.name);
    written.environments = *environments;
    return written;
}

} // namespace

Result<Written> writeImported(Imported imported, const std::string& directory)
{
    std::error_code error;
    const bool isThere = fs::exists(fs::path(directory) / "opencollection.yml", error);
    const std::string what = "cannot import into " + visible(directory);
    if (isThere && imported.content == Content::Collection)
        return failure(ErrorKind::Refused, what, "there is a collection already", "choose another folder");
    if (isThere) {
        const auto there = store::openCollection(directory);
        return there ? addTo(*there, std::move(imported)) : tl::unexpected(there.error());
    }
    if (imported.content == Content::Environments)
        return failure(ErrorKind::Refused, what, "it is an environment, and there is no collection",
                       "import the collection first, then its environments into the same folder");
    if (imported.content == Content::Requests)
        imported.collection.name = fs::absolute(directory, error).lexically_normal().filename().string();
    if (imported.collection.name.empty())
        imported.collection.name = "Imported requests";
    takeSecretsOut(imported);
    nameFiles(imported);
    const auto written = store::writeCollection(imported.collection, directory);
    if (!written)
        return tl::unexpected(written.error());
    return summaryOf(imported, written->directory, written->name);
}

} // namespace claimcheck::interop
