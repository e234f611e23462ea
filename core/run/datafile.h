// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows of values for iterations: a CSV file with names in its first line (RFC 4180), or a JSON array of
// objects. And .env files.

#pragma once

#include <string_view>
#include <vector>

#include <collection/collection.h>

namespace claimcheck::run {

using DataRow = std::vector<variables::Variable>;

/// Told apart by content: JSON begins with a bracket. `name` is for messages. Unreadable with the place.
Result<std::vector<DataRow>> readData(std::string_view text, const std::string& name);

/// NAME=value lines as dotenv 16 for Node reads them: `export`, comments, 'single', "double" and `back`
/// quotes, values in quotes over several lines; \n and \r are undone in double quotes, and nothing else is;
/// without quotes a value ends at its first "#". Of two lines of one name the last counts. Unreadable with
/// the line for any other line, which dotenv passes over.
Result<std::vector<variables::Variable>> readDotEnv(std::string_view text, const std::string& name);

/// What stands in the environment's dotEnvFilePath, in those of the environments that it extends, and in the
/// collection's .env, the nearest first; all inside of its folder, or they are Refused.
Result<std::vector<variables::Variable>> dotEnvOf(const collection::Collection& collection,
                                                  std::string_view environment);

} // namespace claimcheck::run
