// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The keys that `.claimcheck/keys.yaml` refers to. A file must lie inside of the collection's folder; what
// comes from an address is asked for by https (or from this machine), without anything secret, and kept as
// long as its answer allows.

#pragma once

#include <functional>

#include <collection/checks.h>
#include <http/client.h>
#include <inspect/inspection.h>
#include <keys/keycache.h>
#include <run/prepare.h>

namespace claimcheck::run {

class TokenKeys
{
public:
    using Done = std::function<void(Result<inspect::KeyRing>)>;

    /// `connection`: its TLS profile and proxy count here too.
    TokenKeys(std::string directory, const http::Request& connection);

    /// `done` is called once; at once where nothing has to be fetched, else from the event loop, unless
    /// `context` is gone by then.
    void find(const collection::KeyReference& reference, const Values& values,
              const std::optional<std::string>& kid, QObject* context, Done done);

private:
    void fetch(const collection::KeyReference& reference, std::string url,
               const std::optional<std::string>& kid, QObject* context, Done done);

    std::string m_directory;
    http::TlsProfile m_tls;
    std::string m_proxy;
    http::Client m_client;
    keys::KeyCache m_cache;
};

} // namespace claimcheck::run
