// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A request with a session's token, and whether its answer means that it goes out again: a 401 says that the
// server did nothing, whatever the method is. A pure value: who sends asks it.

#pragma once

#include <cstdint>
#include <string>

#include <http/message.h>

namespace claimcheck::auth {

class TokenUse
{
public:
    enum class Next
    {
        Stands,         ///< the answer is the answer
        AgainWithNonce, ///< the same token with a proof that has the nonce asked for (RFC 9449 §9)
        Renew           ///< with a token of a later generation
    };

    /// A request begins that was not sent yet.
    void begin();
    /// For the proof: the one that the answer to this request asked for, which a server may take once alone,
    /// else the last that anything brought from there (`latest`; empty: none).
    const std::string& nonceOr(const std::string& latest) const { return m_asked.empty() ? latest : m_asked; }
    /// `generation` as SessionKeeper counts; `isBound`: with a DPoP proof, which has that nonce.
    void sent(std::uint64_t generation, bool isBound, const std::string& nonce);
    /// Each token is repeated for a nonce once, and each request is renewed for once: a server that always
    /// asks for more gets no more. Stands where no token was sent.
    Next after(const http::Response& response);

    std::uint64_t generation() const { return m_generation; } ///< of the token that was sent last; 0: none
    const std::string& sentNonce() const { return m_sent; }   ///< of the latest proof; empty: none
    /// The latest answer's nonce is for the repetition of this request, and for nothing else meanwhile.
    bool keepsNonce() const { return !m_asked.empty(); }

private:
    std::uint64_t m_generation = 0;
    bool m_isBound = false;
    bool m_isUnderWay = false;
    bool m_hadNonce = false;
    bool m_wasRenewed = false;
    std::string m_sent;  ///< nonce of the latest proof
    std::string m_asked; ///< nonce that the latest answer asked for, where the request goes out again with it
};

} // namespace claimcheck::auth
