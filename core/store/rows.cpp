// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/rows.h>

#include <algorithm>

#include <store/align.h>

namespace claimcheck::store {
namespace {

YamlValue selectedVariant(const YamlValue& variants)
{
    const std::vector<YamlValue> items = variants.items();
    for (const YamlValue& item : items)
        if (const auto selected = item.find("selected"); selected && selected->isTrue())
            return item;
    return items.front();
}

/// {type, data}, or the text alone.
YamlOut writeValue(const Row& row)
{
    if (row.type.empty() || row.type == "string")
        return YamlOut::ofText(row.value);
    return YamlOut::ofMapping({{"type", YamlOut::ofText(row.type)}, {"data", YamlOut::ofText(row.value)}});
}

/// A plain value is a string already.
bool changesType(const Row& old, const Row& wanted)
{
    return !wanted.secret && !wanted.type.empty() && wanted.type != old.type &&
           !(wanted.type == "string" && old.type.empty());
}

void editRow(YamlEdit& edit, const YamlValue& item, const Row& old, const Row& wanted)
{
    if (old.name != wanted.name)
        putText(edit, item, "name", YamlOut::ofText(wanted.name));
    if (changesType(old, wanted))
        edit.putIn(item, {"value", writeValue(wanted)});
    else if (!wanted.secret && !old.secret && old.value != wanted.value)
        putText(edit, item, "value", YamlOut::ofText(wanted.value));
    if (old.enabled && !wanted.enabled)
        edit.putIn(item, {"disabled", YamlOut::ofWord("true")});
    if (!old.enabled && wanted.enabled)
        edit.eraseFrom(item, "disabled");
}

/// A value that becomes a secret leaves the file with its whole item, and the other way round.
bool canEdit(const Row& old, const Row& wanted)
{
    return !old.foreign && old.secret == wanted.secret;
}

std::size_t similarity(const Row& old, const Row& wanted)
{
    if (!canEdit(old, wanted))
        return 0;
    if (old == wanted || (old.secret && old.name == wanted.name && old.enabled == wanted.enabled))
        return 4;
    return old.name == wanted.name ? 3 : 1;
}

void editItems(YamlEdit& edit, const YamlValue& list, const Rows& old, const Rows& rows)
{
    const std::vector<YamlValue> items = list.items();
    const Alignment pairs = align(old.size(), rows.size(),
                                  [&](std::size_t i, std::size_t j) { return similarity(old[i], rows[j]); });
    std::optional<std::size_t> behind;
    std::vector<YamlOut> added;
    const auto flush = [&] {
        if (!added.empty())
            edit.insertItems(list, behind, added);
        added.clear();
    };
    for (const auto& [from, to] : pairs) {
        if (to && !from) {
            added.push_back(writeRow(rows[*to]));
            continue;
        }
        flush();
        // Between brackets the place behind an item goes with it.
        if (to || old[*from].foreign || list.node().style == YamlStyle::Block)
            behind = from;
        if (to)
            editRow(edit, items[*from], old[*from], rows[*to]);
        else if (!old[*from].foreign)
            edit.eraseItem(list, *from);
    }
    flush();
}

} // namespace

Row rowOf(const collection::Field& field)
{
    return {field.name, field.value, field.enabled, false, false};
}

Row rowOf(const variables::Variable& variable)
{
    return {variable.name, variable.secret ? "" : variable.value, variable.enabled, variable.secret, false};
}

collection::Field fieldOf(const Row& row)
{
    return {row.name, row.value, row.enabled};
}

variables::Variable variableOf(const Row& row)
{
    return {row.name, row.value, row.enabled, row.secret};
}

std::optional<TextPlace> textPlace(const YamlValue& mapping, std::string_view key)
{
    const std::optional<YamlValue> value = mapping.find(key);
    if (!value)
        return std::nullopt;
    if (value->isSequence() && value->size() > 0)
        return textPlace(selectedVariant(*value), "value");
    if (value->isMapping() && !value->isAlias())
        return textPlace(*value, value->find("content") ? "content" : "data");
    return TextPlace{*value, mapping.node().column};
}

std::string textAt(const YamlValue& mapping, std::string_view key, std::string_view fallback)
{
    const std::optional<TextPlace> place = textPlace(mapping, key);
    return place ? place->value.text() : std::string(fallback);
}

std::string typeAt(const YamlValue& mapping, std::string_view key)
{
    const std::optional<YamlValue> value = mapping.find(key);
    if (value && value->isSequence() && value->size() > 0)
        return typeAt(selectedVariant(*value), "value");
    return value && value->isMapping() && value->find("data") ? textAt(*value, "type") : std::string();
}

void putText(YamlEdit& edit, const YamlValue& mapping, const std::string& key, const YamlOut& text)
{
    const std::optional<TextPlace> place = mapping.isAlias() ? std::nullopt : textPlace(mapping, key);
    if (place)
        edit.replaceScalar(place->value, text, place->column);
    else
        edit.putIn(mapping, {key, text});
}

Row readRow(const YamlValue& item)
{
    Row row;
    row.foreign = !item.isMapping();
    row.name = textAt(item, "name");
    row.value = textAt(item, "value");
    row.type = typeAt(item, "value");
    row.enabled = !item.find("disabled") || !item.find("disabled")->isTrue();
    row.secret = item.find("secret") && item.find("secret")->isTrue();
    return row;
}

Rows readRows(const YamlValue& list)
{
    Rows rows;
    for (const YamlValue& item : list.items())
        rows.push_back(readRow(item));
    return rows;
}

YamlOut writeRow(const Row& row)
{
    std::vector<YamlOutPair> pairs;
    if (row.secret)
        pairs.push_back({"secret", YamlOut::ofWord("true")});
    pairs.push_back({"name", YamlOut::ofText(row.name)});
    if (!row.secret)
        pairs.push_back({"value", writeValue(row)});
    if (!row.enabled)
        pairs.push_back({"disabled", YamlOut::ofWord("true")});
    return YamlOut::ofMapping(std::move(pairs));
}

YamlOut writeRows(const Rows& rows)
{
    std::vector<YamlOut> items;
    for (const Row& row : rows)
        items.push_back(writeRow(row));
    return YamlOut::ofSequence(std::move(items));
}

void editRows(YamlEdit& edit, const YamlTree& tree, const std::vector<std::string>& path, const Rows& rows)
{
    std::optional<YamlValue> list = tree.root();
    for (const std::string& key : path)
        list = list ? list->find(key) : std::nullopt;
    const Rows old = list ? readRows(*list) : Rows();
    const bool hasForeign = std::any_of(old.begin(), old.end(), [](const Row& row) { return row.foreign; });
    if (old == rows)
        return;
    if (rows.empty() && !hasForeign)
        edit.erase(path);
    else if (old.empty())
        edit.put(path, writeRows(rows));
    else
        editItems(edit, *list, old, rows);
}

} // namespace claimcheck::store
