// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests of a collection as they would go out, for `audit`.

#pragma once

#include <string>
#include <vector>

#include <base/result.h>
#include <http/message.h>

#include "connectionoptions.h"

namespace claimcheck::cli {

struct AuditSelection
{
    std::string path;
    std::string environment;
    std::vector<std::string> overrides; ///< K=V
    std::vector<std::string> routes;    ///< request files below the collection; empty: all below path
    std::string token;                  ///< the value of {{token}}; may be empty
};

struct NamedRequest
{
    std::string path; ///< of its file in the collection
    http::Request request;
};

/// Usage for an undefined variable, environment or route.
Result<std::vector<NamedRequest>> requestsOf(const AuditSelection& selection);
/// What the command line says of certificates, proxy and time comes before what the files say.
void applyTo(http::Request& request, const ConnectionOptions& connection);

} // namespace claimcheck::cli
