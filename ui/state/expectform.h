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
    std::string leeway;     ///< "30 s", "1 min"
    std::string algorithms; ///< names, like the claims
    std::string time;       ///< "2026-11-23T14:30:05Z", or seconds since 1970
    std::string payload;    ///< of a token that leaves it out
    bool allowExpired = false;
    bool allowWeakKeys = false;
};

/// What is judged beside the claims, and when.
struct Terms
{
    jose::VerifyOptions options;
    std::optional<Instant> time;        ///< none: now
    std::optional<std::string> payload; ///< that stands beside the token (RFC 7515 Appendix F)
};

/// Empty fields expect nothing. The error says what is wrong with the leeway.
Result<inspect::Expectations> expectationsOf(const ExpectTexts& texts);
/// The error says what is wrong with the time or an algorithm.
Result<Terms> termsOf(const ExpectTexts& texts);

} // namespace claimcheck::ui
