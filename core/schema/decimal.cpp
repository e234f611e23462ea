// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <schema/decimal.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace claimcheck::schema {
namespace {

/// Beyond this, an exponent is as good as another: no text that we read has so many digits.
constexpr std::int64_t largestExponent = 1'000'000'000'000;

__extension__ using Wide = unsigned __int128;

std::int64_t exponentOf(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    static_cast<void>(end);
    const std::int64_t far = text.starts_with('-') ? -largestExponent : largestExponent;
    return error == std::errc() ? std::clamp(number, -largestExponent, largestExponent) : far;
}

std::strong_ordering compareSizes(const Decimal& left, const Decimal& right)
{
    if (left.isZero() || right.isZero())
        return right.isZero() <=> left.isZero();
    if (left.exponent != right.exponent)
        return left.exponent <=> right.exponent;
    return left.digits.compare(right.digits) <=> 0;
}

/// 10^power modulo `step`.
Wide powerOfTen(std::int64_t power, std::uint64_t step)
{
    Wide result = 1 % step;
    for (Wide base = 10 % step; power > 0; power /= 2) {
        if (power % 2 != 0)
            result = result * base % step;
        base = base * base % step;
    }
    return result;
}

/// The digits as an integer times 10^`zeros`, modulo `step`.
Wide remainder(const std::string& digits, std::int64_t zeros, std::uint64_t step)
{
    Wide rest = 0;
    for (const char digit : digits)
        rest = (rest * 10 + static_cast<unsigned>(digit - '0')) % step;
    return rest * powerOfTen(zeros, step) % step;
}

double toDouble(const Decimal& number)
{
    return std::stod("0." + number.digits) * std::pow(10.0, static_cast<double>(number.exponent));
}

} // namespace

std::string Decimal::canonical() const
{
    return isZero() ? "0" : (isNegative ? "-" : "") + digits + "e" + std::to_string(exponent);
}

Decimal decimalOf(std::string_view number)
{
    Decimal out;
    out.isNegative = number.starts_with('-');
    if (out.isNegative)
        number.remove_prefix(1);
    const std::size_t power = number.find_first_of("eE");
    const std::string_view mantissa = number.substr(0, power);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    out.digits = std::string(mantissa.substr(0, point));
    out.digits += mantissa.substr(std::min(point + 1, mantissa.size()));
    out.exponent = static_cast<std::int64_t>(point);
    if (power != std::string_view::npos)
        out.exponent += exponentOf(number.substr(power + 1));
    const std::size_t first = std::min(out.digits.find_first_not_of('0'), out.digits.size());
    out.digits.erase(0, first);
    out.exponent -= static_cast<std::int64_t>(first);
    out.digits.erase(out.digits.find_last_not_of('0') + 1);
    return out.isZero() ? Decimal() : out;
}

std::strong_ordering operator<=>(const Decimal& left, const Decimal& right)
{
    if (left.isNegative != right.isNegative)
        return right.isNegative <=> left.isNegative;
    return left.isNegative ? compareSizes(right, left) : compareSizes(left, right);
}

bool isMultipleOf(const Decimal& number, const Decimal& step)
{
    constexpr std::size_t mostDigits = 18; // of a step that 64 bits hold
    if (number.isZero() || step.isZero())
        return number.isZero();
    // Both as integers, counted in units of the last digit of either.
    const std::int64_t numberUnit = number.exponent - static_cast<std::int64_t>(number.digits.size());
    const std::int64_t stepUnit = step.exponent - static_cast<std::int64_t>(step.digits.size());
    const std::int64_t numberZeros = std::max<std::int64_t>(0, numberUnit - stepUnit);
    const std::int64_t stepZeros = std::max<std::int64_t>(0, stepUnit - numberUnit);
    // A multiple of 10^n ends in n zeros, and these digits end in none.
    if (stepZeros > 0)
        return false;
    if (step.digits.size() <= mostDigits)
        return remainder(number.digits, numberZeros, std::stoull(step.digits)) == 0;
    const double quotient = toDouble(number) / toDouble(step);
    return std::isfinite(quotient) && !(std::fabs(quotient - std::round(quotient)) > 0);
}

} // namespace claimcheck::schema
