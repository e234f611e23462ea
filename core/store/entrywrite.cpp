// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <functional>

#include <base/text.h>
#include <store/entryfile.h>
#include <store/opencollection.h>

namespace claimcheck::store {
namespace {

using collection::AuthMode;
using collection::BodyKind;
using collection::Entry;

const Row sessionHeader{"Authorization", sessionToken, true, false, false};

template <typename Values>
void visitTexts(const Values& values, const std::function<void(std::string_view, const std::string&)>& visit,
                std::string_view place)
{
    for (const auto& value : values) {
        visit(place, value.name);
        visit(place, value.value);
    }
}

} // namespace

std::string bodyWord(BodyKind kind)
{
    switch (kind) {
    case BodyKind::Json:
        return "json";
    case BodyKind::Text:
        return "text";
    case BodyKind::Xml:
        return "xml";
    case BodyKind::Form:
        return "form-urlencoded";
    case BodyKind::None:
        break;
    }
    return {};
}

Rows headerRows(const Entry& entry, std::optional<std::size_t> rawIndex)
{
    Rows rows = rowsOf(entry.headers);
    if (entry.auth == AuthMode::SessionRaw) {
        const std::size_t index = std::min(rawIndex.value_or(rows.size()), rows.size());
        rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(index), sessionHeader);
    }
    return rows;
}

YamlOut writeBody(const Entry& entry)
{
    YamlOut data =
        entry.bodyKind == BodyKind::Form ? writeRows(rowsOf(entry.formFields)) : YamlOut::ofBlock(entry.body);
    return YamlOut::ofMapping(
        {{"type", YamlOut::ofText(bodyWord(entry.bodyKind))}, {"data", std::move(data)}});
}

/// None is written by saying nothing, as Bruno does: the schema has no word for it.
std::optional<YamlOut> writeAuth(AuthMode mode)
{
    if (mode == AuthMode::Inherit)
        return YamlOut::ofText("inherit");
    if (mode == AuthMode::SessionBearer)
        return YamlOut::ofMapping(
            {{"type", YamlOut::ofText("bearer")}, {"token", YamlOut::ofText(sessionToken)}});
    return std::nullopt;
}

Entry normalised(Entry entry)
{
    if (entry.bodyKind != BodyKind::Form)
        entry.formFields.clear();
    if (entry.bodyKind == BodyKind::None || entry.bodyKind == BodyKind::Form)
        entry.body.clear();
    if (entry.kept.auth.empty() && (entry.auth == AuthMode::None || entry.auth == AuthMode::Inherit)) {
        const auto session = std::find_if(entry.headers.begin(), entry.headers.end(), isSessionHeader);
        if (session != entry.headers.end()) {
            entry.headers.erase(session);
            entry.auth = AuthMode::SessionRaw;
        }
    }
    entry.kept = {};
    return entry;
}

Result<void> checkWritable(const Entry& entry)
{
    std::string_view wrong;
    const auto visit = [&wrong](std::string_view place, const std::string& text) {
        if (wrong.empty() && firstInvalidUtf8(text))
            wrong = place;
    };
    visit("name", entry.name);
    visit("method", entry.method);
    visit("URL", entry.url);
    visit("body", entry.body);
    visit("documentation", entry.docs);
    visitTexts(entry.headers, visit, "list of headers");
    visitTexts(entry.formFields, visit, "form");
    visitTexts(entry.variables, visit, "list of variables");
    if (!wrong.empty())
        return failure(ErrorKind::Refused, "cannot save " + visible(entry.name),
                       "its " + std::string(wrong) + " holds bytes that are not UTF-8 text",
                       "take them out; a file that is sent as it is stays a file");
    for (const variables::Variable& variable : entry.variables)
        if (variable.secret)
            return failure(ErrorKind::Refused, "cannot save " + visible(entry.name),
                           "the variable " + visible(variable.name) +
                               " is secret, and a request file cannot say so",
                           "move it to an environment");
    return {};
}

} // namespace claimcheck::store
