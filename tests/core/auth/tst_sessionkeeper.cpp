// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sessions against a token endpoint on this machine: sign-in, renewal by refresh token and anew, rotation
// into a store before use, many requests at a time, a provider that is away, DPoP nonces. The wall clock is
// the test's own.

#include "oauthlogin.h"

#include <auth/sessionkeeper.h>
#include <core/http/rawserver.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using Held = auth::SessionKeeper::Held;

namespace {

/// Keeps what it is given, and what the server had seen by then.
class Store : public auth::TokenStore
{
public:
    explicit Store(const std::vector<Seen>& seen) : m_seen(seen) {}
    Result<void> keep(const auth::LiveTokens& tokens) override
    {
        kept.emplace_back(tokens.refreshToken.reveal());
        requestsBefore.push_back(m_seen.size());
        if (isLocked)
            return failure(ErrorKind::Refused, "the keychain is locked", "", "");
        return {};
    }
    std::vector<std::string> kept;
    std::vector<std::size_t> requestsBefore;
    bool isLocked = false;

private:
    const std::vector<Seen>& m_seen;
};

Answer jsonAnswerOf(const std::string& body, const char* status = "200 OK", const char* more = "")
{
    return {"HTTP/1.1 " + std::string(status) + "\r\nContent-Type: application/json\r\n" + more +
            "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body};
}

} // namespace

class TestSessionKeeper : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void signsInAndRenews();
    void manyShareOneRenewal();
    void rotatesIntoTheStoreFirst();
    void aLockedStoreLosesNothing();
    void signsInAnewWhenTheRefreshTokenIsOver();
    void saysThatAPersonIsNeeded();
    void aProviderThatIsAway();
    void repeatsForANonceOnce();
    void renewsByTheCredentialLogin();
    void mayEndWhileItSignsIn();
    void runsTheDeviceGrant();

private:
    void start(auth::AnyLogin login, auth::TokenStore* store = nullptr)
    {
        auth::SessionKeeper::Options options{std::move(login)};
        options.clock = [this] { return m_now; };
        options.store = store;
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
    std::vector<auth::Prompt> m_prompts;
    std::unique_ptr<auth::SessionKeeper> m_keeper;
};

/// Tokens "t1", "t2" … of a minute, without a refresh token.
void TestSessionKeeper::init()
{
    m_keeper.reset();
    m_now = now;
    m_prompts.clear();
    m_server.seen.clear();
    m_answer = [this](const Seen&) {
        return jsonAnswerOf("{\"access_token\":\"t" + std::to_string(m_server.seen.size()) +
                            R"(","token_type":"Bearer","expires_in":60})");
    };
}

void TestSessionKeeper::signsInAndRenews()
{
    start(login());
    auto held = want();
    QVERIFY_RESULT(held);
    QCOMPARE(held->tokens.accessToken, Secret("t1"));
    QCOMPARE(held->generation, std::uint64_t(1));
    m_now += Seconds(50);
    QCOMPARE(want()->tokens.accessToken, Secret("t1"));
    m_now += Seconds(5);
    QCOMPARE(want()->tokens.accessToken, Secret("t2"));
    QCOMPARE(m_server.seen.size(), std::size_t(2));
    std::optional<Result<Held>> another;
    m_keeper->refused(2, this, [&another](Result<Held> result) { another = std::move(result); });
    QTRY_VERIFY(another);
    QCOMPARE((*another)->tokens.accessToken, Secret("t3"));
}

void TestSessionKeeper::manyShareOneRenewal()
{
    start(login());
    int got = 0;
    for (int i = 0; i < 200; ++i)
        m_keeper->want(this, [&got](const Result<Held>& held) { got += held ? 1 : 0; });
    QTRY_COMPARE(got, 200);
    QCOMPARE(m_server.seen.size(), std::size_t(1));
    m_now += Seconds(59);
    for (int i = 0; i < 200; ++i)
        m_keeper->want(this,
                       [&got](const Result<Held>& held) { got += held && held->generation == 2 ? 1 : 0; });
    QTRY_COMPARE(got, 400);
    QCOMPARE(m_server.seen.size(), std::size_t(2));
}

void TestSessionKeeper::rotatesIntoTheStoreFirst()
{
    m_answer = [this](const Seen&) {
        const std::string number = std::to_string(m_server.seen.size());
        return jsonAnswerOf("{\"access_token\":\"t" + number + "\",\"refresh_token\":\"refresh-" + number +
                            R"(","token_type":"Bearer","expires_in":60})");
    };
    Store store(m_server.seen);
    start(login(), &store);
    want();
    m_now += Seconds(60);
    QCOMPARE(want()->tokens.accessToken, Secret("t2"));
    m_now += Seconds(60);
    QCOMPARE(want()->tokens.accessToken, Secret("t3"));
    QCOMPARE(store.kept, (std::vector<std::string>{"refresh-1", "refresh-2", "refresh-3"}));
    QCOMPARE(store.requestsBefore, (std::vector<std::size_t>{1, 2, 3}));
    QVERIFY(m_server.seen[1].body.starts_with("grant_type=refresh_token&refresh_token=refresh-1"));
    QVERIFY(m_server.seen[2].body.starts_with("grant_type=refresh_token&refresh_token=refresh-2"));
}

void TestSessionKeeper::aLockedStoreLosesNothing()
{
    Store store(m_server.seen);
    store.isLocked = true;
    start(login(), &store);
    QCOMPARE(want()->tokens.accessToken, Secret("t1"));
    QVERIFY(m_keeper->storeProblem());
    QCOMPARE(m_keeper->storeProblem()->what, std::string("the keychain is locked"));
}

