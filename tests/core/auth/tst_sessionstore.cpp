// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tokens that outlive the program: kept before anybody uses them, and begun with. A keychain may be locked or
// take its time.

#include "keepertest.h"

#include <jose/sign.h>

using namespace claimcheck;
using namespace claimcheck::test;

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
    void latest(QObject* context, Found found) override
    {
        ++lookedAt;
        if (isSlow)
            return asking.push_back({context, std::move(found)});
        found(byOthers);
    }
    void endRenewal() override { ++ended; }
    std::optional<auth::KeptTokens> byOthers; ///< what is there by now
    std::vector<std::pair<QPointer<QObject>, Found>> asking;
    int lookedAt = 0;
    int ended = 0;
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

} // namespace

class TestSessionStore : public KeeperTest
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void rotatesIntoTheStoreFirst();
    void aLockedStoreLosesNothing();
    void aRenewedTokenThatIsOver();
    void anIdTokenThatCannotBeChecked();
    void nobodyUsesWhatIsNotKeptYet();
    void beginsWithKeptTokens();
    void aPersonSignsInWhereKeptTokensAreOver();
    void goesOnWithWhatAnotherProgramRenewed();
    void isNotPutBackByAStoreThatIsBehind();
    void mayBeStoppedWhileItLooks();

private:
    /// Each refresh token is good once; "t1" and "refresh-1" come first.
    void rotate();
};

void TestSessionStore::rotatesIntoTheStoreFirst()
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

void TestSessionStore::aLockedStoreLosesNothing()
{
    Store store(m_server.seen, [this] { return m_keeper->generation(); });
    store.isLocked = true;
    start(login(), &store);
    QCOMPARE(want()->tokens.accessToken, Secret("t1"));
    QVERIFY(m_keeper->storeProblem());
    QCOMPARE(m_keeper->storeProblem()->what, std::string("the keychain is locked"));
}

/// A server whose clock or cache is wrong: the token at hand is better than the one that came.
void TestSessionStore::aRenewedTokenThatIsOver()
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

/// The issuer's keys are not reached when the renewal's ID token wants them: its refresh token is the only
/// one that the server still takes, and is kept before they are asked for.
void TestSessionStore::anIdTokenThatCannotBeChecked()
{
    const std::string idToken(
        jose::sign(*jose::findAlgorithm("ES256"), *newKey(), R"({"sub":"ada"})").value().reveal());
    Store store(m_server.seen, [this] { return m_keeper->generation(); });
    std::vector<std::string> asked;
    std::size_t keptBeforeKeys = 0;
    m_answer = [&](const Seen& seen) {
        if (seen.target() == "/keys") {
            keptBeforeKeys = store.kept.size();
            return jsonAnswerOf("{}", "503 Service Unavailable");
        }
        asked.push_back(seen.body);
        const std::string number = std::to_string(asked.size());
        const std::string identity = asked.size() == 2 ? "\"id_token\":\"" + idToken + "\"," : "";
        return jsonAnswerOf("{\"access_token\":\"t" + number + "\",\"refresh_token\":\"refresh-" + number +
                            "\"," + identity + "\"token_type\":\"Bearer\",\"expires_in\":60}");
    };
    m_firstPause = Milliseconds(0);
    auth::OAuthLogin client = login();
    client.server.jwksUri = m_server.url("/keys");
    start(client, &store);
    QCOMPARE(want()->tokens.accessToken, Secret("t1"));
    m_now += Seconds(55);
    QCOMPARE(want()->tokens.accessToken, Secret("t1"));
    QVERIFY(m_keeper->problem());
    QCOMPARE(keptBeforeKeys, std::size_t(2));
    QCOMPARE(store.kept, (std::vector<std::string>{"refresh-1", "refresh-2"}));
    QCOMPARE(store.keptAccess, (std::vector<std::string>{"t1", "t1"}));
    m_now += Seconds(5);
    QCOMPARE(want()->tokens.accessToken, Secret("t3"));
    QVERIFY(asked.back().starts_with("grant_type=refresh_token&refresh_token=refresh-2"));
    QCOMPARE(store.kept.back(), std::string("refresh-3"));
    m_keeper.reset(); // before its store
}

void TestSessionStore::nobodyUsesWhatIsNotKeptYet()
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

void TestSessionStore::beginsWithKeptTokens()
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

