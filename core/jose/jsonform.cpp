// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jsonform.h"

#include <algorithm>
#include <set>

#include <base/text.h>
#include <json/write.h>

namespace claimcheck::jose {

JsonForm::JsonForm(const std::string& text, std::vector<Defect>& defects, std::size_t depth)
    : m_reader(defects, depth)
{
    Segment whole;
    whole.length = text.size();
    Result<json::Document> document = json::parse(text, {.depth = depth});
    if (!document || !document->root().isObject()) {
        m_reader.addNoObject(whole, SegmentName::Token, document, false);
        return;
    }
    m_document = std::move(*document);
    m_reader.findDuplicates(m_document->root(), whole, SegmentName::Token);
}

std::optional<json::Value> JsonForm::object() const
{
    return m_document ? std::optional(m_document->root()) : std::nullopt;
}

bool JsonForm::has(std::string_view name) const
{
    return m_document && m_document->root().find(name);
}

JsonPart JsonForm::part(const json::Value& object, std::string_view name, SegmentName segment)
{
    JsonPart part;
    const auto value = object.find(name);
    if (!value)
        return part;
    part.isPresent = true;
    part.place.offset = value->offset();
    if (!value->isString()) {
        m_reader.add(segment, value->offset(), "the member '" + std::string(name) + "' is no string");
        return part;
    }
    part.place.offset += 1;
    part.place.length = value->text().size() - 2;
    part.text = value->string();
    return part;
}

std::optional<json::Value> JsonForm::header(const json::Value& object, std::string_view name)
{
    const auto value = object.find(name);
    if (!value)
        return std::nullopt;
    if (!value->isObject()) {
        m_reader.add(SegmentName::Header, value->offset(),
                     "the member '" + std::string(name) + "' is no JSON object");
        return std::nullopt;
    }
    for (const std::string& twice : value->duplicates())
        m_reader.add(SegmentName::Header, value->offset(),
                     "the member '" + visible(twice) + "' occurs more than once (RFC 7515 §4)");
    return value;
}

std::vector<json::Value> JsonForm::entries(std::string_view list, std::string_view flattenedMember)
{
    const auto value = m_document->root().find(list);
    if (!value)
        return {m_document->root()};
    const std::string shown = "the member '" + std::string(list) + "'";
    if (has(flattenedMember) || has("header"))
        m_reader.add(SegmentName::Token, value->offset(),
                     shown + " stands beside one of the flattened form (RFC 7515 §7.2.2)");
    std::vector<json::Value> items = value->items();
    const bool isListOfObjects =
        value->isArray() && !items.empty() &&
        std::all_of(items.begin(), items.end(), [](const json::Value& item) { return item.isObject(); });
    if (!isListOfObjects) {
        m_reader.add(SegmentName::Token, value->offset(), shown + " is no list of objects, or an empty one");
        return {};
    }
    if (items.size() > mostEntries) {
        m_reader.add(SegmentName::Token, value->offset(),
                     shown + " has " + std::to_string(items.size()) + " entries; more than " +
                         std::to_string(mostEntries) + " are not read");
        items.erase(items.begin() + mostEntries, items.end());
    }
    for (const json::Value& item : items)
        for (const std::string& twice : item.duplicates())
            m_reader.add(SegmentName::Token, item.offset(),
                         "the member '" + visible(twice) + "' occurs more than once (RFC 7515 §4)");
    return items;
}

json::Document joinedHeader(const std::vector<json::Value>& headers, bool& isDisjoint)
{
    json::Writer writer;
    std::set<std::string> before;
    writer.beginObject();
    for (const json::Value& header : headers) {
        const std::vector<json::Member> members = header.members();
        for (const json::Member& member : members) {
            isDisjoint = isDisjoint && !before.contains(member.name);
            writer.member(member.name).raw(member.value.text());
        }
        for (const json::Member& member : members)
            before.insert(member.name);
    }
    writer.endObject();
    // Deep enough for whatever was read before.
    return json::parse(writer.take(), {.depth = 1024}).value();
}

} // namespace claimcheck::jose
