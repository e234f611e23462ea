// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The grants that a person has to confirm: through the browser, or with a code on another device.

#include "signin.h"
#include "tokenrequest.h"

namespace claimcheck::auth {

void SignIn::startCode()
{
    m_listener = std::make_unique<RedirectListener>(
        [this](const std::string& target) { takeRedirect(target); }, m_handlers.redirectPath);
    const auto redirectUri = m_listener->listen(m_handlers.redirectPort);
    if (!redirectUri)
        return fail(redirectUri.error());
    m_attempt = newAttempt(*redirectUri);
    const auto link = authorizationUrl(m_login, *m_attempt);
    if (!link)
        return fail(link.error());
    if (m_handlers.prompted)
        m_handlers.prompted({*link, *redirectUri, std::nullopt});
}

void SignIn::takeRedirect(const std::string& target)
{
    const auto code = codeFromRedirect(m_login, *m_attempt, target);
    if (!code)
        return fail(code.error());
    send(
        [this, code = *code](const Moment& moment) {
            return codeRequest(m_login, code, m_attempt->redirectUri, m_attempt->verifier, moment);
        },
        &SignIn::takeTokens);
}

void SignIn::startDevice()
{
    send([this](const Moment& moment) { return deviceAuthorizationRequest(m_login, moment); },
         &SignIn::takeDeviceCode);
}

void SignIn::takeDeviceCode(http::Exchange exchange)
{
    if (exchange.error)
        return fail(*exchange.error);
    auto code = readDeviceCode(m_login, *exchange.response, secretsIn(exchange.request));
    if (!code)
        return fail(code.error());
    m_elapsed.start();
    m_polling.emplace(*code);
    m_deviceCode = code->code;
    if (m_handlers.prompted)
        m_handlers.prompted({"", "", *code});
    m_pause.start(m_polling->interval());
}

void SignIn::poll()
{
    send([this](const Moment& moment) { return deviceTokenRequest(m_login, m_deviceCode, moment); },
         &SignIn::takePoll);
}

void SignIn::takePoll(http::Exchange exchange)
{
    auto step = m_polling->take(m_login, exchange, Milliseconds(m_elapsed.elapsed()));
    if (auto* answer = std::get_if<TokenAnswer>(&step))
        return finishTokens(std::move(*answer), std::move(exchange));
    if (const auto* error = std::get_if<Error>(&step))
        return fail(*error);
    m_pause.start(std::get<Milliseconds>(step));
}

} // namespace claimcheck::auth
