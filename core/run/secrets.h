// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The values of secret variables, which no file of the collection holds. Window and `run` look for them in
// the same order: what was given for this time, the keychain, the allowed variables of the process, the .env
// files.

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <base/secret.h>
#include <collection/collection.h>
#include <collection/identity.h>
#include <keychain/keychain.h>

class QObject;

namespace claimcheck::run {

enum class SecretSource
{
    Missing,
    Given,    ///< typed in, or on the command line: gone with the program
    Keychain, ///< the desktop's
    Process,  ///< the environment variable of that name, which the user allowed for this collection
    DotEnv    ///< a .env file
};

struct SecretValue
{
    std::string environment; ///< whose variable it is: the chosen one, or one that it extends
    std::string name;
    Secret value;
    SecretSource source = SecretSource::Missing;

    bool operator==(const SecretValue&) const = default;
};

/// Which secret, without its value.
struct SecretName
{
    std::string environment; ///< whose variable it is; empty: one of a .env file or of the process
    std::string name;        ///< "process.env.NAME" where it is used as such
    bool isCaptured = false; ///< not it itself, but what an answer gave for it (release.h)

    bool operator==(const SecretName&) const = default;
};

struct FoundSecrets
{
    std::vector<SecretValue> values; ///< the nearest environment first; those without a value, too
    std::optional<Error> keychainProblem;

    bool operator==(const FoundSecrets&) const = default;
};

/// Where to look; what is empty or null is left out.
struct SecretPlaces
{
    std::function<std::optional<Secret>(const std::string& environment, const std::string& name)> given;
    keychain::Keychain* keychain = nullptr;
    std::vector<variables::Variable> process;
    std::vector<variables::Variable> dotEnv;
    std::function<bool(const std::string& name)> isWanted = {}; ///< others are left out; none: all are
};

/// The secret variables of the environment and of those that it extends. `done` is called once, from the
/// event loop; not when `context` dies before.
void findSecrets(const collection::Collection& collection, const std::string& environment,
                 const SecretPlaces& places, QObject* context, std::function<void(FoundSecrets)> done);

/// Secret variables of the environment that the request uses and that have a value neither in `found` nor in
/// anything nearer. `scopes` as scopesFor() gives them.
std::vector<SecretName> missingSecrets(const collection::Collection& collection, const collection::Item& item,
                                       const std::string& environment, const std::vector<SecretValue>& found,
                                       const std::vector<variables::Scope>& scopes);

/// Every name that the request refers to, also through the values of others.
std::vector<std::string> namesUsed(const collection::Collection& collection, const collection::Item& item,
                                   const std::vector<variables::Scope>& scopes);
/// The same of what an identity signs in with, by the collection's own scopes. Nothing for one that signs in
/// with a request of the collection: that may refer to any.
std::optional<std::vector<std::string>> namesUsed(const collection::Identity& identity,
                                                  const std::vector<variables::Scope>& scopes);

} // namespace claimcheck::run
