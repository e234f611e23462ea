// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli key public: the half that may be handed out. Several keys come as a JWK set, or PEM blocks.

#include "command.h"

#include <CLI/CLI.hpp>

#include "keyfileargument.h"
#include "keyoutput.h"

namespace claimcheck::cli {

namespace {

class KeyPublic final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_file.addTo(app);
        app.add_option("--format", m_form, "jwk, pem or der")
            ->type_name("F")
            ->check(CLI::IsMember({"jwk", "pem", "der"}))
            ->capture_default_str();
        m_output.addTo(app);
    }

    Result<Exit> run(Console& console) override
    {
        if (const Result<void> free = m_output.check(); !free)
            return tl::unexpected(free.error());
        const Result<std::vector<jose::Key>> keys = m_file.read();
        if (!keys)
            return tl::unexpected(keys.error());
        const Result<Secret> text = writtenKeys(*keys, KeyHalf::Public, m_form);
        if (!text)
            return tl::unexpected(text.error());
        if (const Result<void> handed = m_output.hand(console, *text, "the public half"); !handed)
            return tl::unexpected(handed.error());
        return Exit::Holds;
    }

private:
    KeyFileArgument m_file;
    KeyOutput m_output;
    std::string m_form = "jwk";
};

} // namespace

std::unique_ptr<Command> makeKeyPublic()
{
    return std::make_unique<KeyPublic>();
}

} // namespace claimcheck::cli
