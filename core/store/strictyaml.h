// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reading a file of ours strictly: every key must be known, every value of the kind that it should be. The
// first thing that is wrong is kept, with line and column.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <store/yamltree.h>

namespace claimcheck::store {

class StrictYaml
{
public:
    explicit StrictYaml(std::string what) : m_what(std::move(what)) {}

    /// The pairs of a mapping whose keys are all among `known`; empty `known`: any key.
    std::vector<YamlPair> pairs(const YamlValue& value, std::string_view name,
                                const std::vector<std::string_view>& known = {});
    std::vector<YamlValue> items(const YamlValue& value, std::string_view name);
    /// A scalar that is not empty.
    std::string text(const YamlValue& value, std::string_view name);
    bool truth(const YamlValue& value, std::string_view name);

    void reject(const YamlValue& value, const std::string& why);
    const std::optional<Error>& problem() const { return m_problem; }

private:
    std::string m_what;
    std::optional<Error> m_problem;
};

/// The value as JSON: plain scalars that are JSON numbers, true, false or null are these, others are strings.
std::string toJson(const YamlValue& value);

} // namespace claimcheck::store
