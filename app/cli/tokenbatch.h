// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// token verify --batch: one token a line in, one JSON object a line out, in order, on all cores, with
// memory bounded by a few blocks of lines whatever the size of the file. What comes through a pipe is
// answered as it comes.

#pragma once

#include <string>

#include <inspect/inspection.h>

#include "console.h"
#include "exitcode.h"
#include "keyrenewal.h"

namespace claimcheck::cli {

/// "-" is standard input. Lines of white space alone are passed over, and counted as lines.
Result<Exit> verifyBatch(Console& console, const std::string& path, KeyRenewal& keys,
                         const inspect::Expectations& expectations, Instant now);

} // namespace claimcheck::cli
