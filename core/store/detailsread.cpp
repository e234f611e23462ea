// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a request file that the editor does not change (collection/details.h). What has another shape
// than the format says is left out: it cannot be run, and it is kept.

#include <store/entryfile.h>

#include <algorithm>

namespace claimcheck::store {
namespace {

using collection::Details;

std::vector<YamlValue> itemsAt(const std::optional<YamlValue>& mapping, std::string_view key)
{
    const std::optional<YamlValue> list = mapping ? mapping->find(key) : std::nullopt;
    return list && list->isSequence() ? list->items() : std::vector<YamlValue>();
}

bool isEnabled(const YamlValue& item)
{
    const std::optional<YamlValue> disabled = item.find("disabled");
    return !disabled || !disabled->isTrue();
}

void readParameters(const std::optional<YamlValue>& http, Details& details)
{
    for (const YamlValue& item : itemsAt(http, "params"))
        details.parameters.push_back(
            {textAt(item, "name"), textAt(item, "value"), textAt(item, "type") == "path", isEnabled(item)});
}

collection::Part readPart(const YamlValue& item)
{
    collection::Part part;
    part.name = textAt(item, "name");
    part.isFile = textAt(item, "type") == "file";
    part.contentType = textAt(item, "contentType");
    part.enabled = isEnabled(item);
    const std::optional<YamlValue> value = item.find("value");
    if (value && value->isSequence())
        for (const YamlValue& each : value->items())
            part.values.push_back(each.text());
    else if (value)
        part.values.push_back(value->text());
    return part;
}

/// Of several variants the selected one; {type, data} stands inside of it.
std::optional<YamlValue> selectedBody(const std::optional<YamlValue>& http)
{
    const std::optional<YamlValue> body = http ? http->find("body") : std::nullopt;
    if (!body || !body->isSequence())
        return body;
    for (const YamlValue& variant : body->items())
        if (const auto selected = variant.find("selected"); selected && selected->isTrue())
            return variant.find("body");
    return body->size() > 0 ? body->items().front().find("body") : std::nullopt;
}

void readBodyDetails(const std::optional<YamlValue>& http, Details& details)
{
    const std::optional<YamlValue> body = selectedBody(http);
    const std::string type = body && body->isMapping() ? textAt(*body, "type") : std::string();
    if (type == "multipart-form")
        for (const YamlValue& item : itemsAt(body, "data"))
            details.parts.push_back(readPart(item));
    if (type != "file")
        return;
    for (const YamlValue& item : itemsAt(body, "data"))
        if (const auto selected = item.find("selected"); selected && selected->isTrue() && !details.bodyFile)
            details.bodyFile = collection::BodyFile{textAt(item, "filePath"), textAt(item, "contentType")};
}

/// OAuth has mappings inside of each other: {credentials: {clientId: x}} is "credentials.clientId".
void readFields(const YamlValue& mapping, const std::string& prefix, int depth, collection::Credentials& out)
{
    for (const YamlPair& pair : mapping.pairs()) {
        const std::string name = prefix + (pair.key.isScalar() ? pair.key.text() : std::string());
        if (pair.key.isScalar() && pair.value.isScalar())
            out.fields.insert_or_assign(name, pair.value.text());
        else if (pair.key.isScalar() && pair.value.isMapping() && depth < 3)
            readFields(pair.value, name + ".", depth + 1, out);
    }
}

void readCredentials(const std::optional<YamlValue>& around, Details& details)
{
    const std::optional<YamlValue> auth = around ? around->find("auth") : std::nullopt;
    if (!auth || !auth->isMapping())
        return;
    readFields(*auth, {}, 0, details.credentials);
    details.credentials.type = details.credentials.field("type");
}

void readAssertions(const std::optional<YamlValue>& runtime, Details& details)
{
    for (const YamlValue& item : itemsAt(runtime, "assertions")) {
        const std::optional<YamlValue> value = item.find("value");
        details.assertions.push_back({textAt(item, "expression"), textAt(item, "operator"),
                                      value && !value->isNull() ? std::optional(value->text()) : std::nullopt,
                                      isEnabled(item)});
    }
}

/// As Bruno has it: those that say `phase: after-response` alone, and every one sets a run-time variable.
void readCaptures(const std::optional<YamlValue>& runtime, Details& details)
{
    for (const YamlValue& item : itemsAt(runtime, "actions")) {
        const std::optional<YamlValue> selector = item.find("selector");
        const std::optional<YamlValue> variable = item.find("variable");
        if (textAt(item, "type") != "set-variable" || textAt(item, "phase") != "after-response" ||
            !selector || !variable)
            continue;
        details.captures.push_back(
            {textAt(*selector, "expression"), textAt(*variable, "name"), isEnabled(item)});
    }
}

void readScripts(const std::optional<YamlValue>& around, Details& details)
{
    for (const YamlValue& item : itemsAt(around, "scripts"))
        if (!textAt(item, "code").empty())
            details.scripts.push_back({textAt(item, "type"), textAt(item, "code")});
}

std::optional<std::int64_t> numberAt(const YamlValue& mapping, std::string_view key)
{
    const std::optional<YamlValue> value = mapping.find(key);
    const std::optional<std::int64_t> number = value ? value->integer() : std::nullopt;
    return number && *number >= 0 ? number : std::nullopt;
}

std::optional<bool> truthAt(const YamlValue& mapping, std::string_view key)
{
    const std::string word = textAt(mapping, key);
    return word == "true" || word == "false" ? std::optional(word == "true") : std::nullopt;
}

void readSettings(const std::optional<YamlValue>& settings, Details& details)
{
    if (!settings || !settings->isMapping())
        return;
    details.settings = {numberAt(*settings, "timeout"), truthAt(*settings, "followRedirects"),
                        numberAt(*settings, "maxRedirects"), truthAt(*settings, "encodeUrl")};
}

http::Headers headersAt(const YamlValue& mapping)
{
    http::Headers headers;
    for (const YamlValue& item : itemsAt(mapping, "headers"))
        headers.push_back({textAt(item, "name"), textAt(item, "value")});
    return headers;
}

/// A body that is no text (a form, several variants) stays in the file alone.
void readText(const YamlValue& around, std::string& type, std::string& text)
{
    const std::optional<YamlValue> body = around.find("body");
    const std::optional<YamlValue> data = body && body->isMapping() ? body->find("data") : std::nullopt;
    if (!data || data->isSequence() || data->isMapping())
        return;
    type = textAt(*body, "type");
    text = data->text();
}

void readExamples(const YamlValue& root, Details& details)
{
    for (const YamlValue& item : itemsAt(root, "examples")) {
        collection::Example example;
        example.name = textAt(item, "name");
        example.description = textAt(item, "description");
        if (const std::optional<YamlValue> request = item.find("request")) {
            example.method = textAt(*request, "method");
            example.url = textAt(*request, "url");
            example.requestHeaders = headersAt(*request);
            readText(*request, example.requestBodyType, example.requestBody);
        }
        if (const std::optional<YamlValue> response = item.find("response")) {
            const std::optional<YamlValue> status = response->find("status");
            const std::int64_t number = status ? status->integer().value_or(0) : 0;
            example.status = static_cast<int>(std::clamp<std::int64_t>(number, 0, 999));
            example.statusText = textAt(*response, "statusText");
            example.headers = headersAt(*response);
            readText(*response, example.bodyType, example.body);
        }
        details.examples.push_back(std::move(example));
    }
}

} // namespace

Details readDetails(const YamlTree& tree)
{
    const YamlValue root = tree.root();
    const std::optional<YamlValue> http = root.find("http");
    const std::optional<YamlValue> runtime = root.find("runtime");
    Details details;
    for (const YamlValue& tag : itemsAt(root.find("info"), "tags"))
        details.tags.push_back(tag.text());
    readParameters(http, details);
    readBodyDetails(http, details);
    readCredentials(http, details);
    readAssertions(runtime, details);
    readCaptures(runtime, details);
    readScripts(runtime, details);
    readSettings(root.find("settings"), details);
    readExamples(root, details);
    return details;
}

Details readDefaultDetails(const YamlTree& tree)
{
    const std::optional<YamlValue> request = tree.root().find("request");
    Details details;
    readCredentials(request, details);
    readScripts(request, details);
    const std::optional<YamlValue> settings = request ? request->find("settings") : std::nullopt;
    readSettings(settings ? settings->find("http") : std::nullopt, details);
    return details;
}

} // namespace claimcheck::store
