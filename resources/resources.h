// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Resources in a static library are dropped by the linker unless somebody asks for them: call
// initResources() once before the first ":/…" path is opened. Calling it again does nothing.

#pragma once

namespace claimcheck {

void initResources();

} // namespace claimcheck
