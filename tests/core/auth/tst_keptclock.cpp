// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A kept session after the clock of the machine was set while the program was closed: the token's own exp
// counts, by the server's clock, and what nobody can know any more is not trusted.

#include "keepertest.h"

#include <jose/sign.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

/// A token that says itself until when it is good.
Secret signedUntil(Instant end)
{
    const std::string claims = "{\"exp\":" + std::to_string(std::int64_t(toUnixSeconds(end))) + "}";
    const jose::Key key = jose::secretKey(Secret("secret"));
    return *jose::sign(*jose::findAlgorithm("HS256"), key, claims, {.allowWeakKeys = true});
}

constexpr Seconds hour{3600};

/// A minute's token that came at `now`.
auth::KeptTokens opaque()
{
    return {{Secret("kept"), Secret("kept-refresh"), {}, "", false}, now + Seconds(60), now, Milliseconds(0)};
}

/// The same, which says so itself, of a server whose clock was `ahead` of ours.
auth::KeptTokens saying(Milliseconds ahead = Milliseconds(0))
{
    auth::KeptTokens kept = opaque();
    kept.tokens.accessToken = signedUntil(now + ahead + Seconds(60));
    kept.skew = ahead;
    return kept;
}

std::optional<Milliseconds> restAt(Milliseconds passed, const auth::KeptTokens& kept, bool canRenew = true)
{
    return auth::restOfKept(kept, now + passed, canRenew);
}

} // namespace

class TestKeptClock : public KeeperTest
{
    Q_OBJECT
private Q_SLOTS:
    void init() { begin(); }
    void theServersClockCounts_data();
    void theServersClockCounts();
    void whatTheTokenSaysIsSurest();
    void aClockThatWasPutBackMakesNoTokenOlder();
    void aSmallStepIsNone();
    void withoutAnEndNothingIsKnown();
    void anOlderVersionsValueIsReadAsBefore();
    void renewsWhatItCannotKnow();
    void usesWhatNobodyCanRenew();
};

void TestKeptClock::theServersClockCounts_data()
{
    QTest::addColumn<int>("ahead");
    QTest::newRow("as ours") << 0;
    QTest::newRow("an hour ahead") << 3600;
    QTest::newRow("an hour behind") << -3600;
}

void TestKeptClock::theServersClockCounts()
{
    QFETCH(int, ahead);
    const auth::KeptTokens kept = saying(Seconds(ahead));
    QCOMPARE(restAt(Seconds(0), kept), std::optional(Milliseconds(60'000)));
    QCOMPARE(restAt(Seconds(45), kept), std::optional(Milliseconds(15'000)));
    QVERIFY(restAt(Seconds(60), kept) <= Milliseconds(0));
    QVERIFY(restAt(hour, kept) <= Milliseconds(0)); // put forward, or slept
}

void TestKeptClock::whatTheTokenSaysIsSurest()
{
    auth::KeptTokens kept = saying();
    kept.ends = now + hour;
    QCOMPARE(restAt(Seconds(45), kept), std::optional(Milliseconds(15'000)));
    kept.ends.reset();
    QCOMPARE(restAt(Seconds(45), kept), std::optional(Milliseconds(15'000)));
}

/// How much time went by nobody knows, nor if the clock is right by now.
void TestKeptClock::aClockThatWasPutBackMakesNoTokenOlder()
{
    QCOMPARE(restAt(-hour, saying()), std::optional(Milliseconds(60'000)));
    QCOMPARE(restAt(-hour, saying(hour)), std::optional(Milliseconds(60'000)));
    // Ours was an hour ahead when it came, and was set right 50 s later.
    QCOMPARE(restAt(Seconds(50) - hour, saying(-hour)), std::optional(Milliseconds(10'000)));
    QVERIFY(restAt(Seconds(61) - hour, saying(-hour)) <= Milliseconds(0));
    QCOMPARE(restAt(-hour, opaque()), std::optional(Milliseconds(0)));
    QCOMPARE(restAt(-hour, opaque(), false), std::optional(Milliseconds(60'000)));
}

/// As when a machine's clock is kept right all the time.
void TestKeptClock::aSmallStepIsNone()
{
    QCOMPARE(restAt(Milliseconds(-1'999), opaque()), std::optional(Milliseconds(61'999)));
    QCOMPARE(restAt(Milliseconds(-2'000), opaque()), std::optional(Milliseconds(0)));
}

void TestKeptClock::withoutAnEndNothingIsKnown()
{
    auth::KeptTokens kept = opaque();
    kept.ends.reset();
    QVERIFY(!restAt(Seconds(0), kept));
    QVERIFY(!restAt(-hour, kept));
}

void TestKeptClock::anOlderVersionsValueIsReadAsBefore()
{
    auth::KeptTokens kept = saying();
    kept.came.reset();
    kept.ends = now + Seconds(30);
    QCOMPARE(restAt(Seconds(0), kept), std::optional(Milliseconds(30'000)));
    kept.ends.reset();
    QVERIFY(!restAt(Seconds(0), kept));
}

void TestKeptClock::renewsWhatItCannotKnow()
{
    start(login(), nullptr, opaque());
    QCOMPARE(want()->tokens.accessToken, Secret("kept"));
    m_now = now - hour;
    start(login(), nullptr, opaque());
    QVERIFY(!m_keeper->held());
    QCOMPARE(want()->tokens.accessToken, Secret("t1"));
    QVERIFY(m_server.seen.front().body.find("refresh_token=kept-refresh") != std::string::npos);
    start(login(), nullptr, saying());
    QCOMPARE(want()->tokens.accessToken, saying().tokens.accessToken);
    QVERIFY(m_keeper->rest() <= Milliseconds(60'000));
    QCOMPARE(m_server.seen.size(), std::size_t(1));
}

/// Else a person would have to sign in for a token that may be good; a server that refuses it says so.
void TestKeptClock::usesWhatNobodyCanRenew()
{
    auth::KeptTokens kept = opaque();
    kept.tokens.refreshToken = Secret();
    m_now = now - hour;
    start(login(auth::Grant::DeviceCode), nullptr, kept);
    QCOMPARE(want()->tokens.accessToken, Secret("kept"));
    QVERIFY(m_keeper->rest() <= Milliseconds(60'000));
    QVERIFY(m_prompts.empty());
}

QTEST_GUILESS_MAIN(TestKeptClock)
#include "tst_keptclock.moc"
