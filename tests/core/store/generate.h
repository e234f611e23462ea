// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Entries made by a small deterministic generator, of the strings that YAML is known to misread.

#pragma once

#include <array>
#include <cstdint>

#include <collection/content.h>

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

    /// One of the kinds that the schema has, with some of its fields.
    collection::Credentials credentials()
    {
        static constexpr std::array<std::array<const char*, 5>, 5> kinds{
            {{"basic", "username", "password", "username", "password"},
             {"bearer", "token", "token", "token", "token"},
             {"apikey", "key", "value", "placement", "key"},
             {"awsv4", "accessKeyId", "secretAccessKey", "region", "service"},
             {"oauth2", "flow", "credentials.clientId", "credentials.clientSecret", "scope"}}};
        const auto& kind = kinds[below(kinds.size())];
        collection::Credentials made{kind[0], {{"type", kind[0]}}};
        for (std::size_t i = 1; i < kind.size(); ++i)
            if (below(2) == 0)
                made.fields[kind[i]] = text();
        return made;
    }

    http::Headers headers()
    {
        http::Headers out;
        for (const collection::Field& field : fields())
            out.push_back({field.name, field.value});
        return out;
    }

    collection::Example example()
    {
        collection::Example made{text(), text(), text(), text(),    headers(), "",
                                 "",     0,      text(), headers(), "",        ""};
        if (below(2) == 0)
            made.requestBody = text(), made.requestBodyType = "json";
        if (below(2) == 0)
            made.body = text(), made.bodyType = "text";
        made.status = static_cast<int>(below(600));
        return made;
    }

    collection::Details details()
    {
        collection::Details made;
        for (const collection::Field& field : fields()) {
            made.tags.push_back(field.name);
            made.parameters.push_back({field.name, field.value, below(2) == 0, field.enabled});
        }
        for (const collection::Field& field : fields())
            made.assertions.push_back({field.name, field.value,
                                       below(3) == 0 ? std::nullopt : std::optional(text()), field.enabled});
        for (const collection::Field& field : fields()) {
            made.captures.push_back({field.name, field.value, field.enabled});
            made.scripts.push_back({"tests", field.name + "x()" + field.value});
        }
        const auto number = [this] {
            return below(2) == 0 ? std::nullopt : std::optional<std::int64_t>(below(70'000));
        };
        const auto truth = [this] { return below(3) == 0 ? std::nullopt : std::optional(below(2) == 0); };
        made.settings = {number(), truth(), number(), truth()};
        for (std::size_t count = below(3); count > 0; --count)
            made.examples.push_back(example());
        return made;
    }

    /// An entry with its details; body and authorisation of every kind.
    collection::Content content()
    {
        collection::Content made{entry(), details()};
        if (below(2) == 0) {
            made.entry.auth = collection::AuthMode::None;
            made.details.credentials = credentials();
            made.entry.kept.auth = made.details.credentials.type;
        }
        if (made.entry.bodyKind != collection::BodyKind::None)
            return made;
        if (below(2) == 0) {
            made.entry.kept.body = "multipart-form";
            for (const collection::Field& field : fields())
                made.details.parts.push_back({field.name,
                                              below(2) == 0,
                                              {field.value, text()},
                                              below(2) == 0 ? text() : std::string(),
                                              field.enabled});
        } else {
            made.entry.kept.body = "file";
            if (below(3) != 0)
                made.details.bodyFile = collection::BodyFile{text(), text()};
        }
        return made;
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
