// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A session's life without clock and network: when it is renewed, who waits, what a failure does, and what
// clocks that jump do to it.

#include "oauthlogin.h"

#include <auth/sessionlife.h>
#include <jose/sign.h>
#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;
using auth::Clocks;
using auth::Effects;
using auth::SessionLife;
using Failure = auth::SessionLife::Failure;
using Tickets = std::vector<auth::Ticket>;

namespace {

/// Both clocks, `seconds` after the beginning.
Clocks at(double seconds, double wallJump = 0)
{
    const Milliseconds passed(static_cast<std::int64_t>(seconds * 1000));
    return {now + passed + Milliseconds(static_cast<std::int64_t>(wallJump * 1000)), passed};
}

auth::Expiry lasting(int seconds)
{
    return {Milliseconds(seconds * 1000), auth::ExpirySource::Claim, Milliseconds(0)};
}

const Error away{ErrorKind::Unreachable, "cannot reach id.example", "connection refused", "", std::nullopt};
const Error refusal{ErrorKind::Refused, "the server gave no token", "invalid_grant", "", std::nullopt};

/// Signed in at the beginning, for `seconds`.
SessionLife signedIn(int seconds)
{
    SessionLife life;
    life.want(1, at(0));
    life.renewed(lasting(seconds), at(0));
    return life;
}

Tickets stopped(const Effects& effects)
{
    Tickets tickets;
    for (const auto& stop : effects.stop)
        tickets.push_back(stop.first);
    return tickets;
}

} // namespace

class TestSessionLife : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signsInOnce();
    void renewsWithALeeway_data();
    void renewsWithALeeway();
    void manyWaitForOneRenewal();
    void aRefusedTokenIsRenewedOnce();
    void aTokenThatIsNeverTakenIsNotRenewedForEver();
    void failuresBackOff();
    void aGoodTokenOutlivesAFailure();
    void aFinalFailureEndsIt();
    void aTokenThatIsOverWhenItComes();
    void clocksThatJump();
    void withoutAnEnd();
    void theUserMayRenewAtAnyTime();
    void saysHowItReadsADate();
    void seesWhenATokenBecomesValid_data();
    void seesWhenATokenBecomesValid();
    void aTokenOfMuchLaterIsAFailure();
    void expiry_data();
    void expiry();
};

void TestSessionLife::signsInOnce()
{
    SessionLife life;
    QVERIFY(life.want(1, at(0)).renew);
    const Effects second = life.want(2, at(0));
    QVERIFY(!second.renew && second.go.empty());
    QCOMPARE(life.renewed(lasting(60), at(1)).go, (Tickets{1, 2}));
    QCOMPARE(life.want(3, at(2)).go, Tickets{3});
    QCOMPARE(life.generation(), std::uint64_t(1));
}

void TestSessionLife::renewsWithALeeway_data()
{
    QTest::addColumn<int>("lifetime");
    QTest::addColumn<double>("due");
    QTest::newRow("10 % of five seconds") << 5 << 4.5;
    QTest::newRow("10 % of a minute") << 60 << 54.0;
    QTest::newRow("at most a minute") << 3600 << 3540.0;
    QTest::newRow("of a day, too") << 86'400 << 86'340.0;
}

void TestSessionLife::renewsWithALeeway()
{
    QFETCH(int, lifetime);
    QFETCH(double, due);
    SessionLife life = signedIn(lifetime);
    QCOMPARE(life.untilDue(at(0)), std::optional<Milliseconds>(static_cast<std::int64_t>(due * 1000)));
    QCOMPARE(life.want(2, at(due - 0.01)).go, Tickets{2});
    QVERIFY(life.want(3, at(due)).renew);
    QVERIFY(!life.isExpired(at(due)));
    QVERIFY(life.isExpired(at(lifetime)));
}

