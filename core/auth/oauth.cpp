// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oauth.h"

#include <base/text.h>
#include <http/url.h>
#include <jose/engine.h>
#include <keys/source.h>

#include <algorithm>
#include <array>
#include <utility>

namespace claimcheck::auth {
namespace {

constexpr std::array<std::pair<Grant, std::string_view>, 5> grantNames{{
    {Grant::ClientCredentials, "client-credentials"},
    {Grant::AuthorizationCode, "authorization-code"},
    {Grant::DeviceCode, "device-code"},
    {Grant::Password, "password"},
    {Grant::RefreshToken, "refresh-token"},
}};
constexpr std::array<std::pair<ClientAuthentication, std::string_view>, 5> authenticationNames{{
    {ClientAuthentication::None, "none"},
    {ClientAuthentication::Basic, "basic"},
    {ClientAuthentication::Post, "post"},
    {ClientAuthentication::SecretJwt, "secret-jwt"},
    {ClientAuthentication::PrivateKeyJwt, "private-key-jwt"},
}};

// RFC 6749 §4, RFC 7636 §4.3 and §4.5, RFC 7521 §4.2, RFC 8628 §3.4, OpenID Connect Core §3.1.2.1.
constexpr std::array<std::string_view, 15> ownParameters{"response_type",
                                                         "client_id",
                                                         "redirect_uri",
                                                         "state",
                                                         "nonce",
                                                         "code",
                                                         "code_verifier",
                                                         "grant_type",
                                                         "refresh_token",
                                                         "code_challenge",
                                                         "device_code",
                                                         "client_secret",
                                                         "code_challenge_method",
                                                         "client_assertion",
                                                         "client_assertion_type"};

bool isFilledIn(const OAuthLogin& login, std::string_view name)
{
    if (name == "scope")
        return !login.scope.empty();
    if (name == "username" || name == "password")
        return login.grant == Grant::Password;
    return std::ranges::find(ownParameters, name) != ownParameters.end();
}

template <typename Table, typename Value>
std::string_view nameIn(const Table& table, Value value)
{
    return std::ranges::find(table, value, [](const auto& row) { return row.first; })->second;
}

template <typename Value, std::size_t count>
std::optional<Value> valueIn(const std::array<std::pair<Value, std::string_view>, count>& table,
                             std::string_view name)
{
    const auto found = std::ranges::find(table, name, [](const auto& row) { return row.second; });
    return found == table.end() ? std::nullopt : std::optional(found->first);
}

} // namespace

std::string_view toText(Grant grant)
{
    return nameIn(grantNames, grant);
}

std::optional<Grant> grantFrom(std::string_view text)
{
    return valueIn(grantNames, text);
}

bool isUnattended(Grant grant)
{
    return grant == Grant::ClientCredentials || grant == Grant::Password;
}

std::string_view toText(ClientAuthentication method)
{
    return nameIn(authenticationNames, method);
}

std::optional<ClientAuthentication> clientAuthenticationFrom(std::string_view text)
{
    return valueIn(authenticationNames, text);
}

bool isOpenId(std::string_view scope)
{
    const std::string padded = " " + std::string(scope) + " ";
    return padded.find(" openid ") != std::string::npos;
}

static tl::unexpected<Error> notNamed(std::string_view name, const std::string& metadataUrl)
{
    const std::string_view bare = name.starts_with("the ") ? name.substr(4) : name;
    return failure(ErrorKind::BadAnswer, std::string(name) + " cannot be used",
                   "the metadata at " + visible(metadataUrl) + " names no " + std::string(bare),
                   "give its address yourself, or tell the people who run the server");
}

Result<void> checkEndpoint(const std::string& url, std::string_view name, const std::string& metadataUrl)
{
    if (url.empty() && !metadataUrl.empty())
        return notNamed(name, metadataUrl);
    const auto unusable = [&](std::string why, std::string fix) {
        return failure(ErrorKind::Usage, std::string(name) + " cannot be used", std::move(why),
                       std::move(fix));
    };
    if (url.empty())
        return unusable("nobody named it", "give its address, or the issuer, whose metadata may name it");
    const auto fault = keys::faultOf(url);
    if (fault == keys::AddressFault::NoAddress)
        return unusable(http::parseUrl(url).error().why, "give an address that begins with https://");
    if (fault == keys::AddressFault::UserName || url.find('#') != std::string::npos)
        return unusable("there is a user name or a fragment in it (RFC 6749 §3.1)", "leave it out");
    if (fault == keys::AddressFault::PlainHttp)
        return unusable("it is http, where anybody on the way reads what is sent",
                        "give its https address; http is for this machine alone");
    return {};
}

Result<void> checkParameters(const OAuthLogin& login)
{
    for (const Parameter& parameter : login.parameters)
        if (isFilledIn(login, parameter.name))
            return failure(ErrorKind::Usage, "the sign-in cannot begin",
                           "'" + parameter.name +
                               "' is among the further parameters, and the sign-in fills it in itself "
                               "(RFC 6749 §3.1: none may stand there twice)",
                           "leave it out there");
    return {};
}

const jose::Algorithm* usualAlgorithm(const jose::Key& key)
{
    const auto fits = [&key](const jose::Algorithm& algorithm) { return jose::isFor(algorithm, key); };
    if (const jose::Algorithm* named = key.alg ? jose::findAlgorithm(*key.alg) : nullptr)
        return fits(*named) ? named : nullptr;
    const auto all = jose::algorithms();
    const auto found = std::ranges::find_if(all, fits);
    return found == all.end() ? nullptr : &*found;
}

} // namespace claimcheck::auth
