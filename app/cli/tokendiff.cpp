// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli token diff: two tokens claim by claim. Nothing is verified.

#include "command.h"

#include <algorithm>
#include <array>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <inspect/diff.h>
#include <json/write.h>

#include "tokenargument.h"

namespace claimcheck::cli {

namespace {

using inspect::TokenDifference;
using json::Change;

const char* wordOf(Change change)
{
    switch (change) {
    case Change::Same:
        return "same";
    case Change::Changed:
        return "changed";
    case Change::Removed:
        return "removed";
    case Change::Added:
        return "added";
    }
    return "changed";
}

/// One line, and not longer than a screen needs: signatures and payloads can be long.
std::string shown(const Console& console, std::string_view text)
{
    std::string line = shortened(text, 120);
    std::ranges::replace(line, '\n', ' ');
    std::ranges::replace(line, '\r', ' ');
    return console.untrusted(line);
}

std::string titleOf(std::string part)
{
    part.front() = static_cast<char>(part.front() - 'a' + 'A');
    return part;
}

class TokenDiff final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_options = {
            app.add_option("TOKEN1", m_tokens[0], "The one: the token, - for standard input, or @FILE"),
            app.add_option("TOKEN2", m_tokens[1], "The other one, likewise")};
        for (CLI::Option* option : m_options)
            option->type_name("");
        app.add_flag("--exit-code", m_exitCode, "Status 1 when they differ");
    }

    Result<Exit> run(Console& console) override
    {
        if (m_options[1]->count() == 0)
            return failure(ErrorKind::Usage, "wrong usage", "there are two tokens to compare",
                           "give two: each the token, - for standard input, or @FILE");
        std::vector<jose::Jws> tokens;
        for (const std::string& argument : m_tokens) {
            const Result<std::string> text = readToken(argument, console);
            if (!text)
                return tl::unexpected(text.error());
            tokens.push_back(jose::decode(*text));
        }
        std::vector<TokenDifference> all = inspect::compareTokens(tokens[0], tokens[1]);
        const auto same = std::erase_if(
            all, [](const TokenDifference& difference) { return difference.change == Change::Same; });
        if (console.json())
            printJson(console, all, same);
        else
            print(console, all, same);
        const bool isReadable = tokens[0].headerJson && tokens[1].headerJson;
        return !isReadable || (m_exitCode && !all.empty()) ? Exit::DoesNotHold : Exit::Holds;
    }

private:
    static void print(Console& console, const std::vector<TokenDifference>& differences, std::size_t same)
    {
        std::string part;
        for (const TokenDifference& difference : differences) {
            if (difference.part != part)
                console.outLine(titleOf(difference.part));
            part = difference.part;
            console.outLine(lineOf(console, difference));
        }
        if (differences.empty())
            console.outLine("The tokens are the same.");
        else
            console.note(std::to_string(differences.size()) + " differ, " + std::to_string(same) +
                         " the same");
    }

    static std::string lineOf(const Console& console, const TokenDifference& difference)
    {
        const std::string name =
            difference.name.empty() ? "" : console.paint(Style::Bold, shown(console, difference.name)) + "  ";
        const std::string note =
            difference.note.empty() ? "" : console.paint(Style::Faint, " (" + difference.note + ")");
        if (difference.change == Change::Added)
            return "  + " + name + console.paint(Style::Good, shown(console, difference.right));
        if (difference.change == Change::Removed)
            return "  - " + name + console.paint(Style::Bad, shown(console, difference.left));
        return "  ~ " + name + shown(console, difference.left) + " → " + shown(console, difference.right) +
               note;
    }

    static void printJson(Console& console, const std::vector<TokenDifference>& differences, std::size_t same)
    {
        json::Writer writer(json::Layout::Pretty);
        writer.beginObject().member("same").value(static_cast<std::int64_t>(same));
        writer.member("differences").beginArray();
        for (const TokenDifference& difference : differences) {
            writer.beginObject();
            writer.member("part").value(difference.part);
            writer.member("name").value(difference.name);
            writer.member("change").value(wordOf(difference.change));
            writeSide(writer, "left", difference, difference.left);
            writeSide(writer, "right", difference, difference.right);
            writer.member("note").value(difference.note);
            writer.endObject();
        }
        writer.endArray().endObject();
        console.outLine(writer.take());
    }

    /// A claim's JSON as it stands, a part that is no JSON as a string, null where a side has none.
    static void writeSide(json::Writer& writer, const char* side, const TokenDifference& difference,
                          const std::string& text)
    {
        writer.member(side);
        if (text.empty())
            writer.null();
        else if (difference.name.empty())
            writer.value(text);
        else
            writer.raw(text);
    }

    std::array<std::string, 2> m_tokens;
    std::array<CLI::Option*, 2> m_options{};
    bool m_exitCode = false;
};

} // namespace

std::unique_ptr<Command> makeTokenDiff()
{
    return std::make_unique<TokenDiff>();
}

} // namespace claimcheck::cli
