// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck-cli on a terminal: colour there and nowhere else, questions whose answer is not shown, Ctrl+C.

#include "loginarguments.h"

#include <base/text.h>
#include <core/http/authority.h>
#include <core/store/folder.h>
#include <demo/demoapi.h>
#include <json/document.h>
#include <support/result.h>
#include <support/terminal.h>

#include <QtCore/qfile.h>
#include <QtCore/qtemporarydir.h>
#include <QtTest/qtest.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestTerminal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void colourOnlyOnATerminal();
    void makesBytesVisible();
    void asksForAPassword();
    void asksForAPassphrase();
    void asksForThePassphraseOfABinaryFile();
    void asksNothingInsideOfTheEngine();
    void leavesTheTerminalAsItWas_data();
    void leavesTheTerminalAsItWas();
    void interruptedWhileItWaits_data();
    void interruptedWhileItWaits();
    void interruptedWhileARunSignsIn();
    void interruptedWhileItReads();
    void interruptedDemo();

private:
    /// An encrypted P-256 key, in PEM or DER.
    QString keyFile(bool inBinary = false);

    QTemporaryDir m_folder;
    demo::DemoServer m_demo;
};

void TestTerminal::initTestCase()
{
    qunsetenv("NO_COLOR");
    qputenv("CLAIMCHECK_TEST_TOKEN", "eyJhbGciOiJSUzI1NiJ9.e30.AAAA");
    const auto port = m_demo.start();
    QVERIFY_RESULT(port);
}

void TestTerminal::colourOnlyOnATerminal()
{
    const QStringList decode = words("token decode") + QStringList{QString::fromStdString(token)};
    const auto shown = [](const QStringList& arguments) {
        Terminal terminal(arguments);
        return terminal.status() == 0 ? terminal.text() : std::string();
    };
    QVERIFY(shown(decode).find("\x1b[31meyJ") != std::string::npos);
    const std::string plain = shown(decode + words("--no-color"));
    QVERIFY(plain.find("eyJ") != std::string::npos && plain.find('\x1b') == std::string::npos);
    QVERIFY(runCommand(decode).out.find('\x1b') == std::string::npos);
    qputenv("NO_COLOR", "1");
    const std::string refused = shown(decode);
    qunsetenv("NO_COLOR");
    QVERIFY(refused.find("eyJ") != std::string::npos && refused.find('\x1b') == std::string::npos);
}

