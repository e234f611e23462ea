// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An entry becomes a request: variables filled in, what is switched off left out, the body as typed.

#include <algorithm>

#include <base/text.h>
#include <collection/collection.h>

namespace claimcheck::collection {
namespace {

/// Where the value of a {{name}} comes from.
struct Values
{
    const std::vector<variables::Scope>& scopes;
    const variables::Dynamic& dynamic;

    Result<std::string> resolve(const std::string& text, const std::string& place) const
    {
        return variables::resolve(text, scopes, place, dynamic);
    }
};

std::string_view contentType(BodyKind kind)
{
    switch (kind) {
    case BodyKind::Json:
        return "application/json";
    case BodyKind::Text:
        return "text/plain";
    case BodyKind::Xml:
        return "application/xml";
    case BodyKind::Form:
        return "application/x-www-form-urlencoded";
    case BodyKind::Sparql:
        return "application/sparql-query";
    case BodyKind::None:
        break;
    }
    return {};
}

Result<Field> resolveField(const Field& field, const Values& values, const std::string& place)
{
    Result<std::string> name = values.resolve(field.name, place);
    if (!name)
        return tl::unexpected(name.error());
    Result<std::string> value = values.resolve(field.value, place);
    if (!value)
        return tl::unexpected(value.error());
    return Field{*std::move(name), *std::move(value), true};
}

Result<void> addHeaders(http::Request& request, const Entry& entry, const Values& values)
{
    for (const Field& field : entry.headers) {
        // A row that is still being typed has no name yet.
        if (!field.enabled || trimmed(field.name).empty())
            continue;
        const Result<Field> header = resolveField(field, values, "header " + field.name);
        if (!header)
            return tl::unexpected(header.error());
        request.headers.push_back({std::string(trimmed(header->name)), header->value});
    }
    const bool typed = http::headerValue(request.headers, "Content-Type").has_value();
    if (!typed && entry.bodyKind != BodyKind::None)
        request.headers.push_back({"Content-Type", std::string(contentType(entry.bodyKind))});
    return {};
}

Result<std::string> formBody(const Entry& entry, const Values& values)
{
    std::vector<Field> fields;
    for (const Field& field : entry.formFields) {
        if (!field.enabled || (field.name.empty() && field.value.empty()))
            continue;
        Result<Field> resolved = resolveField(field, values, "form field " + field.name);
        if (!resolved)
            return tl::unexpected(resolved.error());
        fields.push_back(*std::move(resolved));
    }
    return encodeForm(fields);
}

Result<void> addBody(http::Request& request, const Entry& entry, const Values& values)
{
    if (entry.bodyKind == BodyKind::None)
        return {};
    Result<std::string> body =
        entry.bodyKind == BodyKind::Form ? formBody(entry, values) : values.resolve(entry.body, "body");
    if (!body)
        return tl::unexpected(body.error());
    request.body = *std::move(body);
    request.hasBody = true;
    return {};
}

/// What the file asks for and this version cannot send is an error, never a request without it.
Result<void> checkKept(const Entry& entry)
{
    const auto refuse = [&entry](const std::string& part, const std::string& kind) {
        return failure(ErrorKind::Refused, "cannot send " + visible(entry.name),
                       "its " + part + " is of the kind " + visible(kind) +
                           ", which this version cannot send",
                       "choose another " + part + " here to send the request; the file keeps its own");
    };
    if (!entry.kept.body.empty() && entry.bodyKind == BodyKind::None)
        return refuse("body", entry.kept.body);
    if (!entry.kept.auth.empty() && entry.auth == AuthMode::None)
        return refuse("authorisation", entry.kept.auth);
    return {};
}

} // namespace

Result<http::Request> buildRequest(const Entry& entry, const std::vector<variables::Scope>& scopes,
                                   const variables::Dynamic& dynamic)
{
    const Values values{scopes, dynamic};
    if (const auto sendable = checkKept(entry); !sendable)
        return tl::unexpected(sendable.error());
    const Result<std::string> url = values.resolve(entry.url, "URL");
    if (!url)
        return tl::unexpected(url.error());
    http::Request request;
    request.method = std::string(trimmed(entry.method));
    request.url = std::string(trimmed(*url));
    if (const auto added = addHeaders(request, entry, values); !added)
        return tl::unexpected(added.error());
    if (const auto added = addBody(request, entry, values); !added)
        return tl::unexpected(added.error());
    return request;
}

} // namespace claimcheck::collection
