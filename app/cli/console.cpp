// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "console.h"

#include <cstdio>
#include <cstdlib>

#include <unistd.h>

#include <CLI/CLI.hpp>

#include <base/text.h>

namespace claimcheck::cli {

void Console::addOptions(CLI::App& command)
{
    command.add_flag("--json", m_json, "Print one JSON document instead of text")->group("Output");
    command.add_flag("--quiet", m_quiet, "Print nothing but the result")->group("Output");
    command.add_flag("--no-color", m_noColour, "No colour, also on a terminal")->group("Output");
}

void Console::start()
{
    m_outIsTerminal = isatty(STDOUT_FILENO) == 1;
    m_errIsTerminal = isatty(STDERR_FILENO) == 1;
    const char* noColour = std::getenv("NO_COLOR");
    const bool refused = m_noColour || (noColour != nullptr && *noColour != '\0');
    m_colour = m_outIsTerminal && !refused;
    m_errColour = m_errIsTerminal && !refused;
}

void Console::out(std::string_view text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void Console::outLine(std::string_view text)
{
    out(text);
    out("\n");
}

void Console::outUntrusted(std::string_view bytes)
{
    if (m_outIsTerminal)
        out(visible(bytes, LineEnds::Keep));
    else
        out(bytes);
}

void Console::errorLine(std::string_view line)
{
    std::fflush(stdout);
    const std::string text = "claimcheck-cli: " + visible(line) + "\n";
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void Console::prompt(std::string_view line)
{
    std::fflush(stdout);
    const std::string text = visible(line) + "\n";
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void Console::picture(std::string_view line)
{
    std::fflush(stdout);
    const std::string_view lightOnDark = m_errColour ? "\x1b[97;40m" : "";
    const std::string_view end = m_errColour ? "\x1b[0m\n" : "\n";
    const std::string text = std::string(lightOnDark) + std::string(line) + std::string(end);
    std::fwrite(text.data(), 1, text.size(), stderr);
}

void Console::note(std::string_view line)
{
    if (!m_quiet)
        prompt(line);
}

void Console::warn(std::string_view line)
{
    if (!m_quiet)
        errorLine("warning: " + std::string(line));
}

void Console::fail(const Error& error)
{
    errorLine(describe(error));
}

std::string Console::untrusted(std::string_view text) const
{
    return m_outIsTerminal ? visible(text) : std::string(text);
}

static std::string_view escapeFor(Style style)
{
    switch (style) {
    case Style::Plain:
        return {};
    case Style::Bold:
        return "\x1b[1m";
    case Style::Faint:
        return "\x1b[2m";
    case Style::Good:
        return "\x1b[1;32m";
    case Style::Bad:
        return "\x1b[1;31m";
    case Style::Warning:
        return "\x1b[33m";
    case Style::Header:
        return "\x1b[31m";
    case Style::Payload:
        return "\x1b[35m";
    case Style::Signature:
        return "\x1b[36m";
    }
    return {};
}

std::string Console::paint(Style style, std::string_view text) const
{
    if (!m_colour || style == Style::Plain)
        return std::string(text);
    std::string painted(escapeFor(style));
    painted.append(text);
    painted += "\x1b[0m";
    return painted;
}

bool Console::finish()
{
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

} // namespace claimcheck::cli
