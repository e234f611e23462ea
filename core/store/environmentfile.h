// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an environment's file says beyond its variables as values: how each value is written. And what becomes
// of the file: another name, a copy.

#pragma once

#include <string>
#include <vector>

#include <collection/collection.h>

namespace claimcheck::store {

/// `type` of a value {type, data}, one for each of the environment's variables: "number", "boolean", "null",
/// "object" or "string"; empty for a plain text, and for all where the file cannot be read.
using ValueTypes = std::vector<std::string>;
ValueTypes valueTypes(const collection::Collection& collection, const collection::Environment& environment);

/// As saveEnvironment(), with the types; an empty one leaves what the file says, "string" makes a plain text.
Result<std::string> saveEnvironment(const collection::Collection& collection,
                                    const collection::Environment& environment, const ValueTypes& types);

/// Saves it under its new name, in a file of that name, and renames it in those that extend it. Gives the new
/// path. Refused where another environment has the name.
Result<std::string> renameEnvironment(const collection::Collection& collection,
                                      const collection::Environment& environment, const std::string& name,
                                      const ValueTypes& types = {});

/// "Local copy", "Local copy 2": a name that no environment has, ignoring case.
std::string freeEnvironmentName(const collection::Collection& collection, const std::string& wanted);

/// Whether the text is a value of that type: JSON's number, true or false, null, object or array.
bool fitsType(const std::string& type, const std::string& text);

} // namespace claimcheck::store
