// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The client of an OAuth 2.0 server on the command line: its id, how it proves that id, and the server's
// endpoints, found by --issuer or named one by one.

#pragma once

#include <string>
#include <vector>

#include <auth/oauth.h>
#include <cli/console.h>
#include <cli/keyoptions.h>

#include "connectionoptions.h"

namespace CLI {
class App;
}

namespace claimcheck::cli {

/// The one private key of a file; Usage for one that holds none or several. `what` names it in the error.
Result<std::shared_ptr<const jose::Key>>
readPrivateKey(const std::string& file, const std::string& passphraseEnv, const std::string& what);

class ClientOptions
{
public:
    void addTo(CLI::App& app);
    /// Its id and secret alone, for what is not sent: whom an answer is for, and what it is signed with.
    void addIdentityTo(CLI::App& app);
    bool isGiven() const { return !m_id.empty(); }
    /// Client, issuer and the way to it.
    Result<void> read(auth::OAuthLogin& login, const std::string& issuer,
                      const ConnectionOptions& connection) const;

private:
    Result<void> readSecret(auth::OAuthClient& client) const;

    std::string m_id;
    std::string m_secretEnv;
    std::string m_secretFile;
    std::string m_keyFile;
    std::string m_keyPassphraseEnv;
    std::string m_method;
    std::string m_audience;
};

} // namespace claimcheck::cli
