// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keycache.h"

#include "answers.h"
#include "discovery.h"
#include "metadata.h"

#include <algorithm>

#include <QtCore/qpointer.h>

namespace claimcheck::keys {

static bool hasKid(const KeySet& set, const std::optional<std::string>& kid)
{
    return !kid || std::ranges::any_of(set.keys, [&](const jose::Key& key) { return key.kid == kid; });
}

/// A clock that was put back makes every set one of the future: such a set is not trusted either.
static bool isGoodEnough(const KeySet& set, const std::optional<std::string>& kid, Instant now)
{
    if (now < set.fetchedAt || now >= set.freshUntil)
        return false;
    return hasKid(set, kid) || now - set.fetchedAt < shortestPause;
}

struct KeyCache::Entry
{
    struct Waiting
    {
        std::optional<std::string> kid;
        QPointer<QObject> context;
        bool hasContext;
        Done done;
    };

    Source source;
    std::optional<KeySet> set;
    std::string jwksUri; ///< found by discovery
    bool isAsked = false;
    std::vector<Waiting> waiting;

    /// What is at hand will do for all that wait.
    bool answers(Instant now) const
    {
        return set && std::ranges::all_of(
                          waiting, [&](const Waiting& one) { return isGoodEnough(*set, one.kid, now); });
    }
};

/// The steps from a source to its set, one request each.
class KeyCache::Fetch : public std::enable_shared_from_this<Fetch>
{
public:
    Fetch(KeyCache& cache, Entry& entry, Instant now) : m_cache(cache), m_entry(entry), m_now(now) {}

    void start()
    {
        const Source& source = m_entry.source;
        if (!source.jwksUrl.empty())
            return askForNamedSet(source.jwksUrl);
        // Known from the first time; a set that is over is looked for anew.
        if (!m_entry.jwksUri.empty() && m_entry.set && m_now < m_entry.set->freshUntil)
            return askForSet(m_entry.jwksUri);
        discover();
    }

private:
    void askForNamedSet(const std::string& url)
    {
        if (const Result<void> allowed = checkAddress(url, "the JWKS URL"); !allowed)
            return end(tl::unexpected(allowed.error()));
        askForSet(url);
    }

    void discover()
    {
        fetchMetadata(m_cache.m_client, m_entry.source, &m_cache.m_life,
                      [self = shared_from_this()](const Result<MetadataDocument>& document) {
                          self->takeMetadata(document);
                      });
    }

    void takeMetadata(const Result<MetadataDocument>& document)
    {
        const Result<std::string> uri =
            document ? jwksUriOf(document->text, m_entry.source.issuer) : tl::unexpected(document.error());
        if (!uri)
            return end(tl::unexpected(uri.error()));
        m_entry.jwksUri = *uri;
        askForSet(*uri);
    }

    void askForSet(const std::string& url)
    {
        send(url, [](Fetch& self, const http::Exchange& exchange) {
            Result<KeySet> set = keySetOf(exchange, self.m_now);
            if (set)
                set->issuer = self.m_entry.source.issuer;
            self.end(std::move(set));
        });
    }

    void send(const std::string& url, void (*next)(Fetch&, const http::Exchange&))
    {
        m_cache.m_client.send(
            requestFor(m_entry.source, url), &m_cache.m_life,
            [self = shared_from_this(), next](const http::Exchange& exchange) { next(*self, exchange); });
    }

    void end(Result<KeySet> set) { m_cache.finish(m_entry, set); }

    KeyCache& m_cache;
    Entry& m_entry;
    Instant m_now;
};

KeyCache::KeyCache(http::Client& client) : m_client(client) {}
KeyCache::~KeyCache() = default;

KeyCache::Entry& KeyCache::entryOf(const Source& source)
{
    const auto found =
        std::ranges::find_if(m_entries, [&](const auto& entry) { return entry->source == source; });
    if (found != m_entries.end())
        return **found;
    m_entries.push_back(std::make_unique<Entry>());
    m_entries.back()->source = source;
    return *m_entries.back();
}

void KeyCache::find(const Source& source, const std::optional<std::string>& kid, Instant now,
                    QObject* context, Done done)
{
    Entry& entry = entryOf(source);
    entry.waiting.push_back({kid, context, context != nullptr, std::move(done)});
    if (entry.isAsked)
        return;
    entry.isAsked = true;
    QMetaObject::invokeMethod(
        &m_life,
        [this, &entry, now] {
            if (entry.answers(now))
                finish(entry, *entry.set);
            else
                startFetch(entry, now);
        },
        Qt::QueuedConnection);
}

void KeyCache::startFetch(Entry& entry, Instant now)
{
    std::make_shared<Fetch>(*this, entry, now)->start();
}

void KeyCache::finish(Entry& entry, const Result<KeySet>& set)
{
    const Result<KeySet> answer = set; // `set` may be the entry's own
    if (answer)
        entry.set = *answer;
    entry.isAsked = false;
    const std::vector<Entry::Waiting> waiting = std::move(entry.waiting);
    entry.waiting.clear();
    const QPointer<QObject> life = &m_life;
    for (const Entry::Waiting& one : waiting) {
        if (!one.hasContext || one.context)
            one.done(answer);
        if (!life) // what was called may have ended the cache
            return;
    }
}

} // namespace claimcheck::keys
