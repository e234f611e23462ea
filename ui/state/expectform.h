// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person expects of a token, as typed, and what it means.

#pragma once

#include <string>

#include <base/result.h>
#include <inspect/inspection.h>

namespace claimcheck::ui {

struct ExpectTexts
{
    std::string issuer;
    std::string audience;
    std::string type;
    std::string required; ///< names with commas or spaces between them
    std::string nonce;
    std::string method;
    std::string url;
    Secret accessToken;
    std::string leeway; ///< "30 s", "1 min"
    bool allowExpired = false;
};

/// Empty fields expect nothing. The error says what is wrong with the leeway.
Result<inspect::Expectations> expectationsOf(const ExpectTexts& texts);

} // namespace claimcheck::ui
