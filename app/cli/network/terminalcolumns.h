// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How wide the terminal is that standard error goes to.

#pragma once

#include <cstddef>

namespace claimcheck::cli {

/// 80 where it does not say.
std::size_t terminalColumns();

} // namespace claimcheck::cli
