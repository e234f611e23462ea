// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a report must not hold of the values from outside of a collection's files: those that are guarded. A
// base URL in a .env file is none of them, and a report without it could not be read.

#pragma once

#include <vector>

#include <base/secret.h>
#include <run/scopes.h>

namespace claimcheck::workbench {

/// The values of run::guardedIn(), without empty ones.
std::vector<Secret> guardedValues(const run::Outside& outside);

} // namespace claimcheck::workbench
