// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/prepare.h>

#include <algorithm>

#include <run/connection.h>
#include <run/credentials.h>
#include <run/jsontemplate.h>
#include <run/multipart.h>
#include <run/requesturl.h>

namespace claimcheck::run {
namespace {

using collection::AuthMode;
using collection::BodyKind;

bool takesSession(AuthMode mode)
{
    return mode == AuthMode::SessionRaw || mode == AuthMode::SessionBearer;
}

/// A run has no session of its own: the token is a variable that a request before this one has set.
Result<void> addSessionToken(http::Request& request, AuthMode mode, const collection::Credentials& written,
                             const Values& values)
{
    if (mode == AuthMode::SessionBearer)
        return addCredentials(request, written, values);
    const Result<std::string> token = values.resolve("{{token}}", "header Authorization");
    if (!token)
        return tl::unexpected(token.error());
    setHeader(request, "Authorization", *token);
    return {};
}

void applySettings(http::Request& request, const collection::Settings& settings)
{
    request.followRedirects = settings.followRedirects.value_or(true);
    request.totalTimeout = Milliseconds(settings.timeout.value_or(0));
    if (settings.maximumRedirects)
        request.maximumRedirects = static_cast<int>(std::min<std::int64_t>(*settings.maximumRedirects, 1000));
    request.useCookies = true;
}

/// A request that goes out without what stands around it would mislead. An environment that is not there at
/// all brings nothing.
Result<void> checkAround(const collection::Collection& collection, const collection::Item& item,
                         const std::string& environment)
{
    if (collection.problem)
        return tl::unexpected(*collection.problem);
    for (const collection::Folder* folder : collection::foldersAround(collection, item.path))
        if (folder->problem)
            return tl::unexpected(*folder->problem);
    if (collection::withExtended(collection, environment).empty())
        return {};
    return collection::checkEnvironment(collection, environment);
}

Result<void> addBody(http::Request& request, const collection::Collection& collection,
                     const collection::Item& item, const std::string& keptKind, const Values& values)
{
    const BodyKind kind = item.entry.bodyKind;
    if (kind == BodyKind::None && keptKind == "multipart-form")
        return addMultipart(request, collection, item.details.parts, values);
    if (kind == BodyKind::None && keptKind == collection::bytesBody && !item.details.bytes.empty()) {
        request.body = item.details.bytes;
        request.hasBody = true;
        return {};
    }
    if (kind == BodyKind::None && keptKind == "file" && item.details.bodyFile)
        return addFile(request, collection, *item.details.bodyFile, values);
    if (kind == BodyKind::None || kind == BodyKind::Form)
        return {};
    const TextKind text = kind == BodyKind::Json ? TextKind::Json : TextKind::Plain;
    Result<std::string> body = resolveText(item.entry.body, text, values, "body");
    if (!body)
        return tl::unexpected(body.error());
    request.body = *std::move(body);
    return {};
}

} // namespace

Result<http::Request> prepareWithoutSession(const collection::Collection& collection,
                                            const collection::Item& item, const Values& values)
{
    if (const auto usable = checkAround(collection, item, values.environment); !usable)
        return tl::unexpected(usable.error());
    collection::Entry entry = withInherited(collection, item);
    const collection::MintedToken* const minted = mintedFor(collection, item);
    const std::string bodyKind = entry.kept.body;
    const std::string credentials = entry.kept.auth;
    const bool isThere = bodyKind == "file"                  ? item.details.bodyFile.has_value()
                         : bodyKind == collection::bytesBody ? !item.details.bytes.empty()
                                                             : true;
    if (collection::canSendBody(bodyKind) && isThere)
        entry.kept.body.clear();
    if (minted || collection::canSendAuthorisation(credentials))
        entry.kept.auth.clear();
    if (entry.bodyKind != BodyKind::Form)
        entry.body.clear(); // addBody() fills it in
    Result<http::Request> request = buildRequest(entry, values.scopes, values.dynamic);
    if (!request)
        return request;
    if (const auto pointed = setUrl(*request, collection, item, values); !pointed)
        return tl::unexpected(pointed.error());
    applySettings(*request, effectiveSettings(collection, item));
    if (const auto body = addBody(*request, collection, item, bodyKind, values); !body)
        return tl::unexpected(body.error());
    Result<void> added;
    if (minted)
        added = addMinted(*request, collection, *minted, values);
    else if (!takesSession(entry.auth) && collection::canSendAuthorisation(credentials))
        added = addCredentials(*request, effectiveCredentials(collection, item), values);
    added = added ? applyConnection(*request, collection, item, values) : added;
    if (!added)
        return tl::unexpected(added.error());
    return request;
}

Result<http::Request> prepare(const collection::Collection& collection, const collection::Item& item,
                              const Values& values)
{
    Result<http::Request> request = prepareWithoutSession(collection, item, values);
    const AuthMode mode = withInherited(collection, item).auth;
    if (!request || !takesSession(mode) || mintedFor(collection, item))
        return request;
    const auto added = addSessionToken(*request, mode, effectiveCredentials(collection, item), values);
    return added ? std::move(request) : tl::unexpected(added.error());
}

Result<http::Request> prepareBody(const collection::Collection& collection, const collection::Item& item,
                                  const Values& values)
{
    http::Request request;
    if (item.entry.bodyKind != BodyKind::Form) {
        const auto added = addBody(request, collection, item, item.entry.kept.body, values);
        return added ? Result<http::Request>(std::move(request)) : tl::unexpected(added.error());
    }
    collection::Entry form;
    form.method = "POST";
    form.url = "http://localhost/"; // nothing goes there
    form.bodyKind = BodyKind::Form;
    form.formFields = item.entry.formFields;
    return buildRequest(form, values.scopes, values.dynamic);
}

} // namespace claimcheck::run
