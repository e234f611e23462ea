// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which keys of a ring are meant by a token (jose-policy rule 8): by `kid`, then by `x5t#S256`. Private to
// the module.

#pragma once

#include <span>
#include <string>
#include <vector>

#include <jose/key.h>
#include <json/document.h>

namespace claimcheck::jose {

struct Choice
{
    std::vector<std::size_t> keys; ///< indexes, in the order of the ring
    std::string objection;         ///< why there is none: "no key has the token's kid 'x'"
    std::string warning;           ///< the token names another certificate than that of the one key given
};

/// `header` is the token's (protected) header.
Choice chooseKeys(const json::Value& header, std::span<const Key> keys);

/// "3 keys in the set, 1 fits: kid 'a'", with `fitting` of them fit for the token; of a typed secret the
/// forms that it was read in. Empty where there was nothing to choose.
std::string explainChoice(std::span<const Key> keys, const std::vector<std::size_t>& fitting);

} // namespace claimcheck::jose
