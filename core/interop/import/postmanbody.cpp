// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The body of a Postman request, in its five modes.

#include <interop/import/postmanvalues.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <json/write.h>

namespace claimcheck::interop {
namespace {

using collection::BodyKind;

bool isHeaderSet(const std::vector<collection::Field>& headers, std::string_view name)
{
    return std::any_of(headers.begin(), headers.end(), [name](const collection::Field& field) {
        return field.enabled && equalsIgnoringCase(field.name, name);
    });
}

/// The type that Postman sends for a language when no header says another one; without a language text/plain.
void readRaw(const json::Value& body, collection::Item& item)
{
    constexpr std::array<std::pair<std::string_view, const char*>, 2> others{
        {{"html", "text/html"}, {"javascript", "application/javascript"}}};
    item.entry.body = textAt(body, "raw");
    if (item.entry.body.empty())
        return;
    const std::string language = languageOf(body);
    item.entry.bodyKind = language == "json"  ? BodyKind::Json
                          : language == "xml" ? BodyKind::Xml
                                              : kindByHeader(item.entry.headers);
    for (const auto& [name, type] : others)
        if (language == name && !isHeaderSet(item.entry.headers, "Content-Type"))
            item.entry.headers.push_back({"Content-Type", type, true});
}

void readForm(const json::Value& body, collection::Item& item)
{
    item.entry.bodyKind = BodyKind::Form;
    for (const json::Value& each : listAt(body, "urlencoded"))
        if (each.isObject())
            item.entry.formFields.push_back(
                {textAt(each, "key"), textAt(each, "value"), !flagAt(each, "disabled")});
}

void noteFile(const std::string& path, const std::string& where, PostmanReading& reading)
{
    const bool isOutside = path.starts_with('/') || path.find("..") != std::string::npos ||
                           path.find(':') == 1 || path.starts_with('\\');
    if (path.empty() || path.find("postman-cloud:") == 0)
        reading.leaveOut(where, "the content of a file", "it is not in the export: choose the file again");
    else if (isOutside)
        reading.leaveOut(where, "the file " + path,
                         "files are sent from the collection's own folder only: copy it there");
}

std::vector<std::string> pathsOf(const json::Value& part)
{
    std::vector<std::string> paths;
    const auto source = part.find("src");
    if (source && source->isArray())
        for (const json::Value& each : source->items())
            paths.push_back(textOf(each));
    else if (source && !source->isNull())
        paths.push_back(textOf(*source));
    return paths;
}

void readParts(const json::Value& body, const std::string& where, collection::Item& item,
               PostmanReading& reading)
{
    item.entry.kept.body = "multipart-form";
    for (const json::Value& each : listAt(body, "formdata")) {
        if (!each.isObject())
            continue;
        collection::Part part;
        part.name = textAt(each, "key");
        part.isFile = textAt(each, "type") == "file";
        part.contentType = textAt(each, "contentType");
        part.enabled = !flagAt(each, "disabled");
        part.values = part.isFile ? pathsOf(each) : std::vector<std::string>{textAt(each, "value")};
        if (part.isFile && part.values.empty())
            noteFile("", where, reading);
        for (const std::string& path : part.isFile ? part.values : std::vector<std::string>())
            noteFile(path, where, reading);
        item.details.parts.push_back(std::move(part));
    }
}

void readFile(const json::Value& body, const std::string& where, collection::Item& item,
              PostmanReading& reading)
{
    const auto file = body.find("file");
    const std::string content = file && file->isObject() ? textAt(*file, "content") : std::string();
    const std::string path = file && file->isObject() ? textAt(*file, "src")
                             : file                   ? textOf(*file)
                                                      : std::string();
    if (!content.empty()) {
        item.entry.bodyKind = kindByHeader(item.entry.headers);
        item.entry.body = content;
        return;
    }
    item.entry.kept.body = "file";
    item.details.bodyFile = collection::BodyFile{path, {}};
    noteFile(path, where, reading);
}

/// Whether it is JSON once its {{names}} are filled in: `{"id": {{id}}}`, where each may stand for a number.
bool isJsonWhenFilledIn(std::string text)
{
    for (std::size_t start = text.find("{{"); start != std::string::npos; start = text.find("{{", start)) {
        const std::size_t end = text.find("}}", start);
        if (end == std::string::npos)
            return false;
        text.replace(start, end + 2 - start, "0");
    }
    return json::parse(std::move(text)).has_value();
}

/// GraphQL over HTTP is JSON in a POST: that is what Postman sends, and what a run of ours sends too.
void readGraphql(const json::Value& body, const std::string& where, collection::Item& item,
                 PostmanReading& reading)
{
    const auto graphql = body.find("graphql");
    if (!graphql || !graphql->isObject())
        return;
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("query").value(textAt(*graphql, "query"));
    if (const std::string operation = textAt(*graphql, "operationName"); !operation.empty())
        writer.member("operationName").value(operation);
    const auto variables = graphql->find("variables");
    const std::string text = variables ? textOf(*variables) : std::string();
    if (variables && variables->isObject())
        writer.member("variables").raw(variables->text());
    else if (isJsonWhenFilledIn(text))
        writer.member("variables").raw(trimmed(text));
    else if (!trimmed(text).empty())
        reading.leaveOut(where, "the variables of its GraphQL query",
                         "they are no JSON: write them into its body");
    writer.endObject();
    item.entry.bodyKind = BodyKind::Json;
    item.entry.body = writer.take();
}

/// Postman sends no body with these unless it is told to.
bool isPruned(const std::string& method)
{
    constexpr std::array<std::string_view, 5> without{"GET", "COPY", "HEAD", "PURGE", "UNLOCK"};
    return std::find(without.begin(), without.end(), method) != without.end();
}

} // namespace

std::string languageOf(const json::Value& body)
{
    const auto options = body.find("options");
    const auto raw = options && options->isObject() ? options->find("raw") : std::nullopt;
    return raw && raw->isObject() ? textAt(*raw, "language") : std::string();
}

BodyKind kindByHeader(const std::vector<collection::Field>& headers)
{
    for (const collection::Field& field : headers) {
        if (!field.enabled || !equalsIgnoringCase(field.name, "Content-Type"))
            continue;
        const std::string type = toLowerAscii(field.value);
        if (type.find("json") != std::string::npos)
            return BodyKind::Json;
        if (type.find("xml") != std::string::npos)
            return BodyKind::Xml;
    }
    return BodyKind::Text;
}

void readPostmanBody(const json::Value& request, const std::string& where, collection::Item& item,
                     PostmanReading& reading)
{
    const auto body = request.find("body");
    if (!body || !body->isObject() || flagAt(*body, "disabled"))
        return;
    const std::string mode = textAt(*body, "mode");
    const auto content = body->find(mode);
    const bool isEmpty = !content || content->isNull() ||
                         (content->isString() && content->string().empty()) ||
                         (content->isArray() && content->size() == 0);
    if (mode.empty() || isEmpty)
        return;
    if (isPruned(item.entry.method)) {
        reading.leaveOut(where, "the body", "Postman does not send one with " + item.entry.method);
        return;
    }
    if (mode == "raw")
        readRaw(*body, item);
    else if (mode == "urlencoded")
        readForm(*body, item);
    else if (mode == "formdata")
        readParts(*body, where, item, reading);
    else if (mode == "file")
        readFile(*body, where, item, reading);
    else if (mode == "graphql")
        readGraphql(*body, where, item, reading);
    else
        reading.leaveOut(where, "a body of the kind " + mode, noPlace);
}

} // namespace claimcheck::interop
