// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A login at an authorization server on this machine, and answers of it, for the tests of this folder.

#pragma once

#include <auth/oauth.h>
#include <jose/jws.h>

#include "answers.h"

namespace claimcheck::test {

inline const Instant now = fromUnixSeconds(1'800'000'000);

inline auth::OAuthLogin oauthLogin(auth::Grant grant = auth::Grant::ClientCredentials)
{
    auth::OAuthLogin login;
    login.grant = grant;
    login.server.issuer = "https://id.example";
    login.server.authorizationEndpoint = "https://id.example/auth";
    login.server.tokenEndpoint = "https://id.example/token";
    login.server.deviceAuthorizationEndpoint = "https://id.example/device";
    login.server.introspectionEndpoint = "https://id.example/introspect";
    login.server.revocationEndpoint = "https://id.example/revoke";
    login.server.userinfoEndpoint = "https://id.example/me";
    login.client.id = "app";
    login.client.authentication = auth::ClientAuthentication::Basic;
    login.client.secret = Secret("a-client-secret-of-thirty-two-bytes!");
    return login;
}

inline std::shared_ptr<const jose::Key> newKey(std::string_view algorithm = "ES256")
{
    return std::make_shared<const jose::Key>(jose::generateKey(*jose::findAlgorithm(algorithm)).value());
}

/// The value of a field in a form, as it stands there.
inline std::string formField(const std::string& form, const std::string& name)
{
    const std::string all = "&" + form;
    const std::size_t at = all.find("&" + name + "=");
    if (at == std::string::npos)
        return "(missing)";
    const std::size_t begin = at + name.size() + 2;
    return all.substr(begin, all.find('&', begin) - begin);
}

} // namespace claimcheck::test
