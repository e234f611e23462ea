// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/inherited.h>

#include <algorithm>
#include <array>

namespace claimcheck::run {
namespace {

constexpr std::array<std::string_view, 12> ofObjects{
    "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__",     "__proto__",
    "constructor",      "hasOwnProperty",   "isPrototypeOf",    "propertyIsEnumerable", "toLocaleString",
    "toString",         "valueOf"};
constexpr std::array<std::string_view, 36> ofArrays{
    "at",        "concat",   "copyWithin",    "entries", "every",   "fill",    "filter",     "find",
    "findIndex", "findLast", "findLastIndex", "flat",    "flatMap", "forEach", "includes",   "indexOf",
    "join",      "keys",     "lastIndexOf",   "map",     "pop",     "push",    "reduce",     "reduceRight",
    "reverse",   "shift",    "slice",         "some",    "sort",    "splice",  "toReversed", "toSorted",
    "toSpliced", "unshift",  "values",        "with"};
constexpr std::array<std::string_view, 48> ofStrings{"anchor",
                                                     "at",
                                                     "big",
                                                     "blink",
                                                     "bold",
                                                     "charAt",
                                                     "charCodeAt",
                                                     "codePointAt",
                                                     "concat",
                                                     "endsWith",
                                                     "fixed",
                                                     "fontcolor",
                                                     "fontsize",
                                                     "includes",
                                                     "indexOf",
                                                     "isWellFormed",
                                                     "italics",
                                                     "lastIndexOf",
                                                     "link",
                                                     "localeCompare",
                                                     "match",
                                                     "matchAll",
                                                     "normalize",
                                                     "padEnd",
                                                     "padStart",
                                                     "repeat",
                                                     "replace",
                                                     "replaceAll",
                                                     "search",
                                                     "slice",
                                                     "small",
                                                     "split",
                                                     "startsWith",
                                                     "strike",
                                                     "sub",
                                                     "substr",
                                                     "substring",
                                                     "sup",
                                                     "toLocaleLowerCase",
                                                     "toLocaleUpperCase",
                                                     "toLowerCase",
                                                     "toUpperCase",
                                                     "toWellFormed",
                                                     "trim",
                                                     "trimEnd",
                                                     "trimLeft",
                                                     "trimRight",
                                                     "trimStart"};
constexpr std::array<std::string_view, 3> ofNumbers{"toExponential", "toFixed", "toPrecision"};

template <std::size_t size>
bool isAmong(const std::array<std::string_view, size>& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

} // namespace

bool isInherited(ValueKind kind, std::string_view name)
{
    switch (kind) {
    case ValueKind::Undefined:
    case ValueKind::Null:
        return false;
    case ValueKind::Array:
        return isAmong(ofObjects, name) || isAmong(ofArrays, name);
    case ValueKind::String:
        return isAmong(ofObjects, name) || isAmong(ofStrings, name);
    case ValueKind::Number:
        return isAmong(ofObjects, name) || isAmong(ofNumbers, name);
    case ValueKind::Boolean:
    case ValueKind::Object:
        break;
    }
    return isAmong(ofObjects, name);
}

} // namespace claimcheck::run
