// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/filelock.h>

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>

namespace claimcheck::store {
namespace {

FileLock::State takeLock(const Descriptor& file)
{
    if (!file.isOpen())
        return FileLock::State::Impossible;
    if (::flock(file.number(), LOCK_EX | LOCK_NB) == 0)
        return FileLock::State::Ours;
    return errno == EWOULDBLOCK ? FileLock::State::Others : FileLock::State::Impossible;
}

} // namespace

FileLock::FileLock(const std::string& path)
    : m_file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)), m_state(takeLock(m_file))
{}

} // namespace claimcheck::store
