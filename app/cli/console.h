// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a command says: the result to standard output, everything else to standard error.
//
// On a terminal, untrusted text is shown with control characters made visible and colour is allowed;
// into a pipe or file go the exact bytes, without colour. --json, --quiet and --no-color end up here.

#pragma once

#include <string>
#include <string_view>

#include <base/result.h>

namespace CLI {
class App;
}

namespace claimcheck::cli {

enum class Style
{
    Plain,
    Bold,
    Faint,
    Good,
    Bad,
    Warning,
    Header, ///< the three parts of a token, in the colours that the window uses
    Payload,
    Signature
};

class Console
{
public:
    /// Adds --json, --quiet and --no-color to a command.
    void addOptions(CLI::App& command);
    /// Looks at the terminal and at NO_COLOR; called once, after the options are parsed.
    void start();

    bool json() const { return m_json; }
    bool quiet() const { return m_quiet; }
    bool outIsTerminal() const { return m_outIsTerminal; }
    bool errIsTerminal() const { return m_errIsTerminal; }

    /// Standard output. `text` is ours: untrusted parts of it went through untrusted() before.
    void out(std::string_view text);
    void outLine(std::string_view text);
    /// Bytes of the result that may come from anywhere: made visible on a terminal, exact into a pipe.
    void outUntrusted(std::string_view bytes);

    /// Standard error, left out with --quiet: progress, hints.
    void note(std::string_view line);
    /// Standard error, also with --quiet: what a person has to do before it goes on.
    void prompt(std::string_view line);
    /// Standard error, and so for a terminal alone: a line of ours of block characters, light on dark
    /// whatever colours it has.
    void picture(std::string_view line);
    /// "claimcheck-cli: warning: …", left out with --quiet.
    void warn(std::string_view line);
    /// "claimcheck-cli: WHAT: WHY (HINT)", one line, always.
    void fail(const Error& error);

    /// Text from a token, a server or a file as part of an output line (one line, always visible there).
    std::string untrusted(std::string_view text) const;
    std::string paint(Style style, std::string_view text) const;

    /// Writes out what is buffered; false when standard output cannot take it (disk full).
    bool finish();

private:
    void errorLine(std::string_view line);

    bool m_json = false;
    bool m_quiet = false;
    bool m_noColour = false;
    bool m_outIsTerminal = false;
    bool m_errIsTerminal = false;
    bool m_colour = false;
    bool m_errColour = false;
};

} // namespace claimcheck::cli
