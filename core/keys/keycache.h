// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Key sets from afar, kept as long as their answers allow (jose-policy rule 24). Issuers change their keys at
// any time: a token with a `kid` that the set at hand does not have makes it ask once more, but not more
// often than every 30 seconds, or anybody's tokens could make us ask without end.
//
//   cache.find({.issuer = "https://id.example"}, jws.kid(), now, this, [](Result<KeySet> set) { … });

#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QtCore/qobject.h>

#include <http/client.h>
#include <keys/source.h>

namespace claimcheck::keys {

inline constexpr Seconds shortestPause{30}; ///< between two questions for unknown kids

class KeyCache
{
public:
    using Done = std::function<void(Result<KeySet>)>;

    explicit KeyCache(http::Client& client); ///< which outlives it
    ~KeyCache();                             ///< ends what is under way; no `done` is called after it
    KeyCache(const KeyCache&) = delete;
    KeyCache& operator=(const KeyCache&) = delete;

    /// The keys of `source` for a token with that `kid`. A set that does not have it is an answer, not an
    /// error. `done` is called once, from the event loop, never from inside find(), and not at all when
    /// `context` is gone by then. Questions for one source that come while it is being asked share the
    /// answer.
    void find(const Source& source, const std::optional<std::string>& kid, Instant now, QObject* context,
              Done done);

private:
    struct Entry;
    class Fetch;

    Entry& entryOf(const Source& source);
    void startFetch(Entry& entry, Instant now);
    void finish(Entry& entry, const Result<KeySet>& set);

    http::Client& m_client;
    std::vector<std::unique_ptr<Entry>> m_entries;
    QObject m_life; ///< the context of every request
};

} // namespace claimcheck::keys
