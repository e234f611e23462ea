// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sessions against a token endpoint on this machine: sign-in, renewal by refresh token and anew, rotation
// into a store before use, many requests at a time, a provider that is away, DPoP nonces. The wall clock is
// the test's own.

#include "oauthlogin.h"

#include <auth/sessionkeeper.h>
#include <core/http/rawserver.h>
#include <jose/sign.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using Held = auth::SessionKeeper::Held;

namespace {

/// Keeps what it is given, what the server had seen by then, and which tokens anybody had.
class Store : public auth::TokenStore
{
public:
    using Generation = std::function<std::uint64_t()>;
    Store(const std::vector<Seen>& seen, Generation generation)
        : m_seen(seen), m_generation(std::move(generation))
    {}
    void keep(const auth::KeptTokens& next, QObject*, Done done) override
    {
        kept.emplace_back(next.tokens.refreshToken.reveal());
        keptAccess.emplace_back(next.tokens.accessToken.reveal());
        ends.push_back(next.ends);
        requestsBefore.push_back(m_seen.size());
        generationsBefore.push_back(m_generation());
        if (isLocked)
            return done(failure(ErrorKind::Refused, "the keychain is locked", "", ""));
        if (isSlow)
            return waiting.push_back(std::move(done));
        done({});
    }
    std::vector<std::string> kept;
    std::vector<std::string> keptAccess;
    std::vector<std::optional<Instant>> ends;
    std::vector<std::size_t> requestsBefore;
    std::vector<std::uint64_t> generationsBefore;
    std::vector<Done> waiting;
    bool isLocked = false;
    bool isSlow = false; ///< until the test calls what waits

private:
    const std::vector<Seen>& m_seen;
    Generation m_generation;
};

/// A token that says itself until when it is good.
std::string tokenUntil(Instant end)
{
    const std::string claims = "{\"exp\":" + std::to_string(std::int64_t(toUnixSeconds(end))) + "}";
    const jose::Key key = jose::secretKey(Secret("secret"));
    const auto token = jose::sign(*jose::findAlgorithm("HS256"), key, claims, {.allowWeakKeys = true});
    return std::string(token.value().reveal());
}

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
    void aRenewedTokenThatIsOver();
    void nobodyUsesWhatIsNotKeptYet();
    void beginsWithKeptTokens();
    void aPersonSignsInWhereKeptTokensAreOver();
    void signsInAnewWhenTheRefreshTokenIsOver();
    void saysThatAPersonIsNeeded();
    void aProviderThatIsAway();
    void repeatsForANonceOnce();
    void renewsByTheCredentialLogin();
    void renewsByTheRequestThatRenews();
    void aRequestsErrorHoldsNoSecret();
    void alwaysAnswersLater();
    void mayEndInItsAnswer();
    void mayEndWhileItSignsIn();
    void runsTheDeviceGrant();

private:
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

/// Tokens "t1", "t2" … of a minute, without a refresh token.
void TestSessionKeeper::init()
{
    m_keeper.reset();
    m_now = now;
    m_firstPause = Milliseconds(1000);
    m_isPersonThere = true;
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
    Store store(m_server.seen, [this] { return m_keeper->generation(); });
    start(login(), &store);
    want();
    m_now += Seconds(60);
    QCOMPARE(want()->tokens.accessToken, Secret("t2"));
    m_now += Seconds(60);
    QCOMPARE(want()->tokens.accessToken, Secret("t3"));
    QCOMPARE(store.kept, (std::vector<std::string>{"refresh-1", "refresh-2", "refresh-3"}));
    QCOMPARE(store.requestsBefore, (std::vector<std::size_t>{1, 2, 3}));
    // Nobody had them yet: not even this program's end in the next moment would lose them.
    QCOMPARE(store.generationsBefore, (std::vector<std::uint64_t>{0, 1, 2}));
    QVERIFY(m_server.seen[1].body.starts_with("grant_type=refresh_token&refresh_token=refresh-1"));
    QVERIFY(m_server.seen[2].body.starts_with("grant_type=refresh_token&refresh_token=refresh-2"));
}

void TestSessionKeeper::aLockedStoreLosesNothing()
{
    Store store(m_server.seen, [this] { return m_keeper->generation(); });
    store.isLocked = true;
    start(login(), &store);
    QCOMPARE(want()->tokens.accessToken, Secret("t1"));
    QVERIFY(m_keeper->storeProblem());
    QCOMPARE(m_keeper->storeProblem()->what, std::string("the keychain is locked"));
}

/// A server whose clock or cache is wrong: the token at hand is better than the one that came.
void TestSessionKeeper::aRenewedTokenThatIsOver()
{
    m_answer = [this](const Seen&) {
        const std::size_t number = m_server.seen.size();
        const std::string token = number == 2 ? tokenUntil(now - Seconds(10)) : "t" + std::to_string(number);
        return jsonAnswerOf("{\"access_token\":\"" + token + "\",\"refresh_token\":\"refresh-" +
                            std::to_string(number) + R"(","token_type":"Bearer","expires_in":60})");
    };
    m_firstPause = Milliseconds(0);
    Store store(m_server.seen, [this] { return m_keeper->generation(); });
    start(login(), &store);
    QCOMPARE(want()->tokens.accessToken, Secret("t1"));
    QVERIFY(!m_keeper->problem());
    m_now += Seconds(55);
    const auto held = want();
    QVERIFY_RESULT(held);
    QCOMPARE(m_server.seen.size(), std::size_t(2));
    QCOMPARE(held->tokens.accessToken, Secret("t1"));
    QCOMPARE(held->generation, std::uint64_t(1));
    QVERIFY(m_keeper->problem());
    QVERIFY2(m_keeper->problem()->why.find("it was over already when it came") != std::string::npos,
             m_keeper->problem()->why.c_str());
    // The refresh token was changed for another one all the same.
    QCOMPARE(store.kept, (std::vector<std::string>{"refresh-1", "refresh-2"}));
    QCOMPARE(store.keptAccess, (std::vector<std::string>{"t1", "t1"}));
    QVERIFY((store.ends == std::vector<std::optional<Instant>>{now + Seconds(60), now + Seconds(60)}));
    m_now += Seconds(5);
    QCOMPARE(want()->tokens.accessToken, Secret("t3"));
    QVERIFY(m_server.seen[2].body.starts_with("grant_type=refresh_token&refresh_token=refresh-2"));
    QVERIFY(!m_keeper->problem());
}

