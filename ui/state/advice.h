// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a finding advises, for somebody in front of the window: where the rule's own words name a command or
// an option of claimcheck-cli, what the window has in its place.

#pragma once

#include <string_view>

namespace claimcheck::ui {

/// `advice`, unless the window has words of its own for the rule `id`.
std::string_view adviceInWindow(std::string_view id, std::string_view advice);

} // namespace claimcheck::ui
