// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <run/redactor.h>

#include <algorithm>

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
    addFound(body);
}

/// Tokens and keys by their form, and what stands behind a secret's name.
void Redactor::addFound(std::string_view text)
{
    for (const auto& ranges : {store::findSecrets(text), store::findNamedSecrets(text)})
        for (const store::SecretRange& range : ranges)
            add(text.substr(range.offset, range.length));
}

void Redactor::addHeaders(const http::Headers& headers)
{
    for (const http::Header& header : headers) {
        if (equalsIgnoringCase(header.name, "Set-Cookie") || !store::isSecretHeader(header.name))
            continue;
        add(header.value);
        if (equalsIgnoringCase(header.name, "Cookie"))
            addPairs(header.value);
        else
            add(withoutScheme(header.value));
    }
}

/// RFC 6265 §4.2.1.
void Redactor::addPairs(std::string_view cookies)
{
    while (!cookies.empty()) {
        const std::string_view pair = cookies.substr(0, cookies.find(';'));
        cookies.remove_prefix(std::min(pair.size() + 1, cookies.size()));
        if (const std::size_t equals = pair.find('='); equals != std::string_view::npos)
            add(trimmed(pair.substr(equals + 1)));
    }
}

void Redactor::addRequest(const http::Request& request)
{
    addFound(request.url);
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
