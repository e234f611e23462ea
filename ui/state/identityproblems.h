// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is wrong with an identity as it is typed, input by input, before anything is sent or saved.

#pragma once

#include <string>
#include <vector>

#include <QtCore/qstring.h>

#include <state/identitydraft.h>

namespace claimcheck::ui {

/// What stands around the identity.
struct IdentityAround
{
    std::vector<std::string> names;    ///< of the other identities
    std::vector<std::string> requests; ///< files of the collection's requests
    std::string environment;           ///< the chosen one; empty: none
    std::vector<std::string> plain;    ///< its variables that are no secrets
    bool hasKeychain = false;
    /// The collection has no environment, and gets one of this name for values that are typed; empty: it
    /// does not.
    std::string newEnvironment = {};

    bool operator==(const IdentityAround&) const = default;
};

struct IdentityProblem
{
    IdentityInput input;
    QString text; ///< a sentence

    bool operator==(const IdentityProblem&) const = default;
};

/// In the order of the inputs, one for each at most. `draft` as withVariables() makes it.
std::vector<IdentityProblem> identityProblems(const IdentityDraft& draft, const IdentityAround& around);

} // namespace claimcheck::ui
