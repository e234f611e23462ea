// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokenservice.h"

#include "answertext.h"
#include "challenge.h"
#include "oautherror.h"

#include <base/text.h>

#include <algorithm>

namespace claimcheck::auth {
namespace {

/// What is asked of an endpoint.
struct Asked
{
    const char* what; ///< that could not be done where it fails
    const char* mend; ///< what to do where the server refuses without a word
};

constexpr Asked introspecting{"the token cannot be introspected",
                              "check the client's id, its secret or key, and how it authenticates"};
constexpr Asked revoking{"the token was not revoked",
                         "check the client's id, its secret or key, and how it authenticates"};
constexpr Asked readingClaims{"the user's claims cannot be read", "sign in anew, or use another token"};

tl::unexpected<Error> odd(const Asked& asked, std::string why,
                          std::string fix = "check the endpoint's address")
{
    return failure(ErrorKind::Malformed, asked.what, std::move(why), std::move(fix));
}

/// A bearer's endpoint says its error in the challenge (RFC 6750 §3).
std::optional<OAuthError> challengedError(const http::Response& response)
{
    for (const Challenge& challenge : challengesIn(response.headers))
        if (!challenge.parameter("error").empty())
            return OAuthError{challenge.parameter("error"), challenge.parameter("error_description"),
                              isOutage(response.status)};
    return std::nullopt;
}

tl::unexpected<Error> answerOfStatus(const http::Response& response, const Asked& asked,
                                     const Secrets& secrets)
{
    auto error = oauthErrorOf(response);
    if (!error)
        error = challengedError(response);
    if (error)
        return tl::unexpected(toError(*error, asked.what, secrets));
    if (isOutage(response.status))
        return tl::unexpected(outageOf(response, asked.what, secrets));
    const std::string status = statusText(response, secrets);
    if (response.status >= 300 && response.status < 400)
        return odd(asked, "the server answers with a redirect (" + status + "), which is not followed",
                   "name the endpoint itself");
    const std::string said = serverMessage(response, response.body.read(largestLoginAnswer), secrets);
    const std::string why = "the server answers " + status + (said.empty() ? "" : ": " + said);
    if (response.status == 401 || response.status == 403)
        return failure(ErrorKind::Refused, asked.what, why, asked.mend);
    return odd(asked, why);
}

std::string pageText(std::string_view body, const Secrets& secrets)
{
    const std::string title = htmlTitle(body, secrets);
    return title.empty() ? "a page" : "a page titled '" + title + "'";
}

/// What there is in place of a JSON object.
tl::unexpected<Error> noObject(const http::Response& response, std::string_view body, const Asked& asked,
                               const Secrets& secrets)
{
    if (trimmed(body).empty())
        return odd(asked, "the server's answer is empty");
    if (isHtml(response, body))
        return odd(asked, "the server answers with " + pageText(body, secrets) + " in place of JSON");
    const auto type = http::headerValue(response.headers, "Content-Type");
    if (toLowerAscii(type.value_or("")).find("jwt") != std::string::npos)
        return odd(
            asked,
            "the server answers with a JWT (RFC 9701 §5, OpenID Connect Core §5.3.2), which is not read",
            "let it answer this client with plain JSON");
    return odd(asked, "the server's answer is no JSON object");
}

Result<json::Document> objectOf(const http::Response& response, const Asked& asked, const Secrets& secrets)
{
    if (response.status != 200)
        return answerOfStatus(response, asked, secrets);
    const std::string body = response.body.read(largestLoginAnswer);
    auto document = json::parse(body);
    if (!document || !document->root().isObject())
        return noObject(response, body, asked, secrets);
    return document;
}

/// The member that the answer is about. What is there twice is read so by one and so by another.
Result<json::Value> memberOf(const json::Document& document, const char* name, const Asked& asked,
                             const char* missing)
{
    const auto twice = document.root().duplicates();
    if (std::ranges::find(twice, name) != twice.end())
        return odd(asked, "the answer has '" + std::string(name) + "' twice",
                   "tell the people who run the server");
    const auto value = document.root().find(name);
    if (!value)
        return odd(asked, missing);
    return *value;
}

} // namespace

Result<Introspection> readIntrospection(const OAuthLogin& login, const http::Response& response,
                                        const Secrets& sent)
{
    const Secrets secrets = secretsOf(login, sent);
    const auto document = objectOf(response, introspecting, secrets);
    if (!document)
        return tl::unexpected(document.error());
    const auto active = memberOf(*document, "active", introspecting,
                                 "the answer does not say if the token is active (RFC 7662 §2.2)");
    if (!active) {
        const auto error = oauthErrorOf(response); // with status 200, as some do it
        return tl::unexpected(error ? toError(*error, introspecting.what, secrets) : active.error());
    }
    if (!active->isBool())
        return odd(introspecting, "'active' is neither true nor false, so nothing is known (RFC 7662 §2.2)",
                   "tell the people who run the server");
    return Introspection{active->boolean(), *document};
}

/// §2.2 says nothing of the body, but a page or an error is none of a revocation endpoint that has done it.
Result<void> readRevocation(const OAuthLogin& login, const http::Response& response, const Secrets& sent)
{
    const Secrets secrets = secretsOf(login, sent);
    const bool isTaken = response.status == 200 || response.status == 204;
    if (!isTaken) {
        auto error = answerOfStatus(response, revoking, secrets).value();
        if (isOutage(response.status)) // §2.2.1
            error.why += "; the token may still be good";
        return tl::unexpected(std::move(error));
    }
    if (const auto error = oauthErrorOf(response))
        return tl::unexpected(toError(*error, revoking.what, secrets));
    const std::string body = response.body.read(largestLoginAnswer);
    if (isHtml({}, body)) // whatever its type says: many send an empty text/html
        return odd(revoking,
                   "the server answers with " + pageText(body, secrets) + ": the token may still be good");
    return {};
}

Result<json::Document> readUserinfo(const OAuthLogin& login, const http::Response& response,
                                    const std::optional<std::string>& subject, const Secrets& sent)
{
    const Secrets secrets = secretsOf(login, sent);
    auto document = objectOf(response, readingClaims, secrets);
    if (!document)
        return document;
    const auto sub =
        memberOf(*document, "sub", readingClaims, "the answer does not say whose they are ('sub')");
    if (!sub) {
        const auto error = oauthErrorOf(response);
        return tl::unexpected(error ? toError(*error, readingClaims.what, secrets) : sub.error());
    }
    if (!sub->isString())
        return odd(readingClaims, "the answer does not say whose they are: 'sub' is no text",
                   "tell the people who run the server");
    if (subject && sub->string() != *subject)
        return failure(
            ErrorKind::Refused, readingClaims.what,
            "they are somebody else's: 'sub' is not that of the ID token (OpenID Connect Core §5.3.2)",
            "sign in anew");
    return document;
}

} // namespace claimcheck::auth
