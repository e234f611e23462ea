// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Equal values have equal texts, so that a list is searched for doubles without comparing each with each.

#include <schema/compiled.h>

#include <json/write.h>

namespace claimcheck::schema {
namespace {

void append(std::string& out, const json::Value& value);

void appendObject(std::string& out, const json::Value& value)
{
    std::map<std::string, json::Value> members; // of two of one name the last counts
    for (const json::Member& member : value.members())
        members.insert_or_assign(member.name, member.value);
    out += '{';
    for (const auto& [name, member] : members) {
        json::appendQuoted(out, name);
        append(out, member);
    }
    out += '}';
}

void append(std::string& out, const json::Value& value)
{
    if (value.isNumber()) {
        out += decimalOf(value.text()).canonical() + ',';
    } else if (value.isString()) {
        json::appendQuoted(out, value.string());
    } else if (value.isObject()) {
        appendObject(out, value);
    } else if (value.isArray()) {
        out += '[';
        for (const json::Value& item : value.items())
            append(out, item);
        out += ']';
    } else {
        out += value.text();
    }
}

} // namespace

std::string canonical(const json::Value& value)
{
    std::string out;
    append(out, value);
    return out;
}

} // namespace claimcheck::schema
