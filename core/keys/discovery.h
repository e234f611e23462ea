// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asking an issuer for what it says of itself: at the places of metadataUrls(), the likelier one first.

#pragma once

#include <functional>

#include <http/client.h>
#include <keys/metadata.h>
#include <keys/source.h>

namespace claimcheck::keys {

/// The document of `source.issuer`, of at most one MiB, as it came. Without redirects and credentials. Usage
/// for an issuer that may not be asked. `done` is called once, from the event loop, never from inside of this
/// function, and not at all when `context` is gone by then. `observed` is told of each exchange; nothing
/// secret goes along.
void fetchMetadata(http::Client& client, const Source& source, QObject* context,
                   std::function<void(Result<MetadataDocument>)> done,
                   std::function<void(const http::Exchange&)> observed = {});

} // namespace claimcheck::keys
