// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What was pasted holds several tokens, as a piece of a log does: how the commands that show each of them
// tell them apart. Shared by token decode and token verify.

#pragma once

#include <string>
#include <vector>

#include <base/time.h>
#include <inspect/find.h>
#include <inspect/inspection.h>

#include "console.h"

namespace claimcheck::cli {

/// "Token 2 of 3, at byte 172" on a line of its own, an empty one in front of all but the first. Nothing
/// where there is one token alone.
void printHeading(Console& console, const std::vector<inspect::FoundToken>& tokens, std::size_t index);

/// The document of one, with the `offset` at which it stands.
std::string toJson(const inspect::FoundToken& token, const inspect::Inspection& inspection, Instant now);

/// The document of each, with the `offset` at which it stands, as the member "tokens" behind `members`
/// (members of an object in JSON, may be empty).
std::string toJson(const std::vector<inspect::FoundToken>& tokens,
                   const std::vector<inspect::Inspection>& inspections, Instant now,
                   const std::string& members = {});

} // namespace claimcheck::cli
