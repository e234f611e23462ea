// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A finding: one thing that an inspection objects to, with its severity and the standard it comes from.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimcheck::inspect {

enum class Severity
{
    Error,
    High,
    Medium,
    Low,
    Info
};
std::string_view toText(Severity severity); ///< "error", "high", …

struct Finding
{
    // What the rule says whenever it finds something stands in its line of the table, for good.
    std::string_view id; ///< stable: "KEY-HMAC-SHORT"
    Severity severity = Severity::Info;
    std::string title; ///< plain words that name the member: "The secret has 15 bytes; HS256 asks for 32"
    std::string where; ///< "key", "header", "payload.exp", "signature"; ", byte N" of the token's text where
                       ///< one is to blame
    std::string seen;  ///< what was found there; never a secret
    std::string_view reference; ///< "RFC 7518 §3.2"
    std::string_view advice;    ///< what to do
    /// The byte of the token's text where that begins; nothing for what stands beside the token.
    std::optional<std::size_t> offset = std::nullopt;

    bool operator==(const Finding&) const = default;
};

/// What a rule says whenever it finds something; its severity is that of the ordinary case.
struct RuleInfo
{
    std::string_view id;
    Severity severity;
    std::string_view reference;
    std::string_view advice;
};
/// All rules, in the order in which they look.
std::vector<RuleInfo> lintRules();

} // namespace claimcheck::inspect
