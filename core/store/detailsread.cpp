// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What has another shape than the format says is left out: it cannot be run, and it is kept.

#include <store/detailsread.h>

#include <algorithm>

#include <store/entryfile.h>

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

void readBodyDetails(const YamlValue& root, Details& details)
{
    const std::optional<YamlValue> body = selectedBody(root);
    const std::string type = body && body->isMapping() ? textAt(*body, "type") : std::string();
    if (type == "multipart-form")
        for (const YamlValue& item : itemsAt(body, "data"))
            details.parts.push_back(readPart(item));
    if (type != "file")
        return;
    for (const YamlValue& item : itemsAt(body, "data"))
        if (!details.bodyFile)
            details.bodyFile = readBodyFile(item);
}

void readRuntime(const YamlValue& root, Details& details)
{
    const std::optional<YamlValue> runtime = root.find("runtime");
    for (const YamlValue& item : itemsAt(runtime, "assertions"))
        details.assertions.push_back(readAssertion(item));
    for (const YamlValue& item : itemsAt(runtime, "actions"))
        if (auto capture = readCapture(item))
            details.captures.push_back(*std::move(capture));
}

void readScripts(const std::optional<YamlValue>& around, Details& details)
{
    for (const YamlValue& item : itemsAt(around, "scripts"))
        if (!textAt(item, "code").empty())
            details.scripts.push_back(readScript(item));
}

} // namespace

std::optional<YamlValue> bodyVariant(const YamlValue& root)
{
    const std::optional<YamlValue> http = root.find("http");
    const std::optional<YamlValue> body = http ? http->find("body") : std::nullopt;
    if (!body || !body->isSequence() || body->size() == 0)
        return std::nullopt;
    const std::vector<YamlValue> variants = body->items();
    for (const YamlValue& variant : variants)
        if (const auto selected = variant.find("selected"); selected && selected->isTrue())
            return variant;
    return variants.front();
}

std::optional<YamlValue> selectedBody(const YamlValue& root)
{
    const std::optional<YamlValue> http = root.find("http");
    const std::optional<YamlValue> body = http ? http->find("body") : std::nullopt;
    if (!body || !body->isSequence())
        return body;
    const std::optional<YamlValue> variant = bodyVariant(root);
    return variant ? variant->find("body") : std::nullopt;
}

collection::Parameter readParameter(const YamlValue& item)
{
    return {textAt(item, "name"), textAt(item, "value"), textAt(item, "type") == "path", isEnabled(item)};
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

std::optional<collection::BodyFile> readBodyFile(const YamlValue& item)
{
    const std::optional<YamlValue> selected = item.find("selected");
    if (!selected || !selected->isTrue())
        return std::nullopt;
    return collection::BodyFile{textAt(item, "filePath"), textAt(item, "contentType")};
}

collection::Assertion readAssertion(const YamlValue& item)
{
    const std::optional<YamlValue> value = item.find("value");
    return {textAt(item, "expression"), textAt(item, "operator"),
            value && !value->isNull() ? std::optional(value->text()) : std::nullopt, isEnabled(item)};
}

std::optional<collection::Capture> readCapture(const YamlValue& item)
{
    const std::optional<YamlValue> selector = item.find("selector");
    const std::optional<YamlValue> variable = item.find("variable");
    if (textAt(item, "type") != "set-variable" || textAt(item, "phase") != "after-response" || !selector ||
        !variable)
        return std::nullopt;
    return collection::Capture{textAt(*selector, "expression"), textAt(*variable, "name"), isEnabled(item)};
}

collection::Script readScript(const YamlValue& item)
{
    return {textAt(item, "type"), textAt(item, "code")};
}

collection::Example readExample(const YamlValue& item)
{
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
    return example;
}

std::vector<std::string> readTags(const YamlTree& tree)
{
    std::vector<std::string> tags;
    for (const YamlValue& tag : itemsAt(tree.root().find("info"), "tags"))
        tags.push_back(tag.text());
    return tags;
}

Details readDetails(const YamlTree& tree)
{
    const YamlValue root = tree.root();
    const std::optional<YamlValue> http = root.find("http");
    Details details;
    details.tags = readTags(tree);
    for (const YamlValue& item : itemsAt(http, "params"))
        details.parameters.push_back(readParameter(item));
    readBodyDetails(root, details);
    readCredentials(http, details);
    readRuntime(root, details);
    readScripts(root.find("runtime"), details);
    readSettings(root.find("settings"), details);
    for (const YamlValue& item : itemsAt(root, "examples"))
        details.examples.push_back(readExample(item));
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
