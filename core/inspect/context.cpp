// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "context.h"

#include <base/joined.h>
#include <base/text.h>

#include "digest.h"

namespace claimcheck::inspect {

NonceUse nonceUse(std::string_view r, std::string_view keyThumbprint, std::string_view signingInput)
{
    return {digestOf("SHA256", joined({keyThumbprint, ".", r})), digestOf("SHA256", signingInput)};
}

bool NonceMemory::isReused(std::string_view r, std::string_view keyThumbprint, std::string_view signingInput)
{
    return isReused(nonceUse(r, keyThumbprint, signingInput));
}

bool NonceMemory::isReused(const NonceUse& use)
{
    static constexpr std::size_t most = 100'000;
    if (use.nonce.empty() || use.text.empty()) // no hash was made: nothing is known of it
        return false;
    const std::lock_guard lock(m_mutex);
    const auto found = m_seen.find(use.nonce);
    if (found != m_seen.end())
        return found->second != use.text;
    if (m_seen.size() < most)
        m_seen.emplace(use.nonce, use.text);
    return false;
}

/// "a=b; Path=/; HttpOnly": the attributes behind the pair (RFC 6265 §4.1.1).
static CookieFlags flagsOf(std::string_view line)
{
    CookieFlags flags;
    for (std::size_t start = line.find(';'); start < line.size();) {
        const std::size_t end = std::min(line.find(';', start + 1), line.size());
        const std::string_view attribute = trimmed(line.substr(start + 1, end - start - 1));
        const std::string_view name = trimmed(attribute.substr(0, attribute.find('=')));
        flags.isSecure |= equalsIgnoringCase(name, "Secure");
        flags.isHttpOnly |= equalsIgnoringCase(name, "HttpOnly");
        flags.hasSameSite |= equalsIgnoringCase(name, "SameSite");
        start = end;
    }
    return flags;
}

/// The address that begins the text, when access_token stands in it.
static void readAddress(std::string_view text, Context& context)
{
    const std::size_t at = text.find("access_token=");
    const std::size_t scheme = text.find("://");
    if (at == std::string_view::npos || at == 0)
        return;
    const std::size_t hash = text.find('#');
    const bool isPart = std::string_view("?&#").find(text[at - 1]) != std::string_view::npos;
    if (!isPart)
        return;
    context.carrier = hash < at ? Carrier::Fragment : Carrier::Query;
    if (scheme < at)
        context.url = text.substr(0, text.find_first_of("?#"));
}

Context contextOf(std::string_view pasted)
{
    static constexpr std::string_view quotes = "\"'`";
    Context context;
    std::string_view text = trimmed(pasted);
    context.hadSpaceAround = text.size() != pasted.size();
    while (!text.empty() && quotes.find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
    const auto takes = [&text](std::string_view prefix) {
        if (!startsWithIgnoringCase(text, prefix))
            return false;
        text = trimmed(text.substr(prefix.size()));
        return true;
    };
    if (takes("Set-Cookie:")) {
        context.carrier = Carrier::Cookie;
        context.cookie = flagsOf(text);
    } else if (takes("Cookie:")) {
        context.carrier = Carrier::Cookie;
    } else {
        const bool isHeader = takes("Authorization:");
        if (takes("Bearer "))
            context.carrier = Carrier::Bearer;
        else if (isHeader)
            context.carrier = Carrier::Header;
        else
            readAddress(text, context);
    }
    return context;
}

} // namespace claimcheck::inspect
