// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `import FILE|URL|- --to DIR`: what another tool wrote becomes a collection, and what could not be carried
// over is listed.

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/command.h>
#include <cli/input.h>
#include <interop/import.h>
#include <interop/write.h>
#include <json/write.h>

#include "fetchtext.h"

namespace claimcheck::cli {

namespace {

class Import final : public Command
{
public:
    void addOptions(CLI::App& app) override
    {
        app.add_option("SOURCE", m_source, "A file, a URL, or - for standard input")
            ->required()
            ->type_name("");
        app.add_option("--to", m_target, "Folder of the new collection, or of one that gets what is imported")
            ->required()
            ->type_name("DIR");
        app.add_option("--format", m_format, "auto, postman or curl")
            ->type_name("F")
            ->check(CLI::IsMember({"auto", "postman", "curl"}));
        app.add_option("--environment", m_environments,
                       "A Postman environment or globals file to import with it; may be repeated")
            ->type_name("FILE")
            ->allow_extra_args(false);
    }

    Result<Exit> run(Console& console) override;

private:
    Result<interop::Imported> read() const;

    std::string m_source;
    std::string m_target;
    std::string m_format = "auto";
    std::vector<std::string> m_environments;
};

/// Whatever is wrong with a text: it cannot be read.
Result<interop::Imported> importOf(const Result<std::string>& text, interop::Format format)
{
    auto imported = text ? interop::importText(*text, format) : tl::unexpected(text.error());
    if (!imported && text)
        imported.error().kind = ErrorKind::Unreadable;
    return imported;
}

Result<interop::Imported> Import::read() const
{
    const std::size_t most = interop::ImportLimits().bytes;
    const interop::Format format = interop::formatOf(m_format).value_or(interop::Format::Automatic);
    auto imported = importOf(
        isWebAddress(m_source) ? fetchText(m_source) : readFile(m_source, "file to import", most), format);
    if (!imported)
        return imported;
    for (const std::string& file : m_environments) {
        auto more = importOf(readFile(file, "environment file", most), interop::Format::Postman);
        if (!more)
            return more;
        if (more->content != interop::Content::Environments)
            return failure(ErrorKind::Unreadable, "cannot use " + visible(file),
                           "it is no Postman environment",
                           "give the file of an environment with --environment");
        interop::addEnvironments(*imported, *std::move(more));
    }
    return imported;
}

std::string counted(std::size_t number, const char* what)
{
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

std::string asJson(const interop::Written& written)
{
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject()
        .member("directory")
        .value(written.directory)
        .member("collection")
        .value(written.name);
    writer.member("requests").value(static_cast<std::int64_t>(written.requests));
    writer.member("folders").value(static_cast<std::int64_t>(written.folders));
    writer.member("environments").value(static_cast<std::int64_t>(written.environments));
    writer.member("leftOut").beginArray();
    for (const interop::Omission& omission : written.leftOut) {
        writer.beginObject().member("where").value(omission.where);
        writer.member("what").value(omission.what).member("why").value(omission.why).endObject();
    }
    writer.endArray().endObject();
    return writer.take() + "\n";
}

Result<Exit> Import::run(Console& console)
{
    auto imported = read();
    if (!imported)
        return tl::unexpected(imported.error());
    auto written = interop::writeImported(*std::move(imported), m_target);
    if (!written) {
        written.error().kind = ErrorKind::Usage; // the place that was given cannot be used
        return tl::unexpected(written.error());
    }
    for (const interop::Omission& omission : written->leftOut)
        console.note("left out: " + interop::describe(omission));
    if (console.json())
        console.out(asJson(*written));
    else
        console.outLine(
            "imported " + counted(written->requests, "request") + ", " + counted(written->folders, "folder") +
            ", " + counted(written->environments, "environment") + " into " + console.untrusted(m_target));
    return Exit::Holds;
}

} // namespace

std::unique_ptr<Command> makeImport()
{
    return std::make_unique<Import>();
}

} // namespace claimcheck::cli
