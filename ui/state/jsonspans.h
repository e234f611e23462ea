// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The colours of JSON text, one row at a time, without a parser behind it: it must work on any row of any
// text, also on one that is no JSON at all.

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace claimcheck::ui {

enum class JsonPart
{
    Name,
    String,
    Number,
    Word ///< true, false, null
};

struct JsonSpan
{
    JsonPart part = JsonPart::String;
    std::size_t offset = 0;
    std::size_t length = 0;

    bool operator==(const JsonSpan&) const = default;
};

/// Everything between the spans is punctuation or nothing of JSON.
std::vector<JsonSpan> jsonSpans(std::string_view row);

} // namespace claimcheck::ui
