// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "collectionplace.h"

#include <filesystem>

#include <base/text.h>

namespace claimcheck::cli {

static bool isAddress(std::string_view text)
{
    return text.starts_with("http://") || text.starts_with("https://");
}

Result<CollectionPlace> placeOf(const std::string& text, std::string_view verb)
{
    namespace fs = std::filesystem;
    std::error_code error;
    const std::string what = "cannot " + std::string(verb) + " " + visible(text);
    const fs::path full = fs::canonical(text, error);
    if (error && isAddress(text))
        return failure(ErrorKind::Unreadable, what, "an address is no path",
                       verb == "audit" ? "give it with --url"
                                       : "give a collection's path; send takes an address");
    if (error)
        return failure(ErrorKind::Unreadable, what, error.message(), "check the path");
    for (fs::path root = full; !root.empty(); root = root.parent_path()) {
        if (fs::is_regular_file(root / "opencollection.yml", error)) {
            const std::string below = full.lexically_relative(root).generic_string();
            return CollectionPlace{root.string(), below == "." || below == "opencollection.yml" ? "" : below};
        }
        if (root == root.parent_path())
            break;
    }
    return failure(ErrorKind::Unreadable, what,
                   "there is no opencollection.yml in it or in a folder around it",
                   "give an OpenCollection, a folder or a request file in one");
}

} // namespace claimcheck::cli
