// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/defaults.h>

#include <array>
#include <filesystem>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/detailswrite.h>
#include <store/editsteps.h>
#include <store/entryfile.h>
#include <store/files.h>
#include <store/savecheck.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::AuthMode;

std::string fileOf(const std::string& folder)
{
    return folder.empty() ? std::string("opencollection.yml") : folder + "/folder.yml";
}

Defaults readTree(const YamlTree& tree, const std::string& name)
{
    Defaults defaults;
    const std::optional<YamlValue> info = tree.root().find("info");
    defaults.name = info ? textAt(*info, "name", name) : name;
    defaults.docs = textAt(tree.root(), "docs");
    const std::optional<YamlValue> request = tree.root().find("request");
    if (!request || !request->isMapping())
        return defaults;
    Access access = readAccess(*request, AuthMode::Inherit);
    defaults.auth = access.auth;
    defaults.keptAuth = std::move(access.keptAuth);
    defaults.headers = std::move(access.headers);
    defaults.variables = readVariables(*request);
    const collection::Details details = readDefaultDetails(tree);
    defaults.credentials = details.credentials;
    defaults.settings = details.settings;
    return defaults;
}

/// As the file holds it: credentials of a kind that is not chosen are gone.
Defaults asSaved(Defaults defaults)
{
    collection::Content content;
    content.entry.auth = defaults.auth;
    content.entry.kept.auth = defaults.keptAuth;
    content.entry.headers = std::move(defaults.headers);
    content.details.credentials = std::move(defaults.credentials);
    content = normalised(std::move(content));
    defaults.auth = content.entry.auth;
    defaults.keptAuth = content.entry.kept.auth;
    defaults.headers = std::move(content.entry.headers);
    defaults.credentials = std::move(content.details.credentials);
    defaults.fingerprint.clear();
    return defaults;
}

struct Step
{
    const YamlTree& tree;
    YamlEdit& edit;
    const Defaults& old;
    const Defaults& wanted;
};

void editText(const Step& step, const std::vector<std::string>& path, const YamlOut& text, bool isEmpty)
{
    std::optional<YamlValue> around = step.tree.root();
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
        around = around ? around->find(path[i]) : std::nullopt;
    if (isEmpty)
        step.edit.erase(path);
    else if (around && around->isMapping() && around->find(path.back()))
        putText(step.edit, *around, path.back(), text);
    else
        step.edit.put(path, text);
}

void editName(const Step& step)
{
    if (step.old.name != step.wanted.name)
        editText(step, {"info", "name"}, YamlOut::ofText(step.wanted.name), false);
}

void editHeaders(const Step& step)
{
    if (step.old.headers == step.wanted.headers && step.old.auth == step.wanted.auth)
        return;
    const std::optional<YamlValue> request = step.tree.root().find("request");
    const auto raw = request ? readAccess(*request, AuthMode::Inherit).rawHeader : std::nullopt;
    collection::Entry entry;
    entry.auth = step.wanted.auth;
    entry.headers = step.wanted.headers;
    editRows(step.edit, step.tree, {"request", "headers"}, headerRows(entry, raw));
}

/// Nothing said is Inherit here; the schema has no word for None, which a folder cannot ask for therefore.
std::optional<YamlOut> writtenAuth(const Defaults& defaults)
{
    if (defaults.auth == AuthMode::Inherit)
        return std::nullopt;
    return writeAuth(defaults.auth, defaults.keptAuth, defaults.credentials);
}

void editDefaultAuth(const Step& step)
{
    const bool same = step.old.auth == step.wanted.auth && step.old.keptAuth == step.wanted.keptAuth &&
                      step.old.credentials == step.wanted.credentials;
    if (!same)
        editAuth(step.edit, step.tree, "request", writtenAuth(step.old), writtenAuth(step.wanted));
}

void editVariables(const Step& step)
{
    if (step.old.variables != step.wanted.variables)
        editRows(step.edit, step.tree, {"request", "variables"}, rowsOf(step.wanted.variables));
}

void editDefaultSettings(const Step& step)
{
    editSettings(step.edit, step.tree, {"request", "settings", "http"}, step.old.settings,
                 step.wanted.settings);
}

