// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sessionsend.h"

#include <auth/dpop.h>
#include <auth/random.h>
#include <auth/tokenuse.h>
#include <run/runsession.h>

#include "eventloop.h"
#include "grantlogin.h"
#include "interrupt.h"

namespace claimcheck::cli {
namespace {

class SessionSend
{
public:
    SessionSend(const SessionRequest& wanted, Console& console)
        : m_wanted(wanted),
          m_keeper(
              m_client, m_keys,
              run::keeperOptions(wanted.plan,
                                 [&console](const auth::Prompt& prompt) { printPrompt(prompt, console); })),
          m_console(console)
    {
        QObject::connect(&m_workbench, &workbench::Workbench::exchangeFinished, &m_life,
                         [this](const workbench::ExchangeResult& result) { take(result); });
    }

    Result<workbench::ExchangeResult> run()
    {
        const Interrupt interrupt([this] {
            m_isStopped = true;
            m_keeper.cancel();
            m_workbench.cancel();
        });
        m_keeper.want(&m_life, [this](Result<Held> held) { sendWith(std::move(held)); });
        QCoreApplication::exec();
        return m_result;
    }

private:
    using Held = auth::SessionKeeper::Held;

    void end(Result<workbench::ExchangeResult> result)
    {
        m_result = std::move(result);
        EventLoop::quit();
    }

    void sendWith(Result<Held> held)
    {
        if (!held)
            return end(tl::unexpected(held.error()));
        if (m_isStopped) // while the answer was on its way
            return end(failure(ErrorKind::Cancelled, "the request was cancelled",
                               "it was stopped before it was sent"));
        http::Request request = m_wanted.request;
        const std::string nonce = m_tokenUse.nonceOr(m_keeper.nonces()->of(request.url));
        m_tokenUse.sent(held->generation, m_keeper.proofKey() != nullptr, nonce);
        if (m_wanted.form == TokenForm::Raw) {
            request.headers.push_back({"Authorization", std::string(held->tokens.accessToken.reveal())});
        } else if (const auto added = auth::addToken(request, held->tokens.accessToken, m_keeper.proofKey(),
                                                     {currentTime(), auth::randomText(16), nonce});
                   !added) {
            return end(tl::unexpected(added.error()));
        }
        m_workbench.sendRequest(request);
    }

    void take(const workbench::ExchangeResult& result)
    {
        const auto& response = result.exchange.response;
        if (result.exchange.error || !response)
            return end(result);
        const auth::TokenUse::Next next = m_tokenUse.after(*response);
        m_keeper.answered(m_tokenUse, result.exchange);
        if (next == auth::TokenUse::Next::AgainWithNonce)
            return m_keeper.want(&m_life, [this](Result<Held> held) { sendWith(std::move(held)); });
        if (next == auth::TokenUse::Next::Stands)
            return end(result);
        m_keeper.refused(m_tokenUse.generation(), &m_life, [this, result](Result<Held> held) {
            if (held) {
                m_console.note(
                    "note: the server refused the session's token (401); sent again with a renewed one");
                return sendWith(std::move(held));
            }
            m_console.note("note: " + describe(held.error()));
            end(result);
        });
    }

    const SessionRequest& m_wanted;
    QObject m_life;
    http::Client m_client;
    keys::KeyCache m_keys{m_client};
    auth::SessionKeeper m_keeper;
    workbench::Workbench m_workbench;
    Console& m_console;
    Result<workbench::ExchangeResult> m_result;
    auth::TokenUse m_tokenUse;
    bool m_isStopped = false;
};

} // namespace

Result<workbench::ExchangeResult> sendWithSession(const SessionRequest& wanted, Console& console)
{
    const auto allowed =
        run::checkSessionOrigin(wanted.plan, wanted.request.allowedOrigins, wanted.request.url);
    if (!allowed)
        return tl::unexpected(allowed.error());
    return SessionSend(wanted, console).run();
}

} // namespace claimcheck::cli
