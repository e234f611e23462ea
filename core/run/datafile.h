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

/// Told apart by content: JSON begins with a bracket. `name` is for messages. Malformed with the line.
Result<std::vector<DataRow>> readData(std::string_view text, const std::string& name);

/// NAME=value lines; `export`, comments, 'single' and "double" quotes (with \n and the like) are understood.
/// Malformed with the line for anything else.
/// Of two lines of one name the last counts.
Result<std::vector<variables::Variable>> readDotEnv(std::string_view text, const std::string& name);

/// What stands in the environment's dotEnvFilePath, in those of the environments that it extends, and in the
/// collection's .env, the nearest first; all inside of its folder, or they are Refused.
Result<std::vector<variables::Variable>> dotEnvOf(const collection::Collection& collection,
                                                  std::string_view environment);

} // namespace claimcheck::run