void TestSessionKeeper::signsInAnewWhenTheRefreshTokenIsOver()
{
    m_answer = [](const Seen& seen) {
        if (seen.body.starts_with("grant_type=refresh_token"))
            return jsonAnswerOf(R"({"error":"invalid_grant"})", "400 Bad Request");
        return jsonAnswerOf(
            R"({"access_token":"anew","refresh_token":"r","token_type":"Bearer","expires_in":60})");
    };
    start(login());
    want();
    m_now += Seconds(60);
    QCOMPARE(want()->tokens.accessToken, Secret("anew"));
    QCOMPARE(m_server.seen.size(), std::size_t(3));
}

void TestSessionKeeper::saysThatAPersonIsNeeded()
{
    start(login(auth::Grant::RefreshToken));
    const auto held = want();
    QVERIFY(!held);
    QVERIFY2(held.error().why.find("there is no refresh token") != std::string::npos,
             held.error().why.c_str());
    QVERIFY(m_server.seen.empty());
}

void TestSessionKeeper::aProviderThatIsAway()
{
    m_answer = [](const Seen&) {
        return jsonAnswerOf(R"({"error":"temporarily_unavailable"})", "503 Service Unavailable");
    };
    start(login());
    const auto held = want();
    QVERIFY(!held);
    QCOMPARE(held.error().what, std::string("cannot sign in"));
    for (int i = 0; i < 20; ++i)
        QVERIFY(!want());
    QCOMPARE(m_server.seen.size(), std::size_t(1)); // it is not asked again for each of them
    QVERIFY(claimcheck::describe(held.error()).find("a-client-secret") == std::string::npos);
}

void TestSessionKeeper::repeatsForANonceOnce()
{
    m_answer = [this](const Seen& seen) {
        const std::size_t at = seen.head.find("DPoP: ") + 6;
        const jose::Jws proof = jose::decode(seen.head.substr(at, seen.head.find('\r', at) - at));
        const auto nonce = proof.payloadJson ? proof.payloadJson->root().find("nonce") : std::nullopt;
        if (!nonce || nonce->string() != "fresh-nonce")
            return jsonAnswerOf(R"({"error":"use_dpop_nonce"})", "400 Bad Request",
                                m_server.seen.size() > 5 ? "" : "DPoP-Nonce: fresh-nonce\r\n");
        return jsonAnswerOf(R"({"access_token":"bound","token_type":"DPoP","expires_in":60})");
    };
    auth::OAuthLogin bound = login();
    bound.proofKey = newKey();
    start(bound);
    const auto held = want();
    QVERIFY_RESULT(held);
    QVERIFY(held->tokens.isBound && m_keeper->proofKey() != nullptr);
    QCOMPARE(m_server.seen.size(), std::size_t(2));
    // A server that is never content is not asked for ever.
    m_answer = [](const Seen&) {
        return jsonAnswerOf(R"({"error":"use_dpop_nonce"})", "400 Bad Request", "DPoP-Nonce: another\r\n");
    };
    m_now += Seconds(60);
    QVERIFY(!want());
    QCOMPARE(m_server.seen.size(), std::size_t(4));
}

void TestSessionKeeper::renewsByTheCredentialLogin()
{
    m_answer = [this](const Seen&) {
        return jsonAnswerOf("{\"token\":\"opaque-" + std::to_string(m_server.seen.size()) + "\"}");
    };
    auth::Login credentials;
    credentials.url = m_server.url("/login");
    credentials.user = "demo";
    credentials.password = Secret("demo");
    start(credentials);
    QCOMPARE(want()->tokens.accessToken, Secret("opaque-1"));
    std::optional<Result<Held>> another;
    m_keeper->refused(1, this, [&another](Result<Held> result) { another = std::move(result); });
    QTRY_VERIFY(another);
    QCOMPARE((*another)->tokens.accessToken, Secret("opaque-2"));
}

void TestSessionKeeper::mayEndWhileItSignsIn()
{
    start(login());
    bool isCalled = false;
    m_keeper->want(this, [&isCalled](const Result<Held>&) { isCalled = true; });
    m_keeper.reset();
    start(login());
    QVERIFY_RESULT(want());
    QVERIFY(!isCalled);
    auto context = std::make_unique<QObject>();
    m_keeper->refused(1, context.get(), [&isCalled](const Result<Held>&) { isCalled = true; });
    context.reset();
    QTRY_COMPARE(m_keeper->generation(), std::uint64_t(2));
    QVERIFY(!isCalled);
}

void TestSessionKeeper::runsTheDeviceGrant()
{
    m_answer = [this](const Seen& seen) {
        if (seen.target() == "/device")
            return jsonAnswerOf(
                R"({"device_code":"d","user_code":"ABCD","verification_uri":"https://id.example/device",)"
                R"("expires_in":60,"interval":1})");
        if (m_server.seen.size() < 3)
            return jsonAnswerOf(R"({"error":"authorization_pending"})", "400 Bad Request");
        return jsonAnswerOf(R"({"access_token":"device","token_type":"Bearer","expires_in":60})");
    };
    start(login(auth::Grant::DeviceCode));
    const auto held = want();
    QVERIFY_RESULT(held);
    QCOMPARE(held->tokens.accessToken, Secret("device"));
    QCOMPARE(m_prompts.size(), std::size_t(1));
    QCOMPARE(m_prompts.front().device->userCode, std::string("ABCD"));
    QCOMPARE(m_server.seen.size(), std::size_t(3));
    // Nobody sits there when it is over.
    m_now += Seconds(60);
    const auto over = want();
    QVERIFY(!over);
    QVERIFY2(over.error().why.starts_with("a person has to sign in again"), over.error().why.c_str());
    QCOMPARE(m_server.seen.size(), std::size_t(3));
}

QTEST_GUILESS_MAIN(TestSessionKeeper)
#include "tst_sessionkeeper.moc"
