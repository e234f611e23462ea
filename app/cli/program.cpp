// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the words of a command line to a command that has run. CLI11 parses; its errors take our form.

#include "command.h"

#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "handover.h"
#include "optionhints.h"
#include "remotekeys.h"

namespace claimcheck::cli {

namespace {

/// The words in front of the first option: "token verify".
std::string commandWords(int argc, const char* const* argv)
{
    std::string words;
    for (int index = 1; index < argc && index < 3 && argv[index][0] != '-'; ++index)
        words += (words.empty() ? "" : " ") + std::string(argv[index]);
    return words;
}

bool isCalled(const CommandEntry& entry, std::string_view words)
{
    return words == entry.path || (words.starts_with(entry.path) && words.size() > entry.path.size() &&
                                   words[entry.path.size()] == ' ');
}

/// As CLI11 takes them: the last one first. "--secret=" is an option with an empty value, which CLI11 would
/// call missing.
std::vector<std::string> reversedArguments(int argc, const char* const* argv)
{
    std::vector<std::string> arguments;
    for (int index = argc - 1; index > 0; --index) {
        std::string argument = argv[index];
        const bool isEmptyValue = argument.starts_with("--") && argument.find('=') == argument.size() - 1;
        if (isEmptyValue) {
            arguments.emplace_back();
            argument.pop_back();
        }
        arguments.push_back(std::move(argument));
    }
    return arguments;
}

std::string_view nounSummary(std::string_view noun)
{
    if (noun == "token")
        return "Decode, verify, sign, encrypt and decrypt tokens";
    return noun == "key" ? "Make and look at keys" : "";
}

class Program
{
public:
    Program(int argc, const char* const* argv) : m_argc(argc), m_argv(argv)
    {
        m_app.name("claimcheck-cli");
        m_app.set_version_flag("--version", "claimcheck-cli " CLAIMCHECK_VERSION);
        m_app.footer("Run claimcheck-cli COMMAND --help for its options and examples.\n\nExamples:\n"
                     "  claimcheck-cli token decode @token.txt\n"
                     "  claimcheck-cli token verify @token.txt --secret-env JWT_SECRET\n");
        const std::string words = commandWords(argc, argv);
        for (const CommandEntry& entry : commands())
            add(entry, isCalled(entry, words));
    }

    int run()
    {
        if (m_isElsewhere)
            return handOverAll();
        try {
            m_app.parse(reversedArguments(m_argc, m_argv));
        } catch (const CLI::Success& request) { // --help, --version
            const int status = m_app.exit(request);
            return m_console.finish() ? status : outputFailed();
        } catch (const CLI::Error& error) {
            return usageError(error);
        }
        if (m_command && m_command->reachesServers() && keyFetcher() == nullptr)
            return handOverAll();
        return m_command ? runCommand() : missingCommand();
    }

private:
    int handOverAll()
    {
        m_console.fail(handOver(m_argv));
        return static_cast<int>(Exit::Usage);
    }

    CLI::App& parentOf(std::string_view path, std::string_view& verb)
    {
        const std::size_t space = path.find(' ');
        if (space == std::string_view::npos)
            return m_app;
        const std::string noun(path.substr(0, space));
        verb = path.substr(space + 1);
        CLI::App*& parent = m_nouns[noun];
        if (parent == nullptr)
            parent = m_app.add_subcommand(noun, std::string(nounSummary(noun)))->footer(examplesOf(noun));
        return *parent;
    }

    void add(const CommandEntry& entry, bool called)
    {
        std::string_view verb = entry.path;
        CLI::App& parent = parentOf(entry.path, verb);
        CLI::App* leaf = parent.add_subcommand(std::string(verb), std::string(entry.summary));
        if (!called)
            return;
        m_isElsewhere = entry.make == nullptr;
        if (m_isElsewhere)
            return;
        m_command = entry.make();
        m_leaf = leaf;
        m_path = entry.path;
        m_command->addOptions(*leaf);
        m_console.addOptions(*leaf);
        leaf->footer(examplesOf(entry));
    }

    /// The first example of the first two commands of a noun.
    static std::string examplesOf(const std::string& noun)
    {
        std::string text = "Examples:\n";
        int count = 0;
        for (const CommandEntry& entry : commands())
            if (entry.path.starts_with(noun + " ") && count++ < 2)
                text.append("  ").append(entry.examples.substr(0, entry.examples.find('\n'))).append("\n");
        return text;
    }

    static std::string examplesOf(const CommandEntry& entry)
    {
        std::string text = "Examples:\n";
        std::string_view rest = entry.examples;
        while (!rest.empty()) {
            const std::size_t end = rest.find('\n');
            text += "  " + std::string(rest.substr(0, end)) + "\n";
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
        return text;
    }

    std::string helpHint() const
    {
        const std::string words = m_path.empty() ? std::string() : m_path + " ";
        return "see claimcheck-cli " + words + "--help";
    }

    int usageError(const CLI::Error& error)
    {
        const std::string what = m_path.empty() ? "wrong usage" : m_path;
        m_console.fail(Error{ErrorKind::Usage, what, error.what(), helpHint()});
        return static_cast<int>(Exit::Usage);
    }

    int missingCommand()
    {
        const std::string words = commandWords(m_argc, m_argv);
        const bool isNoun = m_nouns.contains(words);
        m_path = isNoun ? words : std::string();
        const std::string what = isNoun ? words : "wrong usage";
        m_console.fail(Error{ErrorKind::Usage, what, "a command is missing", helpHint()});
        return static_cast<int>(Exit::Usage);
    }

    int runCommand()
    {
        m_console.start();
        Result<Exit> status = m_command->run(m_console);
        if (!status) {
            m_console.fail(withOption(status.error(), *m_leaf));
            status = exitFor(status.error().kind);
        }
        return m_console.finish() ? static_cast<int>(*status) : outputFailed();
    }

    int outputFailed()
    {
        m_console.fail(Error{ErrorKind::Unreadable, "cannot write to standard output",
                             "it takes no more bytes", "check the space on the disk"});
        return static_cast<int>(Exit::Usage);
    }

    int m_argc;
    const char* const* m_argv;
    CLI::App m_app{"Look into tokens, sign in to APIs and send requests from the command line"};
    std::map<std::string, CLI::App*> m_nouns;
    std::unique_ptr<Command> m_command;
    CLI::App* m_leaf = nullptr; ///< of that command: its options
    bool m_isElsewhere = false;
    std::string m_path;
    Console m_console;
};

} // namespace

int runProgram(int argc, const char* const* argv)
{
    return Program(argc, argv).run();
}

} // namespace claimcheck::cli
