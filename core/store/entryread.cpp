// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <array>

#include <base/text.h>
#include <store/detailsread.h>
#include <store/entryfile.h>

namespace claimcheck::store {
namespace {

using collection::AuthMode;
using collection::BodyKind;
using collection::Entry;

AuthMode readAuth(const YamlValue& auth, std::string& kept)
{
    const std::string word = auth.isMapping() ? textAt(auth, "type") : auth.text();
    if (word == "inherit")
        return AuthMode::Inherit;
    if (word == "bearer" && isSessionHeader({"Authorization", textAt(auth, "token")}))
        return AuthMode::SessionBearer;
    if (word != "none" && !auth.isNull())
        kept = word.empty() ? "unknown" : word;
    return AuthMode::None;
}

void readBody(const YamlValue& root, Entry& entry)
{
    const std::optional<YamlValue> body = selectedBody(root);
    if (!body || body->isNull())
        return;
    const std::string word = textAt(*body, "type");
    for (const BodyKind kind :
         {BodyKind::Json, BodyKind::Text, BodyKind::Xml, BodyKind::Form, BodyKind::Sparql})
        if (word == bodyWord(kind))
            entry.bodyKind = kind;
    if (entry.bodyKind == BodyKind::None && word != "none")
        entry.kept.body = word.empty() ? "unknown" : word;
    if (entry.bodyKind == BodyKind::None)
        return;
    if (entry.bodyKind != BodyKind::Form)
        entry.body = textAt(*body, "data");
    else if (const auto data = body->find("data"))
        for (const Row& row : readRows(*data))
            if (!row.foreign)
                entry.formFields.push_back(fieldOf(row));
}

/// Path parameters stand in the URL as `:id`; query parameters are in the URL as well.
bool hasPathParameters(const YamlValue& http)
{
    const auto params = http.find("params");
    const std::vector<YamlValue> items = params ? params->items() : std::vector<YamlValue>();
    return std::any_of(items.begin(), items.end(),
                       [](const YamlValue& item) { return textAt(item, "type") == "path"; });
}

/// Switched on, and no capture: before the request there is no answer to take a value from, and Bruno runs
/// none either.
bool hasIdleActions(const YamlValue& runtime)
{
    const std::optional<YamlValue> actions = runtime.find("actions");
    const std::vector<YamlValue> items = actions ? actions->items() : std::vector<YamlValue>();
    return std::any_of(items.begin(), items.end(), [](const YamlValue& item) {
        const std::optional<YamlValue> disabled = item.find("disabled");
        return !(disabled && disabled->isTrue()) && !readCapture(item);
    });
}

void noteOthers(const YamlValue& root, Entry& entry)
{
    constexpr std::array<std::pair<const char*, const char*>, 3> runtimeParts{
        {{"scripts", "scripts"}, {"assertions", "assertions"}, {"actions", "captures"}}};
    if (hasPathParameters(*root.find("http")))
        entry.kept.others.emplace_back("path parameters");
    const std::optional<YamlValue> runtime = root.find("runtime");
    for (const auto& [key, name] : runtimeParts)
        if (runtime && runtime->find(key) && runtime->find(key)->size() > 0)
            entry.kept.others.emplace_back(name);
    if (runtime && hasIdleActions(*runtime))
        entry.kept.others.emplace_back(collection::idleActions);
}

} // namespace

bool isSessionHeader(const collection::Field& field)
{
    const std::string_view value = trimmed(field.value);
    return field.enabled && equalsIgnoringCase(field.name, "Authorization") && value.starts_with("{{") &&
           value.ends_with("}}") && value.size() > 4 && trimmed(value.substr(2, value.size() - 4)) == "token";
}

Access readAccess(const YamlValue& mapping, AuthMode whenMissing)
{
    Access access;
    const std::optional<YamlValue> auth = mapping.find("auth");
    access.auth = auth ? readAuth(*auth, access.keptAuth) : whenMissing;
    const std::optional<YamlValue> headers = mapping.find("headers");
    const Rows rows = headers ? readRows(*headers) : Rows();
    const bool canBeRaw = access.keptAuth.empty() && access.auth != AuthMode::SessionBearer;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (canBeRaw && !access.rawHeader && !rows[i].foreign && isSessionHeader(fieldOf(rows[i])))
            access.rawHeader = i;
        else if (!rows[i].foreign)
            access.headers.push_back(fieldOf(rows[i]));
    }
    if (access.rawHeader)
        access.auth = AuthMode::SessionRaw;
    return access;
}

std::vector<variables::Variable> readVariables(const YamlValue& mapping)
{
    std::vector<variables::Variable> variables;
    if (const std::optional<YamlValue> list = mapping.find("variables"))
        for (const Row& row : readRows(*list))
            if (!row.foreign)
                variables.push_back(variableOf(row));
    return variables;
}

void readInfo(const YamlTree& tree, Entry& entry)
{
    const std::optional<YamlValue> info = tree.root().find("info");
    if (!info)
        return;
    entry.name = textAt(*info, "name", entry.name);
    const std::optional<YamlValue> seq = info->find("seq");
    const std::int64_t number = seq ? seq->integer().value_or(0) : 0;
    entry.sequence = static_cast<int>(std::clamp<std::int64_t>(number, -1'000'000, 1'000'000));
}

Result<Entry> readEntryTree(const YamlTree& tree)
{
    if (const auto shape = checkShape(tree); !shape)
        return tl::unexpected(shape.error());
    Entry entry;
    readInfo(tree, entry);
    const YamlValue root = tree.root();
    if (const std::optional<YamlValue> http = root.find("http")) {
        entry.method = textAt(*http, "method", "GET");
        entry.url = textAt(*http, "url");
        readBody(root, entry);
        noteOthers(root, entry);
    }
    Access access = root.find("http") ? readAccess(*root.find("http"), AuthMode::None) : Access();
    entry.auth = access.auth;
    entry.kept.auth = access.keptAuth;
    entry.headers = std::move(access.headers);
    if (const std::optional<YamlValue> runtime = root.find("runtime"))
        entry.variables = readVariables(*runtime);
    entry.docs = textAt(root, "docs");
    return entry;
}

Result<collection::Content> readContentTree(const YamlTree& tree)
{
    Result<Entry> entry = readEntryTree(tree);
    if (!entry)
        return tl::unexpected(entry.error());
    return collection::Content{*std::move(entry), readDetails(tree)};
}

} // namespace claimcheck::store