void TestTerminal::makesBytesVisible()
{
    // Pieces of 256 KiB are cut in the middle of a character.
    std::string body(300'001, 'x');
    for (std::size_t at = 1; at + 1 < body.size(); at += 2)
        body.replace(at, 2, "\u00e9");
    body += "\x1b[31m";
    RawServer server([&](const Seen&) { return ok(body + std::string(9'000'000, '\n')); });
    Terminal terminal(words("send GET") + QStringList{QString::fromStdString(server.url())});
    QCOMPARE(terminal.status(), 0);
    QVERIFY(terminal.text().starts_with("x\u00e9\u00e9"));
    QVERIFY(terminal.text().find("\u241b[31m") != std::string::npos);
    QVERIFY(terminal.text().find("<0x") == std::string::npos &&
            terminal.text().find('\x1b') == std::string::npos);
}

void TestTerminal::asksForAPassword()
{
    QStringList arguments = login(m_demo.url() + "/login", words("--print token"));
    arguments.removeAll(QStringLiteral("--password-stdin"));
    Terminal terminal(arguments);
    QVERIFY(terminal.shows("Password of demo: "));
    QVERIFY(!terminal.echoes());
    terminal.type("demo\n");
    QVERIFY2(terminal.status() == 0, terminal.text().c_str());
    QVERIFY2(terminal.text().starts_with("Password of demo: \neyJ"), terminal.text().c_str());
}

QString TestTerminal::keyFile(bool inBinary)
{
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    const QString path = m_folder.filePath(QStringLiteral("key.pem"));
    BIO* const file = BIO_new_file(path.toUtf8().constData(), "w");
    const unsigned char passphrase[] = "open sesame";
    auto* const write = inBinary ? &i2d_PKCS8PrivateKey_bio : &PEM_write_bio_PKCS8PrivateKey;
    write(file, key, EVP_aes_256_cbc(), nullptr, 0, nullptr, const_cast<unsigned char*>(passphrase));
    BIO_free(file);
    EVP_PKEY_free(key);
    return path;
}

void TestTerminal::asksForAPassphrase()
{
    const QStringList sign = words("token sign --claims {} --alg ES256 --key") + QStringList{keyFile()};
    Terminal right(sign);
    QVERIFY(right.shows("Passphrase of the key: "));
    QVERIFY(!right.echoes());
    right.type("open sesame\n");
    QVERIFY2(right.status() == 0, right.text().c_str());
    QVERIFY(right.text().find("\neyJ") != std::string::npos);
    QVERIFY(right.text().find("sesame") == std::string::npos);
    Terminal wrong(sign);
    QVERIFY(wrong.shows("Passphrase of the key: "));
    wrong.type("guess\n");
    QCOMPARE(wrong.status(), 2);
    QVERIFY2(wrong.text().find("claimcheck-cli: cannot read key file ") != std::string::npos,
             wrong.text().c_str());
}

void TestTerminal::asksForThePassphraseOfABinaryFile()
{
    Terminal terminal(words("token sign --claims {} --alg ES256 --key") + QStringList{keyFile(true)});
    QVERIFY(terminal.shows("Passphrase of the key: "));
    QVERIFY(!terminal.echoes());
    terminal.type("open sesame\n");
    QVERIFY2(terminal.status() == 0, terminal.text().c_str());
    QVERIFY(terminal.text().find("\neyJ") != std::string::npos);
}

/// OpenSSL would ask by itself for the passphrase of a client's key, and hold up time-out and all else.
void TestTerminal::asksNothingInsideOfTheEngine()
{
    const Authority authority;
    const QString url = QString::fromStdString("https" + m_demo.url().substr(4));
    Terminal terminal(words("send GET --cert") +
                      QStringList{QString::fromStdString(authority.file(
                                      "me.pem", authority.issue("email:me@example.org").certificate)),
                                  QStringLiteral("--cert-key"), keyFile(), url});
    QCOMPARE(terminal.status(), 2);
    QVERIFY2(terminal.text().starts_with("claimcheck-cli: cannot use the client certificate or key file "),
             terminal.text().c_str());
}

void TestTerminal::leavesTheTerminalAsItWas_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::newRow("Ctrl+C") << QByteArray("\x03");
    QTest::newRow("Ctrl+C in the middle") << QByteArray("pass\x03");
    QTest::newRow("Ctrl+D") << QByteArray("\x04");
}

void TestTerminal::leavesTheTerminalAsItWas()
{
    QFETCH(const QByteArray, keys);
    Terminal terminal(words("send GET http://127.0.0.1:1/ --user demo"));
    QVERIFY(terminal.shows("Password of demo: "));
    QVERIFY(!terminal.echoes());
    terminal.type(keys.toStdString());
    QCOMPARE(terminal.status(), 130);
    QVERIFY(terminal.echoes());
    QVERIFY2(terminal.text().ends_with("\nclaimcheck-cli: nothing was typed: the question was interrupted\n"),
             terminal.text().c_str());
}

void TestTerminal::interruptedWhileItWaits_data()
{
    static constexpr const char* request = "the request was cancelled: it was stopped before an answer came";
    static constexpr const char* keys = "the keys were not waited for: it was stopped before they were there";
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* command, const char* says) {
        QTest::newRow(name) << words(command) << QString::fromUtf8(says);
    };
    row("send", "send GET -v URL", request);
    row("login", "login --user demo --password-env HOME --url URL", request);
    row("token verify", "token verify eyJhbGciOiJSUzI1NiJ9.e30.AAAA --jwks-url URL", keys);
    row("token lint", "token lint eyJhbGciOiJSUzI1NiJ9.e30.AAAA --issuer URL", keys);
    row("audit", "audit --url http://127.0.0.1:9/ --token-env CLAIMCHECK_TEST_TOKEN --jwks-url URL", keys);
}

