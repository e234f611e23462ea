// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What must hold before a file of a collection is written: it is the one that was read, and nothing new in
// it looks like a live secret.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <collection/content.h>
#include <collection/identity.h>

namespace claimcheck::store {

struct CurrentFile
{
    std::filesystem::path path;
    std::string text;
};

/// Refused when the file is gone, or is not the one with that fingerprint any more.
Result<CurrentFile> readCurrent(const std::string& directory, const std::string& path,
                                const std::string& fingerprint);

/// Refused where a value looks like a live token or private key, or goes under the name of a secret, and does
/// not stand in `source`, the file so far, already.
Result<void> checkSecrets(const collection::Content& content, std::string_view source);
Result<void> checkSecrets(const collection::Content& content, const collection::Content& before);
Result<void> checkSecrets(const collection::Environment& environment, const collection::Environment* before);
/// A password and its like may hold nothing but templates.
Result<void> checkSecrets(const collection::Identity& identity, const collection::Identity* before);

} // namespace claimcheck::store
