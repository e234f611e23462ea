// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A JWK set that can be read and has nothing in it to verify with: an answer ("no key"), and no broken file.

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace claimcheck::jose {

/// Why the JWK set `text` gives no key although nothing in it is broken: it is empty (RFC 7517 §5.1 allows
/// that), or all of its members are of a `kty`, `crv` or `use` that is unknown here (RFC 7517 §5, jose-policy
/// rule 8). Nothing for everything else, for which readKeys() has a key or an error.
std::optional<std::string> whySetHasNoKey(std::string_view text);

} // namespace claimcheck::jose
