// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers that somebody saved beside a request.

#include <interop/import/postmanvalues.h>

#include <algorithm>

#include <base/text.h>

namespace claimcheck::interop {
namespace {

std::string exampleType(const std::string& language)
{
    const bool isKnown = language == "json" || language == "xml" || language == "html";
    return isKnown ? language : "text";
}

http::Headers plainHeaders(const json::Value& around)
{
    http::Headers headers;
    for (const collection::Field& field : headersOf(around, "header"))
        if (field.enabled)
            headers.push_back({field.name, field.value});
    return headers;
}

void readExampleRequest(const json::Value& request, const std::string& where, collection::Example& example,
                        PostmanReading& reading)
{
    example.method = toUpperAscii(trimmed(textAt(request, "method")));
    if (const auto url = request.find("url"))
        example.url = postmanUrl(*url);
    example.requestHeaders = plainHeaders(request);
    const auto body = request.find("body");
    if (!body || !body->isObject())
        return;
    const std::string mode = textAt(*body, "mode");
    if (mode == "raw" && !textAt(*body, "raw").empty()) {
        example.requestBodyType = languageOf(*body) == "json" ? "json" : "text";
        example.requestBody = textAt(*body, "raw");
    } else if (mode != "raw" && !mode.empty()) {
        reading.leaveOut(where, "the request body of the saved example " + example.name,
                         "of examples only text is kept");
    }
}

} // namespace

void readPostmanExamples(const json::Value& item, const std::string& where, collection::Item& out,
                         PostmanReading& reading)
{
    for (const json::Value& each : listAt(item, "response")) {
        if (!each.isObject())
            continue;
        collection::Example example;
        example.name = textAt(each, "name");
        if (const auto request = each.find("originalRequest"); request && request->isObject())
            readExampleRequest(*request, where, example, reading);
        const auto code = each.find("code");
        const std::int64_t status = code ? code->integer().value_or(0) : 0;
        example.status = static_cast<int>(std::clamp<std::int64_t>(status, 0, 999));
        example.statusText = textAt(each, "status");
        example.headers = plainHeaders(each);
        if (example.body = textAt(each, "body"); !example.body.empty())
            example.bodyType = exampleType(textAt(each, "_postman_previewlanguage"));
        out.details.examples.push_back(std::move(example));
    }
}

} // namespace claimcheck::interop
