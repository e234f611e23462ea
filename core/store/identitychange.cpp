// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <filesystem>

#include <base/text.h>
#include <collection/matrix.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/identities.h>
#include <store/identitywrite.h>
#include <store/matrix.h>
#include <store/savecheck.h>
#include <store/yamledit.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Identity;

/// A file of `.claimcheck`, or the place of one that is not there yet.
struct OwnFile
{
    fs::path path;
    std::optional<std::string> text;
};

Result<OwnFile> readOwn(const std::string& directory, const char* name)
{
    auto path = pathInside(directory, name);
    if (!path)
        return tl::unexpected(path.error());
    auto text = readIfThere(directory, name, StoreLimits().bytes);
    if (!text)
        return tl::unexpected(text.error());
    return OwnFile{*std::move(path), *std::move(text)};
}

Step stepOf(const OwnFile& file, std::optional<std::string> after)
{
    return {Step::Kind::Rewrite, file.path.string(), {}, file.text, std::move(after), {}};
}

tl::unexpected<Error> notSaved(const std::string& name, std::string why, std::string fix)
{
    return failure(ErrorKind::Refused, "cannot save the identity " + visible(name), std::move(why),
                   std::move(fix));
}

Result<void> checkNames(const std::vector<Identity>& now, const std::optional<Identity>& before,
                        const Identity& identity)
{
    const auto has = [&now](const std::string& name) {
        return std::ranges::find(now, name, &Identity::name) != now.end();
    };
    const bool isNewName = !before || before->name != identity.name;
    if (isNewName && has(identity.name))
        return notSaved(identity.name, "another identity has this name", "give it another name");
    if (!before)
        return {};
    const auto current = std::ranges::find(now, before->name, &Identity::name);
    if (current == now.end())
        return notSaved(before->name, "it is not in " + std::string(sessionsFile) + " any more",
                        "save it as a new one");
    if (*current != *before)
        return notSaved(before->name, "another program has changed it since it was read",
                        "close the editor and look at it as it is now");
    return {};
}

void renameIn(YamlEdit& edit, const std::optional<YamlValue>& names, const std::string& before,
              const std::string& after)
{
    const auto pair = names ? names->pair(before) : std::nullopt;
    if (pair)
        edit.renameKey(*pair, after);
}

/// The cells of the access matrix go by name. A matrix that cannot be read stays as it is: its own error says
/// why.
Result<std::optional<Step>> renamedInMatrix(const std::string& directory, const std::string& before,
                                            const std::string& after)
{
    const auto file = readOwn(directory, matrixFile);
    if (!file)
        return tl::unexpected(file.error());
    const auto matrix = file->text ? parseMatrix(*file->text) : Result<collection::Matrix>();
    if (!file->text || !matrix)
        return std::optional<Step>();
    const auto tree = parseYaml(*file->text, matrixFile, {});
    const auto requests = tree ? (*tree)->root().find("requests") : std::nullopt;
    if (!requests || !requests->isMapping())
        return std::optional<Step>();
    YamlEdit edit(**tree);
    for (const YamlPair& row : requests->pairs()) {
        renameIn(edit, row.value.find("expect"), before, after);
        if (const auto objects = row.value.find("objects")) {
            renameIn(edit, objects->find("ids"), before, after);
            renameIn(edit, objects->find("others"), before, after);
        }
    }
    if (edit.isEmpty())
        return std::optional<Step>();
    // They would become one with those that are renamed.
    const auto named = collection::identitiesIn(*matrix);
    if (std::ranges::find(named, after) != named.end())
        return notSaved(after, std::string(matrixFile) + " has cells of that name already",
                        "take them out there, or give another name");
    auto text = edit.apply();
    if (!text)
        return tl::unexpected(text.error());
    if (const auto again = parseMatrix(*text); !again)
        return tl::unexpected(again.error());
    return std::optional<Step>(stepOf(*file, *std::move(text)));
}

} // namespace

Result<Change> changeIdentity(const std::string& directory, const std::optional<Identity>& before,
                              const Identity& identity)
{
    if (!collection::isIdentityName(identity.name) || identity.name == collection::anonymous ||
        identity.name == "-")
        return notSaved(identity.name, "an identity cannot be called that",
                        "write a name of at most 64 letters, digits and signs");
    auto file = readOwn(directory, sessionsFile);
    if (!file)
        return tl::unexpected(file.error());
    const std::string source = file->text.value_or(std::string());
    const auto now = parseIdentities(source);
    if (!now)
        return tl::unexpected(now.error());
    if (const auto fits = checkNames(*now, before, identity); !fits)
        return tl::unexpected(fits.error());
    if (const auto safe = checkSecrets(identity, before ? &*before : nullptr); !safe)
        return tl::unexpected(safe.error());
    auto text = withIdentity(source, before, identity);
    if (!text)
        return tl::unexpected(text.error());
    Change change;
    change.what = "cannot save the identity " + visible(identity.name);
    if (file->text != *text)
        change.steps.push_back(stepOf(*file, *std::move(text)));
    if (before && before->name != identity.name) {
        auto renamed = renamedInMatrix(directory, before->name, identity.name);
        if (!renamed)
            return tl::unexpected(renamed.error());
        if (*renamed)
            change.steps.push_back(**std::move(renamed));
    }
    if (auto made = makeDirectories(file->path.parent_path().string(), Privacy::Shared); !made)
        return tl::unexpected(made.error());
    return change;
}

Result<Change> deleteIdentity(const std::string& directory, const std::string& name)
{
    auto file = readOwn(directory, sessionsFile);
    if (!file)
        return tl::unexpected(file.error());
    auto text = withoutIdentity(file->text.value_or(std::string()), name);
    if (!text)
        return tl::unexpected(text.error());
    Change change;
    change.what = "cannot delete the identity " + visible(name);
    const bool isEmpty = trimmed(*text).empty();
    change.steps.push_back(
        stepOf(*file, isEmpty ? std::nullopt : std::optional<std::string>(*std::move(text))));
    return change;
}

} // namespace claimcheck::store
