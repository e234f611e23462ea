// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/jsonfile.h>

#include <filesystem>

#include <base/text.h>
#include <store/files.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t maximumBytes = 64u * 1024u * 1024u;

/// settings.broken.json, settings.broken-2.json …: an older broken file is not lost either.
std::string freeNameFor(const fs::path& file)
{
    std::error_code error;
    const std::string stem = (file.parent_path() / file.stem()).string() + ".broken";
    std::string name = stem + ".json";
    for (int number = 2; fs::exists(name, error) && number < 1000; ++number)
        name = stem + "-" + std::to_string(number) + ".json";
    return name;
}

Error setAside(const fs::path& file, const Error& reason)
{
    const std::string aside = freeNameFor(file);
    std::error_code error;
    fs::rename(file, aside, error);
    const std::string kept =
        error ? "it could not be renamed: " + error.message() : "it was kept as " + visible(aside);
    return {reason.kind, "cannot read " + visible(file.string()), reason.why + "; " + kept,
            "nothing else is affected; the defaults are used", reason.where};
}

} // namespace

Result<std::optional<json::Document>> loadJsonFile(const std::string& directory, const std::string& name)
{
    const fs::path file = fs::path(directory) / name;
    std::error_code error;
    if (!fs::exists(file, error))
        return std::nullopt;
    Result<std::string> text = readFile(file.string(), maximumBytes);
    if (!text) // another user's, perhaps: the next save would put the defaults in its place
        return tl::unexpected(setAside(file, text.error()));
    Result<json::Document> document = json::parse(*std::move(text));
    if (!document)
        return tl::unexpected(setAside(file, document.error()));
    if (!document->root().isObject())
        return tl::unexpected(setAside(file, Error{ErrorKind::Malformed, {}, "it holds no JSON object", {}}));
    return std::optional(*std::move(document));
}

std::string numberedName(const std::string& name, int number)
{
    return number == 1 ? name : name + "-" + std::to_string(number);
}

Result<void> saveJsonFile(const std::string& directory, const std::string& name, json::Writer& writer)
{
    if (auto made = makeDirectories(directory, Privacy::OwnerOnly); !made)
        return made;
    return writeFileAtomically((fs::path(directory) / name).string(), writer.take() + "\n",
                               Privacy::OwnerOnly);
}

std::string textIn(const json::Value& object, std::string_view name, const std::string& fallback)
{
    const auto value = object.find(name);
    return value && value->isString() ? value->string() : fallback;
}

bool flagIn(const json::Value& object, std::string_view name, bool fallback)
{
    const auto value = object.find(name);
    return value && value->isBool() ? value->boolean() : fallback;
}

int numberIn(const json::Value& object, std::string_view name, int fallback)
{
    const auto value = object.find(name);
    const std::optional<std::int64_t> number = value ? value->integer() : std::nullopt;
    return number && *number >= -1'000'000 && *number <= 1'000'000 ? static_cast<int>(*number) : fallback;
}

std::vector<json::Value> itemsIn(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    return value ? value->items() : std::vector<json::Value>();
}

} // namespace claimcheck::store
