// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An inspection as people read it on a terminal: parts, claims with their meaning, checks, findings.
// Shared by token decode, token verify and login; and a token as the commands that make one print it.

#pragma once

#include <inspect/inspection.h>

#include "console.h"

namespace claimcheck::cli {

/// The token's text, its parts in their colours.
void printParts(Console& console, const inspect::Inspection& inspection);
/// "Header" and "Claims" as tables: name, value, meaning; a payload that is no object as it is.
void printMembers(Console& console, const inspect::Inspection& inspection, Instant now);
void printFindings(Console& console, const inspect::Inspection& inspection);
/// The same with what was seen, where, and what to do, and their number at the end.
void printFindingsInFull(Console& console, const std::vector<inspect::Finding>& findings);
/// Verdict, reason, and the list of checks.
void printVerdict(Console& console, const inspect::Inspection& inspection);
/// Where a broken token broke, each place on its line.
void printDefects(Console& console, const inspect::Inspection& inspection);

/// Warns of a token that was made and is larger than what this program reads (jose::DecodeLimits).
void warnOfSize(Console& console, const Secret& token);
/// A token that was made: alone on its line, or as {"token":…}.
void printToken(Console& console, const Secret& token);

} // namespace claimcheck::cli
