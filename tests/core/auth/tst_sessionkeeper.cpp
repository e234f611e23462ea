// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sessions against a token endpoint on this machine: sign-in, renewal by refresh token and anew, many
// requests at a time, a provider that is away, DPoP nonces. What is kept of them: tst_sessionstore.

#include "keepertest.h"

#include <QtCore/qelapsedtimer.h>

#include <jose/sign.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestSessionKeeper : public KeeperTest
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void signsInAndRenews();
    void manyShareOneRenewal();
    void signsInAnewWhenTheRefreshTokenIsOver();
    void saysThatAPersonIsNeeded();
    void repeatsForANonceOnce();
    void renewsWithTheNonceThatCameLast();
    void renewsByTheCredentialLogin();
    void knowsHowLongALoginsTokenLasts();
    void renewsByTheRequestThatRenews();
    void aRequestsErrorHoldsNoSecret();
    void alwaysAnswersLater();
    void mayEndInItsAnswer();
    void mayEndWhileItSignsIn();
    void runsTheDeviceGrant();
    void waitsUntilATokenIsValid();
    void refusesATokenOfMuchLater();
    void whatIsWithdrawnBeginsAnew();
};

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

/// Of the request's proof; empty: none.
static std::string nonceIn(const Seen& seen)
{
    const std::size_t at = seen.head.find("DPoP: ") + 6;
    const jose::Jws proof = jose::decode(seen.head.substr(at, seen.head.find('\r', at) - at));
    const auto nonce = proof.payloadJson ? proof.payloadJson->root().find("nonce") : std::nullopt;
    return nonce ? nonce->string() : std::string();
}

