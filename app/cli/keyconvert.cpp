// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli key convert: the same keys in another form, private halves and all. What a key file holds
// beside its keys (other blocks, members of a set that are unknown) is left out with a note.

#include "command.h"

#include <CLI/CLI.hpp>

#include "keyfileargument.h"
#include "keyoutput.h"

namespace claimcheck::cli {

namespace {

class KeyConvert final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_file.addTo(app);
        app.add_option("--to", m_form, "jwk, pem or der")
            ->type_name("F")
            ->check(CLI::IsMember({"jwk", "pem", "der"}))
            ->required();
        m_output.addTo(app);
    }

    Result<Exit> run(Console& console) override
    {
        if (const Result<void> free = m_output.check(); !free)
            return tl::unexpected(free.error());
        std::vector<std::string> skipped;
        const Result<std::vector<jose::Key>> keys = m_file.read(&skipped);
        if (!keys)
            return tl::unexpected(keys.error());
        for (const std::string& note : skipped)
            console.note("note: " + note);
        const Result<Secret> text = writtenKeys(*keys, KeyHalf::Whole, m_form);
        if (!text)
            return tl::unexpected(text.error());
        if (const Result<void> handed =
                m_output.hand(console, *text, keys->size() == 1 ? "the key" : "the keys");
            !handed)
            return tl::unexpected(handed.error());
        return Exit::Holds;
    }

private:
    KeyFileArgument m_file;
    KeyOutput m_output;
    std::string m_form;
};

} // namespace

std::unique_ptr<Command> makeKeyConvert()
{
    return std::make_unique<KeyConvert>();
}

} // namespace claimcheck::cli
