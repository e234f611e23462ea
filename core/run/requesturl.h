// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The URL of a request as it goes out: path parameters filled in, encoded where the settings say so.

#pragma once

#include <run/prepare.h>

namespace claimcheck::run {

/// From the request's URL, variables resolved; http:// in front where there is no scheme, as Bruno has it.
Result<void> setUrl(http::Request& request, const collection::Collection& collection,
                    const collection::Item& item, const Values& values);
/// Behind what the query has already; both encoded as a whole.
void addQueryParameter(std::string& url, std::string_view name, std::string_view value);

} // namespace claimcheck::run
