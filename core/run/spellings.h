// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The ways in which a secret may stand in a URL, a form, a JSON text or inside of base64.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace claimcheck::run {

/// Without the secret itself; none under six characters. Of base64 (RFC 4648 §4 and §5) what every text that
/// holds the secret has in common, for each of the three places where it can begin.
std::vector<std::string> spellingsOf(std::string_view secret);

} // namespace claimcheck::run
