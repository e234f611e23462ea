// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers and strings (JSON Schema Validation, draft 7 §6.2 and §6.3), and how much of something there is.

#include <algorithm>

#include <base/text.h>
#include <schema/validator.h>

namespace claimcheck::schema {
namespace {

std::uint64_t characters(std::string_view utf8)
{
    return static_cast<std::uint64_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
}

std::string counted(std::uint64_t number, const char* noun)
{
    return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

} // namespace

bool Validator::matches(const Pattern& pattern, std::string_view text)
{
    spend(1 + text.size() / 16);
    const std::optional<bool> found = isFound(pattern, text);
    if (!found)
        giveUp("a pattern takes too long on a text of it");
    return found.value_or(false);
}

void Validator::number(const Node& node, const Value& value)
{
    const NumberBounds& bounds = node.number;
    if (!bounds.minimum && !bounds.maximum && !bounds.above && !bounds.below && !bounds.step)
        return;
    const Decimal number = decimalOf(value.text());
    const std::string actual = "it is " + shown(value);
    if (bounds.minimum && number < *bounds.minimum)
        problem(actual + ", below the minimum");
    if (bounds.maximum && number > *bounds.maximum)
        problem(actual + ", above the maximum");
    if (bounds.above && number <= *bounds.above)
        problem(actual + ", not above the exclusive minimum");
    if (bounds.below && number >= *bounds.below)
        problem(actual + ", not below the exclusive maximum");
    if (bounds.step && !isMultipleOf(number, *bounds.step))
        problem(actual + ", no multiple of what it must be one of");
}

void Validator::size(const SizeBounds& bounds, std::uint64_t actual, const char* noun)
{
    if (bounds.least && actual < *bounds.least)
        problem("it has " + counted(actual, noun) + ", fewer than " + std::to_string(*bounds.least));
    if (bounds.most && actual > *bounds.most)
        problem("it has " + counted(actual, noun) + ", more than " + std::to_string(*bounds.most));
}

void Validator::string(const Node& node, const Value& value)
{
    if (!node.length.least && !node.length.most && !node.pattern && node.format.empty())
        return;
    const std::string text = value.string();
    size(node.length, characters(text), "character");
    if (node.pattern && !matches(*node.pattern, text))
        problem("it is " + shown(value) + ", which the pattern " +
                visible(node.pattern->text.substr(0, 100)) + " does not match");
    if (const std::string wrong = formatProblem(node.format, text); !wrong.empty())
        problem(wrong + ": " + shown(value));
}

} // namespace claimcheck::schema
