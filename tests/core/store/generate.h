// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Entries made by a small deterministic generator, of the strings that YAML is known to misread.

#pragma once

#include <array>
#include <cstdint>

#include <collection/collection.h>

namespace claimcheck::test {

/// SplitMix64: the same sequence on every machine.
class Generator
{
public:
    explicit Generator(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30u)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27u)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31u);
    }
    std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

    /// Up to six pieces: words of YAML, numbers, indicators, blanks, line ends, invisible and foreign
    /// characters.
    std::string text()
    {
        std::string out;
        for (std::size_t count = below(7); count > 0; --count)
            out += pieces[below(pieces.size())];
        return out;
    }

    std::vector<collection::Field> fields()
    {
        std::vector<collection::Field> out;
        for (std::size_t count = below(4); count > 0; --count)
            out.push_back({text(), text(), below(4) != 0});
        return out;
    }

    collection::Entry entry()
    {
        collection::Entry entry;
        entry.name = text();
        entry.sequence = static_cast<int>(below(3));
        entry.method = below(2) == 0 ? "GET" : text();
        entry.url = text();
        entry.headers = fields();
        entry.bodyKind = static_cast<collection::BodyKind>(below(5));
        if (entry.bodyKind == collection::BodyKind::Form)
            entry.formFields = fields();
        else if (entry.bodyKind != collection::BodyKind::None)
            entry.body = text() + text();
        entry.auth = static_cast<collection::AuthMode>(below(4));
        for (const collection::Field& field : fields())
            entry.variables.push_back({field.name, field.value, field.enabled});
        entry.docs = below(2) == 0 ? "" : text();
        return entry;
    }

private:
    static constexpr std::array<const char*, 70> pieces{
        "a",      "Z",        "yes",        "No",   "on",   "off",       "true",   "FALSE",  "null",
        "~",      "y",        "n",          ".inf", ".NaN", "1",         "0x1F",   "0o7",    "1e3",
        "1_000",  "12:30:45", "2001-12-14", "-",    "- ",   "+",         "=",      "<<",     "? ",
        ": ",     ":",        "#",          " #",   "&a",   "*a",        "!",      "!!str ", "%",
        "@",      "`",        "|",          ">",    "|-\n", "{",         "}",      "[",      "]",
        ",",      "\"",       "'",          "\\",   "\\n",  " ",         "  ",     "\t",     "\n",
        "\n\n",   "\r\n",     "\r",         "\x01", "\x7F", "\u0085",    "\u00A0", "\u2028", "\u200B",
        "\u202E", "\uFEFF",   "é",          "日本", "😀",    "{{token}}", "---\n"};

    std::uint64_t m_state;
};

} // namespace claimcheck::test
