// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the user is asked while a test of the access matrix is prepared, and what a no does.

#include "accessshop.h"
#include "letgo.h"

#include <store/matrix.h>
#include <support/result.h>

#include <QtTest/qtest.h>

#include <algorithm>

using namespace claimcheck;
using test::Access;
using State = workbench::AccessTest::State;

namespace {

/// Somebody who is asked, and what he answers: later, as the window does.
struct Asked
{
    std::vector<workbench::SecretQuestion> secrets;
    std::vector<workbench::ReleaseQuestion> releases;
    bool gives = true;
    bool allows = true;
    bool isSilent = false;
    int gone = 0; ///< who asked and did not wait for the answer

    void attend(workbench::Workbench& workbench)
    {
        workbench::IdentityQuestions questions;
        questions.secrets = [this, &workbench](const workbench::SecretQuestion& question, QObject* context,
                                               const Answer& answer) {
            secrets.push_back(question);
            for (const run::SecretName& each : question.wanted)
                if (gives)
                    workbench.secrets().give(question.directory, each.environment, each.name,
                                             Secret("k3y-of-app"), workbench::Remember::InMemory);
            later(context, answer, gives);
        };
        questions.release = [this, &workbench](const workbench::ReleaseQuestion& question, QObject* context,
                                               const Answer& answer) {
            releases.push_back(question);
            if (allows)
                test::letGo(workbench, question);
            later(context, answer, allows);
        };
        workbench.identities().setQuestions(std::move(questions));
    }

private:
    using Answer = workbench::IdentityQuestions::Answer;

    void later(QObject* context, const Answer& answer, bool goesOn)
    {
        if (isSilent)
            QObject::connect(context, &QObject::destroyed, [this] { ++gone; });
        else
            QMetaObject::invokeMethod(
                context, [answer, goesOn] { answer(goesOn); }, Qt::QueuedConnection);
    }
};

} // namespace

class TestAccessQuestions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void asksForSecretsThatAreMissing();
    void whoGivesNoSecretIsNotTested();
    void asksBeforeATokenGoesToANewPlace();
    void whatIsNotAllowedIsNotSent();
    void whatIsNotAllowedIsLeftOutOfARecording();
    void isAskedOnceAboutAPlace();
    void aQuestionGoesWithTheTest();
};

void TestAccessQuestions::asksForSecretsThatAreMissing()
{
    Access a;
    a.wantKey();
    Asked user;
    user.attend(a.shop.workbench);
    QVERIFY_RESULT(a.access.expect("open.yml", "alice", {collection::Access::Allow, 0}));
    a.access.prepare({.rate = 0});
    QTRY_COMPARE(user.secrets.size(), std::size_t(1));
    QCOMPARE(a.asked("/login"), std::size_t(0)); // who does not give it signs nobody in
    QVERIFY(a.reaches(State::Ready));
    QCOMPARE(user.secrets.size(), std::size_t(1));
    const std::vector<run::SecretName> wanted{{"local", "apiKey"}};
    QVERIFY(user.secrets.front().wanted == wanted); // neither what the login has, nor what nothing names
    QCOMPARE(user.secrets.front().directory, a.shop.folder.root);
    // It goes to a place that it did not go to before.
    QCOMPARE(user.releases.size(), std::size_t(1));
    QVERIFY(user.releases.front().release.secrets == wanted);
    QCOMPARE(user.releases.front().release.destination, http::originOf(a.shop.server.url()));
    QCOMPARE(user.releases.front().request, std::string("Open"));
    QCOMPARE(a.asked("/open"), std::size_t(0));
    QVERIFY_RESULT(a.access.run({}));
    QVERIFY(a.reaches(State::Ended));
    QVERIFY(std::ranges::any_of(a.shop.server.seen, [](const test::Seen& seen) {
        return seen.target() == "/open" && seen.has("X-Key: k3y-of-app\r\n");
    }));
    for (const char* format : {"table", "json", "sarif", "junit", "html"})
        QVERIFY2(audit::findMatrixFormat(format)->write(*a.access.report()).find("k3y-of-app") ==
                     std::string::npos,
                 format);
    QVERIFY(a.test(false)); // all is known by now
    QCOMPARE(user.secrets.size() + user.releases.size(), std::size_t(2));
}

void TestAccessQuestions::whoGivesNoSecretIsNotTested()
{
    Access a;
    a.wantKey();
    Asked user;
    user.gives = false;
    user.attend(a.shop.workbench);
    QVERIFY_RESULT(a.access.expect("open.yml", "alice", {collection::Access::Allow, 0}));
    a.access.prepare({.rate = 0});
    QTRY_VERIFY(a.access.problem());
    QCOMPARE(a.access.problem()->kind, ErrorKind::Cancelled);
    QVERIFY(a.access.state() == State::Idle);
    QVERIFY(a.shop.server.seen.empty());
    // A request that is not tested needs nothing.
    a.shop.folder.write(store::matrixFile, "requests:\n  me.yml:\n    expect: {alice: allow}\n");
    a.access.load();
    a.access.prepare({.rate = 0});
    QVERIFY(a.reaches(State::Ready));
    QCOMPARE(user.secrets.size(), std::size_t(1));
}