void TestSessionKeeper::repeatsForANonceOnce()
{
    m_answer = [](const Seen& seen) {
        if (nonceIn(seen) != "fresh-nonce")
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

/// RFC 9449 §8.2: each answer, a good one too, brings the nonce for the next proof.
void TestSessionKeeper::renewsWithTheNonceThatCameLast()
{
    std::string wanted = "nonce-0";
    m_answer = [this, &wanted](const Seen& seen) {
        const bool isGood = nonceIn(seen) == wanted;
        wanted = "nonce-" + std::to_string(m_server.seen.size());
        const std::string more = "DPoP-Nonce: " + wanted + "\r\n";
        return isGood ? jsonAnswerOf(R"({"access_token":"bound","token_type":"DPoP","expires_in":60})",
                                     "200 OK", more.c_str())
                      : jsonAnswerOf(R"({"error":"use_dpop_nonce"})", "400 Bad Request", more.c_str());
    };
    auth::OAuthLogin bound = login();
    bound.proofKey = newKey();
    start(bound);
    QVERIFY_RESULT(want());
    QCOMPARE(m_server.seen.size(), std::size_t(2));
    for (int renewal = 0; renewal < 3; ++renewal) {
        m_now += Seconds(60);
        QVERIFY_RESULT(want());
    }
    QCOMPARE(m_server.seen.size(), std::size_t(5));
    wanted = "of another day"; // it is refused, and asked for once more
    m_now += Seconds(60);
    QVERIFY_RESULT(want());
    QCOMPARE(m_server.seen.size(), std::size_t(7));
    QVERIFY2(m_keeper->nonces()->of(m_server.url("/token")).empty(), "it is the token endpoint's alone");
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

/// Of an opaque token that no token endpoint gave: what stands beside it says when it is over.
void TestSessionKeeper::knowsHowLongALoginsTokenLasts()
{
    auth::Login credentials;
    credentials.url = m_server.url("/login");
    credentials.user = "demo";
    credentials.password = Secret("demo");
    std::string said;
    m_answer = [&said](const Seen&) {
        return jsonAnswerOf("{\"expires_in\":7,\"data\":{\"token\":\"opaque-of-a-login\"" + said + "}}");
    };
    const auto rest = [&](const std::string& member) {
        said = member;
        start(credentials);
        return want() ? m_keeper->rest() : std::nullopt;
    };
    const auto minute = rest(",\"expires_in\":60");
    QVERIFY(minute && *minute > Milliseconds(0) && *minute <= Milliseconds(60'000));
    QVERIFY(!rest(",\"expires_in\":\"soon\""));
    QVERIFY(!rest(""));
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

namespace {

/// Its `nbf` is the server's Date and that much.
Answer answerOfLater(int seconds)
{
    const jose::Key key = jose::secretKey(Secret("secret"));
    const std::string claims = "{\"nbf\":" + std::to_string(1'800'000'000 + seconds) + "}";
    const Secret token =
        jose::sign(*jose::findAlgorithm("HS256"), key, claims, {.allowWeakKeys = true}).value();
    return jsonAnswerOf("{\"access_token\":\"" + std::string(token.reveal()) +
                            R"(","token_type":"Bearer","expires_in":600})",
                        "200 OK", "Date: Fri, 15 Jan 2027 08:00:00 GMT\r\n");
}

} // namespace

/// RFC 7519 §4.1.5.
void TestSessionKeeper::waitsUntilATokenIsValid()
{
    m_answer = [](const Seen&) { return answerOfLater(2); };
    start(login());
    QElapsedTimer since;
    since.start();
    const auto held = want();
    QVERIFY_RESULT(held);
    QVERIFY(since.elapsed() >= 900); // Date may be one second old
    QCOMPARE(m_server.seen.size(), std::size_t(1));
    QCOMPARE(m_keeper->notes().size(), std::size_t(1));
    QVERIFY(m_keeper->notes().front().find("becomes valid 2027-01-15T08:00:02Z") != std::string::npos);
    QVERIFY(!m_keeper->isBusy());

    m_answer = [](const Seen&) { return answerOfLater(30); };
    std::optional<Result<Held>> renewed;
    m_keeper->renewNow(this, [&renewed](Result<Held> result) { renewed = std::move(result); });
    QTRY_COMPARE(m_server.seen.size(), std::size_t(2));
    QTRY_VERIFY(m_keeper->notes().front().find("08:00:30Z") != std::string::npos);
    QVERIFY(m_keeper->isBusy());
    m_keeper->cancel(); // nobody has to wait
    QTRY_VERIFY(renewed);
    QVERIFY(!m_keeper->isBusy());
    QCOMPARE((*renewed)->tokens.accessToken, held->tokens.accessToken);
    QCOMPARE(m_keeper->problem()->kind, ErrorKind::Cancelled);
}

void TestSessionKeeper::refusesATokenOfMuchLater()
{
    m_answer = [](const Seen&) { return answerOfLater(3601); };
    m_firstPause = Milliseconds(60'000);
    start(login());
    for (int i = 0; i < 3; ++i) {
        const auto held = want();
        QVERIFY(!held);
        QCOMPARE(held.error().what, std::string("cannot sign in"));
        QVERIFY2(held.error().why.find("not valid yet, but in 3600 s") != std::string::npos,
                 held.error().why.c_str());
    }
    QCOMPARE(m_server.seen.size(), std::size_t(1)); // no endless loop
}

/// One that a person cancels does not: the next request would open another browser.
void TestSessionKeeper::whatIsWithdrawnBeginsAnew()
{
    auth::OAuthLogin browser = login(auth::Grant::AuthorizationCode);
    browser.server.authorizationEndpoint = m_server.url("/authorize");
    start(browser);
    for (const std::size_t prompts : {std::size_t(1), std::size_t(2)}) {
        std::optional<Result<Held>> got;
        m_keeper->want(this, [&got](Result<Held> held) { got = std::move(held); });
        QTRY_COMPARE(m_prompts.size(), prompts);
        QVERIFY(m_keeper->isSigningIn());
        m_keeper->withdraw();
        QTRY_VERIFY(got);
        QVERIFY(!*got);
        QCOMPARE((*got).error().kind, ErrorKind::Cancelled);
        QVERIFY(!m_keeper->isBusy());
    }
    std::optional<Result<Held>> got;
    m_keeper->want(this, [&got](Result<Held> held) { got = std::move(held); });
    QTRY_COMPARE(m_prompts.size(), std::size_t(3));
    m_keeper->cancel();
    QTRY_VERIFY(got);
    QVERIFY(!want());
    QCOMPARE(m_prompts.size(), std::size_t(3));
}

QTEST_GUILESS_MAIN(TestSessionKeeper)
#include "tst_sessionkeeper.moc"
