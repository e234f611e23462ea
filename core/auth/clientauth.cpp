// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clientauth.h"

#include <base/text.h>
#include <jose/sign.h>
#include <json/write.h>

namespace claimcheck::auth {
namespace {

constexpr Seconds assertionLifetime{60};

tl::unexpected<Error> cannotAuthenticate(std::string why, std::string fix)
{
    return failure(ErrorKind::Usage, "the client cannot say who it is", std::move(why), std::move(fix));
}

/// RFC 6749 §2.3.1: id and secret as a form has them, before they become Basic.
void addBasic(http::Request& request, const OAuthClient& client)
{
    std::string secret = collection::formEncoded(client.secret.reveal());
    request.headers.push_back(
        {"Authorization", http::basicField(collection::formEncoded(client.id), secret)});
    wipe(secret);
}

/// RFC 7523 §3: issuer and subject are the client, the audience is the server. `jti` is not that of a DPoP
/// proof in the same request: servers remember both in one place, and take the second for a replay.
std::string assertionClaims(const OAuthLogin& login, const Moment& moment)
{
    const auto now = std::chrono::floor<Seconds>(moment.now).time_since_epoch();
    const std::string& issuer = login.server.issuer;
    const std::string& named = login.client.assertionAudience;
    json::Writer writer;
    writer.beginObject().member("iss").value(login.client.id).member("sub").value(login.client.id);
    writer.member("aud").value(!named.empty() ? named : issuer.empty() ? login.server.tokenEndpoint : issuer);
    writer.member("jti").value(moment.id + "-client").member("iat").value(std::int64_t{now.count()});
    writer.member("exp").value(std::int64_t{(now + assertionLifetime).count()});
    return writer.endObject().take();
}

Result<jose::Key> assertionKey(const OAuthClient& client)
{
    if (client.authentication == ClientAuthentication::PrivateKeyJwt && client.key)
        return *client.key;
    if (client.authentication == ClientAuthentication::SecretJwt && !client.secret.isEmpty())
        return jose::secretKey(client.secret);
    return cannotAuthenticate("there is no key or secret to sign its assertion with",
                              client.authentication == ClientAuthentication::SecretJwt
                                  ? "give the client's secret"
                                  : "give the client's private key");
}

Result<void> addAssertion(std::vector<collection::Field>& form, const OAuthLogin& login, const Moment& moment)
{
    const Result<jose::Key> key = assertionKey(login.client);
    if (!key)
        return tl::unexpected(key.error());
    const std::string& name = login.client.assertionAlgorithm;
    const jose::Algorithm* algorithm = name.empty() ? usualAlgorithm(*key) : jose::findAlgorithm(name);
    if (algorithm == nullptr || !key->isPrivate)
        return cannotAuthenticate(key->isPrivate ? "its key makes no signatures of that algorithm"
                                                 : "its key is a public one",
                                  "give a private key for RS256, PS256, ES256, EdDSA or their like");
    const Result<Secret> assertion =
        jose::sign(*algorithm, *key, assertionClaims(login, moment), {.kid = key->kid});
    if (!assertion)
        return tl::unexpected(assertion.error());
    form.push_back({"client_id", login.client.id});
    form.push_back({"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"});
    form.push_back({"client_assertion", std::string(assertion->reveal())});
    return {};
}

} // namespace

Result<void> authenticateClient(http::Request& request, std::vector<collection::Field>& form,
                                const OAuthLogin& login, const Moment& moment)
{
    const OAuthClient& client = login.client;
    using enum ClientAuthentication;
    if (client.id.empty())
        return cannotAuthenticate("it has no id", "give the client's id, as the server knows it");
    if ((client.authentication == Basic || client.authentication == Post) && client.secret.isEmpty())
        return cannotAuthenticate("it has no secret", "give the client's secret, or let it be a public one");
    switch (client.authentication) {
    case None:
        form.push_back({"client_id", client.id});
        return {};
    case Basic:
        addBasic(request, client);
        return {};
    case Post:
        form.push_back({"client_id", client.id});
        form.push_back({"client_secret", std::string(client.secret.reveal())});
        return {};
    case SecretJwt:
    case PrivateKeyJwt:
        break;
    }
    return addAssertion(form, login, moment);
}

} // namespace claimcheck::auth
