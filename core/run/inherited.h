// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string_view>

#include <run/value.h>

namespace claimcheck::run {

/// Whether JavaScript finds something under this name in any value of this kind, though nothing of it stands
/// in the answer: the members of Object, Array, String, Number and Boolean.prototype (ECMA-262, and its annex
/// B). What the value holds itself under such a name is not asked for here.
bool isInherited(ValueKind kind, std::string_view name);

} // namespace claimcheck::run
