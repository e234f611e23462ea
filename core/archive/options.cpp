// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <archive/options.h>

#include <algorithm>

#include <store/jsonfile.h>

namespace claimcheck::archive {
namespace {

constexpr const char* optionsFile = "history.json";
constexpr std::uint64_t megabyte = 1'000'000;

} // namespace

Result<Options> loadOptions(const std::string& configDirectory)
{
    const auto document = store::loadJsonFile(configDirectory, optionsFile);
    if (!document)
        return tl::unexpected(document.error());
    Options options;
    if (!*document)
        return options;
    const json::Value root = (*document)->root();
    options.isOn = store::flagIn(root, "isOn", options.isOn);
    options.keepsClaims = store::flagIn(root, "keepsClaims", options.keepsClaims);
    const int megabytes = store::numberIn(root, "megabytes", static_cast<int>(options.limit / megabyte));
    options.limit = static_cast<std::uint64_t>(std::clamp(megabytes, 1, 65536)) * megabyte;
    return options;
}

Result<void> saveOptions(const std::string& configDirectory, const Options& options)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject()
        .member("isOn")
        .value(options.isOn)
        .member("keepsClaims")
        .value(options.keepsClaims)
        .member("megabytes")
        .value(static_cast<std::int64_t>(options.limit / megabyte))
        .endObject();
    return store::saveJsonFile(configDirectory, optionsFile, writer);
}

} // namespace claimcheck::archive
