// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The collection that a PATH on the command line belongs to.

#pragma once

#include <string>

#include <base/result.h>

namespace claimcheck::cli {

struct CollectionPlace
{
    std::string root; ///< the folder with opencollection.yml
    std::string path; ///< below it; empty: all of it
};

/// The nearest one around a folder or request file; `verb` is what cannot be done else: "run".
Result<CollectionPlace> placeOf(const std::string& text, std::string_view verb);

} // namespace claimcheck::cli
