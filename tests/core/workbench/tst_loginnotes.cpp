// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a login of the sign-in form says of its token beside the verdict.

#include <core/http/rawserver.h>
#include <jose/base64url.h>
#include <workbench/workbench.h>

#include <QtTest/qsignalspy.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::workbench;
using namespace claimcheck::test;

class TestLoginNotes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysHowAnExpWasRead();
    void saysThatAnotherTokenCouldBeMeant();
    void saysNothingOfWhatIsUsual();
};

namespace {

/// Its signature is that of nobody: none is asked for.
std::string tokenWith(const std::string& claims)
{
    return jose::encodeBase64Url(R"({"alg":"HS256"})") + "." + jose::encodeBase64Url(claims) + ".c2ln";
}

std::vector<std::string> notesOfLogin(const std::string& body, const std::string& tokenPath = {})
{
    RawServer server([&body](const Seen&) { return ok(body, "Content-Type: application/json\r\n"); });
    Workbench workbench;
    QSignalSpy finished(&workbench, &Workbench::loginFinished);
    auth::Login login;
    login.url = server.url("/login");
    login.user = "demo";
    login.password = Secret("password");
    login.tokenPath = tokenPath;
    workbench.login(login);
    if (finished.isEmpty() && !finished.wait())
        qFatal("the login does not end");
    const auto result = finished[0][0].value<LoginResult>();
    if (!result.token)
        qFatal("no token");
    return result.notes;
}

} // namespace

void TestLoginNotes::saysHowAnExpWasRead()
{
    const auto notes = notesOfLogin(R"({"token":")" + tokenWith(R"({"exp":4102444800000})") + R"("})");
    QCOMPARE(notes.size(), std::size_t(1));
    QVERIFY2(notes[0].starts_with("the token's exp, 4102444800000, is read as 2100-01-01T00:00:00Z, in "
                                  "milliseconds"),
             notes[0].c_str());
}

void TestLoginNotes::saysThatAnotherTokenCouldBeMeant()
{
    const std::string body = R"({"token":")" + tokenWith(R"({"sub":"a"})") + R"(","jwt":")" +
                             tokenWith(R"({"sub":"b"})") + R"("})";
    const auto notes = notesOfLogin(body);
    QCOMPARE(notes.size(),
             std::size_t(1)); // in a window there is no option, and no file, that names the place
    QCOMPARE(notes[0],
             std::string("the answer has other tokens that could be meant, in body .jwt; the one in "
                         "body .token was taken: name the place if that is wrong"));
    QVERIFY(notesOfLogin(body, "jwt").empty());
}

void TestLoginNotes::saysNothingOfWhatIsUsual()
{
    QVERIFY(notesOfLogin(R"({"token":")" + tokenWith(R"({"exp":4102444800})") + R"("})").empty());
}

QTEST_GUILESS_MAIN(TestLoginNotes)
#include "tst_loginnotes.moc"
