// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `login --grant …`: an OAuth 2.0 grant on the command line.

#pragma once

#include <string>
#include <vector>

#include <auth/signin.h>

#include "clientoptions.h"
#include "passwordoptions.h"

namespace claimcheck::cli {

class GrantOptions
{
public:
    void addTo(CLI::App& app);
    bool isGiven() const { return !m_grant.empty(); }
    /// Usage for what does not fit the grant. The password is asked for where the grant has one.
    Result<auth::OAuthLogin> read(const std::string& issuer, const ConnectionOptions& connection,
                                  const std::string& user, const PasswordOptions& password) const;
    /// Where the redirect comes back to.
    void apply(auth::SignIn::Handlers& handlers) const;

private:
    Result<void> readParameters(auth::OAuthLogin& login) const;
    Result<void> readProofKey(auth::OAuthLogin& login) const;
    Result<void> readCredentials(auth::OAuthLogin& login, const std::string& user,
                                 const PasswordOptions& password) const;

    std::string m_grant;
    ClientOptions m_client;
    std::string m_tokenUrl;
    std::string m_authorizationUrl;
    std::string m_deviceUrl;
    std::string m_scope;
    std::string m_audience;
    std::vector<std::string> m_resources;
    std::vector<std::string> m_parameters;
    std::string m_refreshTokenEnv;
    bool m_dpop = false;
    std::string m_dpopKeyFile;
    std::string m_redirectPath = "/callback";
    std::uint16_t m_redirectPort = 0;
};

} // namespace claimcheck::cli
