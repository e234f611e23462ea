// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The login form's brain, keys as typed or from a file, and work beside the window's thread.

#include <QtCore/qsemaphore.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <base/latestjob.h>
#include <state/keyinput.h>
#include <state/loginform.h>
#include <support/result.h>

using namespace claimcheck;

namespace {

store::LoginDraft draft()
{
    store::LoginDraft result;
    result.url = "http://127.0.0.1:3000/login";
    result.user = "demo";
    return result;
}

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDraftBecomesALoginAndBack()
    {
        store::LoginDraft typed = draft();
        typed.form = true;
        typed.tokenPath = "data.token";
        const auth::Login login = ui::loginOf(typed, Secret("pw"));
        QCOMPARE(login.form, auth::LoginForm::UrlEncoded);
        QCOMPARE(login.password.reveal(), std::string_view("pw"));
        QVERIFY(ui::draftOf(login) == typed);
    }

    void whatIsMissingIsNamed()
    {
        QVERIFY(ui::problemsOf(draft()).empty());
        store::LoginDraft typed;
        typed.userField.clear();
        const auto problems = ui::problemsOf(typed);
        QCOMPARE(problems.size(), std::size_t(3));
        QCOMPARE(problems[0].input, ui::LoginInput::Url);
        typed = draft();
        typed.url = "not a url";
        QCOMPARE(ui::problemsOf(typed).front().input, ui::LoginInput::Url);
    }

    void typedTextIsASecretUnlessItIsAKey()
    {
        const auto secret = ui::keyRingFromText(Secret("your_secret_key"));
        QVERIFY_RESULT(secret);
        QCOMPARE(secret->keys.size(), std::size_t(1));
        QCOMPARE(secret->keys[0].type, jose::KeyType::Oct);
        QCOMPARE(secret->keys[0].source, jose::KeySource::TypedSecret);
        QVERIFY(ui::describe(*secret).find("your_secret_key") == std::string::npos);
        const auto jwk = ui::keyRingFromText(Secret(R"({"kty":"oct","k":"c2VjcmV0"})"));
        QVERIFY_RESULT(jwk);
        QCOMPARE(jwk->keys[0].source, jose::KeySource::Jwk);
        QVERIFY(ui::keyRingFromText(Secret())->isEmpty());
    }

    void aBrokenKeyIsNoSecret()
    {
        const auto ring =
            ui::keyRingFromText(Secret("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"));
        QVERIFY(!ring);
        QVERIFY(!ring.error().what.empty());
    }

    void keyFilesAreNamedInErrors()
    {
        QTemporaryDir folder;
        const auto missing = ui::keyRingFromFile(folder.filePath(QStringLiteral("none.pem")).toStdString());
        QVERIFY(!missing);
        QVERIFY(describe(missing.error()).find("none.pem") != std::string::npos);
        QFile file(folder.filePath(QStringLiteral("note.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("just words") > 0);
        file.close();
        const auto words = ui::keyRingFromFile(file.fileName().toStdString());
        QVERIFY(!words);
        QVERIFY(describe(words.error()).find("note.txt") != std::string::npos);
    }

    void theLatestJobWins()
    {
        LatestJob<int> job;
        QSemaphore gate;
        QList<int> results;
        const auto keep = [&results](int result) { results.append(result); };
        job.run(
            [&gate] {
                gate.acquire();
                return 1;
            },
            keep);
        job.run([] { return 2; }, keep);
        QTRY_COMPARE(results, QList<int>{2});
        gate.release();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QCOMPARE(results, QList<int>{2});
    }

    void aJobMayOutliveItsOwner()
    {
        bool called = false;
        {
            LatestJob<int> job;
            job.run([] { return 1; }, [&called](int) { called = true; });
        }
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::processEvents();
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
