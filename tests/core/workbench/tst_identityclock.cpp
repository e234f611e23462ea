// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The clock of the machine is set while a session lives: its end and the notice of it are told by the clock
// as it is then.

#include "identityshop.h"

#include <support/result.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestIdentityClock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void putBackTheEndComesNoLater();
    void putBackTheNoticeComesInTime();
    void putForwardItIsOver();
};

namespace {

constexpr Milliseconds hour{3'600'000};

/// A shop with a clock that is off by `off`.
struct ClockedShop : IdentityShop
{
    ClockedShop()
    {
        identities().setClock([this] { return currentTime() + off; });
    }
    void signIn(int seconds)
    {
        lifetime = seconds;
        identities().signIn("alice");
        QVERIFY(isSignedIn("alice"));
        QTRY_VERIFY(state("alice").ends.has_value());
    }
    Milliseconds rest() { return state("alice").ends.value_or(Instant{}) - (currentTime() + off); }

    Milliseconds off{0};
};

} // namespace

void TestIdentityClock::putBackTheEndComesNoLater()
{
    ClockedShop shop;
    shop.signIn(600);
    const workbench::IdentityState before = shop.state("alice");
    int changes = 0;
    connect(&shop.identities(), &workbench::Identities::changed, this, [&changes] { ++changes; });
    shop.identities().tick();
    QCOMPARE(changes, 0);
    shop.off = -hour;
    shop.identities().tick();
    QCOMPARE(changes, 1);
    QVERIFY(shop.rest() <= Seconds(601) && shop.rest() > Seconds(500));
    const workbench::IdentityState after = shop.state("alice");
    QCOMPARE(*after.ends - *after.since, *before.ends - *before.since);
    QCOMPARE(after.tokens.at(0).to, after.ends);
    QCOMPARE(after.tokens.at(0).from, after.since);
    shop.identities().tick();
    QCOMPARE(changes, 1);
}

/// Of a short session when half of its life is over.
void TestIdentityClock::putBackTheNoticeComesInTime()
{
    ClockedShop shop;
    shop.signIn(4);
    int notices = 0;
    connect(&shop.identities(), &workbench::Identities::endsSoon, this, [&notices] { ++notices; });
    shop.off = -hour;
    shop.isOpen = false;
    shop.identities().renew("alice");
    QTRY_VERIFY(shop.state("alice").problem && !shop.state("alice").isBusy);
    QVERIFY(shop.rest() < Seconds(5)); // anything that happens is a chance to look
    QTRY_COMPARE_WITH_TIMEOUT(notices, 1, 10'000);
    QVERIFY(shop.rest() > Milliseconds(0));
}

void TestIdentityClock::putForwardItIsOver()
{
    ClockedShop shop;
    shop.signIn(600);
    const auto ends = shop.state("alice").ends;
    shop.off = hour;
    shop.isOpen = false;
    shop.identities().tick();
    QCOMPARE(shop.state("alice").ends, ends);
    QTRY_VERIFY(shop.state("alice").problem); // it was to be renewed at once
    QVERIFY(shop.rest() < Milliseconds(0));
}

QTEST_GUILESS_MAIN(TestIdentityClock)
#include "tst_identityclock.moc"