void TestSessionStore::aPersonSignsInWhereKeptTokensAreOver()
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

void TestSessionStore::rotate()
{
    m_answer = [this](const Seen&) {
        const std::string number = std::to_string(m_server.seen.size());
        return jsonAnswerOf("{\"access_token\":\"t" + number + "\",\"refresh_token\":\"refresh-" + number +
                            R"(","token_type":"Bearer","expires_in":60})");
    };
}

/// The refresh token at hand is used up by then: a second use would end the session for both.
void TestSessionStore::goesOnWithWhatAnotherProgramRenewed()
{
    rotate();
    Store store(m_server.seen, [this] { return m_keeper->generation(); });
    start(login(), &store);
    QCOMPARE(want()->tokens.accessToken, Secret("t1"));
    QCOMPARE(store.lookedAt, 0);
    m_now += Seconds(60);
    store.byOthers =
        auth::KeptTokens{{Secret("other"), Secret("other-refresh"), {}, "", false}, m_now + Seconds(30)};
    const auto held = want();
    QVERIFY_RESULT(held);
    QCOMPARE(held->tokens.accessToken, Secret("other"));
    QCOMPARE(held->generation, std::uint64_t(2));
    QCOMPARE(m_server.seen.size(), std::size_t(1)); // nobody renewed once more
    QCOMPARE(store.lookedAt, 1);
    QVERIFY(m_keeper->rest() > Milliseconds(15'000) && m_keeper->rest() <= Milliseconds(30'000));
    // What is over of it is renewed with its refresh token, and not with an older one.
    m_now += Seconds(30);
    const int before = store.ended;
    QCOMPARE(want()->tokens.accessToken, Secret("t2"));
    QVERIFY(m_server.seen[1].body.starts_with("grant_type=refresh_token&refresh_token=other-refresh"));
    QVERIFY(store.ended > before);
    store.byOthers =
        auth::KeptTokens{{Secret("third"), Secret("third-refresh"), {}, "", false}, m_now - Seconds(1)};
    m_now += Seconds(60);
    QCOMPARE(want()->tokens.accessToken, Secret("t3"));
    QVERIFY(m_server.seen[2].body.starts_with("grant_type=refresh_token&refresh_token=third-refresh"));
    QCOMPARE(store.kept.back(), std::string("refresh-3"));
}

/// A keychain that locked midway has an older refresh token than there is in memory.
void TestSessionStore::isNotPutBackByAStoreThatIsBehind()
{
    rotate();
    Store store(m_server.seen, [this] { return m_keeper->generation(); });
    start(login(), &store);
    QVERIFY_RESULT(want());
    store.byOthers =
        auth::KeptTokens{{Secret("t1"), Secret("refresh-1"), {}, "", false}, m_now + Seconds(60)};
    store.isLocked = true;
    m_now += Seconds(60);
    QCOMPARE(want()->tokens.accessToken, Secret("t2")); // and the store did not take it
    QVERIFY(m_keeper->storeProblem());
    m_now += Seconds(60);
    QCOMPARE(want()->tokens.accessToken, Secret("t3"));
    QVERIFY(m_server.seen[2].body.starts_with("grant_type=refresh_token&refresh_token=refresh-2"));
}

void TestSessionStore::mayBeStoppedWhileItLooks()
{
    rotate();
    Store store(m_server.seen, [this] { return m_keeper->generation(); });
    start(login(), &store);
    QVERIFY_RESULT(want());
    store.isSlow = true;
    m_now += Seconds(60);
    std::optional<Result<Held>> got;
    m_keeper->want(this, [&got](Result<Held> held) { got = std::move(held); });
    QCOMPARE(store.asking.size(), std::size_t(1));
    QVERIFY(m_keeper->isBusy() && !m_keeper->isSigningIn());
    const int before = store.ended;
    m_keeper->cancel();
    QVERIFY(!store.asking.front().first); // who is asked then tells nobody
    QCOMPARE(store.ended, before + 1);
    QTRY_VERIFY(got);
    QCOMPARE(got->error().kind, ErrorKind::Cancelled);
    QVERIFY(!m_keeper->isBusy());
    QCOMPARE(m_server.seen.size(), std::size_t(1));
    m_keeper.reset(); // before its store
}

QTEST_GUILESS_MAIN(TestSessionStore)
#include "tst_sessionstore.moc"
