// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/settings.h>

#include <cstdlib>

#include <store/jsonfile.h>

namespace claimcheck::store {
namespace {

constexpr const char* fileName = "settings.json";

std::string environmentText(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// XDG Base Directory Specification 0.8: a path that is not absolute is ignored.
std::string directoryOf(const char* ownName, const char* xdgName, const char* inHome)
{
    if (std::string own = environmentText(ownName); !own.empty())
        return own;
    if (const std::string xdg = environmentText(xdgName); xdg.starts_with('/'))
        return xdg + "/claimcheck";
    return environmentText("HOME") + inHome + "/claimcheck";
}

} // namespace

std::string configDirectory()
{
    return directoryOf("CLAIMCHECK_CONFIG_DIR", "XDG_CONFIG_HOME", "/.config");
}

std::string dataDirectory()
{
    return directoryOf("CLAIMCHECK_DATA_DIR", "XDG_DATA_HOME", "/.local/share");
}

Result<Settings> loadSettings(const std::string& directory)
{
    const auto document = loadJsonFile(directory, fileName);
    if (!document)
        return tl::unexpected(document.error());
    Settings settings;
    if (!*document)
        return settings;
    const json::Value root = (*document)->root();
    settings.theme = textIn(root, "theme", settings.theme);
    for (const json::Value& recent : itemsIn(root, "recentCollections"))
        if (recent.isString())
            settings.recentCollections.push_back(recent.string());
    settings.lastCollection = textIn(root, "lastCollection");
    settings.lastEnvironment = textIn(root, "lastEnvironment");
    settings.windowGeometry = textIn(root, "windowGeometry");
    settings.windowState = textIn(root, "windowState");
    return settings;
}

Result<void> saveSettings(const std::string& directory, const Settings& settings)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("theme").value(settings.theme).member("recentCollections").beginArray();
    for (const std::string& recent : settings.recentCollections)
        writer.value(recent);
    writer.endArray()
        .member("lastCollection")
        .value(settings.lastCollection)
        .member("lastEnvironment")
        .value(settings.lastEnvironment)
        .member("windowGeometry")
        .value(settings.windowGeometry)
        .member("windowState")
        .value(settings.windowState)
        .endObject();
    return saveJsonFile(directory, fileName, writer);
}

} // namespace claimcheck::store
