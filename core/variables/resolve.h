// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// {{name}} in URLs, headers and bodies replaced from scopes, nearest first. An undefined name is an error
// that names it and the place.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>

namespace claimcheck::variables {

struct Variable
{
    std::string name;
    std::string value;
    bool enabled = true;
    bool secret = false; ///< the value is not in the file
    /// What a server gave: no name in it is filled in, or an answer could ask for the values of others.
    bool isLiteral = false;
    bool operator==(const Variable&) const = default;
};

/// One level of the scope chain: request, folder, environment, collection …
struct Scope
{
    std::string name; ///< for messages: "environment local", or the option that values are given with
    std::vector<Variable> variables;
    bool operator==(const Scope&) const = default;
};

/// Of the enabled variables that share a name only the last, which is the one that counts in Bruno, too; the
/// order stays.
std::vector<Variable> lastOfEachName(std::vector<Variable> variables);

/// The nearest enabled variable of that name; null: no scope has one.
const Variable* nearestOf(const std::vector<Scope>& nearestFirst, std::string_view name);
/// Its value.
std::optional<std::string> lookUp(const std::vector<Scope>& nearestFirst, std::string_view name);

/// Makes the value of a name that begins with `$` ("$guid"); nothing for a name that it does not know.
using Dynamic = std::function<std::optional<std::string>(std::string_view name)>;

/// Values may refer to other variables; a circle and more than 16 levels are errors. `place` is named in
/// errors: "URL", "header Accept". White space inside the braces is ignored. A name with `$` that no scope
/// has comes from `dynamic`, anew each time.
Result<std::string> resolve(std::string_view text, const std::vector<Scope>& nearestFirst,
                            std::string_view place, const Dynamic& dynamic = {});

/// The names that `text` refers to, in order, with their byte ranges (for pills in the URL line).
struct Reference
{
    std::string name;
    std::size_t offset;
    std::size_t length;
    bool operator==(const Reference&) const = default;
};
std::vector<Reference> references(std::string_view text);
/// Whether it refers to any: what it says is then known only once it is resolved. A mere "{{" does not.
bool hasVariable(std::string_view text);

} // namespace claimcheck::variables
