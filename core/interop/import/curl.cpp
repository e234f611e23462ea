// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/import/curl.h>

#include <base/text.h>
#include <interop/import/curlrequest.h>
#include <json/document.h>

namespace claimcheck::interop {
namespace {

/// As "copy as cURL" of a browser writes it for Windows: ^" and a caret at the end of each line.
bool isForWindows(std::string_view text)
{
    return text.find("^\"") != std::string_view::npos || text.find("^\n") != std::string_view::npos ||
           text.find("^\r\n") != std::string_view::npos || text.find("`\n") != std::string_view::npos ||
           text.find("`\r\n") != std::string_view::npos;
}

/// The words from curl on; none for another command. `$ curl` is how documents write it.
ShellCommand curlPart(ShellCommand command)
{
    std::size_t skip = !command.words.empty() && command.words.front().text == "$" ? 1 : 0;
    const std::string word = skip < command.words.size() ? command.words[skip].text : std::string();
    const bool isCurl = word == "curl" || word == "curl.exe" || word.ends_with("/curl");
    if (!isCurl)
        skip = command.words.size();
    command.words.erase(command.words.begin(), command.words.begin() + static_cast<std::ptrdiff_t>(skip));
    return command;
}

class Commands
{
public:
    Commands(std::string_view text, const ImportLimits& limits) : m_text(text), m_limits(limits) {}

    Result<void> add(const ShellCommand& whole)
    {
        const ShellCommand command = curlPart(whole);
        if (command.words.empty()) {
            leaveOut({placeOf(whole), "the command " + whole.words.front().text, "it is no curl"});
            return {};
        }
        const auto options = curlOptions(command, m_text);
        if (!options)
            return tl::unexpected(options.error());
        const std::size_t before = m_imported.collection.root.items.size();
        CurlRequest request;
        for (const CurlOption& option : *options) {
            if (option.name == "next") {
                finish(request);
                request = {};
            } else {
                applyCurlOption(request, option);
            }
        }
        finish(request);
        noteShell(command);
        const std::size_t count = m_imported.collection.root.items.size();
        if (count > m_limits.requests)
            return failure(ErrorKind::TooLarge, "cannot import these command lines", "they are too many",
                           "split them", json::positionOf(m_text, command.offset));
        if (count == before)
            return failure(ErrorKind::Malformed, "cannot read this command line", "it has no URL",
                           "copy it again, whole", json::positionOf(m_text, command.offset));
        return {};
    }

    Imported take()
    {
        m_imported.content = Content::Requests;
        m_imported.collection.name = "cURL";
        return std::move(m_imported);
    }
    bool isEmpty() const { return m_imported.collection.root.items.empty(); }

private:
    void finish(CurlRequest& request)
    {
        for (collection::Item& item : curlItems(request)) {
            item.entry.sequence = static_cast<int>(m_imported.collection.root.items.size()) + 1;
            m_imported.collection.root.items.push_back(std::move(item));
        }
        for (Omission& omission : request.leftOut)
            leaveOut(std::move(omission));
    }

    void noteShell(const ShellCommand& command)
    {
        for (const ShellWord& word : command.words)
            for (const std::string& expansion : word.expansions)
                leaveOut(
                    {placeOf(command), expansion, "nothing of the shell is run: it stands there as text"});
        for (const std::string& redirection : command.redirections)
            leaveOut({placeOf(command), redirection, "nothing of the shell is run"});
    }

    void leaveOut(Omission omission)
    {
        if (m_imported.leftOut.size() < m_limits.notes)
            m_imported.leftOut.push_back(std::move(omission));
    }

    std::string placeOf(const ShellCommand& command) const
    {
        return "line " + std::to_string(json::positionOf(m_text, command.offset).line);
    }

    std::string_view m_text;
    const ImportLimits& m_limits;
    Imported m_imported;
};

} // namespace

Result<Imported> importCurl(std::string_view text, const ImportLimits& limits)
{
    if (isForWindows(text))
        return failure(ErrorKind::Refused, "cannot read this command line",
                       "it is written for a shell of Windows", "copy it as cURL (bash) or (POSIX)");
    const auto commands = shellCommands(text);
    if (!commands)
        return tl::unexpected(commands.error());
    Commands all(text, limits);
    for (const ShellCommand& command : *commands)
        if (auto added = all.add(command); !added)
            return tl::unexpected(added.error());
    if (all.isEmpty())
        return failure(ErrorKind::Malformed, "cannot read this command line", "there is no curl in it",
                       "paste a line that starts with curl");
    return all.take();
}

} // namespace claimcheck::interop
