// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/redactor.h>

#include <base/text.h>
#include <http/cookies.h>
#include <run/spellings.h>
#include <store/secretlike.h>

namespace claimcheck::run {
namespace {

constexpr std::size_t shortest = 6;
constexpr std::size_t largestBody = 1024u * 1024u;

/// "Bearer abc" → "abc".
std::string_view withoutScheme(std::string_view value)
{
    const std::size_t space = value.find(' ');
    return space == std::string_view::npos ? value : trimmed(value.substr(space + 1));
}

} // namespace

void Redactor::add(std::string_view secret)
{
    if (trimmed(secret).empty() || secret == store::redactedMark)
        return;
    if (m_secrets.insert(std::string(secret)).second)
        for (std::string& spelling : spellingsOf(secret))
            m_secrets.insert(std::move(spelling));
}

void Redactor::addNamed(std::string_view name, std::string_view value)
{
    const std::string lower = toLowerAscii(name);
    const bool isSecret = store::isSecretName(name) || lower.find("token") != std::string::npos ||
                          lower.find("cookie") != std::string::npos;
    if (isSecret)
        add(value);
}

void Redactor::addJson(const json::Value& value)
{
    for (const json::Member& member : value.members()) {
        if (member.value.isString())
            addNamed(member.name, member.value.string());
        else
            addJson(member.value);
    }
    for (const json::Value& item : value.items())
        addJson(item);
}

void Redactor::addBody(std::string_view body)
{
    if (body.empty() || body.size() > largestBody)
        return;
    if (const auto document = json::parse(body))
        return addJson(document->root());
    for (const store::SecretRange& range : store::findSecrets(body))
        add(body.substr(range.offset, range.length));
}

void Redactor::addHeaders(const http::Headers& headers)
{
    for (const http::Header& header : headers) {
        if (equalsIgnoringCase(header.name, "Set-Cookie") || !store::isSecretHeader(header.name))
            continue;
        add(header.value);
        add(withoutScheme(header.value));
    }
}

void Redactor::addRequest(const http::Request& request)
{
    addHeaders(request.headers);
    add(request.authentication.password.reveal());
    add(request.authentication.sessionToken.reveal());
    add(request.tls.keyPassphrase.reveal());
}

void Redactor::addExchange(const http::Exchange& exchange)
{
    addRequest(exchange.request);
    addBody(exchange.request.body);
    for (const http::Cookie& cookie : exchange.cookies)
        add(cookie.value);
    if (!exchange.response)
        return;
    for (const http::Cookie& cookie : http::cookiesOf(exchange.response->headers))
        add(cookie.value);
    addBody(exchange.response->body.read(largestBody + 1));
}

std::string Redactor::clean(std::string text) const
{
    for (const std::string& secret : m_secrets) {
        if (text == secret || text == "\"" + secret + "\"")
            return std::string(store::redactedMark);
        if (secret.size() < shortest)
            continue;
        for (std::size_t at = text.find(secret); at != std::string::npos;
             at = text.find(secret, at + store::redactedMark.size()))
            text.replace(at, secret.size(), store::redactedMark);
    }
    store::redactTokens(text);
    return text;
}

std::string Redactor::cleanValue(std::string text) const
{
    text = clean(std::move(text));
    store::redact(text);
    return text;
}

} // namespace claimcheck::run
