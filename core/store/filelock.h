// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A lock on a file of its own, by flock(2): the system gives it up with the process, however that ends, so
// there is none that a dead process holds.

#pragma once

#include <string>

#include <store/descriptor.h>

namespace claimcheck::store {

class FileLock
{
public:
    enum class State
    {
        Ours,      ///< as long as this lives
        Others,    ///< another one holds it, in this process or in another
        Impossible ///< the folder is not there or cannot be changed, or its file system knows no locks
    };

    /// Makes the file (0600, empty) where it is not there, and does not wait. The file stays: one that is
    /// removed while another opens it would be held twice.
    explicit FileLock(const std::string& path);
    State state() const { return m_state; }

private:
    Descriptor m_file;
    State m_state;
};

} // namespace claimcheck::store
