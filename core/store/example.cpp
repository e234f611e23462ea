// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/example.h>

#include <base/text.h>
#include <store/redactdraft.h>
#include <store/secretlike.h>

namespace claimcheck::store {
namespace {

constexpr std::uint64_t longestBody = 1024u * 1024u;

/// The words of the format for what a body is.
std::string wordOf(const http::Headers& headers)
{
    const std::string type = toLowerAscii(http::headerValue(headers, "Content-Type").value_or(std::string()));
    for (const char* word : {"json", "html", "xml"})
        if (type.find(word) != std::string::npos)
            return word;
    return "text";
}

std::string wordOf(collection::BodyKind kind)
{
    switch (kind) {
    case collection::BodyKind::Json:
        return "json";
    case collection::BodyKind::Text:
        return "text";
    case collection::BodyKind::Xml:
        return "xml";
    case collection::BodyKind::Sparql:
        return "sparql";
    case collection::BodyKind::Form:
    case collection::BodyKind::None:
        break;
    }
    return {};
}

void takeBody(collection::Example& example, const http::Response& response)
{
    if (response.body.size() == 0)
        return;
    std::string body = response.body.size() > longestBody ? std::string("\xFF") : response.body.read();
    if (firstInvalidUtf8(body)) {
        example.description =
            "The body (" + std::to_string(response.body.size()) + " bytes) is not kept with it.";
        return;
    }
    example.bodyType = wordOf(response.headers);
    example.body = std::move(body);
}

void cutOut(collection::Example& example, const Clean& clean)
{
    for (std::string* text : {&example.url, &example.requestBody, &example.body})
        *text = clean(std::move(*text));
    for (http::Headers* headers : {&example.requestHeaders, &example.headers})
        for (http::Header& header : *headers)
            header.value = clean(std::move(header.value));
}

bool redactMessage(http::Headers& headers, std::string& body)
{
    bool changed = redact(body);
    for (http::Header& header : headers) {
        const bool isSecret = isSecretHeader(header.name) || equalsIgnoringCase(header.name, "Set-Cookie");
        changed = redactNamed(isSecret, header.value) || changed;
    }
    return changed;
}

} // namespace

collection::Example exampleOf(const std::string& name, const collection::Content& request,
                              const http::Response& response, const Clean& clean)
{
    collection::Example example;
    example.name = name;
    example.method = request.entry.method;
    example.url = request.entry.url;
    for (const collection::Field& field : request.entry.headers)
        if (field.enabled)
            example.requestHeaders.push_back({field.name, field.value});
    example.requestBodyType = wordOf(request.entry.bodyKind);
    if (!example.requestBodyType.empty())
        example.requestBody = request.entry.body;
    example.status = response.status;
    example.statusText = response.reason;
    example.headers = response.headers;
    takeBody(example, response);
    if (clean)
        cutOut(example, clean);
    redactExample(example);
    return example;
}

bool redactExample(collection::Example& example)
{
    bool changed = redactTokens(example.name);
    for (std::string* text : {&example.url, &example.description})
        changed = redact(*text) || changed;
    changed = redactMessage(example.requestHeaders, example.requestBody) || changed;
    return redactMessage(example.headers, example.body) || changed;
}

} // namespace claimcheck::store
