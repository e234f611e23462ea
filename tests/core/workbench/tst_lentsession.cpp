// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The session of an identity as a run has it: the same one that requests beside it are sent with, and over
// for the run when it is signed out.

#include "identityshop.h"

#include <http/url.h>
#include <run/livesession.h>
#include <support/result.h>

#include <QtNetwork/qtcpsocket.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

using Held = workbench::Identities::Held;

struct Asked
{
    QObject context;
    std::optional<Result<Held>> held;

    run::LiveSession::Done done()
    {
        return [this](Result<Held> found) { held = std::move(found); };
    }
    bool came()
    {
        return QTest::qWaitFor([this] { return held.has_value(); }, 30'000);
    }
    std::string token() const { return std::string((*held)->tokens.accessToken.reveal()); }
};

} // namespace

class TestLentSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusesANameThatIsNotThere();
    void signsInWhenItIsWanted();
    void isTheOneThatRequestsAreSentWith();
    void renewsOnceForAllThatWereRefused();
    void tellsWhoWaitsThatItIsSignedOut();
    void isOverAfterASignOut();
    void asksForAPersonWhereThatIsSeen();
    void endsTheSignInThatItBegan();
    void leavesTheSignInOfOthers();
    void leavesARenewal();
};

void TestLentSession::refusesANameThatIsNotThere()
{
    IdentityShop shop;
    const auto lent = shop.identities().lend("carol", "local");
    QVERIFY(!lent);
    QVERIFY(lent.error().kind == ErrorKind::Usage);
    QVERIFY2(describe(lent.error()).find("alice") != std::string::npos, describe(lent.error()).c_str());
}

void TestLentSession::signsInWhenItIsWanted()
{
    IdentityShop shop;
    const auto lent = shop.identities().lend("alice", "local");
    QVERIFY_RESULT(lent);
    QCOMPARE((*lent)->name(), std::string("alice"));
    QVERIFY((*lent)->session() == nullptr);
    QVERIFY(shop.server.seen.empty());
    Asked asked;
    (*lent)->want(&asked.context, asked.done());
    QVERIFY(!asked.held); // never before want() has returned
    QVERIFY(asked.came());
    QVERIFY_RESULT(*asked.held);
    QCOMPARE(asked.token(), std::string("token-alice-1"));
    QVERIFY((*lent)->session() != nullptr);
    QVERIFY(shop.state("alice").isSignedIn);
}

void TestLentSession::isTheOneThatRequestsAreSentWith()
{
    IdentityShop shop;
    shop.identities().choose("alice");
    shop.send("me.yml");
    const auto lent = shop.identities().lend("alice", "local");
    QVERIFY_RESULT(lent);
    Asked asked;
    (*lent)->want(&asked.context, asked.done());
    QVERIFY(asked.came());
    QCOMPARE(asked.token(), std::string("token-alice-1"));
    QCOMPARE(shop.logins, 1);
}

/// And what is shown of it is of the new token.
void TestLentSession::renewsOnceForAllThatWereRefused()
{
    IdentityShop shop;
    shop.lifetime = 600;
    const auto lent = shop.identities().lend("alice", "local");
    QVERIFY_RESULT(lent);
    Asked first;
    (*lent)->want(&first.context, first.done());
    QVERIFY(first.came());
    QVERIFY_RESULT(*first.held);
    shop.lifetime = 7200;
    Asked second;
    Asked third;
    (*lent)->refused((*first.held)->generation, &second.context, second.done());
    (*lent)->refused((*first.held)->generation, &third.context, third.done());
    QVERIFY(shop.state("alice").isBusy);
    QVERIFY(second.came() && third.came());
    QCOMPARE(second.token(), std::string("token-alice-2"));
    QCOMPARE(third.token(), std::string("token-alice-2"));
    QCOMPARE(shop.logins, 2);
    const workbench::IdentityState state = shop.state("alice");
    QVERIFY(!state.isBusy);
    QVERIFY(state.ends && *state.ends > currentTime() + Seconds(3600));
}

/// The sign-in waits for an answer that does not come.
void TestLentSession::tellsWhoWaitsThatItIsSignedOut()
{
    IdentityShop shop;
    shop.workbench.secrets().setPermissions({});
    int questions = 0;
    workbench::IdentityQuestions silent;
    silent.release = [&questions](const workbench::ReleaseQuestion&, QObject*,
                                  const workbench::IdentityQuestions::Answer&) { ++questions; };
    shop.identities().setQuestions(silent);
    const auto lent = shop.identities().lend("alice", "local");
    QVERIFY_RESULT(lent);
    Asked asked;
    (*lent)->want(&asked.context, asked.done());
    QTRY_COMPARE(questions, 1);
    shop.identities().signOut("alice");
    QVERIFY(asked.came());
    QVERIFY(!*asked.held);
    QVERIFY(asked.held->error().kind == ErrorKind::Cancelled);
}

