// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/opencollection.h>

#include <filesystem>

#include <base/text.h>
#include <store/files.h>
#include <store/reading.h>
#include <store/yamlwrite.h>

namespace claimcheck::store {

namespace fs = std::filesystem;

Result<collection::Collection> openCollection(const std::string& directory, const StoreLimits& limits)
{
    Result<Reading> reading = readCollection(directory, {}, nullptr, limits);
    return reading ? Result<collection::Collection>(std::move(reading->collection))
                   : tl::unexpected(reading.error());
}

Result<collection::Collection> createCollection(const std::string& directory, const std::string& name)
{
    if (directory.empty() || firstInvalidUtf8(name))
        return failure(ErrorKind::Usage, "cannot make a collection",
                       directory.empty() ? "no folder is given" : "its name is not UTF-8 text",
                       "give a folder and a name");
    if (const auto made = makeDirectories(directory, Privacy::Shared); !made)
        return tl::unexpected(made.error());
    const std::string text = "opencollection: \"1.0.0\"\n\n" +
                             writeFile({{"info", YamlOut::ofMapping({{"name", YamlOut::ofText(name)}})}});
    const auto written =
        writeNewFile((fs::path(directory) / "opencollection.yml").string(), text, Privacy::Shared);
    if (!written && written.error().kind == ErrorKind::Refused)
        return failure(ErrorKind::Refused, "cannot make a collection in " + visible(directory),
                       "there is one already", "open it, or choose another folder");
    if (!written)
        return tl::unexpected(written.error());
    return openCollection(directory);
}

} // namespace claimcheck::store
