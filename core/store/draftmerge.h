// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The drafts of two windows become those of one.

#pragma once

#include <vector>

#include <store/environmentdrafts.h>
#include <store/settings.h>

namespace claimcheck::store {

/// Adds the tabs of `from` behind those of `into`: a tab that is there already once, and of a saved request
/// that only one has edited the edited one. Gives the login of `from` where there is no place for it, else
/// one in which nothing was typed.
LoginDraft mergeDrafts(Drafts& into, const Drafts& from);

/// Adds those that are of no environment that `into` has a draft of; gives the others of which `into` says
/// something else.
std::vector<EnvironmentDraft> mergeEnvironmentDrafts(std::vector<EnvironmentDraft>& into,
                                                     const std::vector<EnvironmentDraft>& from);

} // namespace claimcheck::store