void TestSessionKeeper::nobodyUsesWhatIsNotKeptYet()
{
    Store store(m_server.seen, [this] { return m_keeper->generation(); });
    store.isSlow = true;
    start(login(), &store);
    std::optional<Result<Held>> got;
    m_keeper->want(this, [&got](Result<Held> held) { got = std::move(held); });
    QTRY_COMPARE(store.waiting.size(), std::size_t(1));
    QVERIFY(!got && m_keeper->generation() == 0);
    store.waiting.front()({});
    QVERIFY(m_keeper->generation() == 1 && !got); // from the event loop, as always
    QTRY_VERIFY(got);
    QVERIFY_RESULT(*got);
    // Who will not wait for a keychain that asks somebody is told so; what it keeps then is not lost.
    got.reset();
    m_keeper->refused(1, this, [&got](Result<Held> held) { got = std::move(held); });
    QTRY_COMPARE(store.waiting.size(), std::size_t(2));
    m_keeper->cancel();
    QTRY_VERIFY(got);
    QVERIFY(!*got);
    QCOMPARE(got->error().kind, ErrorKind::Cancelled);
    store.waiting.back()({});
    QCOMPARE(want()->tokens.accessToken, Secret("t2"));
    m_keeper.reset(); // before its store
}

void TestSessionKeeper::beginsWithKeptTokens()
{
    int asked = 0;
    m_answer = [&](const Seen& seen) {
        ++asked;
        return seen.body.find("refresh_token=kept-refresh") != std::string::npos
                   ? jsonAnswerOf(R"({"access_token":"renewed","token_type":"Bearer","expires_in":60})")
                   : jsonAnswerOf(R"({"error":"invalid_grant"})", "400 Bad Request");
    };
    const auth::LiveTokens tokens{Secret("kept"), Secret("kept-refresh"), {}, "", false};
    start(login(auth::Grant::AuthorizationCode), nullptr, auth::KeptTokens{tokens, m_now + Seconds(60)});
    const auto held = want();
    QVERIFY_RESULT(held);
    QCOMPARE(held->tokens.accessToken, Secret("kept"));
    QCOMPARE(asked, 0);
    m_now += Seconds(60);
    QCOMPARE(want()->tokens.accessToken, Secret("renewed"));
    QCOMPARE(asked, 1);
    // One that is over already is renewed before anybody gets it.
    start(login(auth::Grant::AuthorizationCode), nullptr, auth::KeptTokens{tokens, m_now - Seconds(1)});
    QCOMPARE(want()->tokens.accessToken, Secret("renewed"));
    QVERIFY(m_prompts.empty());
}

