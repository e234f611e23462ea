// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `login --grant` where the server's answer is less than was asked for, or none: what the user is told, and
// the exit status that a script goes by.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <support/commandline.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestGrantAnswers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysThatNoIdTokenCame_data();
    void saysThatNoIdTokenCame();
    void anOutageIsNoAnswer_data();
    void anOutageIsNoAnswer();
    void saysWhatTheMetadataLacks_data();
    void saysWhatTheMetadataLacks();

private:
    static QStringList grant(const RawServer& server, const QString& name)
    {
        return words("login --client-id app --client-secret-env SECRET --token-url") +
               QStringList{toQString(server.url("/token")), QStringLiteral("--device-url"),
                           toQString(server.url("/device")), QStringLiteral("--grant"), name};
    }
    static CommandInput secret()
    {
        return {{}, {{QStringLiteral("SECRET"), QStringLiteral("the-secret-of-the-client")}}};
    }
};

void TestGrantAnswers::saysThatNoIdTokenCame_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("options");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("client credentials")
        << QStringLiteral("client-credentials") << QStringLiteral("--scope openid")
        << QByteArray("with client credentials nobody signs in whom it could name");
    QTest::newRow("device code") << QStringLiteral("device-code") << QStringLiteral("--scope openid")
                                 << QByteArray("OpenID Connect Core §3.1.3.3 demands one");
    QTest::newRow("JSON") << QStringLiteral("device-code") << QStringLiteral("--json --scope openid")
                          << QByteArray("OpenID Connect Core §3.1.3.3 demands one");
    QTest::newRow("not asked for") << QStringLiteral("device-code") << QStringLiteral("--scope read")
                                   << QByteArray();
}

void TestGrantAnswers::saysThatNoIdTokenCame()
{
    QFETCH(QString, name);
    QFETCH(QString, options);
    QFETCH(QByteArray, says);
    RawServer server([](const Seen& seen) {
        const std::string code =
            R"({"device_code":"hidden-code","user_code":"WDJB-MJHT","expires_in":60,"interval":1,)"
            R"("verification_uri":"https://id.example/device"})";
        return ok(seen.target() == "/device" ? code : R"({"access_token":"opaque","token_type":"Bearer"})",
                  "Content-Type: application/json\r\n");
    });
    const auto result = runCommand(grant(server, name) + options.split(u' '), secret());
    QCOMPARE(result.status, 0);
    const std::string said = result.out + result.err;
    const std::string note = "the scope openid was asked for, and the server gave no ID token: ";
    if (says.isEmpty())
        QVERIFY2(said.find("ID token") == std::string::npos, said.c_str());
    else
        QVERIFY2(said.find(note + says.toStdString()) != std::string::npos, said.c_str());
}

void TestGrantAnswers::anOutageIsNoAnswer_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    for (const char* name : {"client-credentials", "device-code"}) {
        const auto row = [name](const char* form, const char* type, const char* body) {
            QTest::addRow("%s, %s", name, form)
                << QString::fromLatin1(name) << QByteArray(type) << QByteArray(body);
        };
        row("page", "text/html", "<html><head><title>Bad Gateway</title></head></html>");
        row("JSON", "application/json", R"({"message":"Bad Gateway"})");
    }
}

/// In whatever form it comes: a script tries again after status 3.
void TestGrantAnswers::anOutageIsNoAnswer()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    RawServer server([&](const Seen&) {
        return ok(body.toStdString(), "Content-Type: " + type.toStdString() + "\r\n", "502 Bad Gateway");
    });
    const auto result = runCommand(grant(server, name), secret());
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.find(": the server, or what stands in front of it, is out of order: it answers 502 "
                             "Bad Gateway: Bad Gateway (try later)\n") != std::string::npos,
             result.err.c_str());
}

void TestGrantAnswers::saysWhatTheMetadataLacks_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("members"); // ORIGIN stands for the server's
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char* test, const char* name, const char* members, const char* says) {
        QTest::newRow(test) << QString::fromLatin1(name) << QByteArray(members) << QByteArray(says);
    };
    const char* const noToken = "the token endpoint cannot be used: the metadata at "
                                "ORIGIN/.well-known/openid-configuration names no token endpoint (";
    row("no endpoint", "client-credentials", "", noToken);
    row("no token endpoint for the device", "device-code",
        ",\"device_authorization_endpoint\":\"ORIGIN/device\"", noToken);
    row("no device endpoint", "device-code", ",\"token_endpoint\":\"ORIGIN/token\"",
        "ORIGIN/.well-known/openid-configuration names no device authorization endpoint (");
    row("fragment", "client-credentials", ",\"token_endpoint\":\"ORIGIN/token#x\"",
        "the issuer's metadata cannot be used: there is a fragment in its token_endpoint (");
}

/// The issuer was given: it is its metadata that is of no use, as other bad metadata is.
void TestGrantAnswers::saysWhatTheMetadataLacks()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, members);
    QFETCH(QByteArray, says);
    RawServer server([&](const Seen&) {
        QByteArray document = "{\"issuer\":\"ORIGIN\"" + members + "}";
        document.replace("ORIGIN", QByteArray::fromStdString(server.url("")));
        return ok(document.toStdString(), "Content-Type: application/json\r\n");
    });
    says.replace("ORIGIN", QByteArray::fromStdString(server.url("")));
    const auto result =
        runCommand(words("login --client-id app --client-secret-env SECRET --issuer") +
                       QStringList{toQString(server.url("")), QStringLiteral("--grant"), name},
                   secret());
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.find(says.toStdString()) != std::string::npos, result.err.c_str());
    QCOMPARE(server.seen.size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestGrantAnswers)
#include "tst_grantanswers.moc"
