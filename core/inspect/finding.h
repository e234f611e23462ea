// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A finding: one thing that an inspection objects to, with its severity and the standard it comes from.

#pragma once

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
    std::string id; ///< stable: "KEY-HMAC-SHORT"
    Severity severity = Severity::Info;
    std::string title; ///< plain words that name the member: "The secret has 15 bytes; HS256 asks for 32"
    std::string
        where;        ///< "key", "header", "payload.exp", "signature"; with ", byte N" where a place is known
    std::string seen; ///< what was found there; never a secret
    std::string reference; ///< "RFC 7518 §3.2"
    std::string advice;    ///< what to do

    bool operator==(const Finding&) const = default;
};

} // namespace claimcheck::inspect
