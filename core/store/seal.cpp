// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/transfer.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <vector>

#include <base/text.h>
#include <store/files.h>
#include <store/opencollection.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

bool isText(const fs::path& path)
{
    return path.extension() == ".yml" || path.extension() == ".yaml";
}

std::string stateOfFile(const fs::path& path)
{
    std::error_code error;
    const auto size = fs::file_size(path, error);
    if (isText(path) && !error && size <= StoreLimits().bytes)
        if (const Result<std::string> text = readFile(path.string(), StoreLimits().bytes))
            return "text " + fingerprint(*text);
    const auto time = fs::last_write_time(path, error).time_since_epoch();
    return "file " + std::to_string(size) + " " +
           std::to_string(std::chrono::duration_cast<std::chrono::nanoseconds>(time).count());
}

std::string stateOf(const fs::path& path)
{
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    if (fs::is_symlink(status))
        return "link " + fs::read_symlink(path, error).string();
    if (fs::is_directory(status))
        return "folder";
    return fs::is_regular_file(status) ? stateOfFile(path) : "other";
}

} // namespace

Result<std::string> sealOf(const std::string& path, const std::string& what)
{
    std::error_code error;
    const fs::file_type type = fs::symlink_status(path, error).type();
    if (type == fs::file_type::none)
        return systemError(error.value(), what);
    if (type == fs::file_type::not_found)
        return failure(ErrorKind::Refused, what, visible(path) + " is not there any more",
                       "look at the tree as it is now");
    std::string own = stateOf(path);
    if (own != "folder")
        return own;
    std::vector<std::string> lines;
    for (fs::recursive_directory_iterator next(path, error), end; !error && next != end;
         next.increment(error))
        lines.push_back(next->path().lexically_relative(path).string() + '\0' + stateOf(next->path()));
    if (error)
        return failure(ErrorKind::Unreadable, what, error.message(), "check the folder's owner and mode");
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines)
        own.append("\n").append(line);
    return "folder " + fingerprint(own);
}

} // namespace claimcheck::store
