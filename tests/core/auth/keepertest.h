// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session against a token endpoint on this machine, for the tests of its keeper. The wall clock is the
// test's own.

#pragma once

#include "oauthlogin.h"

#include <auth/sessionkeeper.h>
#include <core/http/rawserver.h>
#include <support/result.h>

#include <QtTest/qtest.h>

namespace claimcheck::test {

inline Answer jsonAnswerOf(const std::string& body, const char* status = "200 OK", const char* more = "")
{
    return {"HTTP/1.1 " + std::string(status) + "\r\nContent-Type: application/json\r\n" + more +
            "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body};
}

class KeeperTest : public QObject
{
protected:
    using Held = auth::SessionKeeper::Held;

    /// Tokens "t1", "t2" … of a minute, without a refresh token.
    void begin()
    {
        m_keeper.reset();
        m_now = now;
        m_firstPause = Milliseconds(1000);
        m_isPersonThere = true;
        m_prompts.clear();
        m_server.seen.clear();
        m_answer = [this](const Seen&) {
            return jsonAnswerOf("{\"access_token\":\"t" + std::to_string(m_server.seen.size()) +
                                "\",\"token_type\":\"Bearer\",\"expires_in\":60}");
        };
    }
    void start(auth::AnyLogin login, auth::TokenStore* store = nullptr,
               std::optional<auth::KeptTokens> kept = {})
    {
        auth::SessionKeeper::Options options{std::move(login)};
        options.kept = std::move(kept);
        options.clock = [this] { return m_now; };
        options.store = store;
        options.policy.firstPause = m_firstPause;
        if (m_isPersonThere)
            options.prompted = [this](const auth::Prompt& prompt) { m_prompts.push_back(prompt); };
        m_keeper = std::make_unique<auth::SessionKeeper>(m_client, m_keys, std::move(options));
    }
    auth::OAuthLogin login(auth::Grant grant = auth::Grant::ClientCredentials) const
    {
        auth::OAuthLogin login = oauthLogin(grant);
        login.server = {};
        login.server.tokenEndpoint = m_server.url("/token");
        login.server.deviceAuthorizationEndpoint = m_server.url("/device");
        return login;
    }
    /// Waits for one token.
    Result<Held> want()
    {
        std::optional<Result<Held>> got;
        m_keeper->want(this, [&got](Result<Held> held) { got = std::move(held); });
        if (!QTest::qWaitFor([&got] { return got.has_value(); }, 10'000))
            return failure(ErrorKind::TimedOut, "no token came", "");
        return *got;
    }

    http::Client m_client;
    keys::KeyCache m_keys{m_client};
    std::function<Answer(const Seen&)> m_answer;
    RawServer m_server{[this](const Seen& seen) { return m_answer(seen); }};
    Instant m_now = now;
    Milliseconds m_firstPause{1000};
    bool m_isPersonThere = true;
    std::vector<auth::Prompt> m_prompts;
    std::unique_ptr<auth::SessionKeeper> m_keeper;
};

} // namespace claimcheck::test
