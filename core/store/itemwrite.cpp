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

YamlOut writeHttp(const Item& item)
{
    std::vector<YamlOutPair> pairs{{"method", text(item.entry.method)}, {"url", text(item.entry.url)}};
    if (const Rows headers = headerRows(item.entry, std::nullopt); !headers.empty())
        pairs.push_back({"headers", writeRows(headers)});
    addList(pairs, "params", writeEach(item.details.parameters, writeParameter));
    if (std::optional<YamlOut> body = writeAnyBody(collection::contentOf(item)))
        pairs.push_back({"body", *std::move(body)});
    if (const auto auth = writeAuth(item.entry.auth, item.entry.kept.auth, item.details.credentials))
        pairs.push_back({"auth", *auth});
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
    addList(pairs, "scripts", writeEach(item.details.scripts, writeScript));
    addList(pairs, "assertions", writeEach(item.details.assertions, writeAssertion));
    addList(pairs, "actions", writeEach(item.details.captures, writeCapture));
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
    addList(pairs, "examples", writeEach(item.details.examples, writeExample));
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
