// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <filesystem>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/entryfile.h>
#include <store/environmentfile.h>
#include <store/files.h>
#include <store/newcollection.h>
#include <store/savecheck.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Environment;

Result<void> checkWritable(const Environment& environment)
{
    bool isText = !firstInvalidUtf8(environment.name);
    for (const variables::Variable& variable : environment.variables)
        isText = isText && !firstInvalidUtf8(variable.name) &&
                 (variable.secret || !firstInvalidUtf8(variable.value));
    if (!isText)
        return failure(ErrorKind::Refused, "cannot save the environment " + visible(environment.name),
                       "it holds bytes that are not UTF-8 text", "take them out");
    return {};
}

/// An empty text takes the key away.
void putOrErase(YamlEdit& edit, const YamlValue& root, const std::string& key, const std::string& text)
{
    if (textAt(root, key) == text)
        return;
    if (text.empty())
        edit.erase({key});
    else
        putText(edit, root, key, YamlOut::ofText(text));
}

Rows typedRows(const Environment& environment, const ValueTypes& types)
{
    Rows rows = rowsOf(environment.variables);
    for (std::size_t i = 0; i < std::min(rows.size(), types.size()); ++i)
        rows[i].type = types[i];
    return rows;
}

Result<std::string> editEnvironment(const std::string& yaml, const Environment& environment,
                                    const ValueTypes& types)
{
    const auto tree = parseYaml(yaml, environment.path, {});
    if (!tree)
        return tl::unexpected(tree.error());
    YamlEdit edit(**tree);
    const YamlValue root = (*tree)->root();
    const std::string fallback = fs::path(environment.path).stem().string();
    if (textAt(root, "name", fallback) != environment.name)
        putText(edit, root, "name", YamlOut::ofText(environment.name));
    editRows(edit, **tree, {"variables"}, typedRows(environment, types));
    putOrErase(edit, root, "extends", environment.extended);
    putOrErase(edit, root, "dotEnvFilePath", environment.dotEnvFile);
    return edit.isEmpty() ? Result<std::string>(yaml) : edit.apply();
}

Result<std::string> saveNew(const Collection& collection, const Environment& environment,
                            const std::string& text)
{
    const std::string path = "environments/" + slug(environment.name) + ".yml";
    const Result<fs::path> file = pathInside(collection.directory, path);
    if (!file)
        return tl::unexpected(file.error());
    if (const auto made = makeDirectories(file->parent_path().string(), Privacy::Shared); !made)
        return tl::unexpected(made.error());
    const auto written = writeNewFile(file->string(), text, Privacy::Shared);
    return written ? Result<std::string>(path) : tl::unexpected(written.error());
}

} // namespace

static std::string writeTyped(const Environment& environment, const ValueTypes& types)
{
    std::vector<YamlOutPair> pairs{{"name", YamlOut::ofText(environment.name)}};
    if (!environment.variables.empty())
        pairs.push_back({"variables", writeRows(typedRows(environment, types))});
    if (!environment.extended.empty())
        pairs.push_back({"extends", YamlOut::ofText(environment.extended)});
    if (!environment.dotEnvFile.empty())
        pairs.push_back({"dotEnvFilePath", YamlOut::ofText(environment.dotEnvFile)});
    return writeFile(pairs);
}

std::string writeEnvironment(const Environment& environment)
{
    return writeTyped(environment, {});
}

Result<std::string> saveEnvironment(const Collection& collection, const Environment& environment)
{
    return saveEnvironment(collection, environment, {});
}

Result<std::string> saveEnvironment(const Collection& collection, const Environment& environment,
                                    const ValueTypes& types)
{
    if (environment.problem)
        return tl::unexpected(*environment.problem);
    if (const auto writable = checkWritable(environment); !writable)
        return tl::unexpected(writable.error());
    if (environment.path.empty()) {
        const auto safe = checkSecrets(environment, nullptr);
        return safe ? saveNew(collection, environment, writeTyped(environment, types))
                    : tl::unexpected(safe.error());
    }
    const auto known = std::find_if(collection.environments.begin(), collection.environments.end(),
                                    [&](const Environment& other) { return other.path == environment.path; });
    const Environment* before = known == collection.environments.end() ? nullptr : &*known;
    const Result<CurrentFile> file =
        readCurrent(collection.directory, environment.path, before ? before->fingerprint : std::string());
    if (!file)
        return tl::unexpected(file.error());
    if (const auto safe = checkSecrets(environment, before); !safe)
        return tl::unexpected(safe.error());
    const Result<std::string> text = editEnvironment(file->text, environment, types);
    if (!text)
        return tl::unexpected(text.error());
    if (*text != file->text)
        if (const auto written = writeFileAtomically(file->path.string(), *text, Privacy::Shared); !written)
            return tl::unexpected(written.error());
    return environment.path;
}

} // namespace claimcheck::store
