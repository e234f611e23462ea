// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a finding or an error advises, for somebody in front of the window: where its own words name a command
// or an option of claimcheck-cli, or a setting that the window has no field for, what there is in its place.

#pragma once

#include <string>
#include <string_view>

#include <base/result.h>

namespace claimcheck::ui {

/// `advice`, unless the window has words of its own for the rule `id`.
std::string_view adviceInWindow(std::string_view id, std::string_view advice);
/// What to do about `error`: its own words, or those that name the file in which the setting stands.
std::string fixInWindow(const Error& error);

} // namespace claimcheck::ui
