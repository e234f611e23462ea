// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The system's watches on folders (inotify(7)), for FolderWatch.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <store/descriptor.h>

namespace claimcheck::store {

class Inotify
{
public:
    Inotify();

    bool isOpen() const { return m_file.isOpen(); }
    int number() const { return m_file.number(); }

    enum class Added
    {
        Yes,
        Gone, ///< the folder is not there (any more)
        Full  ///< the system has no watches left
    };
    /// What happens in that folder, and to it.
    Added add(const std::string& folder);
    /// That the folder itself is moved or deleted, only: for those around.
    Added addAround(const std::string& folder);
    void clear();

    struct Event
    {
        std::string folder;    ///< where; empty: the queue ran over, and anything may have happened
        std::string name;      ///< what in it; empty: the folder itself
        bool isFolder = false; ///< `name` is one
        bool isGone = false;   ///< the folder itself was moved or deleted
    };
    /// What happened since; never waits.
    std::vector<Event> take();

private:
    Added addWith(const std::string& folder, std::uint32_t mask);
    void takeFrom(const char* buffer, std::size_t length, std::vector<Event>& events);

    Descriptor m_file;
    std::unordered_map<int, std::string> m_folders;
};

} // namespace claimcheck::store
