// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request of a collection as it goes out in a run: variables filled in, path parameters, authorisation,
// every kind of body and the settings of its file.

#pragma once

#include <collection/collection.h>
#include <http/message.h>

namespace claimcheck::run {

/// Where values come from: scopes nearest first, and what is made anew.
struct Values
{
    std::vector<variables::Scope> scopes;
    variables::Dynamic dynamic;
    bool allowUndefined = false; ///< an unknown {{name}} in a body goes out as typed

    Result<std::string> resolve(const std::string& text, const std::string& place) const
    {
        return variables::resolve(text, scopes, place, dynamic);
    }
};

/// Usage names the undefined variable and its place; Refused what this version cannot send, and a file
/// outside of the collection's folder.
Result<http::Request> prepare(const collection::Collection& collection, const collection::Item& item,
                              const Values& values);

} // namespace claimcheck::run
