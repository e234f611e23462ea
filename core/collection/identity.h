// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who a collection's requests may be sent as, from the `sessions` of `.claimcheck/sessions.yaml`: how each
// identity signs in. No secret stands there; texts may hold variables.

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <base/time.h>

namespace claimcheck::collection {

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

/// A request with user name and password.
struct CredentialLogin
{
    std::string url;
    std::string method = "POST";
    std::string user;
    std::string password;
    std::string userField = "username";
    std::string passwordField = "password";
    NamedTexts fields;
    NamedTexts headers;
    bool isForm = false;
    std::string tokenAt; ///< empty: found by itself

    bool operator==(const CredentialLogin&) const = default;
};

/// A request of the collection that signs in, whatever it sends.
struct RequestLogin
{
    std::string file; ///< as auth/login.yml
    std::string tokenAt;
    std::string refresh;        ///< the file of the request that renews; empty: it signs in anew
    std::string refreshTokenAt; ///< where {{refreshToken}} stands in the answers; empty: there is none

    bool operator==(const RequestLogin&) const = default;
};

/// An OAuth 2.0 grant. Words are those of the command line.
struct GrantLogin
{
    std::string grant;
    std::string issuer;
    std::string tokenUrl;
    std::string authorizationUrl;
    std::string deviceUrl;
    std::string introspectionUrl;
    std::string userinfoUrl;
    std::string revocationUrl;
    std::string clientId;
    std::string clientSecret;
    std::string clientKeyFile; ///< in the collection's folder
    std::string clientKeyPassphrase;
    std::string clientAuthentication; ///< empty: by what is there
    std::string assertionAudience;
    std::string scope;
    std::string user;
    std::string password;
    std::string refreshToken;
    NamedTexts parameters;
    bool usesDpop = false;

    bool operator==(const GrantLogin&) const = default;
};

struct Identity
{
    std::string name;
    std::optional<CredentialLogin> credentials; ///< one of these three
    std::optional<RequestLogin> request;
    std::optional<GrantLogin> grant;
    std::optional<Seconds> lasts;     ///< how long a token is good that does not say it
    std::vector<std::string> origins; ///< where its token may go, beside where it signs in

    bool operator==(const Identity&) const = default;
};

} // namespace claimcheck::collection
