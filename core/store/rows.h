// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lists of {name, value, disabled} in a file: headers, form fields, variables. They are read with what they
// hold beyond that left in place, and edited item by item.

#pragma once

#include <string>
#include <vector>

#include <collection/collection.h>
#include <store/yamledit.h>

namespace claimcheck::store {

struct Row
{
    std::string name;
    std::string value;
    bool enabled = true;
    bool secret = false;   ///< a variable without a value in the file
    bool foreign = false;  ///< an item that is no mapping: kept where it is
    std::string type = {}; ///< of a value {type, data}; empty leaves what stands there
    bool operator==(const Row&) const = default;
};
using Rows = std::vector<Row>;

Row rowOf(const collection::Field& field);
Row rowOf(const variables::Variable& variable);
collection::Field fieldOf(const Row& row);
variables::Variable variableOf(const Row& row);

template <typename Value>
Rows rowsOf(const std::vector<Value>& values)
{
    Rows rows;
    for (const Value& value : values)
        rows.push_back(rowOf(value));
    return rows;
}

Row readRow(const YamlValue& item);
/// One row for each item of the list.
Rows readRows(const YamlValue& list);
YamlOut writeRow(const Row& row);
YamlOut writeRows(const Rows& rows);

/// Makes the list at `path` hold `rows`: items that stay are edited field by field, the others come and go as
/// lines.
void editRows(YamlEdit& edit, const YamlTree& tree, const std::vector<std::string>& path, const Rows& rows);

/// Where the text of a value stands: itself, or inside of {type, data}, {content, type} or the selected one
/// of several variants. `column` is that of the mapping around it.
struct TextPlace
{
    YamlValue value;
    std::size_t column;
};
std::optional<TextPlace> textPlace(const YamlValue& mapping, std::string_view key);
std::string textAt(const YamlValue& mapping, std::string_view key, std::string_view fallback = {});
/// The type of a value {type, data}; empty for a plain one.
std::string typeAt(const YamlValue& mapping, std::string_view key);
/// Changes the text of that key, or adds the key.
void putText(YamlEdit& edit, const YamlValue& mapping, const std::string& key, const YamlOut& text);

} // namespace claimcheck::store
