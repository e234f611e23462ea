// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The canonical text of a new request file, with all that Details hold (collections rule 2: fixed order of
// keys).

#include <store/detailswrite.h>
#include <store/entryfile.h>
#include <store/newcollection.h>

namespace claimcheck::store {
namespace {

using collection::Details;
using collection::Entry;
using collection::Item;

YamlOut text(const std::string& value)
{
    return YamlOut::ofText(value);
}

/// A list under its key, where it has anything.
void addList(std::vector<YamlOutPair>& pairs, const char* key, std::vector<YamlOut> items)
{
    if (!items.empty())
        pairs.push_back({key, YamlOut::ofSequence(std::move(items))});
}

YamlOut writeInfo(const Item& item)
{
    std::vector<YamlOutPair> pairs{{"name", text(item.entry.name)}, {"type", text("http")}};
    if (item.entry.sequence != 0)
        pairs.push_back({"seq", YamlOut::ofWord(std::to_string(item.entry.sequence))});
    std::vector<YamlOut> tags;
    for (const std::string& tag : item.details.tags)
        tags.push_back(text(tag));
    addList(pairs, "tags", std::move(tags));
    return YamlOut::ofMapping(std::move(pairs));
}

std::vector<YamlOut> writeParameters(const Details& details)
{
    std::vector<YamlOut> items;
    for (const collection::Parameter& parameter : details.parameters) {
        std::vector<YamlOutPair> pairs{{"name", text(parameter.name)},
                                       {"value", text(parameter.value)},
                                       {"type", text(parameter.inPath ? "path" : "query")}};
        if (!parameter.enabled)
            pairs.push_back({"disabled", YamlOut::ofWord("true")});
        items.push_back(YamlOut::ofMapping(std::move(pairs)));
    }
    return items;
}

YamlOut writePart(const collection::Part& part)
{
    std::vector<YamlOut> values;
    for (const std::string& value : part.values)
        values.push_back(text(value));
    const bool isOne = !part.isFile && values.size() == 1;
    std::vector<YamlOutPair> pairs{
        {"name", text(part.name)},
        {"type", text(part.isFile ? "file" : "text")},
        {"value", isOne ? values.front() : YamlOut::ofSequence(std::move(values))}};
    if (!part.contentType.empty())
        pairs.push_back({"contentType", text(part.contentType)});
    if (!part.enabled)
        pairs.push_back({"disabled", YamlOut::ofWord("true")});
    return YamlOut::ofMapping(std::move(pairs));
}

std::optional<YamlOut> writeAnyBody(const Item& item)
{
    if (item.entry.bodyKind != collection::BodyKind::None)
        return writeBody(item.entry);
    std::vector<YamlOut> data;
    if (item.entry.kept.body == "multipart-form" && !item.details.parts.empty())
        for (const collection::Part& part : item.details.parts)
            data.push_back(writePart(part));
    else if (item.entry.kept.body == "file" && item.details.bodyFile)
        data.push_back(YamlOut::ofMapping({{"filePath", text(item.details.bodyFile->path)},
                                           {"contentType", text(item.details.bodyFile->contentType)},
                                           {"selected", YamlOut::ofWord("true")}}));
    else
        return std::nullopt;
    return YamlOut::ofMapping(
        {{"type", text(item.entry.kept.body)}, {"data", YamlOut::ofSequence(std::move(data))}});
}

YamlOut writeHttp(const Item& item)
{
    std::vector<YamlOutPair> pairs{{"method", text(item.entry.method)}, {"url", text(item.entry.url)}};
    if (const Rows headers = headerRows(item.entry, std::nullopt); !headers.empty())
        pairs.push_back({"headers", writeRows(headers)});
    addList(pairs, "params", writeParameters(item.details));
    if (std::optional<YamlOut> body = writeAnyBody(item))
        pairs.push_back({"body", *std::move(body)});
    if (const auto auth = writeAuth(item.entry.auth, item.entry.kept.auth, item.details.credentials))
        pairs.push_back({"auth", *auth});
    return YamlOut::ofMapping(std::move(pairs));
}

YamlOut writeAssertion(const collection::Assertion& assertion)
{
    std::vector<YamlOutPair> pairs{{"expression", text(assertion.expression)},
                                   {"operator", text(assertion.operation)}};
    if (assertion.value)
        pairs.push_back({"value", text(*assertion.value)});
    if (!assertion.enabled)
        pairs.push_back({"disabled", YamlOut::ofWord("true")});
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
    if (!capture.enabled)
        pairs.push_back({"disabled", YamlOut::ofWord("true")});
    return YamlOut::ofMapping(std::move(pairs));
}

YamlOut writeRuntime(const Item& item)
{
    Rows variables = rowsOf(item.entry.variables);
    // The schema has secret variables in environments only; without its value nothing secret is written.
    for (Row& row : variables)
        row.secret = false;
    std::vector<YamlOutPair> pairs;
    if (!variables.empty())
        pairs.push_back({"variables", writeRows(variables)});
    addList(pairs, "scripts", writeScripts(item.details.scripts));
    std::vector<YamlOut> assertions;
    for (const collection::Assertion& assertion : item.details.assertions)
        assertions.push_back(writeAssertion(assertion));
    addList(pairs, "assertions", std::move(assertions));
    std::vector<YamlOut> actions;
    for (const collection::Capture& capture : item.details.captures)
        actions.push_back(writeCapture(capture));
    addList(pairs, "actions", std::move(actions));
    return YamlOut::ofMapping(std::move(pairs));
}

} // namespace

std::string writeItem(const Item& item)
{
    std::vector<YamlOutPair> pairs{{"info", writeInfo(item)}, {"http", writeHttp(item)}};
    if (YamlOut runtime = writeRuntime(item); !runtime.pairs.empty())
        pairs.push_back({"runtime", std::move(runtime)});
    if (YamlOut settings = writeSettings(item.details.settings); !settings.pairs.empty())
        pairs.push_back({"settings", std::move(settings)});
    if (!item.entry.docs.empty())
        pairs.push_back({"docs", YamlOut::ofBlock(item.entry.docs)});
    addList(pairs, "examples", writeExamples(item.details.examples));
    return writeFile(pairs);
}

std::string writeEntry(const Entry& entry)
{
    Item item;
    item.entry = entry;
    item.entry.kept = {};
    return writeItem(item);
}

} // namespace claimcheck::store
