// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <run/redactor.h>

#include <algorithm>

#include <base/secretname.h>
#include <base/text.h>
#include <http/cookies.h>
#include <http/upload.h>
#include <run/spellings.h>
#include <store/secretlike.h>

namespace claimcheck::run {
namespace {

constexpr std::size_t shortest = 6;
constexpr std::size_t largestBody = 1024u * 1024u;
/// Longer ones are cut out by their names; nobody repeats them elsewhere.
constexpr std::size_t longestLearned = 64u * 1024u;

/// "Bearer abc" → "abc".
std::string_view withoutScheme(std::string_view value)
{
    const std::size_t space = value.find(' ');
    return space == std::string_view::npos ? value : trimmed(value.substr(space + 1));
}

} // namespace

/// With or without quotation marks.
static bool isAll(std::string_view text, std::string_view secret)
{
    return text == secret || (text.size() == secret.size() + 2 && text.front() == '"' && text.back() == '"' &&
                              text.substr(1, secret.size()) == secret);
}

/// Nothing to look for.
static bool isNone(std::string_view secret)
{
    return trimmed(secret).empty() || secret == store::redactedMark;
}

void Redactor::add(std::string_view secret)
{
    if (!isNone(secret) && m_given.insert(std::string(secret)).second)
        hold(secret);
}

void Redactor::learn(std::string_view secret)
{
    learn(m_received, secret);
}

void Redactor::learn(Learned& learned, std::string_view secret)
{
    if (isNone(secret) || secret.size() > longestLearned)
        return;
    const auto known = std::ranges::find(learned.values, secret);
    if (known != learned.values.end()) {
        std::rotate(known, known + 1, learned.values.end()); // seen again: the last to be forgotten
        return;
    }
    hold(secret);
    learned.values.emplace_back(secret);
    learned.bytes += secret.size();
    while (learned.values.size() > mostLearned || learned.bytes > mostLearnedBytes)
        forgetOldest(learned);
}

void Redactor::forgetOldest(Learned& learned)
{
    const std::string secret = std::move(learned.values.front());
    learned.values.pop_front();
    learned.bytes -= secret.size();
    release(secret);
    for (const std::string& spelling : spellingsOf(secret))
        release(spelling);
}

void Redactor::hold(std::string_view secret)
{
    ++m_secrets[std::string(secret)];
    for (std::string& spelling : spellingsOf(secret))
        ++m_secrets[std::move(spelling)];
}

void Redactor::release(const std::string& text)
{
    const auto found = m_secrets.find(text);
    if (--found->second == 0)
        m_secrets.erase(found);
}

void Redactor::addNamed(std::string_view name, std::string_view value)
{
    if (oftenNamesSecret(name))
        add(value);
}

void Redactor::learnNamed(std::string_view name, std::string_view value)
{
    if (oftenNamesSecret(name))
        learn(m_received, value);
}

void Redactor::addJson(Learned& learned, const json::Value& value)
{
    for (const json::Member& member : value.members()) {
        if (!member.value.isString())
            addJson(learned, member.value);
        else if (oftenNamesSecret(member.name))
            learn(learned, member.value.string());
    }
    for (const json::Value& item : value.items())
        addJson(learned, item);
}

void Redactor::addBody(Learned& learned, std::string_view body)
{
    if (body.empty() || body.size() > largestBody)
        return;
    if (const auto document = json::parse(body))
        return addJson(learned, document->root());
    addFound(learned, body);
}

/// Tokens and keys by their form, and what stands behind a secret's name.
void Redactor::addFound(Learned& learned, std::string_view text)
{
    for (const auto& ranges : {store::findSecrets(text), store::findNamedSecrets(text)})
        for (const store::SecretRange& range : ranges)
            learn(learned, text.substr(range.offset, range.length));
}

void Redactor::addHeaders(const http::Headers& headers)
{
    for (const http::Header& header : headers) {
        if (equalsIgnoringCase(header.name, "Set-Cookie") || !store::isSecretHeader(header.name))
            continue;
        learn(m_sent, header.value);
        if (equalsIgnoringCase(header.name, "Cookie"))
            addPairs(header.value);
        else
            learn(m_sent, withoutScheme(header.value));
    }
}

/// RFC 6265 §4.2.1.
void Redactor::addPairs(std::string_view cookies)
{
    while (!cookies.empty()) {
        const std::string_view pair = cookies.substr(0, cookies.find(';'));
        cookies.remove_prefix(std::min(pair.size() + 1, cookies.size()));
        if (const std::size_t equals = pair.find('='); equals != std::string_view::npos)
            learn(m_sent, trimmed(pair.substr(equals + 1)));
    }
}

void Redactor::addRequest(const http::Request& request)
{
    addFound(m_sent, request.url);
    addHeaders(request.headers);
    for (const Secret& secret : request.secrets)
        learn(m_sent, secret.reveal());
    add(request.authentication.password.reveal());
    add(request.authentication.sessionToken.reveal());
    add(request.tls.keyPassphrase.reveal());
}

void Redactor::addExchange(const http::Exchange& exchange)
{
    addRequest(exchange.request);
    addBody(m_sent, exchange.request.upload ? exchange.request.upload->texts() : exchange.request.body);
    for (const http::Cookie& cookie : exchange.cookies)
        learn(m_received, cookie.value);
    if (!exchange.response)
        return;
    for (const http::Cookie& cookie : http::cookiesOf(exchange.response->headers))
        learn(m_received, cookie.value);
    addBody(m_received, exchange.response->body.read(largestBody + 1));
}

std::string Redactor::clean(std::string text) const
{
    for (const auto& [secret, holders] : m_secrets) {
        if (isAll(text, secret))
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
    store::redactNamed(text);
    return text;
}

} // namespace claimcheck::run
