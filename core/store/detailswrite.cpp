// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/detailswrite.h>

#include <algorithm>

#include <store/entryfile.h>

namespace claimcheck::store {
namespace {

/// Puts a field of the name "credentials.clientId" into the mapping `credentials`.
void putField(YamlOut& mapping, std::string_view name, YamlOut value)
{
    const std::size_t dot = name.find('.');
    const std::string key(name.substr(0, dot));
    if (dot == std::string_view::npos) {
        mapping.pairs.push_back({key, std::move(value)});
        return;
    }
    const auto same = [&key](const YamlOutPair& pair) { return pair.key == key; };
    auto inner = std::find_if(mapping.pairs.begin(), mapping.pairs.end(), same);
    if (inner == mapping.pairs.end())
        inner = mapping.pairs.insert(mapping.pairs.end(), {key, YamlOut::ofMapping({})});
    putField(inner->value, name.substr(dot + 1), std::move(value));
}

/// The fields that the schema has as true or false.
bool isTruth(std::string_view name, const std::string& value)
{
    const bool isFlag = name == "includeBodyHash" || name == "pkce.disabled" ||
                        name == "settings.autoFetchToken" || name == "settings.autoRefreshToken";
    return isFlag && (value == "true" || value == "false");
}

YamlOut writeCredentials(const collection::Credentials& credentials)
{
    YamlOut out = YamlOut::ofMapping({{"type", YamlOut::ofText(credentials.type)}});
    for (const auto& [name, value] : credentials.fields)
        if (name != "type")
            putField(out, name, isTruth(name, value) ? YamlOut::ofWord(value) : YamlOut::ofText(value));
    return out;
}

YamlOut writeHeaders(const http::Headers& headers)
{
    Rows rows;
    for (const http::Header& header : headers)
        rows.push_back({header.name, header.value, true, false, false});
    return writeRows(rows);
}

void addText(std::vector<YamlOutPair>& pairs, const char* key, const std::string& value)
{
    if (!value.empty())
        pairs.push_back({key, YamlOut::ofText(value)});
}

void addMessage(std::vector<YamlOutPair>& pairs, const http::Headers& headers, const std::string& bodyType,
                const std::string& body)
{
    if (!headers.empty())
        pairs.push_back({"headers", writeHeaders(headers)});
    if (!bodyType.empty())
        pairs.push_back({"body", YamlOut::ofMapping({{"type", YamlOut::ofText(bodyType)},
                                                     {"data", YamlOut::ofBlock(body)}})});
}

YamlOut writeExample(const collection::Example& example)
{
    std::vector<YamlOutPair> pairs{{"name", YamlOut::ofText(example.name)}};
    addText(pairs, "description", example.description);
    std::vector<YamlOutPair> request;
    addText(request, "url", example.url);
    addText(request, "method", example.method);
    addMessage(request, example.requestHeaders, example.requestBodyType, example.requestBody);
    if (!request.empty())
        pairs.push_back({"request", YamlOut::ofMapping(std::move(request))});
    std::vector<YamlOutPair> response;
    if (example.status != 0)
        response.push_back({"status", YamlOut::ofWord(std::to_string(example.status))});
    addText(response, "statusText", example.statusText);
    addMessage(response, example.headers, example.bodyType, example.body);
    if (!response.empty())
        pairs.push_back({"response", YamlOut::ofMapping(std::move(response))});
    return YamlOut::ofMapping(std::move(pairs));
}

} // namespace

std::optional<YamlOut> writeAuth(collection::AuthMode mode, const std::string& kept,
                                 const collection::Credentials& credentials)
{
    if (mode == collection::AuthMode::None && !kept.empty() && credentials.type == kept)
        return writeCredentials(credentials);
    return writeAuth(mode);
}

YamlOut writeSettings(const collection::Settings& settings)
{
    std::vector<YamlOutPair> pairs;
    const auto add = [&pairs](const char* key, const std::string& word) {
        pairs.push_back({key, YamlOut::ofWord(word)});
    };
    if (settings.encodeUrl)
        add("encodeUrl", *settings.encodeUrl ? "true" : "false");
    if (settings.timeout)
        add("timeout", std::to_string(*settings.timeout));
    if (settings.followRedirects)
        add("followRedirects", *settings.followRedirects ? "true" : "false");
    if (settings.maximumRedirects)
        add("maxRedirects", std::to_string(*settings.maximumRedirects));
    return YamlOut::ofMapping(std::move(pairs));
}

std::vector<YamlOut> writeScripts(const std::vector<collection::Script>& scripts)
{
    std::vector<YamlOut> items;
    for (const collection::Script& script : scripts)
        items.push_back(YamlOut::ofMapping(
            {{"type", YamlOut::ofText(script.type)}, {"code", YamlOut::ofBlock(script.code)}}));
    return items;
}

std::vector<YamlOut> writeExamples(const std::vector<collection::Example>& examples)
{
    std::vector<YamlOut> items;
    for (const collection::Example& example : examples)
        items.push_back(writeExample(example));
    return items;
}

} // namespace claimcheck::store
