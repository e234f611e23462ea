// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What this process has worked, for bounds on work: other load of the machine does not count.

#pragma once

#include <ctime>

namespace claimcheck::test {

inline double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace claimcheck::test
