// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/newcollection.h>

#include <filesystem>
#include <set>

#include <base/text.h>
#include <store/detailswrite.h>
#include <store/entryfile.h>
#include <store/files.h>
#include <store/identities.h>
#include <store/mintedwrite.h>
#include <store/workplace.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Folder;

/// The names of one folder: each is given once.
class Names
{
public:
    explicit Names(std::string folder, std::set<std::string> taken = {})
        : m_folder(std::move(folder)), m_taken(std::move(taken))
    {}

    std::string next(std::string_view name, std::string_view ending)
    {
        const std::string base = slug(name);
        std::string free = base;
        for (int number = 2; !m_taken.insert(free + std::string(ending)).second; ++number)
            free = base + "-" + std::to_string(number);
        return (m_folder.empty() ? "" : m_folder + "/") + free + std::string(ending);
    }

private:
    std::string m_folder;
    std::set<std::string> m_taken;
};

void nameIn(Folder& folder)
{
    Names names(folder.path, {"environments", "node_modules"});
    for (Folder& inner : folder.folders) {
        if (inner.path.empty())
            inner.path = names.next(inner.name, "");
        nameIn(inner);
    }
    for (collection::Item& item : folder.items)
        if (item.path.empty())
            item.path = names.next(item.entry.name, ".yml");
}

/// `request`: what all requests below have in common.
YamlOut writeDefaults(const Folder& folder, const std::vector<variables::Variable>& variables)
{
    std::vector<YamlOutPair> pairs;
    if (!folder.headers.empty())
        pairs.push_back({"headers", writeRows(rowsOf(folder.headers))});
    if (folder.auth != collection::AuthMode::Inherit)
        if (auto auth = writeAuth(folder.auth, folder.keptAuth, folder.details.credentials))
            pairs.push_back({"auth", *std::move(auth)});
    Rows rows = rowsOf(variables);
    for (Row& row : rows)
        row.secret = false; // the schema has secret variables in environments only; their value is gone
    if (!rows.empty())
        pairs.push_back({"variables", writeRows(rows)});
    if (!folder.details.scripts.empty())
        pairs.push_back({"scripts", YamlOut::ofSequence(writeEach(folder.details.scripts, writeScript))});
    if (YamlOut settings = writeSettings(folder.details.settings); !settings.pairs.empty())
        pairs.push_back({"settings", YamlOut::ofMapping({{"http", std::move(settings)}})});
    return YamlOut::ofMapping(std::move(pairs));
}

void addDefaults(std::vector<YamlOutPair>& pairs, YamlOut defaults, const std::string& docs)
{
    if (!defaults.pairs.empty())
        pairs.push_back({"request", std::move(defaults)});
    if (!docs.empty())
        pairs.push_back({"docs", YamlOut::ofBlock(docs)});
}

Result<void> writeInto(const fs::path& root, const Folder& folder)
{
    const fs::path directory = root / folder.path;
    if (const auto made = makeDirectories(directory.string(), Privacy::Shared); !made)
        return made;
    if (!folder.path.empty())
        if (auto written =
                writeNewFile((directory / "folder.yml").string(), writeFolder(folder), Privacy::Shared);
            !written)
            return written;
    for (const Folder& inner : folder.folders)
        if (auto written = writeInto(root, inner); !written)
            return written;
    for (const collection::Item& item : folder.items)
        if (auto written = writeNewFile((root / item.path).string(), writeItem(item), Privacy::Shared);
            !written)
            return written;
    return {};
}

Result<void> writeEnvironments(const fs::path& root, const Collection& collection)
{
    if (collection.environments.empty())
        return {};
    if (auto made = makeDirectories((root / "environments").string(), Privacy::Shared); !made)
        return made;
    for (const collection::Environment& environment : collection.environments)
        if (auto written = writeNewFile((root / environment.path).string(), writeEnvironment(environment),
                                        Privacy::Shared);
            !written)
            return written;
    return {};
}

Result<void> writeMintedRules(const fs::path& root, const Collection& collection)
{
    Result<std::string> text = std::string();
    for (const collection::MintedToken& rule : collection.minted)
        if (text)
            text = withMinted(*text, std::nullopt, rule);
    if (!text)
        return tl::unexpected(text.error());
    if (text->empty())
        return {};
    const fs::path file = root / sessionsFile;
    if (auto made = makeDirectories(file.parent_path().string(), Privacy::Shared); !made)
        return made;
    return writeNewFile(file.string(), *text, Privacy::Shared);
}

Result<void> writeAll(const fs::path& root, const Collection& collection)
{
    auto written =
        writeNewFile((root / "opencollection.yml").string(), writeRoot(collection), Privacy::Shared);
    if (written)
        written = writeInto(root, collection.root);
    if (written)
        written = writeEnvironments(root, collection);
    return written ? writeMintedRules(root, collection) : written;
}

} // namespace

void nameFiles(Collection& collection)
{
    nameIn(collection.root);
    Names names("environments");
    for (collection::Environment& environment : collection.environments)
        if (environment.path.empty())
            environment.path = names.next(environment.name, ".yml");
}

std::string writeFolder(const Folder& folder)
{
    std::vector<YamlOutPair> info{{"name", YamlOut::ofText(folder.name)},
                                  {"type", YamlOut::ofText("folder")}};
    if (folder.sequence != 0)
        info.push_back({"seq", YamlOut::ofWord(std::to_string(folder.sequence))});
    std::vector<YamlOutPair> pairs{{"info", YamlOut::ofMapping(std::move(info))}};
    addDefaults(pairs, writeDefaults(folder, folder.variables), folder.docs);
    return writeFile(pairs);
}

std::string writeRoot(const Collection& collection)
{
    std::vector<YamlOutPair> pairs{
        {"info", YamlOut::ofMapping({{"name", YamlOut::ofText(collection.name)}})}};
    Folder root;
    root.auth = collection.root.auth;
    root.keptAuth = collection.root.keptAuth;
    root.details = collection.root.details;
    for (const http::Header& header : collection.headers)
        root.headers.push_back({header.name, header.value, true});
    addDefaults(pairs, writeDefaults(root, collection.variables), collection.root.docs);
    return "opencollection: \"1.0.0\"\n\n" + writeFile(pairs);
}

Result<Collection> writeCollection(Collection collection, const std::string& directory)
{
    const std::string what = "cannot make the collection " + visible(directory);
    std::error_code error;
    fs::path target = fs::absolute(fs::path(directory), error).lexically_normal();
    if (target.filename().empty())
        target = target.parent_path();
    if (directory.empty() || error || target.filename().empty())
        return failure(ErrorKind::Usage, what, "no folder is given", "give the folder to make");
    if (const auto free = checkPlace(target, what); !free)
        return tl::unexpected(free.error());
    nameFiles(collection);
    Workplace work(target);
    if (error = work.make(); error)
        return failure(ErrorKind::Unreadable, what, error.message(), "check the folder around it");
    if (const auto written = writeAll(work.path(), collection); !written)
        return tl::unexpected(written.error());
    if (error = work.moveTo(target); error)
        return failure(ErrorKind::Unreadable, what, error.message(), "choose another folder");
    return openCollection(target.string());
}

} // namespace claimcheck::store