void TestAccessQuestions::asksBeforeATokenGoesToANewPlace()
{
    Access a;
    const test::RawServer other([](const test::Seen&) { return test::ok("{}"); });
    a.addAway(other);
    Asked user;
    user.attend(a.shop.workbench);
    for (const char* name : {"alice", "bob"})
        QVERIFY_RESULT(a.access.expect("away.yml", name, {collection::Access::Allow, 0}));
    a.access.prepare({.rate = 0});
    QVERIFY(a.reaches(State::Ready));
    QCOMPARE(other.connections, 0);
    QCOMPARE(user.releases.size(), std::size_t(1)); // for both of them
    const workbench::ReleaseQuestion& question = user.releases.front();
    QCOMPARE(question.request, std::string("Away"));
    QCOMPARE(question.release.destination, http::originOf(other.url()));
    for (const char* name : {"session alice", "session bob", "password"})
        QVERIFY2(std::ranges::find(question.release.secrets, run::SecretName{"local", name}) !=
                     question.release.secrets.end(),
                 name);
    QVERIFY_RESULT(a.access.run({}));
    QVERIFY(a.reaches(State::Ended));
    QVERIFY(other.connections > 0);
}

void TestAccessQuestions::whatIsNotAllowedIsNotSent()
{
    Access a;
    const test::RawServer other([](const test::Seen&) { return test::ok("{}"); });
    a.addAway(other);
    Asked user;
    user.allows = false;
    user.attend(a.shop.workbench);
    QVERIFY_RESULT(a.access.expect("away.yml", "alice", {collection::Access::Allow, 0}));
    a.access.prepare({.rate = 0});
    QTRY_VERIFY(a.access.problem());
    QCOMPARE(a.access.problem()->kind, ErrorKind::Refused);
    const std::string why = a.access.problem()->why;
    QVERIFY2(why.find("session alice") != std::string::npos &&
                 why.find(http::originOf(other.url())) != std::string::npos,
             why.c_str());
    QVERIFY(a.access.state() == State::Idle);
    QCOMPARE(other.connections, 0);
    // It is asked about anew.
    user.allows = true;
    a.access.prepare({.rate = 0});
    QVERIFY(a.reaches(State::Ready));
    QCOMPARE(user.releases.size(), std::size_t(2));
}

void TestAccessQuestions::whatIsNotAllowedIsLeftOutOfARecording()
{
    Access a;
    const test::RawServer other([](const test::Seen&) { return test::ok("{}"); });
    a.addAway(other);
    Asked user;
    user.allows = false;
    user.attend(a.shop.workbench);
    QVERIFY(a.test(true));
    QCOMPARE(user.releases.size(), std::size_t(1));
    QCOMPARE(other.connections, 0);
    QVERIFY(a.cell("me.yml", "alice") != nullptr);
    QVERIFY(a.cell("away.yml", "alice") == nullptr);
    QVERIFY(std::ranges::any_of(a.access.leftOut(), [](const std::string& note) {
        return note.starts_with("away.yml is left out: ");
    }));
}

/// A yes that let nothing go is no reason to ask for ever.
void TestAccessQuestions::isAskedOnceAboutAPlace()
{
    Access a;
    const test::RawServer other([](const test::Seen&) { return test::ok("{}"); });
    a.addAway(other);
    int questions = 0;
    workbench::IdentityQuestions forgetful;
    forgetful.release = [&](const workbench::ReleaseQuestion&, QObject* context,
                            const workbench::IdentityQuestions::Answer& answer) {
        ++questions;
        QMetaObject::invokeMethod(
            context, [answer] { answer(true); }, Qt::QueuedConnection);
    };
    a.shop.identities().setQuestions(std::move(forgetful));
    QVERIFY_RESULT(a.access.expect("away.yml", "alice", {collection::Access::Allow, 0}));
    a.access.prepare({.rate = 0});
    QTRY_VERIFY(a.access.problem());
    QCOMPARE(a.access.problem()->kind, ErrorKind::Refused);
    QCOMPARE(questions, 1);
    QCOMPARE(other.connections, 0);
}

void TestAccessQuestions::aQuestionGoesWithTheTest()
{
    Access a;
    a.wantKey();
    Asked user;
    user.isSilent = true;
    user.attend(a.shop.workbench);
    QVERIFY_RESULT(a.access.expect("open.yml", "alice", {collection::Access::Allow, 0}));
    a.access.prepare({.rate = 0});
    QTRY_COMPARE(user.secrets.size(), std::size_t(1));
    QVERIFY(a.access.state() == State::SigningIn);
    a.access.stop();
    QCOMPARE(user.gone, 1);
    QVERIFY(a.access.state() == State::Idle);
    QVERIFY(!a.access.problem());
}

QTEST_GUILESS_MAIN(TestAccessQuestions)
#include "tst_accessquestions.moc"
