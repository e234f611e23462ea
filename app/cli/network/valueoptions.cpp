// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "valueoptions.h"

#include <cstdlib>

#include <CLI/CLI.hpp>

#include <cli/input.h>
#include <run/datafile.h>

#include "connectionoptions.h"

namespace claimcheck::cli {

std::vector<variables::Variable> GivenValues::all() const
{
    std::vector<variables::Variable> all = overrides;
    all.insert(all.end(), files.begin(), files.end());
    return all;
}

void ValueOptions::addTo(CLI::App& app, const std::string& group)
{
    const auto add = [&](const char* name, auto& values, const char* what, const char* type) {
        auto* option = app.add_option(name, values, what)->type_name(type)->allow_extra_args(false);
        if (!group.empty())
            option->group(group);
    };
    add("--env-var", m_overrides, "A variable K=V, nearer than the environment's; may be repeated", "PAIR");
    add("--env-file", m_files, "A .env file with further variables; may be repeated", "FILE");
    add("--allow-process-env", m_processNames,
        "Let the collection read this environment variable of the process; may be repeated", "NAME");
}

Result<GivenValues> ValueOptions::read() const
{
    GivenValues given;
    for (const std::string& text : m_overrides) {
        const Result<Pair> pair = splitPair(text, "--env-var");
        if (!pair)
            return tl::unexpected(pair.error());
        given.overrides.push_back({pair->name, pair->value});
    }
    for (const std::string& file : m_files) {
        const auto text = readFile(file, ".env file");
        const auto variables = text ? run::readDotEnv(*text, file) : tl::unexpected(text.error());
        if (!variables)
            return tl::unexpected(variables.error());
        // A later file comes before the earlier ones, as a later --env-var does.
        given.files.insert(given.files.begin(), variables->begin(), variables->end());
    }
    given.overrides = variables::lastOfEachName(std::move(given.overrides));
    for (const std::string& name : m_processNames)
        if (const char* value = std::getenv(name.c_str()))
            given.process.push_back({name, value});
    return given;
}

} // namespace claimcheck::cli
