// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Assertions of a collection, with the results that Bruno (4.1.0, its own sandbox) gives them: strict
// comparison, isTruthy only for true itself, an expression that fails is an object.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <collection/details.h>
#include <run/expression.h>

namespace claimcheck::run {

enum class Outcome
{
    Passed,
    Failed,
    NotEvaluated ///< counts as failed
};

struct Check
{
    std::string name; ///< "res.status eq 200"
    Outcome outcome = Outcome::Failed;
    std::string actual; ///< what it was, where it did not pass
    std::string why;    ///< one sentence, where it did not pass

    bool operator==(const Check&) const = default;
};

/// {{name}} replaced in the expected value.
using Resolve = std::function<Result<std::string>(const std::string&)>;

Check judge(const collection::Assertion& assertion, const Answer& answer, const Resolve& resolve);

/// Whether the operator compares with an expected value; not, where there is no such operator.
bool needsValue(std::string_view operation);

/// The expected value as Bruno reads it: true, null, numbers, 'quoted' or plain text. Nothing where it is
/// JavaScript.
std::optional<Value> operandOf(std::string_view text);

} // namespace claimcheck::run
