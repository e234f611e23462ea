// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Environments that are being edited, as they are kept until they are saved: beside the settings, in a file
// of their own. Values of secrets are never among them; text that looks like one becomes a placeholder.

#pragma once

#include <string>
#include <vector>

#include <store/environmentfile.h>

namespace claimcheck::store {

struct EnvironmentDraft
{
    std::string collection; ///< its directory
    collection::Environment
        environment; ///< with the path and fingerprint of the file that the edit began with
    ValueTypes types;

    bool operator==(const EnvironmentDraft&) const = default;
};

inline constexpr const char* environmentDraftsStem = "environment-drafts";
/// Of environment-drafts.json, or of environment-drafts-2.json and so on (draftfiles.h). None where there is
/// no file; a broken one is kept beside it and reported.
Result<std::vector<EnvironmentDraft>> loadEnvironmentDrafts(const std::string& directory, int number = 1);
Result<void> saveEnvironmentDrafts(const std::string& directory, std::vector<EnvironmentDraft> drafts,
                                   int number = 1);

} // namespace claimcheck::store
