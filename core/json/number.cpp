// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a number's text is worth (RFC 8259 §6), without the detour of a double where an integer is asked for.

#include "document.h"

#include <charconv>

namespace claimcheck::json {

namespace {

/// digits · 10^exponent, the digits without zeros at either end.
struct Decimal
{
    bool isNegative = false;
    std::string digits;
    std::int64_t exponent = 0;
};

} // namespace

/// Far above what any double or integer reaches; sums with a text's length stay within 64 bits.
static constexpr std::int64_t hugeExponent = std::int64_t{1} << 40;

static std::int64_t parseExponent(std::string_view text)
{
    const bool isNegative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+'))
        text.remove_prefix(1);
    std::int64_t exponent = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
    if (error == std::errc::result_out_of_range || exponent > hugeExponent)
        exponent = hugeExponent;
    return isNegative ? -exponent : exponent;
}

/// `text` is a valid JSON number.
static Decimal toDecimal(std::string_view text)
{
    Decimal decimal;
    decimal.isNegative = text.front() == '-';
    const std::size_t e = text.find_first_of("eE");
    if (e != std::string_view::npos)
        decimal.exponent = parseExponent(text.substr(e + 1));
    std::string_view mantissa = text.substr(0, e);
    if (decimal.isNegative)
        mantissa.remove_prefix(1);
    const std::size_t point = mantissa.find('.');
    decimal.digits = mantissa.substr(0, point);
    if (point != std::string_view::npos) {
        decimal.digits += mantissa.substr(point + 1);
        decimal.exponent -= static_cast<std::int64_t>(mantissa.size() - point - 1);
    }
    const std::size_t last = decimal.digits.find_last_not_of('0');
    const std::size_t kept = last == std::string::npos ? 0 : last + 1;
    decimal.exponent += static_cast<std::int64_t>(decimal.digits.size() - kept);
    decimal.digits.resize(kept);
    decimal.digits.erase(0, std::min(decimal.digits.find_first_not_of('0'), decimal.digits.size()));
    return decimal;
}

template <typename Number>
static std::optional<Number> fromChars(std::string_view text, std::errc& error)
{
    Number number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    error = result.ec;
    if (result.ec != std::errc() || result.ptr != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<std::int64_t> Value::integer() const
{
    if (!isNumber())
        return std::nullopt;
    std::errc error{};
    if (const auto plain = fromChars<std::int64_t>(text(), error))
        return plain;
    Decimal decimal = toDecimal(text());
    if (decimal.digits.empty())
        return 0;
    static constexpr std::int64_t mostDigits = 19;
    const auto length = static_cast<std::int64_t>(decimal.digits.size());
    if (decimal.exponent < 0 || length + decimal.exponent > mostDigits)
        return std::nullopt;
    decimal.digits.append(static_cast<std::size_t>(decimal.exponent), '0');
    if (decimal.isNegative)
        decimal.digits.insert(0, 1, '-');
    return fromChars<std::int64_t>(decimal.digits, error);
}

std::optional<double> Value::number() const
{
    if (!isNumber())
        return std::nullopt;
    std::errc error{};
    const auto nearest = fromChars<double>(text(), error);
    if (error != std::errc::result_out_of_range)
        return nearest;
    // Out of range is said of too large and of too small alike; the latter is nearest to zero.
    const Decimal decimal = toDecimal(text());
    if (static_cast<std::int64_t>(decimal.digits.size()) + decimal.exponent > 0)
        return std::nullopt;
    return decimal.isNegative ? -0.0 : 0.0;
}

} // namespace claimcheck::json
