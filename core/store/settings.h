// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window remembers between two starts: recent collections, geometry, and the drafts: requests
// typed and not saved. No secret goes in here; text that looks like one becomes a placeholder and the user is
// told.

#pragma once

#include <string>
#include <vector>

#include <base/result.h>
#include <collection/collection.h>

namespace claimcheck::store {

struct Settings
{
    std::string theme = "system";               ///< "system", "light", "dark", "contrast"
    std::vector<std::string> recentCollections; ///< absolute paths, newest first
    std::string lastCollection;
    std::string lastEnvironment;
    std::string windowGeometry; ///< base64 of QWidget::saveGeometry
    std::string windowState;
    bool operator==(const Settings&) const = default;
};

/// One open tab: a saved request with its unsaved edits, or one that was never saved.
struct Draft
{
    std::string collection; ///< directory; empty: of no collection
    std::string path;       ///< of the saved file; empty: never saved
    collection::Entry entry;
    bool redacted = false;   ///< something that looked like a secret was left out
    std::string fingerprint; ///< of the saved file that was edited, as Item's: a change from outside is
                             ///< noticed later too
    bool edited = true;      ///< it differs from the saved file; else a changed file replaces it
    collection::Details details = {};
    std::string folder = {}; ///< of one that was never saved: where it is to be saved, relative to the
                             ///< collection and inside it; empty: the collection itself
    bool operator==(const Draft&) const = default;
};

/// The login pane's fields as typed, without the password.
struct LoginDraft
{
    std::string url;
    std::string method = "POST";
    std::string userField = "username";
    std::string passwordField = "password";
    std::string user;
    bool form = false;
    std::string tokenPath;
    bool operator==(const LoginDraft&) const = default;
};

struct Drafts
{
    std::vector<Draft> tabs;
    int currentTab = -1;
    LoginDraft login;
    bool operator==(const Drafts&) const = default;
};

/// ~/.config/claimcheck (XDG); CLAIMCHECK_CONFIG_DIR replaces it.
std::string configDirectory();
/// What is neither a collection nor a setting: ~/.local/share/claimcheck (XDG); CLAIMCHECK_DATA_DIR replaces
/// it.
std::string dataDirectory();

/// Defaults when there is none; a broken file is kept beside as settings.broken.json and reported.
Result<Settings> loadSettings(const std::string& directory);
Result<void> saveSettings(const std::string& directory, const Settings& settings);

inline constexpr const char* draftsStem = "drafts";
/// Of drafts.json, or of drafts-2.json and so on: who keeps a window's asks DraftFiles (draftfiles.h) for
/// them.
Result<Drafts> loadDrafts(const std::string& directory, int number = 1);
/// Values that look like a token, key or password are cut out first (see redacted).
Result<void> saveDrafts(const std::string& directory, Drafts drafts, int number = 1);

} // namespace claimcheck::store
