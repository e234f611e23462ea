// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request as several identities, side by side: what each was answered, and what differs from the first.

#pragma once

#include <string>
#include <vector>

#include <cli/console.h>
#include <workbench/workbench.h>

namespace claimcheck::cli {

using workbench::IdentityAnswer;

/// Of two or more answers; those that have none, but an error, are named with it and differ from nobody.
std::string comparisonJson(const std::vector<IdentityAnswer>& answers);
void printComparison(const std::vector<IdentityAnswer>& answers, Console& console);

} // namespace claimcheck::cli
