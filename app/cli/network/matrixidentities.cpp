// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "matrixidentities.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/input.h>
#include <cli/tokenargument.h>
#include <collection/matrix.h>
#include <inspect/find.h>

#include "connectionoptions.h"

namespace claimcheck::cli {

void MatrixIdentityOptions::addTo(CLI::App& app)
{
    static constexpr const char* group = "As whom";
    app.add_option("--token-env", m_fromEnvironment,
                   "NAME=VARIABLE: the environment variable with this identity's token; may be repeated")
        ->type_name("PAIR")
        ->group(group)
        ->allow_extra_args(false);
    app.add_option("--token-file", m_fromFiles,
                   "NAME=FILE: the file with this identity's token, - for standard input; may be repeated")
        ->type_name("PAIR")
        ->group(group)
        ->allow_extra_args(false);
}

Result<std::vector<std::string>> MatrixIdentityOptions::given() const
{
    std::vector<std::string> names;
    for (const auto& [pairs, option] :
         {std::pair{&m_fromEnvironment, "--token-env"}, std::pair{&m_fromFiles, "--token-file"}})
        for (const std::string& text : *pairs) {
            const Result<Pair> pair = splitPair(text, option);
            if (!pair)
                return tl::unexpected(pair.error());
            const std::string what = std::string(option) + " " + visible(pair->name) + " cannot be used";
            if (!collection::isIdentityName(pair->name))
                return failure(ErrorKind::Usage, what, "an identity cannot be called so",
                               "write NAME=WHERE with a name of the matrix");
            if (pair->name == collection::anonymous)
                return failure(ErrorKind::Usage, what, "anonymous is nobody and has no token",
                               "name somebody");
            if (std::ranges::find(names, pair->name) != names.end())
                return failure(ErrorKind::Usage, what, "a token is given for this identity already",
                               "give one for each");
            names.push_back(pair->name);
        }
    return names;
}

static const std::string* tokenPlaceIn(const std::vector<std::string>& pairs, const std::string& name,
                                       std::string& room)
{
    for (const std::string& text : pairs)
        if (text.starts_with(name + "=")) {
            room = text.substr(name.size() + 1);
            return &room;
        }
    return nullptr;
}

Result<std::vector<MatrixIdentity>> MatrixIdentityOptions::read(const std::vector<std::string>& names,
                                                                Console& console) const
{
    std::vector<MatrixIdentity> identities;
    for (const std::string& name : names) {
        if (name == collection::anonymous)
            continue;
        std::string place;
        Result<std::string> token =
            failure(ErrorKind::Usage, "cannot test as " + visible(name), "no token of this identity is given",
                    "give it with --token-env " + visible(name) +
                        "=VARIABLE or --token-file, or leave the "
                        "identity out with --session");
        if (tokenPlaceIn(m_fromEnvironment, name, place) != nullptr) {
            const auto text = readEnvironment(place, "token");
            token = text ? Result<std::string>(std::string(inspect::unwrap(*text).token)) : text;
        } else if (tokenPlaceIn(m_fromFiles, name, place) != nullptr) {
            token = readToken(place == "-" ? place : "@" + place, console);
        }
        if (!token)
            return tl::unexpected(token.error());
        if (token->empty())
            return failure(ErrorKind::Usage, "cannot test as " + visible(name), "its token is empty",
                           "put the token there");
        identities.push_back({name, Secret::adopting(*std::move(token))});
    }
    return identities;
}

} // namespace claimcheck::cli
