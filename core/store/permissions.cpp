// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/permissions.h>

#include <algorithm>

#include <store/jsonfile.h>

namespace claimcheck::store {

static constexpr const char* fileName = "permissions.json";

std::vector<std::string> Permissions::namesFor(const std::string& directory) const
{
    const auto found = processNames.find(directory);
    return found == processNames.end() ? std::vector<std::string>() : found->second;
}

void Permissions::allow(const std::string& directory, const std::string& name, bool isAllowed)
{
    std::vector<std::string>& names = processNames[directory];
    std::erase(names, name);
    if (isAllowed)
        names.push_back(name);
    if (names.empty())
        processNames.erase(directory);
}

bool Permissions::isReleased(const std::string& directory, const ReleasedSecret& secret) const
{
    const auto found = released.find(directory);
    if (found == released.end())
        return false;
    ReleasedSecret itself = secret;
    itself.isCaptured = false;
    return std::ranges::find(found->second, secret) != found->second.end() ||
           std::ranges::find(found->second, itself) != found->second.end();
}

void Permissions::release(const std::string& directory, const ReleasedSecret& secret)
{
    if (!isReleased(directory, secret))
        released[directory].push_back(secret);
}

void Permissions::moveEnvironment(const std::string& directory, const std::string& from,
                                  const std::string& to)
{
    if (const auto found = released.find(directory); found != released.end())
        for (ReleasedSecret& secret : found->second)
            if (secret.environment == from)
                secret.environment = to;
}

Result<Permissions> loadPermissions(const std::string& directory)
{
    const auto document = loadJsonFile(directory, fileName);
    if (!document)
        return tl::unexpected(document.error());
    Permissions permissions;
    if (!*document)
        return permissions;
    for (const json::Value& item : itemsIn((*document)->root(), "processNames"))
        for (const json::Value& name : itemsIn(item, "names"))
            if (name.isString())
                permissions.allow(textIn(item, "collection"), name.string(), true);
    for (const json::Value& item : itemsIn((*document)->root(), "releasedSecrets"))
        for (const json::Value& secret : itemsIn(item, "secrets"))
            permissions.release(textIn(item, "collection"),
                                {textIn(secret, "environment"), textIn(secret, "name"),
                                 textIn(secret, "destination"), flagIn(secret, "captured", false)});
    return permissions;
}

Result<void> savePermissions(const std::string& directory, const Permissions& permissions)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("processNames").beginArray();
    for (const auto& [collection, names] : permissions.processNames) {
        writer.beginObject().member("collection").value(collection).member("names").beginArray();
        for (const std::string& name : names)
            writer.value(name);
        writer.endArray().endObject();
    }
    writer.endArray().member("releasedSecrets").beginArray();
    for (const auto& [collection, secrets] : permissions.released) {
        writer.beginObject().member("collection").value(collection).member("secrets").beginArray();
        for (const ReleasedSecret& secret : secrets) {
            writer.beginObject().member("environment").value(secret.environment);
            writer.member("name").value(secret.name);
            writer.member("destination").value(secret.destination);
            if (secret.isCaptured)
                writer.member("captured").value(true);
            writer.endObject();
        }
        writer.endArray().endObject();
    }
    writer.endArray().endObject();
    return saveJsonFile(directory, fileName, writer);
}

} // namespace claimcheck::store
