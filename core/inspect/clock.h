// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two clocks beside one another: a server's, by the Date of its answer, and this machine's.

#pragma once

#include <string>

#include <base/time.h>

namespace claimcheck::inspect {

/// Further apart than what a network and whole seconds explain.
bool areApart(Instant server, Instant here);
/// "the server's clock is 5 min ahead of this one (2026-11-23T14:30:05Z)", or that it is within a minute.
std::string compareClocks(Instant server, Instant here);

} // namespace claimcheck::inspect