void TestLentSession::isOverAfterASignOut()
{
    IdentityShop shop;
    const auto lent = shop.identities().lend("alice", "local");
    QVERIFY_RESULT(lent);
    Asked first;
    (*lent)->want(&first.context, first.done());
    QVERIFY(first.came());
    QVERIFY_RESULT(*first.held);
    shop.identities().signOut("alice");
    QTRY_VERIFY((*lent)->session() == nullptr);
    Asked again;
    (*lent)->want(&again.context, again.done());
    QVERIFY(!again.held);
    QVERIFY(again.came());
    QVERIFY(!*again.held);
    QVERIFY2(describe(again.held->error()).find("signed out") != std::string::npos,
             describe(again.held->error()).c_str());
    Asked refused;
    (*lent)->refused(1, &refused.context, refused.done());
    QVERIFY(refused.came());
    QVERIFY(!*refused.held);
    QCOMPARE(shop.logins, 1); // nobody signed in again
}

/// A code of a device is shown in the row of its identity, which is that of the chosen environment.
void TestLentSession::asksForAPersonWhereThatIsSeen()
{
    IdentityShop shop;
    shop.folder.write("environments/other.yml", "name: other\n");
    shop.folder.write(".claimcheck/sessions.yaml",
                      "sessions:\n  tv:\n    oauth2:\n      grant: device-code\n"
                      "      clientId: tv\n      issuer: \"https://id.example\"\n");
    QVERIFY_RESULT(shop.workbench.openCollection(shop.folder.root));
    QVERIFY(!shop.identities().problem());
    QVERIFY_RESULT(shop.identities().lend("tv", "local"));
    const auto elsewhere = shop.identities().lend("tv", "other");
    QVERIFY(!elsewhere);
    QVERIFY2(describe(elsewhere.error()).find("choose other") != std::string::npos,
             describe(elsewhere.error()).c_str());
}

namespace {

/// A sign-in in the browser that nobody answers; the port that it waits at.
struct BrowserShop : IdentityShop
{
    BrowserShop()
    {
        folder.write(".claimcheck/sessions.yaml",
                     "sessions:\n  ada:\n    oauth2:\n      grant: authorization-code\n"
                     "      clientId: app\n      tokenUrl: \"" +
                         server.url("/token") + "\"\n      authorizationUrl: \"" + server.url("/authorize") +
                         "\"\n");
        QVERIFY_RESULT(workbench.openCollection(folder.root));
    }
    bool isWaiting()
    {
        return QTest::qWaitFor([this] { return state("ada").prompt.has_value(); });
    }
    bool isListening(const std::string& redirectUri) const
    {
        const auto url = http::parseUrl(redirectUri);
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QHostAddress::LocalHost), static_cast<quint16>(url->port));
        return socket.waitForConnected(5'000);
    }
};

} // namespace

void TestLentSession::endsTheSignInThatItBegan()
{
    BrowserShop shop;
    const auto lent = shop.identities().lend("ada", "local");
    QVERIFY_RESULT(lent);
    for (int i = 0; i < 2; ++i) { // and a later run begins anew
        Asked asked;
        (*lent)->want(&asked.context, asked.done());
        QVERIFY(shop.isWaiting());
        const std::string redirectUri = shop.state("ada").prompt->redirectUri;
        QVERIFY(shop.isListening(redirectUri));
        (*lent)->cancelSignIn();
        QVERIFY(asked.came());
        QVERIFY(!*asked.held);
        QVERIFY(asked.held->error().kind == ErrorKind::Cancelled);
        QVERIFY(!shop.state("ada").isBusy);
        QVERIFY(!shop.state("ada").prompt);
        QVERIFY(!shop.isListening(redirectUri));
    }
}

void TestLentSession::leavesTheSignInOfOthers()
{
    BrowserShop shop;
    shop.identities().signIn("ada");
    QVERIFY(shop.isWaiting());
    const auto lent = shop.identities().lend("ada", "local");
    QVERIFY_RESULT(lent);
    Asked asked;
    (*lent)->want(&asked.context, asked.done());
    (*lent)->cancelSignIn();
    QVERIFY(shop.state("ada").isBusy);
    QVERIFY(shop.isListening(shop.state("ada").prompt->redirectUri));
}

/// Its refresh token would be lost with it.
void TestLentSession::leavesARenewal()
{
    IdentityShop shop;
    const auto lent = shop.identities().lend("alice", "local");
    QVERIFY_RESULT(lent);
    Asked first;
    (*lent)->want(&first.context, first.done());
    QVERIFY(first.came());
    Asked second;
    (*lent)->refused((*first.held)->generation, &second.context, second.done());
    (*lent)->cancelSignIn();
    QVERIFY(second.came());
    QVERIFY_RESULT(*second.held);
    QCOMPARE(second.token(), std::string("token-alice-2"));
}

QTEST_MAIN(TestLentSession)
#include "tst_lentsession.moc"
