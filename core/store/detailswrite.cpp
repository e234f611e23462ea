// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/detailswrite.h>

#include <algorithm>
#include <array>

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

/// The order in which people read them, and Bruno writes them; what is not here comes behind, by name.
constexpr std::array<std::string_view, 20> fieldOrder{
    "flow",           "username",         "password",       "token",           "key",
    "value",          "placement",        "accessKeyId",    "secretAccessKey", "sessionToken",
    "service",        "region",           "profileName",    "domain",          "consumerKey",
    "consumerSecret", "authorizationUrl", "accessTokenUrl", "refreshTokenUrl", "callbackUrl"};

std::size_t rank(std::string_view name)
{
    return static_cast<std::size_t>(std::find(fieldOrder.begin(), fieldOrder.end(), name) -
                                    fieldOrder.begin());
}

YamlOut writeCredentials(const collection::Credentials& credentials)
{
    std::vector<std::pair<std::string, std::string>> fields(credentials.fields.begin(),
                                                            credentials.fields.end());
    std::stable_sort(fields.begin(), fields.end(),
                     [](const auto& a, const auto& b) { return rank(a.first) < rank(b.first); });
    YamlOut out = YamlOut::ofMapping({{"type", YamlOut::ofText(credentials.type)}});
    for (const auto& [name, value] : fields)
        if (name != "type")
            putField(out, name, isTruth(name, value) ? YamlOut::ofWord(value) : YamlOut::ofText(value));
    return out;
}

void addDisabled(std::vector<YamlOutPair>& pairs, bool enabled)
{
    if (!enabled)
        pairs.push_back({"disabled", YamlOut::ofWord("true")});
}

YamlOut text(const std::string& value)
{
    return YamlOut::ofText(value);
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

YamlOut writeParameter(const collection::Parameter& parameter)
{
    std::vector<YamlOutPair> pairs{{"name", text(parameter.name)},
                                   {"value", text(parameter.value)},
                                   {"type", text(parameter.inPath ? "path" : "query")}};
    addDisabled(pairs, parameter.enabled);
    return YamlOut::ofMapping(std::move(pairs));
}

YamlOut writePart(const collection::Part& part)
{
    std::vector<YamlOut> values;
    for (const std::string& value : part.values)
        values.push_back(text(value));
    if (!part.isFile && values.empty())
        values.push_back(text({}));
    const bool isOne = !part.isFile && values.size() == 1;
    std::vector<YamlOutPair> pairs{
        {"name", text(part.name)},
        {"type", text(part.isFile ? "file" : "text")},
        {"value", isOne ? values.front() : YamlOut::ofSequence(std::move(values))}};
    if (!part.contentType.empty())
        pairs.push_back({"contentType", text(part.contentType)});
    addDisabled(pairs, part.enabled);
    return YamlOut::ofMapping(std::move(pairs));
}

YamlOut writeBodyFile(const collection::BodyFile& file)
{
    return YamlOut::ofMapping({{"filePath", text(file.path)},
                               {"contentType", text(file.contentType)},
                               {"selected", YamlOut::ofWord("true")}});
}

YamlOut writeAssertion(const collection::Assertion& assertion)
{
    std::vector<YamlOutPair> pairs{{"expression", text(assertion.expression)},
                                   {"operator", text(assertion.operation)}};
    if (assertion.value)
        pairs.push_back({"value", text(*assertion.value)});
    addDisabled(pairs, assertion.enabled);
    return YamlOut::ofMapping(std::move(pairs));
}

YamlOut writeCapture(const collection::Capture& capture)
{
    std::vector<YamlOutPair> pairs{
        {"type", text("set-variable")},
        {"phase", text("after-response")},
        {"selector",
         YamlOut::ofMapping({{"expression", text(capture.expression)}, {"method", text("jsonq")}})},
        {"variable", YamlOut::ofMapping({{"name", text(capture.variable)}, {"scope", text("runtime")}})}};
    addDisabled(pairs, capture.enabled);
    return YamlOut::ofMapping(std::move(pairs));
}

YamlOut writeScript(const collection::Script& script)
{
    return YamlOut::ofMapping({{"type", text(script.type)}, {"code", YamlOut::ofBlock(script.code)}});
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

std::optional<YamlOut> writeAnyBody(const collection::Content& content)
{
    if (content.entry.bodyKind != collection::BodyKind::None)
        return writeBody(content.entry);
    const std::string& kind = content.entry.kept.body;
    std::vector<YamlOut> data;
    if (kind == "multipart-form")
        data = writeEach(content.details.parts, writePart);
    else if (kind == "file" && content.details.bodyFile)
        data.push_back(writeBodyFile(*content.details.bodyFile));
    else if (kind != "file")
        return std::nullopt;
    return YamlOut::ofMapping({{"type", text(kind)}, {"data", YamlOut::ofSequence(std::move(data))}});
}

} // namespace claimcheck::store
