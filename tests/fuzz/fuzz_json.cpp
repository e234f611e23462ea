// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON: whatever is read can be walked, formatted and read again as the same; whatever is not has a place.

#include "fuzz.h"

#include <json/document.h>
#include <json/write.h>

using namespace claimcheck;

static constexpr json::Limits limits{.depth = 64, .bytes = 1u << 20u};

static void walk(const json::Value& value)
{
    static_cast<void>(value.integer());
    static_cast<void>(value.number());
    if (value.isString()) {
        const auto again = json::parse(json::quoted(value.string()), limits);
        FUZZ_CHECK(again && again->root().string() == value.string());
    }
    const auto members = value.members();
    const auto items = value.items();
    FUZZ_CHECK(members.size() + items.size() == value.size());
    for (const std::string& name : value.duplicates())
        FUZZ_CHECK(value.find(name).has_value());
    for (const json::Member& member : members) {
        FUZZ_CHECK(value.find(member.name).has_value());
        walk(member.value);
    }
    for (const json::Value& item : items)
        walk(item);
}

static void run(std::string_view input)
{
    // find() for every member is quadratic: enough for the fuzzer, no business of a long input.
    if (input.size() > 4096)
        return;
    const auto document = json::parse(std::string(input), limits);
    if (!document) {
        FUZZ_CHECK(document.error().where && document.error().where->offset <= input.size());
        return;
    }
    walk(document->root());
    const std::string compact = json::format(document->root(), json::Layout::Compact);
    const auto pretty = json::parse(json::format(document->root(), json::Layout::Pretty), limits);
    FUZZ_CHECK(pretty && json::format(pretty->root(), json::Layout::Compact) == compact);
}

FUZZ_MAIN(run);
