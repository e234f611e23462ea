// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/datafile.h>

#include <filesystem>
#include <utility>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>

namespace claimcheck::run {
namespace {

constexpr std::size_t largest = 1024u * 1024u;

/// Whatever is wrong with it, it is a file that cannot be read, and no server's doing.
tl::unexpected<Error> unreadableDotEnv(Error error)
{
    error.kind = ErrorKind::Unreadable;
    return tl::unexpected(std::move(error));
}

Result<void> append(std::vector<variables::Variable>& out, const collection::Collection& collection,
                    const std::string& relative)
{
    const auto path = store::pathInside(collection.directory, relative);
    if (!path)
        return failure(ErrorKind::Unreadable, "cannot use the .env file " + visible(relative),
                       "it lies outside of the collection's folder, by its path or through a link",
                       "copy it into the folder; the command line takes one of elsewhere with --env-file");
    const Result<std::string> text = store::readFile(path->string(), largest);
    if (!text)
        return unreadableDotEnv(text.error());
    const auto variables = readDotEnv(*text, relative);
    if (!variables)
        return unreadableDotEnv(variables.error());
    out.insert(out.end(), variables->begin(), variables->end());
    return {};
}

} // namespace

Result<std::vector<variables::Variable>> dotEnvOf(const collection::Collection& collection,
                                                  std::string_view environment)
{
    std::vector<variables::Variable> variables;
    for (const collection::Environment* each : collection::withExtended(collection, environment))
        if (!each->dotEnvFile.empty())
            if (const auto read = append(variables, collection, each->dotEnvFile); !read)
                return tl::unexpected(read.error());
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::path(collection.directory) / ".env", error))
        if (const auto read = append(variables, collection, ".env"); !read)
            return tl::unexpected(read.error());
    return variables;
}

} // namespace claimcheck::run
