// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/inotify.h>

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/inotify.h>

namespace claimcheck::store {
namespace {

constexpr std::uint32_t itself = IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR | IN_DONT_FOLLOW;
/// IN_ATTRIB: a file that could not be read may be readable now.
constexpr std::uint32_t inside =
    IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB;

} // namespace

Inotify::Inotify() : m_file(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

Inotify::Added Inotify::add(const std::string& folder)
{
    return addWith(folder, itself | inside);
}

/// Not at the cost of what is watched inside of it already.
Inotify::Added Inotify::addAround(const std::string& folder)
{
    return addWith(folder, itself | IN_MASK_ADD);
}

Inotify::Added Inotify::addWith(const std::string& folder, std::uint32_t mask)
{
    const int watch = ::inotify_add_watch(m_file.number(), folder.c_str(), mask);
    if (watch < 0)
        return errno == ENOSPC || errno == ENOMEM ? Added::Full : Added::Gone;
    m_folders.insert_or_assign(watch, folder);
    return Added::Yes;
}

void Inotify::clear()
{
    for (const auto& [watch, folder] : m_folders)
        ::inotify_rm_watch(m_file.number(), watch);
    m_folders.clear();
}

std::vector<Inotify::Event> Inotify::take()
{
    std::vector<Event> events;
    alignas(inotify_event) std::array<char, 65536> buffer;
    for (;;) {
        const ssize_t length = ::read(m_file.number(), buffer.data(), buffer.size());
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return events;
        takeFrom(buffer.data(), static_cast<std::size_t>(length), events);
    }
}

void Inotify::takeFrom(const char* buffer, std::size_t length, std::vector<Event>& events)
{
    for (std::size_t place = 0; place + sizeof(inotify_event) <= length;) {
        inotify_event event = {};
        std::memcpy(&event, buffer + place, sizeof event);
        const char* name = buffer + place + sizeof event;
        place += sizeof event + event.len;
        if ((event.mask & IN_Q_OVERFLOW) != 0) {
            events.push_back({});
            continue;
        }
        const auto folder = m_folders.find(event.wd);
        if (folder == m_folders.end())
            continue; // of a watch that was given up
        if ((event.mask & IN_IGNORED) != 0) {
            m_folders.erase(folder);
            continue;
        }
        events.push_back({folder->second, event.len > 0 ? name : "", (event.mask & IN_ISDIR) != 0,
                          (event.mask & (IN_DELETE_SELF | IN_MOVE_SELF)) != 0});
    }
}

} // namespace claimcheck::store
