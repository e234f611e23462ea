// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A list of words read piece by piece, however long it is.

#pragma once

#include <memory>
#include <optional>
#include <string>

#include <inspect/guess.h>

namespace claimcheck::cli {

/// Unreadable when the file cannot be opened; "-" is standard input. A failure while reading ends the words
/// and stands in `trouble` afterwards. Lines above 64 KiB, which nobody uses as a secret, are cut in two.
Result<inspect::WordSource> wordsOfFile(const std::string& path,
                                        const std::shared_ptr<std::optional<Error>>& trouble);

} // namespace claimcheck::cli
