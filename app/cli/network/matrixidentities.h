// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whose requests `matrix` makes, and where their tokens come from: the one place that knows it. A token is
// given with the call, or an identity of `.claimcheck/sessions.yaml` signs in for it.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include <base/secret.h>
#include <cli/console.h>

#include "auditrequests.h"
#include "sessionoptions.h"

namespace CLI {
class App;
}

namespace claimcheck::cli {

/// Somebody, by what its requests are made with.
struct MatrixIdentity
{
    std::string name;
    Secret token;
    std::vector<Secret> others = {};              ///< that no report may hold either
    std::optional<run::SessionPlan> session = {}; ///< which the token is of; else it was given
    std::optional<Error> problem = {};            ///< why there is no session; told where one is needed
};

struct MatrixIdentities
{
    std::vector<MatrixIdentity> all; ///< without nobody
    run::Outside outside;            ///< of the requests
    run::SessionBounds bounds;       ///< where sessions' tokens, and what else was not given, may go
};

class MatrixIdentityOptions
{
public:
    void addTo(CLI::App& app);
    /// Those that a token is given for, in their order, then the others of sessions.yaml. Usage for a name
    /// that cannot be one, or comes twice.
    Result<std::vector<std::string>> given(const collection::Collection& collection) const;
    /// With their tokens, nobody left out. Whoever has a session has a token that is nobody's until signIn();
    /// one that is kept counts also where no place has the password that it was made with.
    /// Usage for a name that no token is given for and that has no session. Needs the event loop's
    /// application around it, as signIn() does.
    Result<MatrixIdentities> read(const std::vector<std::string>& names,
                                  const collection::Collection& collection, const AuditSelection& selection,
                                  const ConnectionOptions& connection, Console& console) const;
    /// Goes on with the kept session of each that has one, or signs in. Usage for tokens that are bound to a
    /// key.
    Result<void> signIn(std::vector<MatrixIdentity>& identities, const SessionPlace& place,
                        Console& console) const;

private:
    Result<std::vector<std::string>> withTokens() const;
    Result<MatrixIdentity> withToken(const std::string& name, Console& console) const;

    std::vector<std::string> m_fromEnvironment; ///< NAME=VARIABLE
    std::vector<std::string> m_fromFiles;       ///< NAME=FILE
    std::vector<std::string> m_allowedOrigins;
    bool m_noKeychain = false;
};

} // namespace claimcheck::cli
