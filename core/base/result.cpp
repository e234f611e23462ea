// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "result.h"

namespace claimcheck {

static std::string describe(const Position& where)
{
    std::string text = where.in.empty() ? std::string() : where.in + ", ";
    if (where.line > 0)
        return text + "line " + std::to_string(where.line) + ", column " + std::to_string(where.column);
    return text + "byte " + std::to_string(where.offset);
}

std::string describe(const Error& error)
{
    std::string text = error.what;
    if (!error.why.empty())
        text += (text.empty() ? "" : ": ") + error.why;
    if (error.where)
        text += " at " + describe(*error.where);
    if (!error.fix.empty())
        text += " (" + error.fix + ")";
    return text;
}

} // namespace claimcheck
