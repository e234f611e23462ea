// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// {{$guid}}, {{$timestamp}} and the like: values made anew each time, under the names that Postman gave them.

#pragma once

#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <base/time.h>

namespace claimcheck::variables {

/// The value of "$guid"; nothing for a name that is not in the table. Not for secrets: the generator is a
/// fast one.
std::optional<std::string> dynamicValue(std::string_view name, std::mt19937_64& random, Instant now);

/// All names, with their `$`.
std::vector<std::string> dynamicNames();

} // namespace claimcheck::variables
