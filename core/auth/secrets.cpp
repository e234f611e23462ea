// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "secrets.h"

#include <base/text.h>
#include <collection/collection.h>
#include <http/url.h>

#include <algorithm>
#include <array>

namespace claimcheck::auth {
namespace {

/// RFC 6749, RFC 7521 §4, RFC 7636 §4.5, RFC 7662 §2.1, RFC 8628 §3.4, RFC 8693 §2.1, OpenID Connect Core.
constexpr std::array<std::string_view, 13> secretFields{
    "access_token",  "actor_token",   "assertion",   "client_assertion", "client_secret",
    "code",          "code_verifier", "device_code", "id_token_hint",    "password",
    "refresh_token", "subject_token", "token"};
constexpr std::array<std::string_view, 4> secretHeaders{"Authorization", "Proxy-Authorization", "Cookie",
                                                        "DPoP"};
/// What stands there is never a secret, however much a short password may look like it.
constexpr std::array<std::string_view, 6> plainHeaders{"Host",   "Content-Type",    "Content-Length",
                                                       "Accept", "Accept-Encoding", "User-Agent"};

template <std::size_t count>
bool isOneOf(const std::array<std::string_view, count>& names, std::string_view name)
{
    return std::ranges::any_of(names,
                               [name](std::string_view each) { return equalsIgnoringCase(each, name); });
}

/// Behind the scheme, where there is one: "Bearer" alone is no secret.
std::string_view credentialsIn(const http::Header& header)
{
    const std::string_view value = trimmed(header.value);
    const std::size_t space = equalsIgnoringCase(header.name, "Cookie") ? value.npos : value.find(' ');
    return space == value.npos ? value : trimmed(value.substr(space + 1));
}

void replaceBy(std::string& text, std::string rest)
{
    wipe(text);
    text = std::move(rest);
}

std::string cleanedField(std::string_view name, std::string_view value, const Secrets& secrets)
{
    if (isOneOf(secretHeaders, name))
        return "••••";
    return isOneOf(plainHeaders, name) ? std::string(value) : cutOut(value, secrets);
}

/// Behind the "?": a host or path that looks like a short password is none, and says where it went.
std::string cleanedTarget(std::string_view text, const Secrets& secrets)
{
    const std::size_t mark = std::min(text.find('?'), text.size());
    return std::string(text.substr(0, mark)) + cutOut(text.substr(mark), secrets);
}

/// One line of a head, without its end. In the first one a space comes before any colon.
std::string cleanedLine(std::string_view line, const Secrets& secrets)
{
    const std::size_t colon = line.find(':');
    if (colon == line.npos || line.substr(0, colon).find(' ') != line.npos)
        return cleanedTarget(line, secrets);
    const std::size_t start = std::min(line.find_first_not_of(' ', colon + 1), line.size());
    return std::string(line.substr(0, start)) +
           cleanedField(line.substr(0, colon), line.substr(start), secrets);
}

void cleanHead(std::string& head, const Secrets& secrets)
{
    std::string rest;
    for (std::size_t start = 0; start < head.size();) {
        const std::size_t end = std::min(head.find("\r\n", start), head.size());
        rest += cleanedLine(std::string_view(head).substr(start, end - start), secrets);
        if (end < head.size())
            rest += "\r\n";
        start = end + 2;
    }
    replaceBy(head, std::move(rest));
}

void cleanUrl(std::string& text, const Secrets& secrets)
{
    if (const auto url = http::parseUrl(text); url && !url->userInfo.empty())
        replaceBy(text, http::toText(*url));
    replaceBy(text, cleanedTarget(text, secrets));
}

/// In a path a secret may stand, too.
void leavePath(std::string& text, const Secrets& secrets)
{
    if (const auto url = http::parseUrl(text); url && !url->userInfo.empty())
        replaceBy(text, http::toText(*url));
    const std::size_t host = std::min(text.find("://") + 3, text.size());
    const std::size_t path = std::min(text.find_first_of("/?", host), text.size());
    const std::size_t end = std::min(text.find('?'), text.size());
    replaceBy(text, text.substr(0, path) + cutOut(std::string_view(text).substr(path, end - path), secrets));
}

} // namespace

void addSecret(Secrets& secrets, std::string_view text)
{
    if (text.empty())
        return;
    secrets.emplace_back(text);
    if (std::string form = collection::formEncoded(text); form != text)
        secrets.push_back(Secret::adopting(std::move(form)));
}

static void addSecretHeaders(Secrets& secrets, const http::Headers& headers)
{
    for (const http::Header& header : headers)
        if (isOneOf(secretHeaders, header.name))
            addSecret(secrets, credentialsIn(header));
}

Secrets secretsOf(const Login& login, Secrets sent)
{
    Secrets secrets = std::move(sent);
    addSecret(secrets, login.password.reveal());
    for (const LoginField& field : login.extraFields)
        if (isOneOf(secretFields, field.name))
            addSecret(secrets, field.value);
    addSecretHeaders(secrets, login.headers);
    return secrets;
}

Secrets secretsOf(const OAuthLogin& login, Secrets sent)
{
    for (const Secret* secret : {&login.client.secret, &login.password, &login.refreshToken})
        addSecret(sent, secret->reveal());
    return sent;
}

Secrets secretsIn(const http::Request& request)
{
    Secrets secrets;
    for (const collection::Field& field : collection::decodeForm(request.body))
        if (isOneOf(secretFields, field.name))
            addSecret(secrets, field.value);
    addSecretHeaders(secrets, request.headers);
    return secrets;
}

void cleanSent(http::Exchange& exchange, const Secrets& secrets)
{
    cleanUrl(exchange.request.url, secrets);
    for (http::Header& header : exchange.request.headers)
        replaceBy(header.value, cleanedField(header.name, header.value, secrets));
    for (http::Hop& hop : exchange.hops) {
        cleanUrl(hop.url, secrets);
        cleanHead(hop.requestHead, secrets);
    }
}

http::Exchange cleaned(http::Exchange exchange, const Secrets& secrets)
{
    replaceBy(exchange.request.body, "••••");
    exchange.request.upload.reset();
    cleanSent(exchange, secrets);
    return exchange;
}

http::Exchange cleanedWholly(http::Exchange exchange, const Secrets& secrets)
{
    replaceBy(exchange.request.body, {});
    exchange.request.upload.reset();
    for (http::Header& header : exchange.request.headers)
        replaceBy(header.value, "••••");
    exchange.request.authentication = {};
    leavePath(exchange.request.url, secrets);
    for (http::Hop& hop : exchange.hops) {
        leavePath(hop.url, secrets);
        replaceBy(hop.requestHead, {});
    }
    return exchange;
}

} // namespace claimcheck::auth
