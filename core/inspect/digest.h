// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hashes by OpenSSL's name ("SHA256"). Private to the module.

#pragma once

#include <string>
#include <string_view>

namespace claimcheck::inspect {

/// Empty when there is no such hash.
std::string digestOf(const char* name, std::string_view bytes);

} // namespace claimcheck::inspect
