// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <http/redirect.h>

#include <algorithm>
#include <utility>

#include <base/text.h>
#include <http/url.h>

namespace claimcheck::http {

namespace {

bool isRedirect(const Response& answer)
{
    switch (answer.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return headerValue(answer.headers, "Location").has_value();
    default:
        return false;
    }
}

/// RFC 9110 §15.4.4 (303 is fetched with GET; HEAD stays) and §15.4.2–3 (POST becomes GET, as every agent
/// does).
bool becomesGet(const Request& request, int status)
{
    if (status == 303)
        return request.method != "GET" && request.method != "HEAD";
    return (status == 301 || status == 302) && request.method == "POST";
}

bool describesBody(const Header& header)
{
    return startsWithIgnoringCase(header.name, "Content-") ||
           equalsIgnoringCase(header.name, "Transfer-Encoding") || equalsIgnoringCase(header.name, "Expect");
}

bool mayCrossOrigins(const Header& header)
{
    return startsWithIgnoringCase(header.name, "Accept") || equalsIgnoringCase(header.name, "User-Agent") ||
           startsWithIgnoringCase(header.name, "Content-");
}

void makeGet(Request& request)
{
    request.method = "GET";
    request.body.clear();
    request.upload.reset();
    request.hasBody = false;
    std::erase_if(request.headers, describesBody);
}

/// Everything that the user set may be a secret of the first origin; who he is and the client certificate
/// too.
std::vector<std::string> withholdSecrets(Request& request)
{
    std::vector<std::string> withheld;
    Headers kept;
    for (auto& header : request.headers) {
        if (mayCrossOrigins(header))
            kept.push_back(std::move(header));
        else
            withheld.push_back(header.name);
    }
    request.headers = std::move(kept);
    if (request.authentication.scheme != AuthScheme::None) {
        withheld.emplace_back("Authorization");
        request.authentication = {};
    }
    if (!request.tls.certificateFile.empty()) {
        withheld.emplace_back("client certificate");
        request.tls.certificateFile.clear();
        request.tls.keyFile.clear();
        request.tls.keyPassphrase = Secret();
    }
    return withheld;
}

/// The user named this origin as one that may have what the first one gets.
bool isAllowed(const Request& request, const std::string& target)
{
    const auto& allowed = request.allowedOrigins;
    return std::find(allowed.begin(), allowed.end(), target) != allowed.end();
}

/// The answer that was asked for did not come: to whoever asked, that is no usable answer.
tl::unexpected<Error>
cannotFollow(std::string why,
             std::string fix =
                 "send the request to the final address, or turn following off to look at the answer itself")
{
    return settable(Setting::Redirects, failure(ErrorKind::BadAnswer, "the redirect was not followed",
                                                std::move(why), std::move(fix)));
}

/// RFC 9110 §10.2.2: there is one. Of several that say the same each is as good; of others nobody can know
/// which one another client would take.
bool hasOtherLocation(const Headers& headers, const std::string& location)
{
    return std::any_of(headers.begin(), headers.end(), [&location](const Header& header) {
        return equalsIgnoringCase(header.name, "Location") && header.value != location;
    });
}

bool repeatsGuardedBody(const Request& next)
{
    return next.isBodyGuarded && (!next.body.empty() || next.upload);
}

tl::unexpected<Error> cannotRepeatBody(const std::string& target)
{
    return cannotFollow("it asks to repeat the body, which has a secret in it, at " + visible(target),
                        "if the secret belongs there, send the request to the final address, or allow that "
                        "origin with --allow-origin " +
                            visible(target));
}

} // namespace

Result<std::optional<Redirect>> redirectFrom(const Request& request, const Response& answer, int followed)
{
    if (!request.followRedirects || !isRedirect(answer))
        return std::optional<Redirect>();
    if (followed >= request.maximumRedirects)
        return cannotFollow("the server redirected more than " + std::to_string(request.maximumRedirects) +
                            " times");
    const auto from = parseUrl(request.url);
    const auto target = headerValue(answer.headers, "Location").value_or("");
    if (hasOtherLocation(answer.headers, target))
        return cannotFollow("it has several Location fields that contradict each other");
    const auto to = from ? resolve(*from, target) : from;
    if (!to)
        return cannotFollow("its Location is no http or https address");
    if (from->isSecure() && !to->isSecure())
        return cannotFollow("it leads from https to unprotected http");
    Redirect redirect{request, {}};
    redirect.request.url = toText(*to);
    if (becomesGet(request, answer.status))
        makeGet(redirect.request);
    if (origin(*from) != origin(*to)) {
        redirect.request.unixSocket.clear(); // it stands for the first host
        if (!isAllowed(request, origin(*to))) {
            if (repeatsGuardedBody(redirect.request))
                return cannotRepeatBody(origin(*to));
            redirect.withheld = withholdSecrets(redirect.request);
        }
    }
    return std::optional<Redirect>(std::move(redirect));
}

} // namespace claimcheck::http
