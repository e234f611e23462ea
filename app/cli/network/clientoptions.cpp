// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clientoptions.h"

#include <CLI/CLI.hpp>

#include <base/text.h>
#include <cli/input.h>

namespace claimcheck::cli {

Result<std::shared_ptr<const jose::Key>>
readPrivateKey(const std::string& file, const std::string& passphraseEnv, const std::string& what)
{
    auto keys = readKeyFile(file, passphraseEnv);
    if (!keys)
        return tl::unexpected(keys.error());
    std::erase_if(
        *keys, [](const jose::Key& key) { return !key.isPrivate || auth::usualAlgorithm(key) == nullptr; });
    if (keys->size() != 1)
        return failure(ErrorKind::Usage, "cannot use " + what + " " + visible(file),
                       keys->empty() ? "there is no private key for signatures in it"
                                     : "there are several private keys in it",
                       "give a file with one; key generate --alg ES256 makes it");
    return std::make_shared<const jose::Key>(keys->front());
}

static CLI::Option* addOption(CLI::App& app, const char* name, std::string& value, const char* type,
                              const char* meaning)
{
    return app.add_option(name, value, meaning)->type_name(type)->group("OAuth 2.0 client");
}

void ClientOptions::addIdentityTo(CLI::App& app)
{
    addOption(app, "--client-id", m_id, "ID", "The client's id at the server");
    auto* environment = addOption(app, "--client-secret-env", m_secretEnv, "NAME",
                                  "Environment variable with the client's secret");
    addOption(app, "--client-secret-file", m_secretFile, "FILE",
              "A file with it, less one line end at its end")
        ->excludes(environment);
}

void ClientOptions::addTo(CLI::App& app)
{
    const auto add = [&app](const char* name, std::string& value, const char* type, const char* meaning) {
        addOption(app, name, value, type, meaning);
    };
    addIdentityTo(app);
    add("--client-key", m_keyFile, "FILE", "The client's private key, for private-key-jwt");
    add("--client-key-passphrase-env", m_keyPassphraseEnv, "NAME",
        "Environment variable with its passphrase");
    add("--client-auth", m_method, "METHOD",
        "basic (default with a secret), post, secret-jwt, private-key-jwt (default with a key), none");
    add("--client-assertion-audience", m_audience, "TEXT",
        "The audience of a JWT for the client, default: the issuer, else the token endpoint");
}

Result<void> ClientOptions::readSecret(auth::OAuthClient& client) const
{
    Result<std::string> text;
    if (!m_secretEnv.empty())
        text = readEnvironment(m_secretEnv, "client's secret");
    else if (!m_secretFile.empty())
        text = readFile(m_secretFile, "the client's secret from", 64u * 1024u);
    if (!text)
        return tl::unexpected(text.error());
    while (!m_secretFile.empty() && (text->ends_with('\n') || text->ends_with('\r')))
        text->pop_back();
    client.secret = Secret::adopting(*std::move(text));
    return {};
}

Result<void> ClientOptions::read(auth::OAuthLogin& login, const std::string& issuer,
                                 const ConnectionOptions& connection) const
{
    auth::OAuthClient& client = login.client;
    login.server.issuer = issuer;
    login.tls = connection.tls();
    login.proxy = connection.proxy();
    login.totalTimeout = connection.totalTimeout();
    client.id = m_id;
    client.assertionAudience = m_audience;
    if (const auto secret = readSecret(client); !secret)
        return secret;
    if (!m_keyFile.empty()) {
        auto key = readPrivateKey(m_keyFile, m_keyPassphraseEnv, "the client's key");
        if (!key)
            return tl::unexpected(key.error());
        client.key = *std::move(key);
    }
    using enum auth::ClientAuthentication;
    const auto method = auth::clientAuthenticationFrom(m_method);
    if (!m_method.empty() && !method)
        return failure(ErrorKind::Usage, "--client-auth " + visible(m_method) + " cannot be used",
                       "there is no such method", "use basic, post, secret-jwt, private-key-jwt or none");
    client.authentication = method                     ? *method
                            : client.key               ? PrivateKeyJwt
                            : !client.secret.isEmpty() ? Basic
                                                       : None;
    return {};
}

} // namespace claimcheck::cli
