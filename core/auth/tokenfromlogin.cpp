// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "answertext.h"
#include "brokentoken.h"
#include "cookie.h"
#include "jsonpath.h"
#include "login.h"
#include "oautherror.h"
#include "secrets.h"
#include "tokenname.h"

#include <base/text.h>

namespace claimcheck::auth {

namespace {

using Found = Result<inspect::FoundToken>;

struct LoginAnswer
{
    const http::Response& response;
    std::string body;
    Secrets secrets; ///< that it may repeat, and we do not

    std::string status() const { return statusText(response, secrets); }
    /// Of a field of its, on one line.
    std::string shown(const std::string& text, std::size_t longest) const
    {
        return visible(shortened(cutOut(text, secrets), longest));
    }
};

tl::unexpected<Error> malformed(std::string what, std::string why, std::string fix,
                                std::optional<Position> where = std::nullopt)
{
    return failure(ErrorKind::Malformed, std::move(what), std::move(why), std::move(fix), std::move(where));
}

std::string_view adviceFor(int status)
{
    switch (status) {
    case 401:
    case 403:
        return "check user name and password";
    case 404:
    case 410:
        return "check the URL of the login";
    case 405:
        return "check the method and the URL of the login";
    case 400:
    case 415:
    case 422:
        return "check the names of the fields, and whether the API takes JSON or a form";
    case 408:
        return "try again";
    case 429:
        return "wait a while: the server limits how often one may try";
    default:
        return status >= 500 ? "the server failed: try again, or look into its log"
                             : "check the URL of the login";
    }
}

std::string reasonIn(const LoginAnswer& answer)
{
    const std::string message = serverMessage(answer.response, answer.body, answer.secrets);
    return message.empty() ? "the server gave no reason" : "the server said \"" + message + "\"";
}

/// One that comes again and again locks many an account, so it is told from a server that cannot do it now,
/// by whatever page or JSON it says so.
tl::unexpected<Error> refused(const LoginAnswer& answer)
{
    const int status = answer.response.status;
    const std::string fix(adviceFor(status));
    if (isOutage(status))
        return failure(ErrorKind::BadAnswer, "the login failed with " + answer.status(), reasonIn(answer),
                       fix);
    return failure(status >= 400 ? ErrorKind::Refused : ErrorKind::Malformed,
                   "the login was refused with " + answer.status(), reasonIn(answer), fix);
}

/// A member that is false, as JSON or as one of the words and numbers that people write for it.
bool isFalse(const json::Value& body, std::string_view name)
{
    const auto member = body.find(name);
    if (!member)
        return false;
    const std::string text =
        toLowerAscii(member->isString() ? member->string() : std::string(member->text()));
    return text == "false" || text == "0";
}

/// `error` names what is wrong (RFC 6749 §5.2), or says only that something is.
bool namesError(const json::Value& body)
{
    const auto error = body.find("error");
    return error && ((error->isString() && !trimmed(error->string()).empty()) ||
                     (error->isObject() && error->size() > 0) || (error->isBool() && error->boolean()));
}

/// JSend's and others' habit of saying the outcome in `status`.
bool hasFailedStatus(const json::Value& body)
{
    const auto status = body.find("status");
    const std::string word = status && status->isString() ? toLowerAscii(status->string()) : std::string();
    return word == "error" || word == "fail" || word == "failed" || word == "failure";
}

/// Whether a body says no whatever its status says: `error`, GraphQL's `errors`, a `status` of failure, and
/// the habit of a `success`, `ok` or `authenticated` that is false.
bool saysNo(const json::Value& body)
{
    const auto errors = body.find("errors");
    return namesError(body) || hasFailedStatus(body) || (errors && errors->isArray() && errors->size() > 0) ||
           isFalse(body, "success") || isFalse(body, "ok") || isFalse(body, "authenticated");
}

tl::unexpected<Error> refusedAllTheSame(const LoginAnswer& answer)
{
    return failure(ErrorKind::Refused, "the login was refused, though its answer is " + answer.status(),
                   reasonIn(answer), "check user name and password, and the names of the fields");
}

/// Without what is behind the path: a code or a token may stand there (RFC 6749 §4.1.2, §4.2.2).
tl::unexpected<Error> redirected(const LoginAnswer& answer)
{
    const std::string location =
        http::headerValue(answer.response.headers, "Location").value_or("no address");
    return malformed("the login was answered with a redirect (" + answer.status() + ")",
                     "it leads to " + answer.shown(location.substr(0, location.find_first_of("?#")), 200) +
                         " and holds no token",
                     "give that address as the login's URL if it is the right one");
}

tl::unexpected<Error> htmlInstead(const LoginAnswer& answer)
{
    const std::string title = htmlTitle(answer.body, answer.secrets);
    return malformed("the login's answer is an HTML page, not JSON",
                     answer.status() +
                         (title.empty() ? ", a page without a title" : ", titled \"" + title + "\""),
                     "the URL is probably a page for people: give the API's own login route");
}

tl::unexpected<Error> brokenJson(const Error& cause)
{
    auto where = cause.where;
    if (where)
        where->in = "body";
    return malformed("the login's answer is broken JSON", cause.why,
                     "look at the response: the server broke off or mixed other text into it", where);
}

// Ends a header's line, or its value: RFC 9110 §5.5.
constexpr std::string_view noHeaderValue("\r\n\0", 3);
constexpr const char* breaksHeader = "holds a line break or NUL, which no header can carry";

/// What is wrong with a value that should be a token; empty where it may be one.
const char* whyNoToken(const json::Value& value)
{
    if (value.isNull())
        return "is null";
    if (!value.isString())
        return "";
    const std::string text = value.string();
    if (trimmed(text).empty())
        return "is an empty text";
    return text.find_first_of(noHeaderValue) != std::string::npos ? breaksHeader : "";
}

/// The first member that by its name is the token and by its value none: ".data.token is null". Recursive:
/// the parser has bounded the depth.
std::string unusableToken(const json::Value& value, JsonPath& path, const LoginAnswer& answer)
{
    for (const json::Member& member : value.members()) {
        path.emplace_back(member.name);
        const std::string why = hintOf(member.name) == Hint::Access ? whyNoToken(member.value) : "";
        std::string found = why.empty() ? unusableToken(member.value, path, answer)
                                        : answer.shown(toText(path), 200) + " " + why;
        path.pop_back();
        if (!found.empty())
            return found;
    }
    return {};
}

constexpr const char* adviceForNone =
    "the server took the login and made no token that can be sent: look into its log and at what makes it";

tl::unexpected<Error> nothingInside(const LoginAnswer& answer)
{
    const auto document = json::parse(answer.body);
    if (document && saysNo(document->root()))
        return refusedAllTheSame(answer);
    JsonPath path;
    const std::string unusable = document ? unusableToken(document->root(), path, answer) : std::string();
    if (!unusable.empty())
        return malformed("no token in the login's answer", answer.status() + ", but " + unusable,
                         adviceForNone);
    if (document && document->root().isNull())
        return malformed("no token in the login's answer", answer.status() + ", but the body is null",
                         adviceForNone);
    std::string why = answer.status();
    if (document && document->root().isObject() && document->root().size() > 0)
        why += " with the members " + memberList(document->root(), answer.secrets);
    else
        why += " with " + formatSize(answer.body.size()) + " of " +
               answer.shown(
                   http::headerValue(answer.response.headers, "Content-Type").value_or("unknown type"), 100);
    return settable(Setting::TokenPlace,
                    malformed("no token in the login's answer", why,
                              "say where it is: a path as data.token, header:X-Token or cookie:session"));
}

Found noToken(const LoginAnswer& answer)
{
    if (answer.response.status >= 300)
        return redirected(answer);
    if (trimmed(answer.body).empty())
        return malformed("the login's answer is empty",
                         answer.status() + ", no body, and no token in a header or cookie",
                         "check that the URL is the login route and the method the right one");
    if (isHtml(answer.response, answer.body))
        return htmlInstead(answer);
    return nothingInside(answer);
}

/// So that no colon stands behind `token`: what follows would be cut out of a report as its value.
constexpr const char* inTheAnswer = " in the answer";

tl::unexpected<Error> noSuch(const std::string& place, const char* why)
{
    return settable(Setting::TokenPlace, malformed("no token at " + visible(place) + inTheAnswer, why,
                                                   "correct the name, or leave the path out to search"));
}

Found fromHeader(const http::Response& response, const std::string& name)
{
    const auto value = http::headerValue(response.headers, name);
    if (!value)
        return noSuch("header:" + name, "the login's answer has no such header");
    const inspect::Unwrapped token = inspect::unwrap(*value);
    if (token.token.empty())
        return noSuch("header:" + name, "that header of the login's answer is empty");
    return inspect::FoundToken{std::string(token.token), token.offset, "header " + name};
}

Found fromCookie(const http::Response& response, const std::string& name)
{
    for (const http::Header& header : response.headers) {
        const bool isCookie = equalsIgnoringCase(header.name, "Set-Cookie");
        const auto cookie = isCookie ? parseSetCookie(header.value) : std::nullopt;
        if (cookie && cookie->name == name && !cookie->value.empty())
            return inspect::FoundToken{cookie->value, 0, "cookie " + name};
    }
    return noSuch("cookie:" + name, "the login's answer sets no such cookie, or an empty one");
}

Found fromBody(const LoginAnswer& answer, const std::string& text)
{
    const auto path = parsePath(text);
    if (!path)
        return tl::unexpected(path.error());
    const auto document = json::parse(answer.body, {256, largestLoginAnswer});
    if (!document && (trimmed(answer.body).empty() || isHtml(answer.response, answer.body)))
        return noToken(answer);
    if (!document)
        return brokenJson(document.error());
    const auto value = follow(document->root(), *path, answer.secrets);
    if (!value)
        return saysNo(document->root()) ? refusedAllTheSame(answer) : tl::unexpected(value.error());
    const std::string content = value->string(); // empty for what is no string
    const std::string_view token = inspect::unwrap(content).token;
    if (value->isNull() || (value->isString() && token.empty()))
        return malformed("no token at " + visible(toText(*path)) + inTheAnswer,
                         value->isNull() ? "it is null" : "it is an empty text",
                         "look into the server's log: it put none there; or correct the path");
    if (token.empty())
        return settable(Setting::TokenPlace, malformed("no token at " + visible(toText(*path)) + inTheAnswer,
                                                       "what stands there is no text",
                                                       "correct the path, or leave it out to search"));
    return inspect::FoundToken{std::string(token), value->offset(), "body " + toText(*path)};
}

Found atPath(const std::string& path, const LoginAnswer& answer)
{
    if (path.starts_with("header:"))
        return fromHeader(answer.response, path.substr(7));
    if (path.starts_with("cookie:"))
        return fromCookie(answer.response, path.substr(7));
    return fromBody(answer, path.starts_with("body:") ? path.substr(5) : path);
}

Found searched(const LoginAnswer& answer)
{
    const auto tokens = tokensIn(answer.response, BrokenTokens::Included);
    const auto document = json::parse(answer.body, {256, largestLoginAnswer});
    const bool isBroken = !document && !trimmed(answer.body).empty() &&
                          claimsJson(answer.response, answer.body) && !isHtml(answer.response, answer.body);
    // A token cut out of JSON that broke off may itself be cut off; one in a header is whole.
    const bool isInBody = tokens.empty() || tokens.front().place.starts_with("body");
    if (isBroken && isInBody && answer.response.status < 300)
        return brokenJson(document.error());
    return tokens.empty() ? noToken(answer) : Found(tokens.front());
}

} // namespace

Result<inspect::FoundToken> tokenFromLogin(const Login& login, const http::Response& response,
                                           const std::vector<Secret>& sent)
{
    const LoginAnswer answer{response, response.body.read(largestLoginAnswer), secretsOf(login, sent)};
    if (response.status < 200 || response.status >= 400)
        return refused(answer);
    Found found = login.tokenPath.empty() ? searched(answer) : atPath(login.tokenPath, answer);
    if (const auto fault = found ? faultOf(*found) : std::nullopt)
        return tl::unexpected(*fault);
    // A whole JSON body that is a token has its line breaks, and is sent otherwise.
    if (found && found->place != "body" && found->text.find_first_of(noHeaderValue) != std::string::npos)
        return malformed("the token in the login's answer cannot be sent",
                         visible(found->place) + " " + breaksHeader, adviceForNone);
    return found;
}

Result<inspect::FoundToken> tokenAt(const std::string& place, const http::Response& response,
                                    const std::vector<Secret>& sent)
{
    return atPath(place, {response, response.body.read(largestLoginAnswer), sent});
}

} // namespace claimcheck::auth
