// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "oautherror.h"

#include "answertext.h"

#include <base/text.h>
#include <json/document.h>

#include <algorithm>
#include <array>

namespace claimcheck::auth {
namespace {

struct Meaning
{
    std::string_view code;
    const char* why;
    const char* fix;
};

// RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3.1, RFC 8628 §3.5, RFC 9449 §5 and §8, RFC 8707 §2, RFC 7009 §2.2.1,
// OpenID Connect Core §3.1.2.6.
constexpr std::array<Meaning, 22> meanings{{
    {"invalid_request", "the server does not understand the request", "check the parameters"},
    {"invalid_client", "the server does not know the client, or does not believe it",
     "check its id, its secret or key, and how it authenticates"},
    {"invalid_grant", "what was handed in is not valid: it is wrong, used up, expired or revoked",
     "sign in anew"},
    {"unauthorized_client", "this client may not use this grant", "allow it at the server, or use another"},
    {"unsupported_grant_type", "the server does not offer this grant", "use another one"},
    {"unsupported_response_type", "the server gives no code this way", "use another grant"},
    {"invalid_scope", "the scope is unknown, or more than this client may have", "ask for less"},
    {"invalid_target", "the server does not know the resource or audience", "check it"},
    {"access_denied", "it was refused by the person who was asked, or by the server", "sign in anew"},
    {"server_error", "the server has a problem of its own", "try later"},
    {"temporarily_unavailable", "the server is busy or being maintained", "try later"},
    {"authorization_pending", "nobody has confirmed it yet", "confirm it with the code"},
    {"slow_down", "it was asked too often", "wait a little"},
    {"expired_token", "the code is over before anybody confirmed it", "sign in anew"},
    {"invalid_dpop_proof", "the server does not accept the DPoP proof", "check the clock and the key"},
    {"use_dpop_nonce", "the server asks for a DPoP nonce, and gives none or does not take its own",
     "tell the people who run it"},
    {"invalid_token", "the server does not take the token: it is wrong, expired or revoked",
     "sign in anew, or use another token"},
    {"insufficient_scope", "the token does not permit this", "sign in with the scope that it needs"},
    {"unsupported_token_type", "the server does not do this with tokens of this kind",
     "name the other token"},
    {"login_required", "somebody has to sign in", "sign in anew, without prompt=none"},
    {"consent_required", "somebody has to agree", "sign in anew, without prompt=none"},
    {"interaction_required", "somebody has to answer the server", "sign in anew, without prompt=none"},
}};

/// What may stand there (RFC 6749 §A.7, §A.8), and not a page of it.
std::string shown(std::string_view text, const Secrets& secrets)
{
    return visible(shortened(cutOut(text, secrets), 200));
}

} // namespace

bool isOutage(int status)
{
    return status == 408 || status == 429 || (status >= 500 && status <= 599);
}

Error outageOf(const http::Response& response, std::string what, const Secrets& secrets)
{
    const std::string said = serverMessage(response, response.body.read(largestLoginAnswer), secrets);
    std::string why = "it answers " + statusText(response, secrets) + (said.empty() ? "" : ": " + said);
    if (response.status >= 500)
        why = "the server, or what stands in front of it, is out of order: " + why;
    const char* const fix =
        response.status == 429 ? "wait a while: the server limits how often one may ask" : "try later";
    return {ErrorKind::BadAnswer, std::move(what), std::move(why), fix, std::nullopt};
}

std::optional<OAuthError> oauthErrorOf(const http::Response& response)
{
    const auto document = json::parse(response.body.read(largestLoginAnswer));
    const auto code = document ? document->root().find("error") : std::nullopt;
    if (!code || !code->isString() || code->string().empty())
        return std::nullopt;
    const auto description = document->root().find("error_description");
    return OAuthError{code->string(), description ? description->string() : std::string(),
                      isOutage(response.status)};
}

Error toError(const OAuthError& error, std::string what, const Secrets& secrets)
{
    const auto known = std::ranges::find(meanings, error.code, &Meaning::code);
    const bool isKnown = known != meanings.end();
    const std::string code = shown(error.code, secrets);
    std::string why = isKnown ? known->why + (" (" + code + ")") : "the server answers " + code;
    if (!error.description.empty())
        why += ": " + shown(error.description, secrets);
    // RFC 6749 §4.1.2.1: the first two stand for a 500 and a 503.
    const bool isSaid =
        error.code == "server_error" || error.code == "temporarily_unavailable" || error.code == "slow_down";
    const bool isPassing = isSaid || (error.isOutage && !isKnown);
    const char* const fix = isKnown     ? known->fix
                            : isPassing ? "try later"
                                        : "the server's documentation may say what that means";
    return {isPassing ? ErrorKind::BadAnswer : ErrorKind::Refused, std::move(what), std::move(why), fix,
            std::nullopt};
}

} // namespace claimcheck::auth
