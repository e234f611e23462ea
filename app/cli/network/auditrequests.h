// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests of a collection as they would go out, for `audit` and `matrix`.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include <collection/collection.h>
#include <run/scopes.h>

#include "connectionoptions.h"
#include "valueoptions.h"

namespace claimcheck::cli {

struct AuditSelection
{
    std::string path;
    std::string environment;
    GivenValues given;
    std::vector<std::string> routes; ///< request files below the collection; empty: all below path
    std::string verb = "audit";      ///< what cannot be done with it, in errors
};

struct AuditCollection
{
    std::shared_ptr<const collection::Collection> collection;
    std::vector<const collection::Item*> items; ///< that are chosen and can be read
};
/// Usage for an undefined environment or route.
Result<AuditCollection> openAudited(const AuditSelection& selection);
/// What is given with the call. `token`: the value of {{token}}; may be empty.
run::Outside outsideFor(const collection::Collection& collection, const GivenValues& given,
                        const std::string& token);

struct NamedRequest
{
    std::string path;              ///< of its file in the collection
    Result<http::Request> request; ///< or why it is not tested
};

struct NamedRequests
{
    std::vector<NamedRequest> all;
    std::vector<Secret> secrets; ///< from outside of the files, that no report may hold
};
/// `token`: the value of {{token}}; may be empty. Usage for an undefined variable, environment or route.
Result<NamedRequests> requestsOf(const AuditSelection& selection, const std::string& token);
/// What the command line says of certificates, proxy and time comes before what the files say.
void applyTo(http::Request& request, const ConnectionOptions& connection);

} // namespace claimcheck::cli
