// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/judge.h>

#include <algorithm>
#include <array>
#include <cmath>

#include <QtCore/qregularexpression.h>

#include <base/text.h>

namespace claimcheck::run {
namespace {

using Operands = std::vector<Value>;

/// What a comparison says: whether it holds, or why it could not be made, which fails it either way.
struct Verdict
{
    bool holds = false;
    std::string why = {};
};

Verdict holdsIf(bool truth)
{
    return {truth, {}};
}

bool isNumber(const Value& value)
{
    return value.is(ValueKind::Number);
}

Verdict compare(const Value& left, const Value& right, bool (*holds)(double, double))
{
    if (!isNumber(left) || !isNumber(right))
        return {false, "only numbers can be compared"};
    return holdsIf(holds(left.number, right.number));
}

bool isOneOf(const Value& value, const Operands& list)
{
    return std::any_of(list.begin(), list.end(), [&](const Value& each) { return isSame(value, each); });
}

bool hasElement(const Value& array, const Value& wanted)
{
    const std::vector<json::Value> items = array.json ? array.json->items() : std::vector<json::Value>();
    return std::any_of(items.begin(), items.end(),
                       [&](const json::Value& item) { return isSame(valueOf(item), wanted); });
}

/// Neither holds for what can contain nothing.
Verdict contains(const Value& left, const Value& right, bool wanted)
{
    if (left.is(ValueKind::String))
        return holdsIf((left.text.find(toText(right)) != std::string::npos) == wanted);
    if (left.is(ValueKind::Array))
        return holdsIf(hasElement(left, right) == wanted);
    return {false, "only a text or a list can contain something"};
}

Verdict hasLength(const Value& left, const Value& right)
{
    std::optional<std::size_t> length;
    if (left.is(ValueKind::String))
        length = lengthOf(left.text);
    if (left.is(ValueKind::Array) && left.json)
        length = left.json->size();
    if (!length)
        return {false, "only a text or a list has a length"};
    const std::optional<double> wanted = isNumber(right)               ? std::optional(right.number)
                                         : right.is(ValueKind::String) ? toNumber(right.text)
                                                                       : std::nullopt;
    const auto actual = static_cast<double>(*length);
    return holdsIf(wanted && !(actual < *wanted) && !(actual > *wanted));
}

Verdict matches(const Value& left, const Value& right, bool wanted)
{
    const QRegularExpression pattern(toQString(right.text));
    if (!pattern.isValid())
        return {false, "the expected value is no regular expression"};
    const bool isMatch = !left.is(ValueKind::Undefined) && pattern.match(toQString(toText(left))).hasMatch();
    return holdsIf(isMatch == wanted);
}

Verdict startsWith(const Value& left, const Value& right)
{
    return holdsIf(left.is(ValueKind::String) && right.is(ValueKind::String) &&
                   left.text.starts_with(right.text));
}

Verdict endsWith(const Value& left, const Value& right)
{
    return holdsIf(left.is(ValueKind::String) && right.is(ValueKind::String) &&
                   left.text.ends_with(right.text));
}

Verdict between(const Value& left, const Operands& limits)
{
    if (limits.size() < 2 || !isNumber(left) || !isNumber(limits[0]) || !isNumber(limits[1]))
        return {false, "only numbers can be compared"};
    return holdsIf(left.number >= limits[0].number && left.number <= limits[1].number);
}

Verdict isEmpty(const Value& left, bool wanted)
{
    if (left.isException)
        return holdsIf(!wanted);
    if (left.is(ValueKind::String))
        return holdsIf(left.text.empty() == wanted);
    if (left.json)
        return holdsIf((left.json->size() == 0) == wanted);
    return {false, "only a text, a list or an object can be empty"};
}

using Operation = Verdict (*)(const Value& left, const Operands& right);

template <ValueKind kind>
Verdict isOfKind(const Value& left, const Operands&)
{
    return holdsIf(left.is(kind));
}

enum class Reading
{
    None, ///< no expected value
    One,
    List,   ///< a,b or [a, b]
    Limits, ///< a,b
    Pattern
};

struct Line
{
    std::string_view name;
    Reading reading;
    Operation operation;
};

// clang-format off
constexpr std::array<Line, 28> operations{{
    {"eq", Reading::One, [](const Value& l, const Operands& r) { return holdsIf(isSame(l, r[0])); }},
    {"neq", Reading::One, [](const Value& l, const Operands& r) { return holdsIf(!isSame(l, r[0])); }},
    {"gt", Reading::One, [](const Value& l, const Operands& r) { return compare(l, r[0], [](double a, double b) { return a > b; }); }},
    {"gte", Reading::One, [](const Value& l, const Operands& r) { return compare(l, r[0], [](double a, double b) { return a >= b; }); }},
    {"lt", Reading::One, [](const Value& l, const Operands& r) { return compare(l, r[0], [](double a, double b) { return a < b; }); }},
    {"lte", Reading::One, [](const Value& l, const Operands& r) { return compare(l, r[0], [](double a, double b) { return a <= b; }); }},
    {"in", Reading::List, [](const Value& l, const Operands& r) { return holdsIf(isOneOf(l, r)); }},
    {"notIn", Reading::List, [](const Value& l, const Operands& r) { return holdsIf(!isOneOf(l, r)); }},
    {"contains", Reading::One, [](const Value& l, const Operands& r) { return contains(l, r[0], true); }},
    {"notContains", Reading::One, [](const Value& l, const Operands& r) { return contains(l, r[0], false); }},
    {"length", Reading::One, [](const Value& l, const Operands& r) { return hasLength(l, r[0]); }},
    {"matches", Reading::Pattern, [](const Value& l, const Operands& r) { return matches(l, r[0], true); }},
    {"notMatches", Reading::Pattern, [](const Value& l, const Operands& r) { return matches(l, r[0], false); }},
    {"startsWith", Reading::One, [](const Value& l, const Operands& r) { return startsWith(l, r[0]); }},
    {"endsWith", Reading::One, [](const Value& l, const Operands& r) { return endsWith(l, r[0]); }},
    {"between", Reading::Limits, [](const Value& l, const Operands& r) { return between(l, r); }},
    {"isEmpty", Reading::None, [](const Value& l, const Operands&) { return isEmpty(l, true); }},
    {"isNotEmpty", Reading::None, [](const Value& l, const Operands&) { return isEmpty(l, false); }},
    {"isNull", Reading::None, isOfKind<ValueKind::Null>},
    {"isUndefined", Reading::None, isOfKind<ValueKind::Undefined>},
    {"isDefined", Reading::None, [](const Value& l, const Operands&) { return holdsIf(!l.is(ValueKind::Undefined)); }},
    {"isTruthy", Reading::None, [](const Value& l, const Operands&) { return holdsIf(l.is(ValueKind::Boolean) && l.boolean); }},
    {"isFalsy", Reading::None, [](const Value& l, const Operands&) { return holdsIf(l.is(ValueKind::Boolean) && !l.boolean); }},
    {"isJson", Reading::None, [](const Value& l, const Operands&) { return holdsIf(l.is(ValueKind::Object) || l.is(ValueKind::Array)); }},
    {"isNumber", Reading::None, isOfKind<ValueKind::Number>},
    {"isString", Reading::None, isOfKind<ValueKind::String>},
    {"isBoolean", Reading::None, isOfKind<ValueKind::Boolean>},
    {"isArray", Reading::None, isOfKind<ValueKind::Array>},
}};
// clang-format on

const Line* findOperation(std::string_view name)
{
    const auto found = std::find_if(operations.begin(), operations.end(),
                                    [name](const Line& line) { return line.name == name; });
    return found == operations.end() ? nullptr : &*found;
}

std::string_view withoutAround(std::string_view text, char first, char last)
{
    const bool isAround = text.size() >= 2 && text.front() == first && text.back() == last;
    return isAround ? text.substr(1, text.size() - 2) : text;
}

std::vector<std::string_view> listedIn(std::string_view text)
{
    std::vector<std::string_view> parts;
    for (bool more = true; more;) {
        const std::size_t comma = text.find(',');
        parts.push_back(trimmed(text.substr(0, comma)));
        more = comma != std::string_view::npos;
        text.remove_prefix(more ? comma + 1 : text.size());
    }
    return parts;
}

/// The expected values, their variables still in them: Bruno takes a list or a pattern apart first, so that a
/// variable is one value, whatever stands in it.
std::vector<std::string_view> partsOf(std::string_view text, Reading reading)
{
    switch (reading) {
    case Reading::None:
        return {};
    case Reading::One:
        break;
    case Reading::Pattern:
        return {withoutAround(text, '/', '/')};
    case Reading::List:
        return listedIn(withoutAround(text, '[', ']'));
    case Reading::Limits:
        return listedIn(text);
    }
    return {text};
}

Check notEvaluated(Check check, std::string why)
{
    check.outcome = Outcome::NotEvaluated;
    check.why = "not evaluated: " + std::move(why);
    return check;
}

} // namespace

bool needsValue(std::string_view operation)
{
    const Line* const line = findOperation(operation);
    return line != nullptr && line->reading != Reading::None;
}

std::optional<Value> operandOf(std::string_view text)
{
    constexpr double largestExact = 9007199254740991.0;
    if (text.empty())
        return valueOf(std::string());
    const std::string_view bare = trimmed(text);
    const std::optional<double> number = bare.empty() ? std::optional(0.0) : toNumber(bare);
    if (number && *number > largestExact)
        return valueOf(std::string(bare));
    // Bruno reads integers with parseInt, which stops at the first character that is no digit.
    const bool isInteger = number && std::trunc(*number) >= *number && std::trunc(*number) <= *number;
    if (isInteger && !bare.empty() && bare.find_first_of("eExXbBoO") != std::string_view::npos) {
        const std::size_t start = bare.front() == '+' || bare.front() == '-' ? 1 : 0;
        const std::size_t end = std::min(bare.find_first_not_of("0123456789", start), bare.size());
        return valueOf(toNumber(bare.substr(0, end)).value_or(0));
    }
    if (number)
        return valueOf(*number);
    if (bare == "true" || bare == "false")
        return valueOf(bare == "true");
    if (bare == "null")
        return nullValue();
    if (bare == "undefined")
        return undefinedValue();
    std::string_view inner = withoutAround(bare, '"', '"');
    inner = inner.size() == bare.size() ? withoutAround(bare, '\'', '\'') : inner;
    const bool isScript =
        inner.find_first_of("`\\") != std::string_view::npos || inner.find("${") != std::string_view::npos;
    return isScript ? std::nullopt : std::optional(valueOf(std::string(inner)));
}

Check judge(const collection::Assertion& assertion, const Answer& answer, const Resolve& resolve)
{
    // Bruno writes operator and value in one text and takes it apart again at the first space.
    const std::string joined = assertion.operation + " " + assertion.value.value_or("");
    const std::string_view whole = trimmed(joined);
    const std::string_view word = whole.substr(0, whole.find(' '));
    const std::string value(whole.substr(std::min(word.size() + 1, whole.size())));
    const Line* line = findOperation(word);
    Check check;
    check.name = assertion.expression + " " + std::string(whole);
    if (!line)
        return notEvaluated(std::move(check), assertion.operation.empty()
                                                  ? "it has no operator"
                                                  : "there is no operator " + visible(assertion.operation));
    const std::optional<Value> actual = evaluate(assertion.expression, answer);
    if (!actual)
        return notEvaluated(std::move(check), "the expression is JavaScript beyond the way to a value");
    Operands operands;
    for (const std::string_view part : partsOf(value, line->reading)) {
        const Result<std::string> expected = resolve(std::string(part));
        if (!expected) {
            check.why = expected.error().what + ": " + expected.error().why;
            return check;
        }
        const std::optional<Value> operand =
            line->reading == Reading::Pattern ? valueOf(*expected) : operandOf(*expected);
        if (!operand)
            return notEvaluated(std::move(check), "the expected value is JavaScript");
        operands.push_back(*operand);
    }
    const Verdict verdict = line->operation(*actual, operands);
    check.outcome = verdict.holds ? Outcome::Passed : Outcome::Failed;
    if (!verdict.holds) {
        check.actual = show(*actual);
        check.why = verdict.why.empty() ? "it is " + check.actual : verdict.why + "; it is " + check.actual;
    }
    return check;
}

} // namespace claimcheck::run
