// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two edits of one request brought together: what was typed here, and what another program wrote into the
// file meanwhile. Field by field, against the state that both started from.

#pragma once

#include <optional>

#include <collection/content.h>

namespace claimcheck::collection {

/// `mine` with every field that only `theirs` changed. Nothing when both changed the same field differently:
/// that is for a person to decide.
std::optional<Content> merge(const Content& base, const Content& mine, const Content& theirs);

} // namespace claimcheck::collection
