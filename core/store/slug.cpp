// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <algorithm>
#include <array>

#include <base/text.h>
#include <store/opencollection.h>

namespace claimcheck::store {
namespace {

constexpr std::size_t maximumLength = 60;

/// Names of devices on Windows, whatever their extension, and of files that mean something to OpenCollection.
constexpr std::array<std::string_view, 9> reserved{
    "con", "prn", "aux", "nul", "conin$", "folder", "opencollection", "collection", "clock$"};

bool isReserved(std::string_view slug)
{
    const bool isPort = slug.size() == 4 && (slug.starts_with("com") || slug.starts_with("lpt")) &&
                        slug[3] >= '0' && slug[3] <= '9';
    return isPort || std::find(reserved.begin(), reserved.end(), slug) != reserved.end();
}

} // namespace

std::string slug(std::string_view name)
{
    std::string out;
    for (const char c : toLowerAscii(name)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    out.resize(std::min(out.size(), maximumLength));
    while (out.ends_with('-'))
        out.pop_back();
    if (out.empty())
        return "request";
    return isReserved(out) ? out + "-request" : out;
}

} // namespace claimcheck::store
