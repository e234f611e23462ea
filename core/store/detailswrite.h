// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of new files that requests, folders and the collection have in common.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <collection/collection.h>
#include <store/yamlwrite.h>

namespace claimcheck::store {

/// `auth`: the mode, or the credentials of the kind that no mode is; nothing for none, which the schema has
/// no word for.
std::optional<YamlOut> writeAuth(collection::AuthMode mode, const std::string& kept,
                                 const collection::Credentials& credentials);
/// Without pairs where nothing is set.
YamlOut writeSettings(const collection::Settings& settings);
std::vector<YamlOut> writeScripts(const std::vector<collection::Script>& scripts);
std::vector<YamlOut> writeExamples(const std::vector<collection::Example>& examples);

} // namespace claimcheck::store
