// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokenservice.h"

#include "answertext.h"
#include "challenge.h"
#include "oautherror.h"

#include <base/text.h>

namespace claimcheck::auth {
namespace {

tl::unexpected<Error> odd(const char* what, std::string why)
{
    return failure(ErrorKind::Malformed, what, std::move(why), "check the endpoint's address");
}

/// A bearer's endpoint says its error in the challenge (RFC 6750 §3).
std::optional<OAuthError> challengedError(const http::Response& response)
{
    for (const Challenge& challenge : challengesIn(response.headers))
        if (!challenge.parameter("error").empty())
            return OAuthError{challenge.parameter("error"), challenge.parameter("error_description")};
    return std::nullopt;
}

Result<json::Document> objectOf(const http::Response& response, const char* what, const Secrets& secrets)
{
    if (response.status != 200) {
        auto error = oauthErrorOf(response);
        if (!error)
            error = challengedError(response);
        if (error)
            return tl::unexpected(toError(*error, what, secrets));
        return odd(what, "the server answers " + statusText(response, secrets));
    }
    auto document = json::parse(response.body.read(largestLoginAnswer));
    if (!document || !document->root().isObject())
        return odd(what, "the server's answer is no JSON object");
    return document;
}

} // namespace

Result<Introspection> readIntrospection(const OAuthLogin& login, const http::Response& response,
                                        const Secrets& sent)
{
    static constexpr const char* what = "the token cannot be introspected";
    const auto document = objectOf(response, what, secretsOf(login, sent));
    if (!document)
        return tl::unexpected(document.error());
    const auto active = document->root().find("active");
    if (!active || !active->isBool())
        return odd(what, "the answer does not say if the token is active (RFC 7662 §2.2)");
    return Introspection{active->boolean(), *document};
}

Result<void> readRevocation(const OAuthLogin& login, const http::Response& response, const Secrets& sent)
{
    const Secrets secrets = secretsOf(login, sent);
    static constexpr const char* what = "the token was not revoked";
    if (response.status == 200 || response.status == 204)
        return {};
    if (const auto error = oauthErrorOf(response))
        return tl::unexpected(toError(*error, what, secrets));
    if (response.status == 503) // §2.2.1
        return failure(ErrorKind::Refused, what, "the server cannot do it now: the token may still be good",
                       "try again in a while");
    return odd(what, "the server answers " + statusText(response, secrets));
}

Result<json::Document> readUserinfo(const OAuthLogin& login, const http::Response& response,
                                    const std::optional<std::string>& subject, const Secrets& sent)
{
    static constexpr const char* what = "the user's claims cannot be read";
    auto document = objectOf(response, what, secretsOf(login, sent));
    if (!document)
        return document;
    const auto sub = document->root().find("sub");
    if (!sub || !sub->isString())
        return odd(what, "the answer does not say whose they are ('sub')");
    if (subject && sub->string() != *subject)
        return failure(
            ErrorKind::Refused, what,
            "they are somebody else's: 'sub' is not that of the ID token (OpenID Connect Core §5.3.2)",
            "sign in anew");
    return document;
}

} // namespace claimcheck::auth
