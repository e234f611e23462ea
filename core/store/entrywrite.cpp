// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <functional>

#include <base/text.h>
#include <store/entryfile.h>
#include <store/opencollection.h>

namespace claimcheck::store {
namespace {

using collection::AuthMode;
using collection::BodyKind;
using collection::Entry;

const Row sessionHeader{"Authorization", sessionToken, true, false, false};

template <typename Values>
void visitTexts(const Values& values, const std::function<void(std::string_view, const std::string&)>& visit,
                std::string_view place)
{
    for (const auto& value : values) {
        visit(place, value.name);
        visit(place, value.value);
    }
}

} // namespace

std::string bodyWord(BodyKind kind)
{
    switch (kind) {
    case BodyKind::Json:
        return "json";
    case BodyKind::Text:
        return "text";
    case BodyKind::Xml:
        return "xml";
    case BodyKind::Form:
        return "form-urlencoded";
    case BodyKind::Sparql:
        return "sparql";
    case BodyKind::None:
        break;
    }
    return {};
}

Rows headerRows(const Entry& entry, std::optional<std::size_t> rawIndex)
{
    Rows rows = rowsOf(entry.headers);
    if (entry.auth == AuthMode::SessionRaw) {
        const std::size_t index = std::min(rawIndex.value_or(rows.size()), rows.size());
        rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(index), sessionHeader);
    }
    return rows;
}

YamlOut writeBody(const Entry& entry)
{
    YamlOut data =
        entry.bodyKind == BodyKind::Form ? writeRows(rowsOf(entry.formFields)) : YamlOut::ofBlock(entry.body);
    return YamlOut::ofMapping(
        {{"type", YamlOut::ofText(bodyWord(entry.bodyKind))}, {"data", std::move(data)}});
}

/// None is written by saying nothing, as Bruno does: the schema has no word for it.
std::optional<YamlOut> writeAuth(AuthMode mode)
{
    if (mode == AuthMode::Inherit)
        return YamlOut::ofText("inherit");
    if (mode == AuthMode::SessionBearer)
        return YamlOut::ofMapping(
            {{"type", YamlOut::ofText("bearer")}, {"token", YamlOut::ofText(sessionToken)}});
    return std::nullopt;
}

Entry normalised(Entry entry)
{
    if (entry.bodyKind != BodyKind::Form)
        entry.formFields.clear();
    if (entry.bodyKind == BodyKind::None || entry.bodyKind == BodyKind::Form)
        entry.body.clear();
    if (entry.kept.auth.empty() && (entry.auth == AuthMode::None || entry.auth == AuthMode::Inherit)) {
        const auto session = std::find_if(entry.headers.begin(), entry.headers.end(), isSessionHeader);
        if (session != entry.headers.end()) {
            entry.headers.erase(session);
            entry.auth = AuthMode::SessionRaw;
        }
    }
    entry.kept = {};
    return entry;
}

namespace {

/// `auth: {type: bearer, token: "{{token}}"}` reads as the session's token.
bool isSessionBearer(const collection::Content& content)
{
    return content.entry.auth == AuthMode::None && content.entry.kept.auth == "bearer" &&
           isSessionHeader({"Authorization", content.details.credentials.field("token")});
}

void normaliseAuth(collection::Content& content)
{
    if (isSessionBearer(content)) {
        content.entry.auth = AuthMode::SessionBearer;
        content.entry.kept.auth.clear();
    }
    collection::Credentials& credentials = content.details.credentials;
    if (content.entry.auth != AuthMode::None)
        content.entry.kept.auth.clear();
    if (content.entry.kept.auth.empty() || credentials.type != content.entry.kept.auth)
        credentials = {};
    else
        credentials.fields["type"] = credentials.type;
}

void normaliseBody(collection::Content& content)
{
    std::string& kind = content.entry.kept.body;
    if (content.entry.bodyKind != BodyKind::None)
        kind.clear();
    if (kind != "multipart-form")
        content.details.parts.clear();
    if (kind != "file")
        content.details.bodyFile.reset();
    if (kind != collection::bytesBody)
        content.details.bytes.clear();
    for (collection::Part& part : content.details.parts)
        if (!part.isFile && part.values.empty())
            part.values.emplace_back();
}

void visitDetails(const collection::Details& details,
                  const std::function<void(std::string_view, const std::string&)>& visit)
{
    for (const std::string& tag : details.tags)
        visit("list of tags", tag);
    visitTexts(details.parameters, visit, "list of parameters");
    for (const collection::Part& part : details.parts) {
        visit("form", part.name);
        visit("form", part.contentType);
        for (const std::string& value : part.values)
            visit("form", value);
    }
    if (details.bodyFile) {
        visit("body", details.bodyFile->path);
        visit("body", details.bodyFile->contentType);
    }
    for (const auto& field : details.credentials.fields)
        visit("authorisation", field.second);
    for (const collection::Assertion& assertion : details.assertions) {
        visit("list of checks", assertion.expression);
        visit("list of checks", assertion.operation);
        visit("list of checks", assertion.value.value_or(std::string()));
    }
    for (const collection::Capture& capture : details.captures) {
        visit("list of captures", capture.expression);
        visit("list of captures", capture.variable);
    }
    for (const collection::Script& script : details.scripts)
        visit("script", script.code);
    for (const collection::Example& example : details.examples) {
        for (const std::string* text : {&example.name, &example.description, &example.url,
                                        &example.statusText, &example.requestBody, &example.body})
            visit("list of examples", *text);
        visitTexts(example.requestHeaders, visit, "list of examples");
        visitTexts(example.headers, visit, "list of examples");
    }
}

} // namespace

collection::Content normalised(collection::Content content)
{
    const collection::Kept kept = content.entry.kept;
    normaliseAuth(content);
    const std::string auth = content.entry.kept.auth;
    content.entry = normalised(std::move(content.entry));
    content.entry.kept.auth = content.entry.auth == AuthMode::None ? auth : std::string();
    content.entry.kept.body = kept.body;
    normaliseBody(content);
    std::erase_if(content.details.scripts,
                  [](const collection::Script& script) { return script.code.empty(); });
    return content;
}

Result<void> checkWritable(const collection::Content& content)
{
    const Entry& entry = content.entry;
    if (!content.details.bytes.empty())
        return failure(ErrorKind::Refused, "cannot save " + visible(entry.name),
                       "its body is no text, and a request file holds text alone",
                       "save the body in a file inside of the collection, and choose File as its kind");
    std::string_view wrong;
    const auto visit = [&wrong](std::string_view place, const std::string& text) {
        if (wrong.empty() && firstInvalidUtf8(text))
            wrong = place;
    };
    visit("name", entry.name);
    visit("method", entry.method);
    visit("URL", entry.url);
    visit("body", entry.body);
    visit("documentation", entry.docs);
    visitTexts(entry.headers, visit, "list of headers");
    visitTexts(entry.formFields, visit, "form");
    visitTexts(entry.variables, visit, "list of variables");
    visitDetails(content.details, visit);
    if (!wrong.empty())
        return failure(ErrorKind::Refused, "cannot save " + visible(entry.name),
                       "its " + std::string(wrong) + " holds bytes that are not UTF-8 text",
                       "take them out; a file that is sent as it is stays a file");
    for (const variables::Variable& variable : entry.variables)
        if (variable.secret)
            return failure(ErrorKind::Refused, "cannot save " + visible(entry.name),
                           "the variable " + visible(variable.name) +
                               " is secret, and a request file cannot say so",
                           "move it to an environment");
    return {};
}

} // namespace claimcheck::store
