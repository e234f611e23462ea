// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli key thumbprint: RFC 7638 with SHA-256, one line a key.

#include "command.h"

#include <CLI/CLI.hpp>

#include <json/write.h>

#include "keyfileargument.h"

namespace claimcheck::cli {

namespace {

class KeyThumbprint final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        m_file.addTo(app);
        app.add_flag("--uri", m_isUri, "As a URI: urn:ietf:params:oauth:jwk-thumbprint:sha-256:… (RFC 9278)");
    }

    Result<Exit> run(Console& console) override
    {
        const Result<std::vector<jose::Key>> keys = m_file.read();
        if (!keys)
            return tl::unexpected(keys.error());
        std::vector<std::string> prints;
        for (const jose::Key& key : *keys) {
            Result<std::string> print = m_isUri ? jose::thumbprintUri(key) : jose::thumbprint(key);
            if (!print)
                return tl::unexpected(print.error());
            prints.push_back(std::move(*print));
        }
        if (console.json())
            printJson(console, prints);
        else
            for (const std::string& print : prints)
                console.outLine(print);
        return Exit::Holds;
    }

private:
    static void printJson(Console& console, const std::vector<std::string>& prints)
    {
        json::Writer writer(json::Layout::Pretty);
        writer.beginObject();
        writer.member("thumbprints").beginArray();
        for (const std::string& print : prints)
            writer.value(print);
        writer.endArray();
        writer.endObject();
        console.outLine(writer.take());
    }

    KeyFileArgument m_file;
    bool m_isUri = false;
};

} // namespace

std::unique_ptr<Command> makeKeyThumbprint()
{
    return std::make_unique<KeyThumbprint>();
}

} // namespace claimcheck::cli