void TestSessionLife::manyWaitForOneRenewal()
{
    SessionLife life = signedIn(5);
    int renewals = 0;
    for (auth::Ticket ticket = 10; ticket < 210; ++ticket)
        renewals += life.want(ticket, at(4.8)).renew ? 1 : 0;
    QCOMPARE(renewals, 1);
    const Effects effects = life.renewed(lasting(5), at(4.9));
    QCOMPARE(effects.go.size(), std::size_t(200));
    QVERIFY(effects.stop.empty() && !effects.renew);
    QCOMPARE(life.want(300, at(5)).go, Tickets{300});
}

void TestSessionLife::aRefusedTokenIsRenewedOnce()
{
    SessionLife life = signedIn(3600);
    QVERIFY(life.refused(2, 1, at(10)).renew);
    QVERIFY(!life.refused(3, 1, at(10)).renew);
    QCOMPARE(life.renewed(lasting(3600), at(11)).go, (Tickets{2, 3}));
    // Answers that come late are about the token before.
    QCOMPARE(life.refused(4, 1, at(12)).go, Tickets{4});
    life.accepted(2);
    QVERIFY(life.refused(5, 2, at(100)).renew);
}

void TestSessionLife::aTokenThatIsNeverTakenIsNotRenewedForEver()
{
    SessionLife life = signedIn(3600);
    QVERIFY(life.refused(2, 1, at(10)).renew);
    life.renewed(lasting(3600), at(11));
    for (auth::Ticket ticket = 3; ticket < 100; ++ticket) {
        const Effects effects = life.refused(ticket, 2, at(12));
        QVERIFY(!effects.renew);
        QCOMPARE(stopped(effects), Tickets{ticket});
        QVERIFY(effects.stop.front().second.why.find("renewed for it just now") != std::string::npos);
    }
    // Its time makes it new all the same.
    QVERIFY(life.want(200, at(3600)).renew);
}

void TestSessionLife::failuresBackOff()
{
    SessionLife life;
    double time = 0;
    for (const int pause : {1, 2, 4, 8, 16, 32, 60, 60}) {
        QVERIFY(life.want(1, at(time)).renew);
        const Effects failed = life.failed(away, Failure::Passing, at(time));
        QCOMPARE(stopped(failed), Tickets{1});
        QCOMPARE(failed.stop.front().second.what, std::string("cannot sign in"));
        QVERIFY(failed.stop.front().second.step == ErrorStep::SignIn);
        QCOMPARE(failed.stop.front().second.why, std::string("cannot reach id.example: connection refused"));
        const Effects early = life.want(2, at(time + pause - 0.01));
        QVERIFY(!early.renew);
        QCOMPARE(stopped(early), Tickets{2});
        time += pause;
    }
    QVERIFY(life.want(3, at(time)).renew);
    QCOMPARE(life.renewed(lasting(60), at(time)).go, Tickets{3});
    QVERIFY(!life.problem());
    // The next failure begins with the short pause again.
    QVERIFY(life.want(4, at(time + 60)).renew);
    life.failed(away, Failure::Passing, at(time + 60));
    QVERIFY(life.want(5, at(time + 61)).renew);
}

void TestSessionLife::aGoodTokenOutlivesAFailure()
{
    SessionLife life = signedIn(60);
    QVERIFY(life.want(2, at(55)).renew);
    QVERIFY(!life.refused(3, 1, at(55)).renew);
    const Effects effects = life.failed(away, Failure::Passing, at(56));
    QCOMPARE(effects.go, Tickets{2});
    QCOMPARE(stopped(effects), Tickets{3}); // whose token is no good
    QCOMPARE(life.want(4, at(56.5)).go, Tickets{4});
    QVERIFY(life.want(5, at(57)).renew);
    life.failed(away, Failure::Passing, at(58));
    const Effects over = life.want(6, at(60));
    QVERIFY(over.renew || stopped(over) == Tickets{6});
    QVERIFY(over.go.empty());
}

