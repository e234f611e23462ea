// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of Details as YAML to be written: those of new files, and what is put into files that are there.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <collection/content.h>
#include <store/yamlwrite.h>

namespace claimcheck::store {

/// `auth`: the mode, or the credentials of the kind that no mode is; nothing for none, which the schema has
/// no word for.
std::optional<YamlOut> writeAuth(collection::AuthMode mode, const std::string& kept,
                                 const collection::Credentials& credentials);
/// Without pairs where nothing is set.
YamlOut writeSettings(const collection::Settings& settings);
YamlOut writeParameter(const collection::Parameter& parameter);
YamlOut writePart(const collection::Part& part);
YamlOut writeBodyFile(const collection::BodyFile& file);
YamlOut writeAssertion(const collection::Assertion& assertion);
YamlOut writeCapture(const collection::Capture& capture);
YamlOut writeScript(const collection::Script& script);
YamlOut writeExample(const collection::Example& example);

template <typename Value>
std::vector<YamlOut> writeEach(const std::vector<Value>& values, YamlOut (*write)(const Value&))
{
    std::vector<YamlOut> items;
    for (const Value& value : values)
        items.push_back(write(value));
    return items;
}

/// `http.body` of any kind; nothing for none, and for a kind that is only kept.
std::optional<YamlOut> writeAnyBody(const collection::Content& content);

} // namespace claimcheck::store
