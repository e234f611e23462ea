// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scopes that a request is filled from, for window and run alike.

#pragma once

#include <string>
#include <vector>

#include <collection/collection.h>
#include <run/prepare.h>
#include <run/secrets.h>

namespace claimcheck::run {

/// Of the outermost scope: what scopesFor() puts into it comes from nowhere else.
inline constexpr const char* processScopeName = "the .env file and the allowed variables of the process";

/// Of what a run captured; no other scope has this name.
inline constexpr const char* runScopeName = "this run";

/// What a collection's own files do not say.
struct Outside
{
    std::vector<variables::Variable> overrides; ///< nearer than the environment: --env-var
    std::vector<SecretValue> secrets;
    std::vector<variables::Variable> dotEnv;  ///< under their name and as process.env.NAME
    std::vector<variables::Variable> process; ///< allowed ones of the process: process.env.NAME
    bool takesOverrides = false;              ///< the program has --env-var, which an error may name
};

/// Nearest first: request, folders, overrides, environment with those that it extends, collection, and last
/// .env and process, all of whose values are secret. A secret variable without a value is not there at all,
/// so that it is named where it is missed.
std::vector<variables::Scope> scopesFor(const collection::Collection& collection,
                                        const collection::Item& item, const std::string& environment,
                                        const Outside& outside);

/// {{$guid}} and the like, from a generator of its own.
variables::Dynamic madeAnew();

/// All that a request outside of a run is filled in with.
Values valuesFor(const collection::Collection& collection, const collection::Item& item,
                 const std::string& environment, const Outside& outside);

} // namespace claimcheck::run
