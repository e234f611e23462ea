// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auditrequests.h"

#include <base/text.h>
#include <run/connection.h>
#include <run/plan.h>
#include <run/prepare.h>
#include <run/scopes.h>
#include <store/opencollection.h>
#include <workbench/guardedvalues.h>

#include "collectionplace.h"

namespace claimcheck::cli {

namespace {

Result<std::vector<const collection::Item*>> itemsOf(const collection::Collection& collection,
                                                     const std::string& path,
                                                     const std::vector<std::string>& routes)
{
    if (routes.empty())
        return run::plan(collection, {.path = path, .tags = {}, .excludedTags = {}});
    std::vector<const collection::Item*> items;
    for (const std::string& route : routes) {
        const collection::Item* item = collection::findItem(collection, route);
        if (item == nullptr)
            return failure(ErrorKind::Usage, "--route " + visible(route) + " cannot be used",
                           "the collection has no such request",
                           "give the path of its file in the collection");
        items.push_back(item);
    }
    return items;
}

} // namespace

run::Outside outsideFor(const collection::Collection& collection, const GivenValues& given,
                        const std::string& token)
{
    run::Outside outside;
    outside.overrides = given.overrides;
    outside.takesOverrides = true;
    outside.dotEnv = given.files;
    outside.process = given.process;
    if (!token.empty())
        outside.overrides.push_back({"token", token});
    std::vector<variables::Variable> named = outside.overrides;
    named.insert(named.end(), given.files.begin(), given.files.end());
    for (const collection::Environment& environment : collection.environments)
        for (const variables::Variable& variable : environment.variables)
            if (const auto value = variables::lookUp({{"", named}}, variable.name); value && variable.secret)
                outside.secrets.push_back(
                    {environment.name, variable.name, Secret(*value), run::SecretSource::Given});
    return outside;
}

Result<AuditCollection> openAudited(const AuditSelection& selection)
{
    const Result<CollectionPlace> place = placeOf(selection.path, selection.verb);
    if (!place)
        return tl::unexpected(place.error());
    auto collection = store::openCollection(place->root);
    if (!collection) {
        collection.error().kind = ErrorKind::Unreadable;
        return tl::unexpected(collection.error());
    }
    if (const auto environment = collection::checkEnvironment(*collection, selection.environment);
        !environment)
        return tl::unexpected(environment.error());
    AuditCollection audited;
    audited.collection = std::make_shared<const collection::Collection>(*std::move(collection));
    auto items = itemsOf(*audited.collection, place->path, selection.routes);
    if (!items)
        return tl::unexpected(items.error());
    std::erase_if(*items, [](const collection::Item* item) { return item->problem.has_value(); });
    audited.items = *std::move(items);
    return audited;
}

Result<NamedRequests> requestsOf(const AuditSelection& selection, const std::string& token)
{
    const auto audited = openAudited(selection);
    if (!audited)
        return tl::unexpected(audited.error());
    const run::Outside outside = outsideFor(*audited->collection, selection.given, token);
    NamedRequests requests{{}, workbench::guardedValues(outside)};
    for (const collection::Item* item : audited->items) {
        auto request =
            run::prepare(*audited->collection, *item,
                         run::valuesFor(*audited->collection, *item, selection.environment, outside));
        if (!request)
            return tl::unexpected(request.error());
        requests.all.push_back({item->path, *std::move(request)});
    }
    return requests;
}

void applyTo(http::Request& request, const ConnectionOptions& connection)
{
    http::Request line;
    line.tls = connection.tls();
    line.proxy = connection.proxy();
    run::overrideConnection(request, line);
    if (connection.totalTimeout() > Milliseconds(0))
        request.totalTimeout = connection.totalTimeout();
}

} // namespace claimcheck::cli
