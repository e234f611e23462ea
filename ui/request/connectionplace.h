// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the server of a request, of a folder's requests or of all of them is reached: what is said at that
// place and what counts around it, and what somebody made of it.

#pragma once

#include <optional>
#include <string>

#include <QtCore/qstring.h>

#include <base/secret.h>
#include <collection/collection.h>

namespace claimcheck::ui {

struct ConnectionPlace
{
    std::string directory; ///< of the collection
    std::string path;      ///< of the request's file or the folder; empty: the collection
    std::optional<collection::ConnectionRule> rule = {}; ///< of this very path, as it was read
    collection::ConnectionRule around = {};              ///< what counts where that says nothing
    std::string proxyAround = {};             ///< the same of the proxy, as a rule says it; empty: none
    collection::Settings settingsAround = {}; ///< those of the nearest folder that has them

    bool operator==(const ConnectionPlace&) const = default;
};

ConnectionPlace connectionPlace(const collection::Collection& collection, const std::string& path);

/// The choice that says nothing, with what counts then: "As the folder says: Yes".
QString saidAround(const ConnectionPlace& place, const QString& value);

/// The rule that is to take the place of `before`.
struct ConnectionEdit
{
    std::optional<collection::ConnectionRule> before = {};
    collection::ConnectionRule rule = {};
    std::string secret = {}; ///< variable of the proxy's password where that is new, or has a new value
    Secret password = {};    ///< that value; empty: it stays as it is
};

} // namespace claimcheck::ui
