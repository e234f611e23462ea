// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which names are those of secrets, and which only may be.

#include <base/secretname.h>

#include <QtTest/qtest.h>

using namespace claimcheck;

class TestSecretName : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void names_data()
    {
        QTest::addColumn<bool>("is");
        QTest::addColumn<bool>("often");
        QTest::addColumn<bool>("may");
        for (const char* name : {"password", "user_password", "DB_PASSWD", "client_secret", "X-Api-Key",
                                 "privateKey", "accessToken", "refresh_token", "pwd", "PIN", "jwt",
                                 "client_assertion", "sessionId", "aws-secret-access-key"})
            QTest::newRow(name) << true << true << true;
        for (const char* name : {"tokenType", "X-Token-Id", "cookie", "Set-Cookie", "session_cookie_name",
                                 "DB_PASS", "smtpPass", "MYSQL_PWD", "pw", "user_pw"})
            QTest::newRow(name) << false << true << true;
        for (const char* name : {"key", "code", "sig", "X-Amz-Signature", "auth", "Authorization", "passcode",
                                 "jwtId", "postcode"})
            QTest::newRow(name) << false << false << true;
        for (const char* name : {"", "user", "page", "spin", "id", "limit", "name", "pwdAge", "power"})
            QTest::newRow(name) << false << false << false;
    }

    void names()
    {
        const std::string name = QTest::currentDataTag();
        QFETCH(bool, is);
        QFETCH(bool, often);
        QFETCH(bool, may);
        QCOMPARE(isSecretName(name), is);
        QCOMPARE(oftenNamesSecret(name), often);
        QCOMPARE(mayNameSecret(name), may);
    }
};

QTEST_GUILESS_MAIN(TestSecretName)
#include "tst_secretname.moc"
