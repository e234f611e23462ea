// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokenanswer.h"

#include "answertext.h"
#include "jsonpath.h"
#include "oautherror.h"

#include <base/text.h>
#include <json/document.h>

#include <algorithm>
#include <cmath>

namespace claimcheck::auth {
namespace {

constexpr std::int64_t longestLifetime = 100ll * 366 * 24 * 3600; ///< seconds; more is a mistake
constexpr const char* nothingCame = "the server gave no token";

tl::unexpected<Error> noToken(std::string why, std::string fix)
{
    return failure(ErrorKind::Malformed, nothingCame, std::move(why), std::move(fix));
}

tl::unexpected<Error> badStatus(const http::Response& response, const std::string& body,
                                const Secrets& secrets)
{
    if (response.status >= 300 && response.status < 400)
        return noToken("it answers with a redirect (" + statusText(response, secrets) +
                           "), which is not followed",
                       "name the token endpoint itself");
    if (isOutage(response.status))
        return tl::unexpected(outageOf(response, nothingCame, secrets));
    const std::string said = serverMessage(response, body, secrets);
    return noToken("it answers " + statusText(response, secrets) + (said.empty() ? "" : ": " + said),
                   "check the token endpoint's address");
}

/// What is there in place of an access token.
tl::unexpected<Error> noAccessToken(const json::Value& root, const Secrets& secrets)
{
    const char* const fix = "check the token endpoint's address";
    if (root.size() == 0)
        return noToken("its answer is an empty object", fix);
    if (const auto value = root.find("access_token"))
        return noToken(value->isNull() ? "its access_token is null" : "its access_token is empty",
                       "tell the people who run the server");
    return noToken("its answer has no access_token; there is " + memberList(root, secrets), fix);
}

Result<json::Document> documentOf(const http::Response& response, const Secrets& secrets)
{
    const std::string body = response.body.read(largestLoginAnswer);
    if (const auto error = oauthErrorOf(response))
        return tl::unexpected(toError(*error, nothingCame, secrets));
    if (response.status < 200 || response.status > 299)
        return badStatus(response, body, secrets);
    if (trimmed(body).empty())
        return noToken("its answer is empty", "check the token endpoint's address");
    if (isHtml(response, body)) {
        const std::string title = htmlTitle(body, secrets);
        return noToken("it answers with a page" + (title.empty() ? "" : " titled '" + title + "'") +
                           " in place of JSON",
                       "check the token endpoint's address");
    }
    auto document = json::parse(body, {.wipesSource = true});
    if (!document)
        return noToken("its answer is no JSON: " + document.error().why,
                       "check the token endpoint's address");
    if (!document->root().isObject())
        return noToken("its answer is JSON, but no object", "check the token endpoint's address");
    return document;
}

/// VSCHAR of RFC 6749 §A.12: what a header can carry.
bool isCarried(std::string_view token)
{
    return std::ranges::all_of(token, [](char c) { return c > ' ' && c < 0x7f; });
}

Result<Secret> textMember(const json::Value& root, const std::string& name)
{
    const auto value = root.find(name);
    if (!value || value->isNull())
        return Secret();
    if (!value->isString())
        return noToken("'" + name + "' is no text", "tell the people who run the server");
    Secret text = Secret::adopting(value->string());
    if (!isCarried(text.reveal()))
        return noToken("'" + name + "' holds characters that no header can carry (RFC 6749 §A.12)",
                       "tell the people who run the server");
    return text;
}

Result<void> readType(const json::Value& root, const OAuthLogin& login, Secrets secrets, TokenAnswer& answer)
{
    const auto value = root.find("token_type");
    answer.type = value ? value->string() : std::string();
    if (answer.type.empty()) {
        answer.notes.emplace_back("the server does not say of what type the token is; it is sent as Bearer");
        return {};
    }
    if (equalsIgnoringCase(answer.type, "Bearer")) {
        if (login.proofKey)
            answer.notes.emplace_back("the token was asked for with a DPoP proof, and is not bound to the "
                                      "key: it is a Bearer token");
        return {};
    }
    answer.isBound = equalsIgnoringCase(answer.type, "DPoP");
    if (answer.isBound && login.proofKey)
        return {};
    if (answer.isBound)
        return noToken("its token is bound to a key by DPoP, and no proof was sent", "sign in with DPoP");
    for (const Secret* token : {&answer.accessToken, &answer.refreshToken, &answer.idToken})
        addSecret(secrets, token->reveal());
    return noToken("its token is of the type '" + visible(shortened(cutOut(answer.type, secrets), 60)) +
                       "', which cannot be sent",
                   "Bearer and DPoP can; look into the client's settings at the server");
}

} // namespace

std::optional<Seconds> lifetimeIn(const json::Value& answer, std::vector<std::string>& notes)
{
    const auto value = answer.find("expires_in");
    if (!value || value->isNull())
        return std::nullopt;
    const auto seconds = secondsIn(*value);
    if (seconds && value->isString())
        notes.emplace_back(
            "expires_in is a text where RFC 6749 §5.1 wants a number; it was read all the same");
    if (!seconds || !std::isfinite(*seconds))
        notes.emplace_back("expires_in is no number, and was left out of account");
    else if (*seconds <= 0)
        notes.emplace_back("expires_in is not above zero, and was left out of account");
    else if (*seconds > static_cast<double>(longestLifetime))
        notes.emplace_back("expires_in is more than a hundred years, and was left out of account");
    else
        return Seconds(static_cast<std::int64_t>(*seconds));
    return std::nullopt;
}

Result<TokenAnswer> readTokenAnswer(const OAuthLogin& login, const http::Response& response,
                                    const Secrets& sent)
{
    const Secrets secrets = secretsOf(login, sent);
    const Result<json::Document> document = documentOf(response, secrets);
    if (!document)
        return tl::unexpected(document.error());
    const json::Value root = document->root();
    const auto twice = root.duplicates();
    if (std::ranges::find(twice, "access_token") != twice.end())
        return noToken("its answer has two access tokens", "tell the people who run the server");
    TokenAnswer answer;
    struct Member
    {
        const char* name;
        Secret& place;
    };
    for (const Member& member :
         {Member{"access_token", answer.accessToken}, Member{"refresh_token", answer.refreshToken},
          Member{"id_token", answer.idToken}}) {
        Result<Secret> text = textMember(root, member.name);
        if (!text)
            return tl::unexpected(text.error());
        member.place = *std::move(text);
    }
    if (answer.accessToken.isEmpty())
        return noAccessToken(root, secrets);
    if (const auto type = readType(root, login, secrets, answer); !type)
        return tl::unexpected(type.error());
    answer.expiresIn = lifetimeIn(root, answer.notes);
    if (const auto scope = root.find("scope"))
        answer.scope = scope->string();
    return answer;
}

} // namespace claimcheck::auth
