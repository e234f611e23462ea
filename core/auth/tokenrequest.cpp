// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokenrequest.h"

#include "clientauth.h"
#include "dpop.h"

#include <base/text.h>

namespace claimcheck::auth {
namespace {

using Form = std::vector<collection::Field>;

struct Endpoint
{
    const std::string& url;
    std::string_view name;
};

void applyWay(http::Request& request, const OAuthLogin& login)
{
    request.tls = login.tls;
    request.proxy = login.proxy;
    request.totalTimeout = login.totalTimeout.count() > 0 ? login.totalTimeout : longestLogin;
    request.maximumBody = largestLoginAnswer;
    request.followRedirects = false;
}

Result<http::Request> post(const OAuthLogin& login, const Endpoint& endpoint, Form form, const Moment& moment)
{
    if (const auto usable = checkEndpoint(endpoint.url, endpoint.name, login.server.foundAt); !usable)
        return tl::unexpected(usable.error());
    http::Request request;
    request.method = "POST";
    request.url = endpoint.url;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
    applyWay(request, login);
    if (const auto added = authenticateClient(request, form, login, moment); !added)
        return tl::unexpected(added.error());
    request.body = collection::encodeForm(form);
    request.hasBody = true;
    if (const auto valid = http::validate(request); !valid)
        return tl::unexpected(valid.error());
    return request;
}

Endpoint tokenEndpointOf(const OAuthLogin& login)
{
    return {login.server.tokenEndpoint, "the token endpoint"};
}

Result<http::Request> askForToken(const OAuthLogin& login, Form form, const Moment& moment)
{
    auto request = post(login, tokenEndpointOf(login), std::move(form), moment);
    if (!request || !login.proofKey)
        return request;
    auto proof = dpopProof(*login.proofKey, request->method, request->url, {}, moment);
    if (!proof)
        return tl::unexpected(proof.error());
    request->headers.push_back({"DPoP", *std::move(proof)});
    return request;
}

Result<void> addScope(Form& form, const OAuthLogin& login)
{
    if (const auto fine = checkParameters(login); !fine)
        return fine;
    if (!login.scope.empty())
        form.push_back({"scope", login.scope});
    for (const Parameter& parameter : login.parameters)
        form.push_back({parameter.name, parameter.value});
    return {};
}

std::string text(const Secret& secret)
{
    return std::string(secret.reveal());
}

Form formAbout(const Secret& token, TokenKind kind)
{
    Form form{{"token", text(token)}};
    if (kind != TokenKind::Unknown)
        form.push_back(
            {"token_type_hint", kind == TokenKind::AccessToken ? "access_token" : "refresh_token"});
    return form;
}

tl::unexpected<Error> notHere(std::string why, std::string fix)
{
    return failure(ErrorKind::Usage, "no token can be asked for", std::move(why), std::move(fix));
}

} // namespace

Result<void> checkTokenEndpoint(const OAuthLogin& login)
{
    const Endpoint endpoint = tokenEndpointOf(login);
    return checkEndpoint(endpoint.url, endpoint.name, login.server.foundAt);
}

Result<http::Request> tokenRequest(const OAuthLogin& login, const Moment& moment)
{
    Form form;
    switch (login.grant) {
    case Grant::ClientCredentials:
        form = {{"grant_type", "client_credentials"}};
        break;
    case Grant::Password:
        if (login.user.empty())
            return notHere("there is no user name", "give one");
        form = {{"grant_type", "password"}, {"username", login.user}, {"password", text(login.password)}};
        break;
    case Grant::RefreshToken:
        return refreshRequest(login, login.refreshToken, moment);
    case Grant::AuthorizationCode:
    case Grant::DeviceCode:
        return notHere("this grant begins with a person who confirms it", "begin there");
    }
    if (const auto added = addScope(form, login); !added)
        return tl::unexpected(added.error());
    return askForToken(login, std::move(form), moment);
}

Result<http::Request> refreshRequest(const OAuthLogin& login, const Secret& refreshToken,
                                     const Moment& moment)
{
    if (refreshToken.isEmpty())
        return notHere("there is no refresh token",
                       "sign in anew; many servers want the scope offline_access");
    return askForToken(login, {{"grant_type", "refresh_token"}, {"refresh_token", text(refreshToken)}},
                       moment);
}

Result<http::Request> codeRequest(const OAuthLogin& login, const Secret& code, const std::string& redirectUri,
                                  const Secret& verifier, const Moment& moment)
{
    return askForToken(login,
                       {{"grant_type", "authorization_code"},
                        {"code", text(code)},
                        {"redirect_uri", redirectUri},
                        {"code_verifier", text(verifier)}},
                       moment);
}

Result<http::Request> deviceTokenRequest(const OAuthLogin& login, const Secret& deviceCode,
                                         const Moment& moment)
{
    return askForToken(
        login,
        {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"}, {"device_code", text(deviceCode)}},
        moment);
}

Result<http::Request> deviceAuthorizationRequest(const OAuthLogin& login, const Moment& moment)
{
    Form form;
    if (const auto added = addScope(form, login); !added)
        return tl::unexpected(added.error());
    const std::string& url = login.server.deviceAuthorizationEndpoint;
    return post(login, {url, "the device authorization endpoint"}, std::move(form), moment);
}

Result<http::Request> introspectionRequest(const OAuthLogin& login, const Secret& token, TokenKind kind,
                                           const Moment& moment)
{
    return post(login, {login.server.introspectionEndpoint, "the introspection endpoint"},
                formAbout(token, kind), moment);
}

Result<http::Request> revocationRequest(const OAuthLogin& login, const Secret& token, TokenKind kind,
                                        const Moment& moment)
{
    return post(login, {login.server.revocationEndpoint, "the revocation endpoint"}, formAbout(token, kind),
                moment);
}

Result<http::Request> userinfoRequest(const OAuthLogin& login, const Secret& accessToken,
                                      const Moment& moment)
{
    const std::string& url = login.server.userinfoEndpoint;
    if (const auto usable = checkEndpoint(url, "the userinfo endpoint", login.server.foundAt); !usable)
        return tl::unexpected(usable.error());
    http::Request request;
    request.url = url;
    request.headers = {{"Accept", "application/json"}};
    applyWay(request, login);
    if (const auto added = addToken(request, accessToken, login.proofKey.get(), moment); !added)
        return tl::unexpected(added.error());
    if (const auto valid = http::validate(request); !valid)
        return tl::unexpected(valid.error());
    return request;
}

} // namespace claimcheck::auth
