// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// joined({"the ", name, " is …"}): texts behind one another in one piece of memory, where a chain of '+'
// takes a new one again and again. For what is said of every token of a batch.

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace claimcheck {

inline std::string joined(std::initializer_list<std::string_view> parts)
{
    std::size_t size = 0;
    for (const std::string_view part : parts)
        size += part.size();
    std::string text;
    text.reserve(size);
    for (const std::string_view part : parts)
        text += part;
    return text;
}

} // namespace claimcheck
