// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The drafts of one window where several are open at once. Each has files of its own, which no other writes:
// drafts.json and environment-drafts.json the first one, drafts-2.json and environment-drafts-2.json the
// second, and so on. A lock beside them (drafts.lock, drafts-2.lock …) says that they are in use.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <store/environmentdrafts.h>
#include <store/filelock.h>
#include <store/settings.h>

namespace claimcheck::store {

class DraftFiles
{
public:
    struct Kept
    {
        Drafts drafts;
        std::vector<EnvironmentDraft> environments;
        std::vector<Error> problems; ///< what could not be read, taken over or written
    };

    explicit DraftFiles(std::string directory);
    ~DraftFiles(); ///< others may take over what is written

    /// Takes the first files that nobody uses, and over into them what stands in others that nobody uses any
    /// more. These are removed once ours are written: a process that is killed in between leaves both, and
    /// the next one takes what is the same once. What there can be only one of, and was typed differently in
    /// both (the login; the same environment), stays in the other file for the next window that uses it.
    Kept load();

    Result<void> save(Drafts drafts);
    Result<void> saveEnvironments(std::vector<EnvironmentDraft> environments);

private:
    /// Files that were taken over; held until what they are to hold from then on is written.
    struct Taken
    {
        int number = 0;
        std::unique_ptr<FileLock> lock;
        std::optional<LoginDraft> login; ///< what stays there; nothing: it is as it should be
        std::optional<std::vector<EnvironmentDraft>> environments;
    };

    void claim();
    void takeOver(int number, Kept& kept);
    void forgetDone();

    std::string m_directory;
    int m_number = 0; ///< of our files; 0: none yet
    std::unique_ptr<FileLock> m_lock;
    std::vector<Taken> m_taken;
};

} // namespace claimcheck::store