void editDocs(const Step& step)
{
    if (step.old.docs != step.wanted.docs)
        editText(step, {"docs"}, YamlOut::ofBlock(step.wanted.docs), step.wanted.docs.empty());
}

constexpr std::array defaultSteps{editName,      editHeaders,         editDefaultAuth,
                                  editVariables, editDefaultSettings, editDocs};

Result<std::string> edited(std::string text, const std::string& file, const Defaults& old,
                           const Defaults& wanted)
{
    for (const auto step : defaultSteps) {
        const auto tree = parseYaml(text, file, {});
        if (!tree)
            return tl::unexpected(tree.error());
        YamlEdit edit(**tree);
        step({**tree, edit, old, wanted});
        Result<std::string> next = edit.isEmpty() ? Result<std::string>(std::move(text)) : edit.apply();
        if (!next)
            return next;
        text = *std::move(next);
    }
    const auto back = parseYaml(text, file, {});
    if (back && asSaved(readTree(**back, wanted.name)) == wanted)
        return text;
    return failure(ErrorKind::Internal, "cannot save " + visible(file),
                   "the file is written in a way that the change would not survive",
                   "change it in a text editor");
}

/// The same questions as for a request.
collection::Content asRequest(const Defaults& defaults)
{
    collection::Content content;
    content.entry.name = defaults.name;
    content.entry.headers = defaults.headers;
    content.entry.variables = defaults.variables;
    content.entry.docs = defaults.docs;
    content.entry.auth = defaults.auth;
    content.entry.kept.auth = defaults.keptAuth;
    content.details.credentials = defaults.credentials;
    return content;
}

std::string newFile(const std::string& name)
{
    return writeFile({{"info", YamlOut::ofMapping(
                                   {{"name", YamlOut::ofText(name)}, {"type", YamlOut::ofText("folder")}})}});
}

} // namespace

Result<Defaults> readDefaults(const std::string& directory, const std::string& folder)
{
    const std::string file = fileOf(folder);
    const Result<fs::path> path = pathInside(directory, file);
    if (!path)
        return tl::unexpected(path.error());
    Defaults none;
    none.name = fs::path(folder).filename().string();
    std::error_code error;
    if (!folder.empty() && !fs::exists(*path, error))
        return none;
    const Result<std::string> text = readFile(path->string(), StoreLimits().bytes);
    const auto tree = text ? parseYaml(*text, file, {}) : tl::unexpected(text.error());
    if (!tree)
        return tl::unexpected(tree.error());
    Defaults defaults = readTree(**tree, none.name);
    defaults.fingerprint = fingerprint(*text);
    return defaults;
}

Result<void> saveDefaults(const std::string& directory, const std::string& folder, const Defaults& defaults,
                          FoundSecrets secrets)
{
    const std::string file = fileOf(folder);
    const Result<Defaults> old = readDefaults(directory, folder);
    if (!old)
        return tl::unexpected(old.error());
    const Defaults wanted = asSaved(defaults);
    if (asSaved(*old) == wanted)
        return {};
    if (const auto writable = checkWritable(asRequest(wanted)); !writable)
        return writable;
    const auto safe = checkSecrets(asRequest(wanted), asRequest(*old));
    if (!safe && secrets == FoundSecrets::Refuse)
        return safe;
    if (old->fingerprint != defaults.fingerprint)
        return failure(ErrorKind::Refused, "cannot save " + visible(file),
                       old->fingerprint.empty() ? "the file is gone"
                                                : "another program has changed the file since it was read",
                       "copy what you typed, and open the settings again: they are read anew then");
    const bool isNew = defaults.fingerprint.empty();
    const Result<CurrentFile> current =
        isNew ? Result<CurrentFile>(CurrentFile{fs::path(directory) / file, newFile(old->name)})
              : readCurrent(directory, file, defaults.fingerprint);
    if (!current)
        return tl::unexpected(current.error());
    const auto text = edited(current->text, file, asSaved(*old), wanted);
    if (!text)
        return tl::unexpected(text.error());
    const Privacy privacy =
        safe ? Privacy::Shared : Privacy::OwnerOnly; // on the user's word a secret is in it
    return isNew ? writeNewFile(current->path.string(), *text, privacy)
                 : writeFileAtomically(current->path.string(), *text, privacy);
}

} // namespace claimcheck::store