void TestSessionKeeper::aPersonSignsInWhereKeptTokensAreOver()
{
    m_answer = [](const Seen& seen) {
        if (seen.target() == "/device")
            return jsonAnswerOf(
                R"({"device_code":"d","user_code":"ABCD","verification_uri":"https://id.example/device",)"
                R"("expires_in":60,"interval":1})");
        if (seen.body.find("refresh_token") != std::string::npos)
            return jsonAnswerOf(R"({"error":"invalid_grant"})", "400 Bad Request");
        return jsonAnswerOf(R"({"access_token":"device","token_type":"Bearer","expires_in":60})");
    };
    const auth::LiveTokens tokens{Secret("kept"), Secret("kept-refresh"), {}, "", false};
    start(login(auth::Grant::DeviceCode), nullptr, auth::KeptTokens{tokens, m_now - Seconds(1)});
    const auto held = want();
    QVERIFY_RESULT(held);
    QCOMPARE(held->tokens.accessToken, Secret("device"));
    QCOMPARE(m_prompts.size(), std::size_t(1));
}

void TestSessionKeeper::signsInAnewWhenTheRefreshTokenIsOver()
{
    m_answer = [this](const Seen& seen) {
        if (seen.body.starts_with("grant_type=refresh_token"))
            return jsonAnswerOf(R"({"error":"invalid_grant"})", "400 Bad Request");
        return jsonAnswerOf("{\"access_token\":\"t" + std::to_string(m_server.seen.size()) +
                            R"(","refresh_token":"r","token_type":"Bearer","expires_in":60})");
    };
    start(login());
    QCOMPARE(want()->tokens.accessToken, Secret("t1"));
    m_now += Seconds(60);
    QCOMPARE(want()->tokens.accessToken, Secret("t3"));
    QCOMPARE(m_server.seen.size(), std::size_t(3));
    QVERIFY(m_server.seen[1].body.starts_with("grant_type=refresh_token"));
    QVERIFY(m_server.seen[2].body.starts_with("grant_type=client_credentials"));
}

void TestSessionKeeper::saysThatAPersonIsNeeded()
{
    start(login(auth::Grant::RefreshToken));
    const auto held = want();
    QVERIFY(!held);
    QVERIFY2(held.error().why.find("there is no refresh token") != std::string::npos,
             held.error().why.c_str());
    QVERIFY(m_server.seen.empty());
    m_isPersonThere = false;
    start(login(auth::Grant::DeviceCode));
    const auto confirmed = want();
    QVERIFY(!confirmed);
    QVERIFY2(confirmed.error().why.starts_with("a person has to sign in again"),
             confirmed.error().why.c_str());
    QVERIFY(m_server.seen.empty());
}

void TestSessionKeeper::aProviderThatIsAway()
{
    m_answer = [](const Seen& seen) { // and repeats what it was sent
        const std::size_t at = seen.head.find("Authorization: ");
        return jsonAnswerOf(R"({"error":"temporarily_unavailable","error_description":"try later: )" +
                                seen.head.substr(at, seen.head.find('\r', at) - at) +
                                R"(, a-client-secret-of-thirty-two-bytes!"})",
                            "503 Service Unavailable");
    };
    start(login());
    const auto held = want();
    QVERIFY(!held);
    QCOMPARE(held.error().what, std::string("cannot sign in"));
    for (int i = 0; i < 20; ++i)
        QVERIFY(!want());
    QCOMPARE(m_server.seen.size(), std::size_t(1)); // it is not asked again for each of them
    const std::string text = claimcheck::describe(held.error());
    QVERIFY2(text.find("try later: Authorization: Basic ••••, ••••") != std::string::npos, text.c_str());
}

