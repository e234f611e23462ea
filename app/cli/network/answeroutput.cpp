// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answeroutput.h"

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/outputfile.h>

#include "exchangetext.h"

namespace claimcheck::cli {

/// A JSON document stands in memory whole, a few times over.
static constexpr std::uint64_t jsonLimit = 64u * 1024u * 1024u;

void AnswerOutput::addTo(CLI::App& app)
{
    app.add_flag("-i,--include", m_include, "Print status line and headers before the body");
    app.add_option("-o,--output", m_file, "Write the answer to this file")->type_name("FILE");
}

Result<void> AnswerOutput::check() const
{
    return m_file.empty() ? Result<void>() : checkWritable(m_file);
}

Result<void> AnswerOutput::print(const workbench::ExchangeResult& result, Console& console) const
{
    if (console.json())
        return printJson(result, console);
    const http::Response& response = *result.exchange.response;
    const std::string head = m_include ? finalHead(response) : std::string();
    return m_file.empty() ? toConsole(head, response.body, console) : toFile(head, response.body);
}

Result<void> AnswerOutput::printJson(const workbench::ExchangeResult& result, Console& console) const
{
    const std::uint64_t size = result.exchange.response->body.size();
    if (size > jsonLimit)
        return failure(ErrorKind::TooLarge, "the answer does not fit into a JSON document",
                       "its body has " + formatSize(size) + ", the limit is " + formatSize(jsonLimit),
                       "leave --json out and write the body to a file with -o FILE");
    const std::string document = toJson(result) + "\n";
    if (!m_file.empty())
        return writeFile(m_file, document);
    console.outUntrusted(document);
    return {};
}

static Result<void> bodyIsGone()
{
    return failure(ErrorKind::Internal, "the body cannot be read back",
                   "the temporary file that held it gave out", "look at the disk with temporary files");
}

Result<void> AnswerOutput::toFile(const std::string& head, const http::Body& body) const
{
    auto file = OutputFile::create(m_file);
    if (!file)
        return tl::unexpected(file.error());
    Result<void> written = file->write(head);
    const bool isWhole = written && body.forEachPiece([&](std::string_view piece) {
        written = file->write(piece);
        return written.has_value();
    });
    return isWhole || !written ? written : bodyIsGone();
}

/// The bytes up to the last whole UTF-8 character: one that is cut in two would be shown as broken.
static std::size_t wholeCharacters(std::string_view bytes)
{
    for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
        const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
        if ((byte & 0xC0u) == 0x80u)
            continue;
        const std::size_t needs = byte >= 0xF0u ? 4 : byte >= 0xE0u ? 3 : byte >= 0xC0u ? 2 : 1;
        return needs > back ? bytes.size() - back : bytes.size();
    }
    return bytes.size();
}

Result<void> AnswerOutput::toConsole(const std::string& head, const http::Body& body, Console& console)
{
    std::string kept = head; // what waits for the rest of its last character
    char last = '\n';
    const bool isWhole = body.forEachPiece([&](std::string_view piece) {
        kept.append(piece);
        const std::size_t end = wholeCharacters(kept);
        last = kept.empty() ? last : kept.back();
        console.outUntrusted(std::string_view(kept).substr(0, end));
        kept.erase(0, end);
        return true;
    });
    console.outUntrusted(kept);
    if (console.outIsTerminal() && last != '\n')
        console.out("\n");
    return isWhole ? Result<void>() : bodyIsGone();
}

} // namespace claimcheck::cli
