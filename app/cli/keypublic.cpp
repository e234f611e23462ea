// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli key public: the half that may be handed out. Several keys come as a JWK set, or PEM blocks.

#include "command.h"

#include <CLI/CLI.hpp>

#include <base/text.h>

#include "keyfileargument.h"

namespace claimcheck::cli {

namespace {

class KeyPublic final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_file.addTo(app);
        app.add_option("--format", m_format, "jwk or pem")
            ->type_name("F")
            ->check(CLI::IsMember({"jwk", "pem"}))
            ->capture_default_str();
    }

    Result<Exit> run(Console& console) override
    {
        const Result<std::vector<jose::Key>> keys = m_file.read();
        if (!keys)
            return tl::unexpected(keys.error());
        std::vector<std::string> texts;
        for (const jose::Key& key : *keys) {
            const Result<std::string> text = m_format == "pem" ? jose::publicPem(key) : jose::publicJwk(key);
            if (!text)
                return tl::unexpected(text.error());
            texts.emplace_back(trimmed(*text));
        }
        print(console, texts);
        return Exit::Holds;
    }

private:
    void print(Console& console, const std::vector<std::string>& texts) const
    {
        const bool isSet = texts.size() > 1 && m_format == "jwk";
        std::string out = isSet ? "{\"keys\":[" : "";
        for (const std::string& text : texts) {
            if (&text != &texts.front())
                out += isSet ? "," : "\n";
            out += text;
        }
        console.outLine(isSet ? out + "]}" : out);
    }

    KeyFileArgument m_file;
    std::string m_format = "jwk";
};

} // namespace

std::unique_ptr<Command> makeKeyPublic()
{
    return std::make_unique<KeyPublic>();
}

} // namespace claimcheck::cli
