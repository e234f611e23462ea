// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/repository.h>

#include <filesystem>

namespace claimcheck::store {

std::string pathInRepository(const std::string& folder)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path full = fs::canonical(folder, error);
    if (error)
        return {};
    for (fs::path around = full;; around = around.parent_path()) {
        if (fs::exists(around / ".git", error)) { // a folder; a file in a worktree or submodule
            const std::string path = full.lexically_relative(around).generic_string();
            return path == "." ? std::string() : path;
        }
        if (around == around.root_path())
            return {};
    }
}

} // namespace claimcheck::store
