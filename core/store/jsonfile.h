// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small private JSON files in the configuration folder: 0600, written atomically, kept aside when broken.

#pragma once

#include <optional>
#include <string>

#include <json/document.h>
#include <json/write.h>

namespace claimcheck::store {

/// Nothing where there is no such file. A file that is no JSON object, or that cannot be read, is renamed to
/// NAME.broken.json, and that is the error: the next call finds none.
Result<std::optional<json::Document>> loadJsonFile(const std::string& directory, const std::string& name);
/// NAME for the first file of its kind, NAME-2 for the second; without what follows the dot.
std::string numberedName(const std::string& name, int number);
Result<void> saveJsonFile(const std::string& directory, const std::string& name, json::Writer& writer);

std::string textIn(const json::Value& object, std::string_view name, const std::string& fallback = {});
bool flagIn(const json::Value& object, std::string_view name, bool fallback);
int numberIn(const json::Value& object, std::string_view name, int fallback);
std::vector<json::Value> itemsIn(const json::Value& object, std::string_view name);

} // namespace claimcheck::store
