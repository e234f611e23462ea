// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tokenuse.h"

#include "dpop.h"

#include <utility>

namespace claimcheck::auth {

void TokenUse::begin()
{
    m_generation = 0;
    m_isUnderWay = false;
    m_hadNonce = false;
    m_wasRenewed = false;
    m_asked.clear();
}

void TokenUse::sent(std::uint64_t generation, bool isBound, const std::string& nonce)
{
    m_generation = generation;
    m_isBound = isBound;
    m_sent = nonce;
    m_isUnderWay = true;
}

TokenUse::Next TokenUse::after(const http::Response& response)
{
    if (!std::exchange(m_isUnderWay, false))
        return Next::Stands;
    const auto nonce = m_isBound ? wantedNonce(response) : std::nullopt;
    const bool isNew = nonce && *nonce != m_sent;
    m_asked.clear();
    if (response.status != 401)
        return Next::Stands;
    if (isNew && !std::exchange(m_hadNonce, true)) {
        m_asked = *nonce;
        return Next::AgainWithNonce;
    }
    if (isNew || std::exchange(m_wasRenewed, true))
        return Next::Stands;
    m_hadNonce = false; // the proof of another token may need another one
    return Next::Renew;
}

} // namespace claimcheck::auth
