// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli demo` from outside: what it says, that what it says works, and how it ends.

#include <json/document.h>
#include <support/commandline.h>
#include <support/result.h>
#include <support/signals.h>

#include <QtNetwork/qhostaddress.h>
#include <QtNetwork/qtcpserver.h>
#include <QtTest/qtest.h>

#include <csignal>

using namespace claimcheck;
using namespace claimcheck::test;

namespace {

/// A running `demo`; its first output is read.
class Demo
{
public:
    explicit Demo(const QStringList& options = {})
    {
        m_process.start(commandLineProgram(), words("demo") + options);
        while (m_text.count('\n') < 1 && m_process.waitForReadyRead(10'000))
            m_text += m_process.readAllStandardOutput();
        while (!options.contains(QStringLiteral("--json")) && !m_text.contains("Ctrl+C") &&
               m_process.waitForReadyRead(10'000))
            m_text += m_process.readAllStandardOutput();
    }
    ~Demo()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    std::string text() const { return m_text.toStdString(); }
    std::string url() const
    {
        const std::string line = text().substr(0, text().find('\n'));
        return line.substr(line.rfind(' ') + 1);
    }
    int end(int signal)
    {
        if (!signalChild(static_cast<pid_t>(m_process.processId()), signal))
            return -1;
        m_process.waitForFinished(10'000);
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }

private:
    QProcess m_process;
    QByteArray m_text;
};

} // namespace

class TestDemo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatToTry();
    void whatItSaysWorks();
    void itsCarelessTwinFailsTheAudit();
    void speaksJson();
    void takesThePortThatItIsTold();
    void endsWhenInterrupted();
    void refusesATakenPort();
    void refusesBadPorts();
};

void TestDemo::saysWhatToTry()
{
    const Demo demo;
    const std::string url = demo.url();
    QVERIFY2(url.starts_with("http://127.0.0.1:"), demo.text().c_str());
    QVERIFY(demo.text().starts_with("Demo API at " + url +
                                    "\n\n  user      demo\n  password  demo\n  secret    your_secret_key\n"));
    QVERIFY(demo.text().find("curl -s -H 'Content-Type: application/json' -d "
                             "'{\"username\":\"demo\",\"password\":\"demo\"}' " +
                             url + "/login\n") != std::string::npos);
}

void TestDemo::whatItSaysWorks()
{
    const Demo demo;
    const QString url = QString::fromStdString(demo.url());
    const auto token = runCommand(words("login --user demo --password-stdin --print token --url") +
                                      QStringList{url + QStringLiteral("/login")},
                                  {"demo"});
    QVERIFY2(token.status == 0, token.err.c_str());
    const auto answer = runCommand(
        words("send GET --raw-token -") + QStringList{url + QStringLiteral("/protected")}, {token.out});
    QVERIFY2(
        answer.out.starts_with("{\"message\":\"This is a protected route\",\"user\":{\"username\":\"demo\""),
        answer.out.c_str());
    const auto page = runCommand(words("send GET") + QStringList{url});
    QVERIFY(page.out.find("your_secret_key") != std::string::npos);
}

void TestDemo::itsCarelessTwinFailsTheAudit()
{
    const Demo demo;
    QVERIFY2(demo.text().find("claimcheck-cli audit --url " + demo.url() +
                              "/careless/protected --raw --token @token --rate 0\n") != std::string::npos,
             demo.text().c_str());
    const QString url = QString::fromStdString(demo.url()) + QStringLiteral("/careless");
    const auto token = runCommand(words("login --user demo --password-stdin --print token --url") +
                                      QStringList{url + QStringLiteral("/login")},
                                  {"demo"});
    QVERIFY2(token.status == 0, token.err.c_str());
    const auto audit = runCommand(words("audit --raw --rate 0 --attacks alg-none --token - --url") +
                                      QStringList{url + QStringLiteral("/protected")},
                                  {token.out});
    QVERIFY2(audit.status == 1, audit.err.c_str());
}

void TestDemo::speaksJson()
{
    const Demo demo(words("--json"));
    const auto document = json::parse(demo.text());
    QVERIFY_RESULT(document);
    QVERIFY(document->root().find("url")->string().starts_with("http://127.0.0.1:"));
    QCOMPARE(document->root().find("secret")->string(), std::string("your_secret_key"));
}

void TestDemo::takesThePortThatItIsTold()
{
    QTcpServer free;
    QVERIFY(free.listen(QHostAddress(QHostAddress::LocalHost)));
    const QString port = QString::number(free.serverPort());
    free.close();
    const Demo demo({QStringLiteral("--port"), port});
    QCOMPARE(demo.url(), "http://127.0.0.1:" + port.toStdString());
}

void TestDemo::endsWhenInterrupted()
{
    Demo demo;
    QVERIFY(!demo.text().empty());
    QCOMPARE(demo.end(SIGINT), 130);
}

void TestDemo::refusesATakenPort()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress(QHostAddress::LocalHost)));
    const auto result = runCommand(words("demo --port") + QStringList{QString::number(taken.serverPort())});
    QCOMPARE(result.status, 2);
    QVERIFY2(result.err.starts_with(
                 "claimcheck-cli: cannot listen on 127.0.0.1:" + std::to_string(taken.serverPort()) + ": "),
             result.err.c_str());
}

void TestDemo::refusesBadPorts()
{
    for (const char* port : {"65536", "-1", "http", "1.5"})
        QCOMPARE(runCommand(words("demo --port") + QStringList{QString::fromUtf8(port)}).status, 2);
}

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
