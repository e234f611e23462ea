// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The URL of a request and the list of its parameters, kept in step as Bruno keeps them: query parameters
// that are switched on stand in both, a path parameter is a `:name` between slashes of the URL.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <collection/details.h>

namespace claimcheck::collection {

/// What `url` says, in the order of `known` as far as that goes: values of path parameters and query
/// parameters that are switched off are only there. Nothing is decoded.
std::vector<Parameter> parametersOf(std::string_view url, const std::vector<Parameter>& known);

/// The URL with the query parameters that are switched on instead of its own. What would end a name or a
/// value ("&", "#", "=" in a name) is percent-encoded (RFC 3986 §2.1), the rest stays as typed.
std::string withQuery(std::string_view url, const std::vector<Parameter>& parameters);

} // namespace claimcheck::collection
