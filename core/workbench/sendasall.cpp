// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sendasall.h"

#include <utility>

namespace claimcheck::workbench {

SendAsAll::SendAsAll(http::Client& client, Identities& identities, Secrets& secrets,
                     std::vector<SendAs::Around> all, Done done)
    : m_done(std::move(done)), m_missing(all.size())
{
    for (SendAs::Around& around : all) {
        const std::size_t index = m_answers.size();
        m_answers.push_back({around.identity, {}});
        SendAs::Handlers handlers;
        handlers.done = [this, index](http::Exchange exchange) { take(index, std::move(exchange)); };
        m_sends.push_back(
            std::make_unique<SendAs>(client, identities, secrets, std::move(around), std::move(handlers)));
    }
}

void SendAsAll::start()
{
    for (const auto& send : m_sends)
        send->start();
}

void SendAsAll::cancel()
{
    for (const auto& send : m_sends)
        send->cancel();
}

void SendAsAll::take(std::size_t index, http::Exchange exchange)
{
    m_answers[index].exchange = std::move(exchange);
    if (--m_missing == 0)
        m_done(m_answers);
}

} // namespace claimcheck::workbench
