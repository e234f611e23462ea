// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/environmentfile.h>

#include <algorithm>
#include <filesystem>

#include <base/text.h>
#include <json/document.h>
#include <store/files.h>
#include <store/opencollection.h>
#include <store/rows.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;
using collection::Collection;
using collection::Environment;

bool hasName(const Collection& collection, const std::string& name, const std::string& butAt)
{
    return std::any_of(collection.environments.begin(), collection.environments.end(),
                       [&](const Environment& other) {
                           return other.path != butAt && equalsIgnoringCase(other.name, name);
                       });
}

/// Where the file of that name would stand; its own place where another file has that one.
std::string pathFor(const Collection& collection, const Environment& environment)
{
    std::error_code error;
    const std::string path = "environments/" + slug(environment.name) + ".yml";
    const bool isTaken = fs::exists(fs::path(collection.directory) / path, error);
    return isTaken ? environment.path : path;
}

Result<void> renameInOthers(const Collection& collection, const std::string& from, const std::string& to)
{
    for (Environment other : collection.environments) {
        if (other.extended != from || other.problem || other.name == from)
            continue;
        other.extended = to;
        if (const auto saved = saveEnvironment(collection, other); !saved)
            return tl::unexpected(saved.error());
    }
    return {};
}

} // namespace

ValueTypes valueTypes(const Collection& collection, const Environment& environment)
{
    ValueTypes types;
    const auto text =
        readFile((fs::path(collection.directory) / environment.path).string(), StoreLimits().bytes);
    const auto tree = text ? parseYaml(*text, environment.path, {}) : tl::unexpected(text.error());
    if (tree)
        if (const auto list = (*tree)->root().find("variables"))
            for (const Row& row : readRows(*list))
                if (!row.foreign)
                    types.push_back(row.type);
    types.resize(environment.variables.size());
    return types;
}

Result<std::string> renameEnvironment(const Collection& collection, const Environment& environment,
                                      const std::string& name, const ValueTypes& types)
{
    if (trimmed(name).empty() || hasName(collection, name, environment.path))
        return failure(ErrorKind::Refused, "cannot rename the environment " + visible(environment.name),
                       trimmed(name).empty() ? "it needs a name"
                                             : "another one has the name " + visible(name),
                       "choose another name");
    Environment renamed = environment;
    renamed.name = name;
    const auto saved = saveEnvironment(collection, renamed, types);
    if (!saved)
        return saved;
    if (const auto others = renameInOthers(collection, environment.name, name); !others)
        return tl::unexpected(others.error());
    const std::string path = pathFor(collection, renamed);
    std::error_code error;
    if (path != renamed.path)
        fs::rename(fs::path(collection.directory) / renamed.path, fs::path(collection.directory) / path,
                   error);
    if (error)
        return failure(ErrorKind::Unreadable, "cannot rename " + visible(renamed.path), error.message(),
                       "its name is changed; the file keeps its old one");
    return path;
}

std::string freeEnvironmentName(const Collection& collection, const std::string& wanted)
{
    std::string name = wanted;
    for (int number = 2; hasName(collection, name, {}); ++number)
        name = wanted + " " + std::to_string(number);
    return name;
}

bool fitsType(const std::string& type, const std::string& text)
{
    if (type.empty() || type == "string")
        return true;
    const auto document = json::parse(text);
    if (!document)
        return false;
    const json::Value root = document->root();
    if (type == "object")
        return root.isObject() || root.isArray();
    return (type == "number" && root.isNumber()) || (type == "boolean" && root.isBool()) ||
           (type == "null" && root.isNull());
}

} // namespace claimcheck::store