void TestSessionLife::aFinalFailureEndsIt()
{
    SessionLife life = signedIn(60);
    life.want(2, at(55));
    life.failed(refusal, Failure::Final, at(55));
    QCOMPARE(life.want(3, at(59)).go, Tickets{3});
    for (const double time : {60.0, 1000.0, 100'000.0}) {
        const Effects effects = life.want(4, at(time));
        QVERIFY(!effects.renew);
        QCOMPARE(effects.stop.front().second.what, std::string("the session cannot be renewed"));
        QVERIFY(effects.stop.front().second.step == ErrorStep::None);
    }
    // Somebody signs in again.
    life.renewed(lasting(60), at(100'001));
    QCOMPARE(life.want(5, at(100'002)).go, Tickets{5});
}

void TestSessionLife::aTokenThatIsOverWhenItComes()
{
    SessionLife life;
    life.want(1, at(0));
    const Effects effects = life.renewed(lasting(-10), at(0));
    QCOMPARE(stopped(effects), Tickets{1});
    QVERIFY(effects.stop.front().second.why.find("it was over already when it came") != std::string::npos);
    QVERIFY(!life.want(2, at(0.5)).renew);
    QCOMPARE(life.generation(), std::uint64_t(0));
    // The one before is used as long as it is good, and it is said why there is no other.
    SessionLife good = signedIn(60);
    QVERIFY(good.want(2, at(55)).renew);
    QCOMPARE(good.renewed(lasting(0), at(56)).go, Tickets{2});
    QCOMPARE(good.generation(), std::uint64_t(1));
    QVERIFY(good.problem() && good.problem()->what == "the session cannot be renewed");
    QCOMPARE(good.want(3, at(56.5)).go, Tickets{3});
    QVERIFY(good.isExpired(at(60)));
}

void TestSessionLife::clocksThatJump()
{
    SessionLife back = signedIn(60);
    QCOMPARE(back.want(2, at(10, -7200)).go, Tickets{2});
    QVERIFY(back.want(3, at(54, -7200)).renew); // set back: the steady clock knows
    SessionLife ahead = signedIn(60);
    QVERIFY(ahead.want(2, at(10, 7200)).renew); // set ahead, or slept: better once too often
    ahead.renewed(lasting(60), at(10, 7200));
    QCOMPARE(ahead.want(3, at(20, 7200)).go, Tickets{3});
    QCOMPARE(ahead.want(4, at(20)).go, Tickets{4}); // and set right again
    QVERIFY(ahead.want(5, at(64)).renew);
}

void TestSessionLife::withoutAnEnd()
{
    SessionLife life;
    life.want(1, at(0));
    life.renewed({}, at(0));
    QCOMPARE(life.want(2, at(1e6)).go, Tickets{2});
    QVERIFY(!life.untilDue(at(1e6)) && !life.isExpired(at(1e6)));
    QVERIFY(life.refused(3, 1, at(1e6)).renew);
}

void TestSessionLife::theUserMayRenewAtAnyTime()
{
    SessionLife life = signedIn(600);
    QVERIFY(life.renewNow(2).renew);
    QVERIFY(!life.renewNow(3).renew); // one is under way
    QCOMPARE(life.failed(refusal, Failure::Final, at(1)).go, (Tickets{2, 3}));
    QVERIFY(life.renewNow(4).renew); // a failure does not hold it back
    QCOMPARE(life.renewed(lasting(600), at(2)).go, Tickets{4});
    QVERIFY(life.renewNow(5).renew); // nor that no server has taken the new one yet
    QCOMPARE(life.generation(), std::uint64_t(2));
}

void TestSessionLife::expiry_data()
{
    QTest::addColumn<QByteArray>("exp");
    QTest::addColumn<int>("expiresIn");
    QTest::addColumn<int>("usersWord");
    QTest::addColumn<int>("ahead");
    QTest::addColumn<int>("rest");
    QTest::addColumn<int>("source");
    using enum auth::ExpirySource;
    const auto row = [](const char* name, const char* exp, int in, int word, int ahead, int rest,
                        auth::ExpirySource source) {
        QTest::newRow(name) << QByteArray(exp) << in << word << ahead << rest << int(source);
    };
    row("exp first", "1800000060", 30, 10, 0, 60, Claim);
    row("then expires_in", "", 30, 10, 0, 30, ExpiresIn);
    row("then the user's word", "", 0, 10, 0, 10, UsersWord);
    row("nobody says it", "", 0, 0, 0, -1, Unknown);
    row("server an hour ahead", "1800003660", 0, 0, 3600, 60, Claim);
    row("server an hour behind", "1799996460", 0, 0, -3600, 60, Claim);
    row("a second is no skew", "1800000060", 0, 0, 1, 60, Claim);
    row("no number", "\"soon\"", 30, 0, 0, 30, ExpiresIn);
    row("no time", "1e300", 30, 0, 0, 30, ExpiresIn);
    row("no double", "1e400", 30, 0, 0, 30, ExpiresIn);
    row("an object", "{\"a\":1}", 30, 0, 0, 30, ExpiresIn);
    row("milliseconds", "1800000060000", 30, 0, 0, 60, Claim);
    row("milliseconds that are over", "1799999940000", 30, 0, 0, -60, Claim);
    row("a number in quotes", "\"1800000060\"", 30, 0, 0, 60, Claim);
    row("a time as text", "\"2027-01-15T08:01:00Z\"", 30, 0, 0, 60, Claim);
}

void TestSessionLife::expiry()
{
    QFETCH(QByteArray, exp);
    QFETCH(int, expiresIn);
    QFETCH(int, usersWord);
    QFETCH(int, ahead);
    QFETCH(int, rest);
    QFETCH(int, source);
    const jose::Key key = jose::secretKey(Secret("secret"));
    const std::string claims = exp.isEmpty() ? "{}" : "{\"exp\":" + exp.toStdString() + "}";
    const Secret token =
        jose::sign(*jose::findAlgorithm("HS256"), key, claims, {.allowWeakKeys = true}).value();
    auth::ExpiryFacts facts;
    facts.receivedAt = now;
    facts.serverDate = now + Seconds(ahead);
    if (expiresIn > 0)
        facts.expiresIn = Seconds(expiresIn);
    if (usersWord > 0)
        facts.usersWord = Seconds(usersWord);
    const auth::Expiry expiry = auth::expiryOf(token, facts);
    QVERIFY(auth::expiryOf(
                jose::sign(*jose::findAlgorithm("HS256"), key, R"({"exp":-1e300})", {.allowWeakKeys = true})
                    .value(),
                facts)
                .isOver()); // long before any clock: it is not one without an end
    QCOMPARE(expiry.source, static_cast<auth::ExpirySource>(source));
    QCOMPARE(expiry.rest ? int(expiry.rest->count() / 1000) : -1, rest);
    QCOMPARE(expiry.skew, Milliseconds(std::abs(ahead) < 2 ? 0 : ahead * 1000));
}

namespace {

Secret tokenOf(const std::string& claims)
{
    const jose::Key key = jose::secretKey(Secret("secret"));
    return jose::sign(*jose::findAlgorithm("HS256"), key, claims, {.allowWeakKeys = true}).value();
}

} // namespace

void TestSessionLife::saysHowItReadsADate()
{
    auth::ExpiryFacts facts;
    facts.serverDate = facts.receivedAt = now;
    const auto notes = auth::expiryOf(tokenOf(R"({"exp":1800000060000})"), facts).notes;
    QCOMPARE(notes.size(), std::size_t(1));
    QVERIFY2(notes.front().starts_with(
                 "the token's exp, 1800000060000, is read as 2027-01-15T08:01:00Z, in milliseconds"),
             notes.front().c_str());
    const auto text = auth::expiryOf(tokenOf(R"({"exp":"1800000060"})"), facts).notes;
    QCOMPARE(text.size(), std::size_t(1));
    QVERIFY2(text.front().find("wants a number") != std::string::npos, text.front().c_str());
    for (const char* plain : {R"({"exp":1800000060,"nbf":1800000000,"iat":1800000000})", R"({"exp":"soon"})",
                              R"({"exp":1e300})", "{}"})
        QVERIFY2(auth::expiryOf(tokenOf(plain), facts).notes.empty(), plain);
}

void TestSessionLife::seesWhenATokenBecomesValid_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<int>("ahead");
    QTest::addColumn<bool>("hasDate");
    QTest::addColumn<int>("until");
    QTest::addColumn<QByteArray>("note"); // empty: none
    const auto row = [](const char* name, const char* claims, int ahead, bool hasDate, int until,
                        const char* note) {
        QTest::newRow(name) << QByteArray(claims) << ahead << hasDate << until << QByteArray(note);
    };
    // Date has whole seconds: up to one more may have passed there.
    row("soon", R"({"nbf":1800000011})", 0, true, 10, "becomes valid 2027-01-15T08:00:11Z");
    row("within Date's second", R"({"nbf":1800000001})", 0, true, 0, "");
    row("now there", R"({"nbf":1800003600})", 3600, true, 0, "");
    row("later there, too", R"({"nbf":1800003631})", 3600, true, 30, "becomes valid");
    row("past here, to come there", R"({"nbf":1799999990})", -3600, true, 3589, "becomes valid");
    row("milliseconds", R"({"nbf":1800000011000})", 0, true, 10, "becomes valid");
    row("whose clock it is, nobody knows", R"({"nbf":1800000300})", 0, false, 0,
        "by the clock of this machine");
    row("a small difference of clocks", R"({"nbf":1800000030})", 0, false, 0, "");
    row("issued in the future", R"({"iat":1800000300})", 0, true, 0, "says that it was issued");
    row("issued at once", R"({"iat":1800000000,"nbf":1800000000})", 0, true, 0, "");
    row("no time", R"({"nbf":"later"})", 0, true, 0, "");
}

void TestSessionLife::seesWhenATokenBecomesValid()
{
    QFETCH(QByteArray, claims);
    QFETCH(int, ahead);
    QFETCH(bool, hasDate);
    QFETCH(int, until);
    QFETCH(QByteArray, note);
    auth::ExpiryFacts facts;
    facts.receivedAt = now;
    if (hasDate)
        facts.serverDate = now + Seconds(ahead);
    const auth::Expiry expiry = auth::expiryOf(tokenOf(claims.toStdString()), facts);
    QCOMPARE(expiry.untilValid, Milliseconds(until * 1000));
    QCOMPARE(expiry.notes.empty(), note.isEmpty());
    if (!note.isEmpty())
        QVERIFY2(expiry.notes.front().find(note.toStdString()) != std::string::npos,
                 expiry.notes.front().c_str());
}

/// It would be refused, renewed, and refused again.
void TestSessionLife::aTokenOfMuchLaterIsAFailure()
{
    SessionLife life = signedIn(60);
    auth::Expiry later = lasting(7200);
    later.untilValid = Seconds(3600);
    life.want(2, at(55));
    QCOMPARE(life.renewed(later, at(55)).go, Tickets{2}); // the one at hand is good
    QVERIFY(life.problem());
    QCOMPARE(life.problem()->what, std::string("the session cannot be renewed"));
    QVERIFY2(life.problem()->why.find("it is not valid yet, but in 3600 s") != std::string::npos,
             life.problem()->why.c_str());
    QCOMPARE(life.want(3, at(55.5)).go, Tickets{3}); // not again at once
    QVERIFY(life.want(4, at(57)).renew);
    QCOMPARE(stopped(life.renewed(later, at(61))), Tickets{4});
    QCOMPARE(stopped(life.want(5, at(62))), Tickets{5});
    later.untilValid = Seconds(60);
    QVERIFY(life.want(6, at(70)).renew);
    QCOMPARE(life.renewed(later, at(130)).go, Tickets{6}); // which was waited for
}

QTEST_GUILESS_MAIN(TestSessionLife)
#include "tst_sessionlife.moc"
