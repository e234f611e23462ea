// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The text of a file as UTF-8: byte order marks taken off, UTF-16 converted.

#pragma once

#include <string>
#include <string_view>

#include <base/result.h>

namespace claimcheck::interop {

/// Malformed, with the place, for what is neither UTF-8 nor UTF-16.
Result<std::string> toUtf8Text(std::string_view bytes);

} // namespace claimcheck::interop
