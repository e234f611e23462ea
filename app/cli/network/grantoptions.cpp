// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "grantoptions.h"

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/input.h>

namespace claimcheck::cli {

void GrantOptions::addTo(CLI::App& app)
{
    static constexpr const char* group = "OAuth 2.0 (with --issuer, or the endpoints by name)";
    const auto add = [&app](const char* name, auto& value, const char* type, const char* meaning) {
        return app.add_option(name, value, meaning)->type_name(type)->group(group);
    };
    add("--grant", m_grant, "GRANT",
        "client-credentials, authorization-code (PKCE), device-code, password or refresh-token")
        ->check(CLI::IsMember(
            {"client-credentials", "authorization-code", "device-code", "password", "refresh-token"}));
    add("--token-url", m_tokenUrl, "URL", "The token endpoint");
    add("--authorization-url", m_authorizationUrl, "URL", "The authorization endpoint");
    add("--device-url", m_deviceUrl, "URL", "The device authorization endpoint");
    add("--scope", m_scope, "TEXT", "What is asked for, separated by spaces");
    add("--audience", m_audience, "TEXT", "Sent as audience, which some servers want");
    add("--resource", m_resources, "URL", "Sent as resource (RFC 8707); may be repeated")
        ->allow_extra_args(false);
    add("--param", m_parameters, "PAIR", "A further parameter K=V; may be repeated")->allow_extra_args(false);
    add("--refresh-token-env", m_refreshTokenEnv, "NAME", "Environment variable with the refresh token");
    auto* proof = app.add_flag("--dpop", m_dpop, "Bind the tokens to a key made for this login (RFC 9449)");
    proof->group(group);
    add("--dpop-key", m_dpopKeyFile, "FILE", "Bind them to this private key")->excludes(proof);
    add("--redirect-path", m_redirectPath, "PATH", "Of the redirect to http://127.0.0.1, default: /callback");
    add("--redirect-port", m_redirectPort, "PORT", "Of the same, default: one that the system picks");
    m_client.addTo(app);
}

void GrantOptions::apply(auth::SignIn::Handlers& handlers) const
{
    handlers.redirectPath = m_redirectPath;
    handlers.redirectPort = m_redirectPort;
}

Result<void> GrantOptions::readParameters(auth::OAuthLogin& login) const
{
    if (!m_audience.empty())
        login.parameters.push_back({"audience", m_audience});
    for (const std::string& resource : m_resources)
        login.parameters.push_back({"resource", resource});
    for (const std::string& text : m_parameters) {
        const auto pair = splitPair(text, "--param");
        if (!pair)
            return tl::unexpected(pair.error());
        login.parameters.push_back({pair->name, pair->value});
    }
    return {};
}

Result<void> GrantOptions::readProofKey(auth::OAuthLogin& login) const
{
    if (!m_dpopKeyFile.empty()) {
        auto key = readPrivateKey(m_dpopKeyFile, "", "the DPoP key");
        if (!key)
            return tl::unexpected(key.error());
        login.proofKey = *std::move(key);
    } else if (m_dpop) {
        auto key = jose::generateKeyFor("ES256");
        if (!key)
            return tl::unexpected(key.error());
        login.proofKey = std::make_shared<const jose::Key>(*std::move(key));
    }
    return {};
}

Result<void> GrantOptions::readCredentials(auth::OAuthLogin& login, const std::string& user,
                                           const PasswordOptions& password) const
{
    const bool isPassword = login.grant == auth::Grant::Password;
    if (isPassword == user.empty())
        return failure(ErrorKind::Usage, "wrong usage",
                       isPassword ? "the grant password needs --user" : "--user goes with the grant password",
                       isPassword ? "give the user name" : "leave it out");
    if ((login.grant == auth::Grant::RefreshToken) == m_refreshTokenEnv.empty())
        return failure(ErrorKind::Usage, "wrong usage",
                       "the grant refresh-token and --refresh-token-env go together",
                       "name the environment variable with the refresh token");
    if (isPassword) {
        auto read = password.read(user);
        if (!read)
            return tl::unexpected(read.error());
        login.user = user;
        login.password = *std::move(read);
    }
    if (!m_refreshTokenEnv.empty()) {
        const auto token = readEnvironment(m_refreshTokenEnv, "refresh token");
        if (!token)
            return tl::unexpected(token.error());
        login.refreshToken = Secret(trimmed(*token));
    }
    return {};
}

Result<auth::OAuthLogin> GrantOptions::read(const std::string& issuer, const ConnectionOptions& connection,
                                            const std::string& user, const PasswordOptions& password) const
{
    auth::OAuthLogin login;
    login.grant = auth::grantFrom(m_grant).value_or(auth::Grant::ClientCredentials);
    login.scope = m_scope;
    login.server.tokenEndpoint = m_tokenUrl;
    login.server.authorizationEndpoint = m_authorizationUrl;
    login.server.deviceAuthorizationEndpoint = m_deviceUrl;
    if (!m_client.isGiven())
        return failure(ErrorKind::Usage, "wrong usage", "--grant needs --client-id",
                       "give the client's id, as the server knows it");
    if (issuer.empty() && m_tokenUrl.empty())
        return failure(ErrorKind::Usage, "wrong usage", "--grant needs a server",
                       "give --issuer URL, or --token-url URL");
    Result<void> done = m_client.read(login, issuer, connection);
    done = done ? readParameters(login) : done;
    done = done ? readProofKey(login) : done;
    done = done ? readCredentials(login, user, password) : done;
    if (!done)
        return tl::unexpected(done.error());
    return login;
}

} // namespace claimcheck::cli
