// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The common forms of Postman's scripts as captures and assertions. Recognised are ways to a value of the
// answer (pm.response.json().a.b, JSON.parse(responseBody), headers, status), what sets a variable from one,
// and what compares one with a constant. Everything else is given back by line.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <collection/details.h>
#include <interop/import/script.h>

namespace claimcheck::interop {

struct ScriptReading
{
    struct Left
    {
        std::size_t line = 0;
        std::string code;
        std::string why;
        bool operator==(const Left&) const = default;
    };
    std::vector<collection::Assertion> assertions;
    std::vector<collection::Capture> captures;
    std::vector<Left> left;  ///< not carried over
    std::vector<Left> notes; ///< carried over, with a difference

    bool operator==(const ScriptReading&) const = default;
};

/// A script that runs after the answer.
ScriptReading readTestScript(std::string_view text);
/// One that runs before the request: there is nothing that it could become.
ScriptReading readRequestScript(std::string_view text);

/// Names of the script that stand for a way to a value: jsonData is res.body.
using ScriptNames = std::map<std::string, std::string>;

/// "res.body.items[0].id"; nothing for what is no such way.
std::optional<std::string> pathOf(const ScriptExpression& expression, const ScriptNames& names);
/// A constant as the operand of an assertion; nothing where it cannot be written as one.
std::optional<std::string> operandText(const ScriptExpression& expression);
/// "pm.response.to.have.status" and the like taken apart: names, with arguments where they are calls.
struct ScriptLink
{
    std::string name;
    const ScriptExpression* call = nullptr; ///< its parts from 1 on are the arguments
    std::size_t count() const { return call ? call->parts.size() - 1 : 0; }
    const ScriptExpression& argument(std::size_t index) const { return call->parts[index + 1]; }
};
std::vector<ScriptLink> linksOf(const ScriptExpression& expression);

/// What one statement of a test demands; nothing where that has no assertion.
std::optional<std::vector<collection::Assertion>> assertionsOf(const ScriptExpression& expression,
                                                               const ScriptNames& names);
/// The same for a bare comparison, as `tests["…"] = jsonData.a === 1` has it.
std::optional<std::vector<collection::Assertion>> comparisonOf(const ScriptExpression& expression,
                                                               const ScriptNames& names);

} // namespace claimcheck::interop
