// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What becomes of the tokens of a login that was only tried: revoked where the server can be told and nobody
// else has them, and said of each.

#include <core/workbench/identityshop.h>
#include <core/workbench/trialissuer.h>
#include <core/workbench/triallogin.h>
#include <support/result.h>
#include <workbench/logintrial.h>

#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using namespace claimcheck::test;
using workbench::LoginTrial;

namespace {

using Ended = workbench::EndedTokens;

/// What trialEnded() said.
struct Endings
{
    std::vector<Ended> all;
    QObject context;

    explicit Endings(IdentityShop& shop)
    {
        QObject::connect(&shop.identities(), &workbench::Identities::trialEnded, &context,
                         [this](const Ended& ended) { all.push_back(ended); });
    }
    bool came()
    {
        return QTest::qWaitFor([this] { return !all.empty(); }, 30'000);
    }
};

bool isSignedInBy(const LoginTrial& trial)
{
    return QTest::qWaitFor(
        [&trial] { return trial.state() && trial.state()->isSignedIn && !trial.state()->isBusy; }, 30'000);
}

} // namespace

class TestEndedTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatBecameOfEachToken();
    void revokesEveryTokenThatCameWithoutARefresh();
    void leavesATokenThatASessionHas();
    void leavesWhatCameFromARefreshTokenOfTheUsers();
};

void TestEndedTokens::saysWhatBecameOfEachToken()
{
    TrialIssuer issuer;
    IdentityShop shop;
    Endings endings(shop);
    const auto tryIt = [&](const collection::Identity& identity) {
        endings.all.clear();
        {
            LoginTrial trial(shop.workbench.collection(), shop.workbench.secrets(), shop.identities());
            trial.start(identity, "local", {});
            if (!isSignedInBy(trial))
                return Ended();
        }
        return endings.came() ? endings.all.front() : Ended();
    };
    QCOMPARE(tryIt(issuer.identity()), (Ended{"service", {{"refresh token", {}}}}));
    issuer.refusal = "503 Service Unavailable";
    const Ended refused = tryIt(issuer.identity());
    QCOMPARE(refused.tokens.size(), std::size_t(1));
    QVERIFY(refused.tokens[0].isProblem);
    QVERIFY2(refused.tokens[0].why.starts_with("the server was not told"), refused.tokens[0].why.c_str());
    issuer.canRevoke = false;
    const Ended left = tryIt(issuer.identity());
    QCOMPARE(left.tokens.size(), std::size_t(1));
    QVERIFY(!left.tokens[0].isProblem && !left.tokens[0].why.empty());
    const Ended plain = tryIt(alice("{{password}}"));
    QCOMPARE(plain.name, std::string("alice"));
    QCOMPARE(plain.tokens.size(), std::size_t(1));
    QCOMPARE(plain.tokens[0].what, std::string("access token"));
    QVERIFY(!plain.tokens[0].why.empty());
}

/// A sign-in that failed obtained nothing, and nothing is said of it.
void TestEndedTokens::revokesEveryTokenThatCameWithoutARefresh()
{
    TrialIssuer issuer;
    issuer.refreshes = false;
    IdentityShop shop;
    Endings endings(shop);
    {
        LoginTrial trial(shop.workbench.collection(), shop.workbench.secrets(), shop.identities());
        trial.start(issuer.identity(), "local", {});
        QVERIFY(isSignedInBy(trial));
        trial.renew();
        QTRY_COMPARE(issuer.tokens, 2);
        QVERIFY(isSignedInBy(trial));
        trial.start(alice("{{nobodyHasIt}}"), "local", {});
        QTRY_VERIFY(trial.state()->problem);
    }
    QVERIFY(endings.came());
    QCOMPARE(endings.all.size(), std::size_t(1));
    QCOMPARE(endings.all[0].tokens.size(), std::size_t(2));
    const std::vector<std::string> revoked = issuer.revoked();
    QCOMPARE(revoked.size(), std::size_t(2));
    for (const char* token : {"token=access-1", "token=access-2"})
        QVERIFY2(
            std::ranges::any_of(
                revoked, [token](const std::string& body) { return body.find(token) != std::string::npos; }),
            token);
}

/// Some servers give a client the token that it has, as long as that is good.
void TestEndedTokens::leavesATokenThatASessionHas()
{
    TrialIssuer issuer;
    issuer.refreshes = false;
    issuer.isAlwaysTheSame = true;
    IdentityShop shop;
    shop.folder.write(".claimcheck/sessions.yaml", issuer.file());
    shop.letGo({"local", "password"}, http::originOf(issuer.server.url()));
    QVERIFY_RESULT(shop.workbench.openCollection(shop.folder.root));
    shop.identities().signIn("service");
    QVERIFY2(shop.isSignedIn("service"), shop.state("service").problem
                                             ? describe(*shop.state("service").problem).c_str()
                                             : "it does not sign in");
    Endings endings(shop);
    {
        LoginTrial trial(shop.workbench.collection(), shop.workbench.secrets(), shop.identities());
        trial.start(issuer.identity(), "local", {});
        QVERIFY(isSignedInBy(trial));
    }
    QVERIFY(endings.came());
    QCOMPARE(endings.all[0], (Ended{"service", {{"access token", "a session has the same one"}}}));
    QVERIFY(issuer.revoked().empty());
}

void TestEndedTokens::leavesWhatCameFromARefreshTokenOfTheUsers()
{
    TrialIssuer issuer;
    IdentityShop shop;
    Endings endings(shop);
    {
        collection::Identity identity = issuer.identity();
        identity.grant->grant = "refresh-token";
        identity.grant->refreshToken = "that-the-user-was-given";
        LoginTrial trial(shop.workbench.collection(), shop.workbench.secrets(), shop.identities());
        trial.start(identity, "local", {});
        QVERIFY(isSignedInBy(trial));
    }
    QVERIFY(endings.came());
    QCOMPARE(endings.all[0].tokens.size(), std::size_t(1));
    QVERIFY2(endings.all[0].tokens[0].why.find("refresh token of yours") != std::string::npos,
             endings.all[0].tokens[0].why.c_str());
    QVERIFY(issuer.revoked().empty());
}

QTEST_GUILESS_MAIN(TestEndedTokens)
#include "tst_endedtokens.moc"
