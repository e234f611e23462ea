// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a Postman file is, and its outermost parts.

#include <interop/import/postman.h>

#include <base/text.h>
#include <interop/import/postmanvalues.h>

namespace claimcheck::interop {
namespace {

collection::Environment readEnvironment(const json::Value& value, PostmanReading& reading)
{
    const bool isGlobals = textAt(value, "_postman_variable_scope") == "globals";
    collection::Environment environment;
    environment.name = textAt(value, "name");
    if (trimmed(environment.name).empty())
        environment.name = isGlobals ? "globals" : "environment";
    environment.variables = variablesOf(listAt(value, "values"), environment.name, reading);
    if (isGlobals)
        reading.leaveOut(environment.name, "being global",
                         "an OpenCollection has no globals: they are an environment of this name");
    return environment;
}

Result<void> readCollection(const json::Value& value, Imported& imported, PostmanReading& reading)
{
    if (value.find("requests") && !value.find("item"))
        return failure(ErrorKind::Refused, "cannot import this Postman file",
                       "it is of Postman's format 1, which Postman gave up in 2018",
                       "open it in Postman and export it as version 2.1",
                       json::positionOf(reading.source, value.offset()));
    if (!value.isObject() || !value.find("item"))
        return reading.wrong(value, "it has no `item`: it is no Postman collection");
    const auto info = value.find("info");
    collection::Collection& collection = imported.collection;
    collection.name = info && info->isObject() ? textAt(*info, "name") : textAt(value, "name");
    if (trimmed(collection.name).empty())
        collection.name = "Imported collection";
    const char* const list = value.find("variable") ? "variable" : "variables";
    collection.variables = variablesOf(listAt(value, list), collection.name, reading);
    if (auto read = readPostmanTree(value, collection.root, reading); !read)
        return read;
    if (collection.root.docs.empty() && info && info->isObject())
        collection.root.docs = descriptionOf(*info);
    collection.root.name = collection.name;
    return {};
}

/// {version, collections, environments}: all of an account. One collection becomes one of ours.
Result<void> readDump(const json::Value& value, Imported& imported, PostmanReading& reading)
{
    const std::vector<json::Value> collections = listAt(value, "collections");
    if (collections.size() != 1)
        return reading.wrong(value, "it is a dump of " + std::to_string(collections.size()) +
                                        " collections, and one is imported at a time");
    if (auto read = readCollection(collections.front(), imported, reading); !read)
        return read;
    for (const json::Value& each : listAt(value, "environments"))
        imported.collection.environments.push_back(readEnvironment(each, reading));
    return {};
}

Result<void> readAny(const json::Value& root, Imported& imported, PostmanReading& reading)
{
    if (!root.isObject())
        return reading.wrong(root, "it is no JSON object");
    if (const auto wrapped = root.find("collection"); wrapped && wrapped->isObject())
        return readCollection(*wrapped, imported, reading);
    if (const auto wrapped = root.find("environment"); wrapped && wrapped->isObject()) {
        imported.content = Content::Environments;
        imported.collection.environments.push_back(readEnvironment(*wrapped, reading));
        return {};
    }
    if (root.find("collections"))
        return readDump(root, imported, reading);
    if (root.find("values") && !root.find("item")) {
        imported.content = Content::Environments;
        imported.collection.environments.push_back(readEnvironment(root, reading));
        return {};
    }
    return readCollection(root, imported, reading);
}

} // namespace

Result<Imported> importPostman(std::string_view text, const ImportLimits& limits)
{
    json::Limits jsonLimits;
    jsonLimits.depth = limits.folders * 2 + 40;
    jsonLimits.bytes = limits.bytes * 2;
    const Result<json::Document> document = json::parse(text, jsonLimits);
    if (!document)
        return tl::unexpected(document.error());
    Imported imported;
    PostmanReading reading{document->source(), limits, {}};
    if (auto read = readAny(document->root(), imported, reading); !read)
        return tl::unexpected(read.error());
    imported.leftOut = std::move(reading.leftOut);
    imported.minted = std::move(reading.minted);
    return imported;
}

} // namespace claimcheck::interop