void TestTerminal::interruptedWhileItWaits()
{
    QFETCH(QStringList, command);
    QFETCH(QString, says);
    RawServer server([](const Seen&) { return Answer{}; });
    command.replaceInStrings(QStringLiteral("URL"), QString::fromStdString(server.url()));
    Terminal terminal(command);
    QTRY_COMPARE_WITH_TIMEOUT(server.seen.size(), std::size_t(1), 20'000);
    terminal.type(Terminal::controlC);
    QCOMPARE(terminal.status(), 130);
    QVERIFY2(terminal.text().ends_with("claimcheck-cli: " + says.toStdString() + "\n"),
             terminal.text().c_str());
    QVERIFY(terminal.text().starts_with("^C\n"));
}

/// Its report is whole.
void TestTerminal::interruptedWhileARunSignsIn()
{
    const CollectionFolder folder;
    RawServer server([](const Seen& seen) {
        if (seen.target() != "/device") // it is asked about the code for ever
            return ok(R"({"error":"authorization_pending"})", "Content-Type: application/json\r\n",
                      "400 Bad Request");
        return ok(R"({"device_code":"hidden-code","user_code":"WDJB-MJHT","expires_in":600,"interval":1,)"
                  R"("verification_uri":"https://id.example/device"})",
                  "Content-Type: application/json\r\n");
    });
    folder.write(".claimcheck/sessions.yaml",
                 "sessions:\n  tv:\n    oauth2: {grant: device-code, tokenUrl: \"" + server.url("/token") +
                     "\", deviceUrl: \"" + server.url("/device") + "\", clientId: tv}\n    origins: [\"" +
                     server.url("") + "\"]\n");
    folder.write("one.yml", "info: {name: One, type: http}\nhttp: {method: GET, url: \"" +
                                server.url("/api") + "\", auth: {type: bearer, token: \"{{token}}\"}}\n");
    const QString report = toQString(folder.root) + QStringLiteral("/../report.json");
    Terminal terminal(words("run --session tv --no-keychain --reporter") +
                      QStringList{QStringLiteral("json=") + report, toQString(folder.root)});
    QVERIFY(terminal.shows("WDJB-MJHT"));
    terminal.type(Terminal::controlC);
    QCOMPARE(terminal.status(), 130);
    QVERIFY2(terminal.text().find("0 passed, 0 failed, 1 skipped") != std::string::npos,
             terminal.text().c_str());
    QFile file(report);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto written = json::parse(file.readAll().toStdString());
    QVERIFY_RESULT(written);
    QVERIFY(written->root().find("interrupted").has_value());
    file.remove();
}

void TestTerminal::interruptedWhileItReads()
{
    Terminal terminal(
        words("send POST http://127.0.0.1:1/ --insecure --data -")); // without an event loop yet
    QVERIFY(terminal.shows("(--insecure)\n"));
    terminal.type(Terminal::controlC);
    QCOMPARE(terminal.status(), 130);
    QVERIFY2(terminal.text().ends_with("^C\nclaimcheck-cli: interrupted: stopped before it was done\n"),
             terminal.text().c_str());
}

void TestTerminal::interruptedDemo()
{
    Terminal terminal(words("demo"));
    QVERIFY(terminal.shows("Ctrl+C stops it.\n"));
    terminal.type(Terminal::controlC);
    QCOMPARE(terminal.status(), 130);
    QVERIFY2(terminal.text().ends_with("Ctrl+C stops it.\n^C\n"), terminal.text().c_str());
}

QTEST_GUILESS_MAIN(TestTerminal)
#include "tst_terminal.moc"
