// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request of a collection as it goes out: variables filled in, path parameters, authorisation, every kind
// of body and the settings of its file. A run and the window send the same.

#pragma once

#include <map>
#include <string>
#include <vector>

#include <collection/collection.h>
#include <http/message.h>
#include <run/secrets.h>

namespace claimcheck::run {

/// Where values come from: scopes nearest first, and what is made anew.
struct Values
{
    std::vector<variables::Scope> scopes;
    variables::Dynamic dynamic;
    bool allowUndefined = false;  ///< an unknown {{name}} in a body goes out as typed
    std::string environment = {}; ///< its name, for what stands in it beside variables
    Instant now = currentTime();  ///< of what is made anew: a token's `iat`
    /// Of variables that a run captured: the guarded secrets that were sent for the answer (release.h).
    std::map<std::string, std::vector<SecretName>> capturedWith = {};

    Result<std::string> resolve(const std::string& text, const std::string& place) const
    {
        return variables::resolve(text, scopes, place, dynamic);
    }
};

/// All of a request but a session's token: where the mode that counts takes one, nothing authorises the
/// request yet. Errors as prepare()'s.
Result<http::Request> prepareWithoutSession(const collection::Collection& collection,
                                            const collection::Item& item, const Values& values);

/// Everything; a session's token is the variable {{token}}. Usage names the undefined variable and its place;
/// Refused what this version cannot send, and a file outside of the collection's folder.
Result<http::Request> prepare(const collection::Collection& collection, const collection::Item& item,
                              const Values& values);

/// The body alone, and what describes it. Errors as prepare()'s.
Result<http::Request> prepareBody(const collection::Collection& collection, const collection::Item& item,
                                  const Values& values);

} // namespace claimcheck::run
