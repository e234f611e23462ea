// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where deleted requests and folders go: a folder of the user's own outside of every collection, 0700. Each
// deleted thing lies in a place of its own, as it was, beside a file that says where it came from:
//
//   trash/k3vq0a/origin.json        {"collection": "/home/me/api", "path": "orders/list.yml"}
//   trash/k3vq0a/files/list.yml
//
// Undo brings it back; after the program has ended it can be taken out of there by hand, until it is swept.

#pragma once

#include <cstdint>
#include <set>
#include <string>

#include <base/result.h>
#include <base/time.h>

namespace claimcheck::store {

struct TrashLimits
{
    std::chrono::hours age{30 * 24};
    std::uintmax_t bytes = 256u * 1024u * 1024u;
};

class Trash
{
public:
    /// Nothing is made before something is deleted.
    explicit Trash(std::string directory);

    const std::string& directory() const { return m_directory; }
    /// Where something of the collection may be put, under its own name. Unreadable where that cannot be
    /// made.
    Result<std::string> placeFor(const std::string& collection, const std::string& path);
    /// Takes away what is older than the limit, then the oldest until the rest is within the size. What this
    /// object gave a place to stays: it can still be undone.
    void sweep(Instant now, const TrashLimits& limits = {}) const;

private:
    std::string m_directory;
    std::set<std::string> m_own; ///< names of places
};

/// /trash in dataDirectory().
std::string trashDirectory();

} // namespace claimcheck::store
