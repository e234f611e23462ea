// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every report that is one HTML page begins with.

#pragma once

#include <string>
#include <string_view>

namespace claimcheck {

/// Up to the open body. Its policy forbids scripts and whatever would be loaded from elsewhere (CSP3 §6.1.3,
/// §6.1.15); in light and dark alike. `title` is any text, `style` are rules of ours that go out as they are.
std::string htmlHead(std::string_view title, std::string_view style);

} // namespace claimcheck
