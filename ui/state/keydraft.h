// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A key in the making: what its algorithm leaves open, and what a person says of it.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <jose/key.h>

namespace claimcheck::ui {

struct KeyDraft
{
    std::string algorithm; ///< as for `key generate --alg`
    std::string bits;      ///< as typed; empty: the usual size
    std::string curve;     ///< where the algorithm leaves it open
    std::string kid;       ///< empty: none

    bool operator==(const KeyDraft&) const = default;
};

/// What an algorithm leaves open; neither where its key is of one size on one curve.
struct KeyFreedom
{
    std::size_t usualBits = 0; ///< of an RSA key or of a secret for HMAC
    std::vector<std::string> curves;

    bool operator==(const KeyFreedom&) const = default;
};
KeyFreedom freedomOf(std::string_view algorithm);

/// Takes a while for RSA. Usage for a size that is no number or does not fit.
Result<jose::Key> makeKey(const KeyDraft& draft);

} // namespace claimcheck::ui
