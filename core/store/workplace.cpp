// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/workplace.h>

#include <store/files.h>

namespace claimcheck::store {

Result<void> checkPlace(const std::filesystem::path& target, const std::string& what)
{
    std::error_code error;
    const bool isFree =
        !std::filesystem::exists(target, error) ||
        (std::filesystem::is_directory(target, error) && std::filesystem::is_empty(target, error));
    if (!isFree)
        return failure(ErrorKind::Refused, what, "there is something of that name already",
                       "choose another name or folder");
    return makeDirectories(target.parent_path().string(), Privacy::Shared);
}

} // namespace claimcheck::store
