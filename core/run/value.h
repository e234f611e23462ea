// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A value as an assertion sees it: what JavaScript would have, as far as a response can hold it.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <json/document.h>

namespace claimcheck::run {

enum class ValueKind
{
    Undefined,
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object
};

struct Value
{
    ValueKind kind = ValueKind::Undefined;
    bool boolean = false;
    double number = 0;
    std::string text;                ///< of a string; of a number as it is written in the source
    std::optional<json::Value> json; ///< of an array or object; valid while its document lives
    /// An object that stands for an expression that failed: "cannot read a of undefined". Bruno goes on with
    /// the exception as the value.
    bool isException = false;

    bool is(ValueKind wanted) const { return kind == wanted; }
};

Value undefinedValue();
Value nullValue();
Value valueOf(bool truth);
Value valueOf(double number);
Value valueOf(std::string text);
Value valueOf(const char* text) = delete;
Value exceptionValue(std::string message);
Value valueOf(const json::Value& json);

/// === of JavaScript: arrays and objects equal nothing.
bool isSame(const Value& left, const Value& right);
/// String(value) of JavaScript.
std::string toText(const Value& value);
/// For a message: strings in quotes, at most `limit` bytes.
std::string show(const Value& value, std::size_t limit = 200);
/// In UTF-16 units, as JavaScript counts.
std::size_t lengthOf(std::string_view utf8);
/// Number(text) of JavaScript for text that is not empty; nothing for NaN.
std::optional<double> toNumber(std::string_view text);
/// String(number) of JavaScript.
std::string numberText(double number);

} // namespace claimcheck::run
