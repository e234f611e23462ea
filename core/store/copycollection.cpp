// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection under another name in another folder. The files are copied beside the new place first and
// moved there at the end: nobody ever sees half a collection.

#include <store/filenames.h>
#include <store/opencollection.h>

#include <filesystem>

#include <base/text.h>
#include <store/files.h>
#include <store/rows.h>
#include <store/workplace.h>
#include <store/yamledit.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

/// Links are not followed, and a repository's history stays where it is.
std::error_code copyFiles(const fs::path& from, const fs::path& to, std::size_t most)
{
    std::error_code error;
    std::size_t count = 0;
    for (fs::recursive_directory_iterator next(from, error), end; !error && next != end;
         next.increment(error)) {
        const fs::path target = to / next->path().lexically_relative(from);
        if (++count > most)
            return std::make_error_code(std::errc::file_too_large);
        if (next->is_symlink(error))
            continue;
        if (next->is_directory(error)) {
            if (next->path().filename() == ".git")
                next.disable_recursion_pending();
            else
                fs::create_directory(target, error);
        } else if (next->is_regular_file(error)) {
            fs::copy_file(next->path(), target, error);
        }
        if (error)
            break;
    }
    return error;
}

Result<void> rename(const fs::path& directory, const std::string& name)
{
    const std::string path = (directory / rootFile).string();
    const Result<std::string> text = readFile(path, StoreLimits().bytes);
    if (!text)
        return tl::unexpected(text.error());
    const auto tree = parseYaml(*text, rootFile, {});
    if (!tree)
        return tl::unexpected(tree.error());
    YamlEdit edit(**tree);
    edit.put({"info", "name"}, YamlOut::ofText(name));
    const Result<std::string> renamed = edit.apply();
    return renamed ? writeFileAtomically(path, *renamed, Privacy::Shared)
                   : Result<void>(tl::unexpected(renamed.error()));
}

bool isInside(const fs::path& inner, const fs::path& outer)
{
    const fs::path relative = inner.lexically_relative(outer);
    return !relative.empty() && *relative.begin() != "..";
}

Result<void> checkCopy(const fs::path& source, const fs::path& target, const std::string& what)
{
    std::error_code error;
    if (isInside(fs::weakly_canonical(target, error), source))
        return failure(ErrorKind::Refused, what, "that folder lies inside the collection itself",
                       "choose another folder");
    return checkPlace(target, what);
}

} // namespace

Result<collection::Collection> copyCollection(const std::string& from, const std::string& to,
                                              const std::string& name)
{
    const std::string what = "cannot save the collection as " + visible(to);
    std::error_code error;
    const fs::path source = fs::canonical(from, error);
    const fs::path target = fs::absolute(fs::path(to), error).lexically_normal();
    if (to.empty() || firstInvalidUtf8(name) || error)
        return failure(ErrorKind::Usage, what, error ? error.message() : "it needs a folder and a name",
                       "give a folder and a name");
    if (const auto free = checkCopy(source, target, what); !free)
        return tl::unexpected(free.error());
    Workplace work(target);
    error = work.make();
    if (!error)
        error = copyFiles(source, work.path(), StoreLimits().files);
    if (error)
        return failure(ErrorKind::Unreadable, what, error.message(), "check the folder and the space there");
    if (const auto renamed = rename(work.path(), name); !renamed)
        return tl::unexpected(renamed.error());
    if (error = work.moveTo(target); error)
        return failure(ErrorKind::Unreadable, what, error.message(), "choose another folder");
    return openCollection(target.string());
}

} // namespace claimcheck::store