void TestSessionKeeper::repeatsForANonceOnce()
{
    m_answer = [](const Seen& seen) {
        const std::size_t at = seen.head.find("DPoP: ") + 6;
        const jose::Jws proof = jose::decode(seen.head.substr(at, seen.head.find('\r', at) - at));
        const auto nonce = proof.payloadJson ? proof.payloadJson->root().find("nonce") : std::nullopt;
        if (!nonce || nonce->string() != "fresh-nonce")
            return jsonAnswerOf(R"({"error":"use_dpop_nonce"})", "400 Bad Request",
                                "DPoP-Nonce: fresh-nonce\r\n");
        return jsonAnswerOf(R"({"access_token":"bound","token_type":"DPoP","expires_in":60})");
    };
    auth::OAuthLogin bound = login();
    bound.proofKey = newKey();
    start(bound);
    const auto held = want();
    QVERIFY_RESULT(held);
    QVERIFY(held->tokens.isBound && m_keeper->proofKey() != nullptr);
    QCOMPARE(m_server.seen.size(), std::size_t(2));
    // A server that is never content is not asked for ever, whatever it asks for next.
    m_answer = [this](const Seen&) {
        const std::string nonce = "DPoP-Nonce: another-" + std::to_string(m_server.seen.size()) + "\r\n";
        return jsonAnswerOf(R"({"error":"use_dpop_nonce"})", "400 Bad Request", nonce.c_str());
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

/// Whatever the requests are: the refresh token goes into the second one, and where that is refused the first
/// one signs in anew.
void TestSessionKeeper::renewsByTheRequestThatRenews()
{
    bool isRefused = false;
    m_answer = [&](const Seen& seen) {
        const std::string number = std::to_string(m_server.seen.size());
        if (seen.target() == "/renew" && isRefused)
            return jsonAnswerOf("{}", "401 Unauthorized");
        return jsonAnswerOf(R"({"data":{"token":"opaque-)" + number + R"(","refresh":"refresh-)" + number +
                            "\"}}");
    };
    const auto to = [this](const char* path, const std::string& body) {
        http::Request request;
        request.method = "PUT";
        request.url = m_server.url(path);
        request.body = body;
        request.hasBody = true;
        return request;
    };
    auth::RequestLogin requests;
    requests.build = [to]() -> Result<http::Request> { return to("/start", "hello"); };
    requests.renew = [to](const auth::LiveTokens& tokens) -> Result<http::Request> {
        return to("/renew", std::string(tokens.refreshToken.reveal()));
    };
    requests.tokenPath = "data.token";
    requests.refreshTokenPath = "data.refresh";
    start(requests);
    const auto first = want();
    QVERIFY_RESULT(first);
    QCOMPARE(first->tokens.accessToken, Secret("opaque-1"));
    QCOMPARE(first->tokens.refreshToken, Secret("refresh-1"));
    const auto refused = [this](std::uint64_t generation) {
        std::optional<Result<Held>> another;
        m_keeper->refused(generation, this, [&another](Result<Held> result) { another = std::move(result); });
        if (!QTest::qWaitFor([&another] { return another.has_value(); }) || !*another)
            return Secret();
        m_keeper->accepted((*another)->generation);
        return (*another)->tokens.accessToken;
    };
    QCOMPARE(refused(1), Secret("opaque-2"));
    QCOMPARE(m_server.seen.back().target(), std::string("/renew"));
    QCOMPARE(m_server.seen.back().body, std::string("refresh-1"));
    isRefused = true;
    QCOMPARE(refused(2), Secret("opaque-4"));
    QCOMPARE(m_server.seen[2].body, std::string("refresh-2"));
    QCOMPARE(m_server.seen.back().target(), std::string("/start"));
}

void TestSessionKeeper::aRequestsErrorHoldsNoSecret()
{
    std::string said = "no user with the-password and Bearer key-of-the-client";
    m_answer = [&said](const Seen&) {
        return jsonAnswerOf("{\"message\":\"" + said + "\"}", "401 Unauthorized");
    };
    auth::RequestLogin requests;
    requests.build = [this]() -> Result<http::Request> {
        http::Request request;
        request.url = m_server.url("/start?p=the-password");
        request.headers.push_back({"Authorization", "Bearer key-of-the-client"});
        return request;
    };
    requests.secrets = {Secret("the-password")};
    start(requests);
    const auto held = want();
    QVERIFY(!held);
    QVERIFY2(held.error().why.find("no user with •••• and Bearer ••••") != std::string::npos,
             held.error().why.c_str());
    // Where the message is cut, half of one would be no secret any more.
    said = std::string(195, 'x') + "the-password";
    start(requests);
    const auto cut = want();
    QVERIFY(!cut);
    QVERIFY2(cut.error().why.find("the-") == std::string::npos, cut.error().why.c_str());
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
    QVERIFY_RESULT(want()); // which is told behind it
    QVERIFY(!isCalled);
}

/// Whether a token is at hand, there is none to be had, or a person would be needed.
void TestSessionKeeper::alwaysAnswersLater()
{
    int called = 0;
    const auto count = [&called](const Result<Held>&) { ++called; };
    m_isPersonThere = false;
    start(login(auth::Grant::DeviceCode));
    m_keeper->want(this, count);
    QCOMPARE(called, 0);
    QTRY_COMPARE(called, 1);
    m_keeper->want(this, count); // it is held back
    QCOMPARE(called, 1);
    QTRY_COMPARE(called, 2);
    start(login());
    QVERIFY_RESULT(want());
    m_keeper->want(this, count);
    m_keeper->refused(0, this, count); // of a token before that one
    QCOMPARE(called, 2);
    QTRY_COMPARE(called, 4);
}

void TestSessionKeeper::mayEndInItsAnswer()
{
    start(login());
    QVERIFY_RESULT(want());
    int called = 0;
    m_keeper->want(this, [this, &called](const Result<Held>&) {
        ++called;
        m_keeper.reset();
    });
    m_keeper->want(this, [&called](const Result<Held>&) { ++called; });
    QTRY_VERIFY(!m_keeper);
    start(login());
    QVERIFY_RESULT(want()); // behind what the other one still had to tell
    QCOMPARE(called, 1);
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
