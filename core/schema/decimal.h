// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The number that a JSON text stands for, exactly: 1, 1.0 and 10e-1 are one number, 9007199254740993 is not
// 9007199254740992, and 1e400 is a number too.

#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace claimcheck::schema {

/// 0.DIGITS × 10^exponent. Without zeros at either end of the digits; zero has none.
struct Decimal
{
    bool isNegative = false;
    std::string digits;
    std::int64_t exponent = 0;

    bool isZero() const { return digits.empty(); }
    bool isInteger() const { return exponent >= static_cast<std::int64_t>(digits.size()); }
    /// The same text for the same number.
    std::string canonical() const;

    bool operator==(const Decimal&) const = default;
};

/// Of a number as RFC 8259 writes it.
Decimal decimalOf(std::string_view number);
std::strong_ordering operator<=>(const Decimal& left, const Decimal& right);
/// Whether `number` is `step` times an integer; `step` is above zero.
bool isMultipleOf(const Decimal& number, const Decimal& step);

} // namespace claimcheck::schema
