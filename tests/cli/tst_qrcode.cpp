// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The QR code of a device code's link: on a terminal, and nowhere that a script reads.

#include <base/text.h>
#include <core/http/rawserver.h>
#include <support/terminal.h>

#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestQrCode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void standsOnATerminal();
    void isForPeople_data();
    void isForPeople();
    void isLeftOutWhereItDoesNotFit();

private:
    QStringList login(const char* more = "") const
    {
        return words("login --grant device-code --client-id app --token-url") +
               QStringList{toQString(m_server.url("/token")), QStringLiteral("--device-url"),
                           toQString(m_server.url("/device"))} +
               words(more);
    }
    /// Whether something of a code was shown, when all was.
    static bool hasBlocks(const std::string& text)
    {
        return text.find("\u2588\u2588\u2588\u2588") != std::string::npos;
    }

    std::string m_link = "https://id.example/device";
    RawServer m_server{[this](const Seen& seen) {
        // moc takes the rest of the file for text behind raw strings with a quotation mark at their end.
        const std::string code =
            R"({"device_code":"hidden-code","user_code":"WDJB-MJHT","expires_in":60,"interval":1)"
            ",\"verification_uri\":\"" +
            m_link + "\"}";
        return ok(seen.target() == "/device" ? code : R"({"access_token":"opaque","token_type":"Bearer"})",
                  "Content-Type: application/json\r\n");
    }};
};

void TestQrCode::standsOnATerminal()
{
    Terminal terminal(login());
    QCOMPARE(terminal.status(), 0);
    const std::string& text = terminal.text();
    // Thirty-three modules with the light around them (version 2), of which the first two rows are light.
    std::string light = "\x1b[97;40m";
    for (int i = 0; i < 33; ++i)
        light += "\u2588";
    QVERIFY2(text.find("  WDJB-MJHT\n" + light + "\x1b[0m\n" + light + "\x1b[0m\n") != std::string::npos,
             text.c_str());
    QVERIFY2(text.find("\x1b[0m\nWaiting for at most") != std::string::npos, text.c_str());
}

void TestQrCode::isForPeople_data()
{
    QTest::addColumn<QString>("option");
    QTest::newRow("quiet") << QStringLiteral("--quiet");
    QTest::newRow("JSON") << QStringLiteral("--json");
}

void TestQrCode::isForPeople()
{
    QFETCH(QString, option);
    Terminal terminal(login() + QStringList{option});
    QCOMPARE(terminal.status(), 0);
    QVERIFY2(terminal.text().find("  WDJB-MJHT\n") != std::string::npos, terminal.text().c_str());
    QVERIFY2(!hasBlocks(terminal.text()), terminal.text().c_str());
    const CommandResult piped = runCommand(login());
    QCOMPARE(piped.status, 0);
    QVERIFY2(!hasBlocks(piped.out + piped.err), piped.err.c_str());
}

/// Lines that the terminal breaks are no picture.
void TestQrCode::isLeftOutWhereItDoesNotFit()
{
    m_link = "https://id.example/" + std::string(800, 'x');
    Terminal terminal(login());
    QCOMPARE(terminal.status(), 0);
    QVERIFY2(!hasBlocks(terminal.text()), terminal.text().c_str());
    m_link = "https://id.example/device";
}

QTEST_GUILESS_MAIN(TestQrCode)
#include "tst_qrcode.moc"
