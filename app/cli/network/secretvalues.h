// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The values of a collection's secret variables for a command, in the desktop's keychain too.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <cli/console.h>
#include <run/release.h>
#include <run/secrets.h>

namespace claimcheck::cli {

struct SecretQuestionPlaces
{
    std::vector<variables::Variable> given = {}; ///< --env-var and --env-file, the nearest first
    std::vector<variables::Variable> process = {};
    std::vector<variables::Variable> dotEnv = {};
    bool usesKeychain = true;
    std::function<bool(const std::string& name)> isWanted = {}; ///< none: all are
};

/// Needs the event loop's application around it. Nothing when the user broke off.
std::optional<std::vector<run::SecretValue>> findSecretValues(const collection::Collection& collection,
                                                              const std::string& environment,
                                                              const SecretQuestionPlaces& places,
                                                              Console& console);

struct GuardedPlaces
{
    const std::vector<run::SecretValue>& secrets;
    const std::vector<variables::Variable>& dotEnv; ///< may hold what of `given` came from files
    const std::vector<variables::Variable>& given;  ///< GivenValues::all()
    std::string directory;                          ///< of the collection
    const std::vector<std::string>& allowedOrigins;
};
/// What was given for this call is let go with it (to wherever the collection sends it); what lies in the
/// keychain or in the collection's own .env file goes where --allow-origin or the window said.
run::Guard guardFor(const GuardedPlaces& places, Console& console);

} // namespace claimcheck::cli
