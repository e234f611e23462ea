// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "authorization.h"

#include "oautherror.h"
#include "random.h"
#include "secrets.h"

#include <base/text.h>
#include <collection/collection.h>
#include <http/url.h>
#include <jose/base64url.h>

#include <algorithm>
#include <vector>

namespace claimcheck::auth {
namespace {

tl::unexpected<Error> refused(std::string why, std::string fix = "begin the sign-in anew")
{
    return failure(ErrorKind::Refused, "the sign-in was not completed", std::move(why), std::move(fix));
}

/// The values of one parameter in a query (application/x-www-form-urlencoded).
class Query
{
public:
    explicit Query(std::string_view target)
    {
        if (const std::size_t mark = target.find('?'); mark != target.npos)
            m_pairs = collection::decodeForm(target.substr(mark + 1));
    }

    std::size_t count(std::string_view name) const
    {
        return static_cast<std::size_t>(
            std::ranges::count(m_pairs, name, [](const collection::Field& pair) { return pair.name; }));
    }
    /// Empty where it is missing.
    std::string value(std::string_view name) const
    {
        const auto found =
            std::ranges::find(m_pairs, name, [](const collection::Field& pair) { return pair.name; });
        return found == m_pairs.end() ? std::string() : found->value;
    }

private:
    std::vector<collection::Field> m_pairs;
};

Result<void> checkState(const Query& query, const Attempt& attempt)
{
    if (query.count("state") == 0)
        return refused("the redirect has no state: it is no answer to this sign-in (RFC 6749 §10.12)");
    if (query.count("state") > 1)
        return refused("the redirect has two states: somebody else had a hand in it (RFC 6749 §10.12)");
    if (!(Secret(query.value("state")) == attempt.state))
        return refused(
            "the redirect has another state than was sent: it belongs to another sign-in, or somebody "
            "made it up (RFC 6749 §10.12)");
    return {};
}

/// RFC 9207 §2.4: a code of another server must not be handed to this one.
Result<void> checkIssuer(const Query& query, const OAuthLogin& login, const Secrets& secrets)
{
    if (query.count("iss") > 1)
        return refused("the redirect names two issuers (RFC 9207)");
    if (query.count("iss") == 0)
        return login.server.namesIssuerInRedirect ? refused("the redirect names no issuer, though the server "
                                                            "says that it always does (RFC 9207)")
                                                  : Result<void>();
    if (!login.server.issuer.empty() && query.value("iss") != login.server.issuer)
        return refused("the redirect is from the issuer '" +
                       visible(shortened(cutOut(query.value("iss"), secrets), 200)) +
                       "', and the sign-in began at '" + visible(login.server.issuer) + "' (RFC 9207)");
    return {};
}

/// Whoever wrote the redirect may have put them where they are shown.
Secrets secretsAround(const OAuthLogin& login, const Attempt& attempt, const Query& query)
{
    Secrets secrets;
    for (const Secret* secret : {&attempt.verifier, &attempt.nonce, &attempt.state})
        addSecret(secrets, secret->reveal());
    addSecret(secrets, query.value("code"));
    return secretsOf(login, std::move(secrets));
}

} // namespace

Attempt newAttempt(std::string redirectUri)
{
    return {Secret(randomText()), Secret(randomText()), Secret(randomText()), std::move(redirectUri)};
}

std::string codeChallenge(std::string_view verifier)
{
    return jose::sha256Base64Url(verifier);
}

Result<std::string> authorizationUrl(const OAuthLogin& login, const Attempt& attempt)
{
    const std::string& endpoint = login.server.authorizationEndpoint;
    if (const auto usable = checkEndpoint(endpoint, "the authorization endpoint", login.server.foundAt);
        !usable)
        return tl::unexpected(usable.error());
    if (const auto fine = checkParameters(login); !fine)
        return tl::unexpected(fine.error());
    const auto& methods = login.server.codeChallengeMethods;
    if (!methods.empty() && std::ranges::find(methods, "S256") == methods.end())
        return refused(
            "the server does not know S256 of PKCE, and a code without it can be stolen (RFC 9700 §2.1.1)",
            "use another grant, or ask the people who run the server");
    const std::string challenge = codeChallenge(attempt.verifier.reveal());
    if (challenge.empty())
        return failure(ErrorKind::Internal, "the sign-in cannot begin", "OpenSSL refused SHA-256");
    std::vector<collection::Field> fields{
        {"response_type", "code"}, {"client_id", login.client.id}, {"redirect_uri", attempt.redirectUri}};
    if (!login.scope.empty())
        fields.push_back({"scope", login.scope});
    fields.push_back({"state", std::string(attempt.state.reveal())});
    if (login.isOpenId())
        fields.push_back({"nonce", std::string(attempt.nonce.reveal())});
    fields.push_back({"code_challenge", challenge});
    fields.push_back({"code_challenge_method", "S256"});
    for (const Parameter& parameter : login.parameters)
        fields.push_back({parameter.name, parameter.value});
    // RFC 6749 §3.1: a query that the endpoint has stays.
    const char joint = endpoint.find('?') == std::string::npos ? '?' : '&';
    return endpoint + joint + collection::encodeForm(fields);
}

Result<Secret> codeFromRedirect(const OAuthLogin& login, const Attempt& attempt, std::string_view target)
{
    const Query query(target);
    if (const auto state = checkState(query, attempt); !state)
        return tl::unexpected(state.error());
    const Secrets secrets = secretsAround(login, attempt, query);
    if (const auto issuer = checkIssuer(query, login, secrets); !issuer)
        return tl::unexpected(issuer.error());
    if (query.count("error") > 0)
        return tl::unexpected(toError({query.value("error"), query.value("error_description")},
                                      "the sign-in was not completed", secrets));
    if (query.count("code") > 1)
        return refused("the redirect has two codes");
    if (query.value("code").empty())
        return refused("the redirect has neither a code nor an error");
    return Secret(query.value("code"));
}

} // namespace claimcheck::auth
