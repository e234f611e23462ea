// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/import.h>

#include <algorithm>

#include <base/text.h>
#include <interop/import/curl.h>
#include <interop/import/encoding.h>
#include <interop/import/postman.h>
#include <store/newcollection.h>

namespace claimcheck::interop {
namespace {

Format detected(std::string_view text)
{
    const std::string_view bare = trimmed(text);
    if (bare.starts_with('{') || bare.starts_with('['))
        return Format::Postman;
    return looksLikeCurl(bare) ? Format::Curl : Format::Automatic;
}

} // namespace

std::string describe(const Omission& omission)
{
    const std::string where = omission.where.empty() ? "" : visible(omission.where) + ": ";
    return where + visible(omission.what) + ": " + visible(omission.why);
}

std::optional<Format> formatOf(std::string_view word)
{
    if (word == "auto")
        return Format::Automatic;
    if (word == "postman")
        return Format::Postman;
    return word == "curl" ? std::optional(Format::Curl) : std::nullopt;
}

bool looksLikeCurl(std::string_view text)
{
    std::string_view bare = trimmed(text);
    if (bare.starts_with("$ "))
        bare = trimmed(bare.substr(2));
    const std::string_view word = bare.substr(0, bare.find_first_of(" \t\r\n\\"));
    return bare.size() > word.size() && (word == "curl" || word == "curl.exe" || word.ends_with("/curl"));
}

Result<Imported> importText(std::string_view text, Format format, const ImportLimits& limits)
{
    if (text.size() > limits.bytes)
        return failure(ErrorKind::TooLarge, "cannot import this text",
                       "it has more than " + formatSize(limits.bytes), "split it");
    Result<std::string> utf8 = toUtf8Text(text);
    if (!utf8)
        return tl::unexpected(utf8.error());
    switch (format == Format::Automatic ? detected(*utf8) : format) {
    case Format::Postman:
        return importPostman(*utf8, limits);
    case Format::Curl:
        return importCurl(*utf8, limits);
    case Format::Automatic:
        break;
    }
    return failure(
        ErrorKind::Unreadable, "cannot import this text",
        "it is neither a Postman file (JSON) nor a cURL command line",
        "export the collection from Postman as version 2.1, or paste a line that starts with curl");
}

void addEnvironments(Imported& imported, Imported other)
{
    auto& all = imported.collection.environments;
    for (collection::Environment& environment : other.collection.environments) {
        const std::string base = environment.name;
        const auto isTaken = [&](const collection::Environment& each) {
            return toLowerAscii(each.name) == toLowerAscii(environment.name);
        };
        for (int number = 2; std::any_of(all.begin(), all.end(), isTaken); ++number)
            environment.name = base + " " + std::to_string(number);
        all.push_back(std::move(environment));
    }
    for (Omission& omission : other.leftOut)
        imported.leftOut.push_back(std::move(omission));
}

void nameFiles(Imported& imported)
{
    collection::Collection& collection = imported.collection;
    store::nameFiles(collection);
    for (MintedAt& minted : imported.minted) {
        const collection::Folder* folder = &collection.root;
        for (const std::size_t index : minted.folders)
            folder = &folder->folders.at(index);
        minted.rule.path = minted.item ? folder->items.at(*minted.item).path : folder->path;
        collection.minted.push_back(std::move(minted.rule));
    }
    imported.minted.clear();
}

} // namespace claimcheck::interop
