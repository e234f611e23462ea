// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/value.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include <QtCore/qbytearray.h>
#include <QtCore/qlocale.h>

#include <base/text.h>
#include <json/write.h>

namespace claimcheck::run {

Value undefinedValue()
{
    return {};
}

Value nullValue()
{
    Value value;
    value.kind = ValueKind::Null;
    return value;
}

Value valueOf(bool truth)
{
    Value value;
    value.kind = ValueKind::Boolean;
    value.boolean = truth;
    return value;
}

Value valueOf(double number)
{
    Value value;
    value.kind = ValueKind::Number;
    value.number = number;
    value.text = numberText(number);
    return value;
}

Value valueOf(std::string text)
{
    Value value;
    value.kind = ValueKind::String;
    value.text = std::move(text);
    return value;
}

Value exceptionValue(std::string message)
{
    Value value;
    value.kind = ValueKind::Object;
    value.text = std::move(message);
    value.isException = true;
    return value;
}

Value valueOf(const json::Value& json)
{
    Value value;
    switch (json.kind()) {
    case json::Kind::Null:
        return nullValue();
    case json::Kind::Bool:
        return valueOf(json.boolean());
    case json::Kind::String:
        return valueOf(json.string());
    case json::Kind::Number:
        value = valueOf(json.number().value_or(HUGE_VAL));
        value.text = std::string(json.text());
        return value;
    case json::Kind::Array:
    case json::Kind::Object:
        break;
    }
    value.kind = json.isArray() ? ValueKind::Array : ValueKind::Object;
    value.json = json;
    return value;
}

bool isSame(const Value& left, const Value& right)
{
    if (left.kind != right.kind)
        return false;
    switch (left.kind) {
    case ValueKind::Undefined:
    case ValueKind::Null:
        return true;
    case ValueKind::Boolean:
        return left.boolean == right.boolean;
    case ValueKind::Number:
        return !(left.number < right.number) && !(left.number > right.number);
    case ValueKind::String:
        return left.text == right.text;
    case ValueKind::Array:
    case ValueKind::Object:
        break;
    }
    return false;
}

std::string numberText(double number)
{
    if (!std::isfinite(number))
        return number > 0 ? "Infinity" : "-Infinity";
    const double size = std::fabs(number);
    if (std::trunc(number) >= number && std::trunc(number) <= number && size < 1e15)
        return std::to_string(static_cast<long long>(number));
    return QByteArray::number(number, 'g', QLocale::FloatingPointShortest).toStdString();
}

namespace {

/// An array becomes its elements with commas between, at any depth; nothing stands for null.
void appendText(std::string& out, const json::Value& json)
{
    if (json.isArray()) {
        bool isFirst = true;
        for (const json::Value& item : json.items()) {
            out += isFirst ? "" : ",";
            isFirst = false;
            if (!item.isNull())
                appendText(out, item);
        }
    } else {
        out += toText(valueOf(json));
    }
}

} // namespace

std::string toText(const Value& value)
{
    switch (value.kind) {
    case ValueKind::Undefined:
        return "undefined";
    case ValueKind::Null:
        return "null";
    case ValueKind::Boolean:
        return value.boolean ? "true" : "false";
    case ValueKind::Number:
        return numberText(value.number);
    case ValueKind::String:
        return value.text;
    case ValueKind::Array: {
        std::string text;
        if (value.json)
            appendText(text, *value.json);
        return text;
    }
    case ValueKind::Object:
        break;
    }
    return "[object Object]";
}

std::string show(const Value& value, std::size_t limit)
{
    std::string text;
    if (value.isException)
        text = value.text;
    else if (value.json)
        text = json::format(*value.json, json::Layout::Compact);
    else if (value.is(ValueKind::String))
        text = json::quoted(value.text);
    else
        text = toText(value);
    return shortened(text, limit);
}

std::size_t lengthOf(std::string_view utf8)
{
    std::size_t units = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xc0u) == 0x80u ? 0u : byte >= 0xf0u ? 2u : 1u;
    }
    return units;
}

namespace {

std::optional<double> withBase(std::string_view digits, int base)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return static_cast<double>(number);
}

} // namespace

std::optional<double> toNumber(std::string_view text)
{
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
        return withBase(text.substr(2), 16);
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'b' || text[1] == 'B'))
        return withBase(text.substr(2), 2);
    if (text.size() > 2 && text[0] == '0' && (text[1] == 'o' || text[1] == 'O'))
        return withBase(text.substr(2), 8);
    const std::string_view bare = !text.empty() && (text[0] == '+' || text[0] == '-') ? text.substr(1) : text;
    if (bare == "Infinity")
        return text[0] == '-' ? -HUGE_VAL : HUGE_VAL;
    const bool isPlain = !bare.empty() && std::all_of(bare.begin(), bare.end(), [](char c) {
        return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-';
    });
    bool ok = false;
    const double number =
        isPlain ? QByteArray(text.data(), static_cast<qsizetype>(text.size())).toDouble(&ok) : 0;
    return ok ? std::optional(number) : std::nullopt;
}

} // namespace claimcheck::run
