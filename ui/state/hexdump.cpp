// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/hexdump.h>

#include <algorithm>

namespace claimcheck::ui {
namespace {

constexpr std::size_t perLine = 16;
constexpr std::size_t lineWidth = 80;

char digit(unsigned value)
{
    return "0123456789abcdef"[value & 0xfu];
}

void addOffset(std::string& out, std::size_t offset)
{
    for (unsigned shift = 32; shift > 0; shift -= 4)
        out += digit(static_cast<unsigned>(offset >> (shift - 4)));
}

void addLine(std::string& out, std::string_view bytes, std::size_t offset)
{
    addOffset(out, offset);
    for (std::size_t index = 0; index < perLine; ++index) {
        out += index == perLine / 2 || index == 0 ? "  " : " ";
        const auto byte = index < bytes.size() ? static_cast<unsigned char>(bytes[index]) : 0u;
        out += index < bytes.size() ? digit(byte >> 4u) : ' ';
        out += index < bytes.size() ? digit(byte) : ' ';
    }
    out += "  |";
    for (const char byte : bytes)
        out += byte >= 0x20 && byte < 0x7f ? byte : '.';
    out += "|\n";
}

} // namespace

std::string hexDump(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() / perLine + 1) * lineWidth);
    for (std::size_t offset = 0; offset < bytes.size(); offset += perLine)
        addLine(out, bytes.substr(offset, perLine), offset);
    return out;
}

} // namespace claimcheck::ui
