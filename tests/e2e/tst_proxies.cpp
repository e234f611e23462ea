// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// `claimcheck-cli send` through tinyproxy (HTTP, CONNECT) and microsocks (SOCKS 5): plain and TLS, with and
// without password, names that only the proxy looks up, and what is said when one of them refuses.

#include <core/http/authority.h>
#include <core/http/rawserver.h>
#include <support/commandline.h>

#include <QtCore/qdeadlinetimer.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestProxies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void forwards();
    void tunnels();
    void wantsAPassword_data();
    void wantsAPassword();
    void refusesAPort();
    void socks_data();
    void socks();
    void socksRefused();

private:
    CommandResult get(const std::string& url, const QString& proxy) const
    {
        return runCommand(words("send GET -i --cacert") + QStringList{m_authorityFile,
                                                                      QString::fromStdString(url),
                                                                      QStringLiteral("--proxy"), proxy});
    }

    Authority m_authority;
    QString m_authorityFile;
};

namespace {

quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// A proxy's own program for the length of a test, listening on a port of ours.
class Proxy
{
public:
    ~Proxy()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(3'000)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    bool start(const QString& program, const QStringList& arguments)
    {
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(program, arguments);
        return m_process.waitForStarted() && listens();
    }
    bool startTinyproxy(const QByteArray& more = {})
    {
        QFile file(m_folder.filePath(QStringLiteral("tinyproxy.conf")));
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write("Port " + QByteArray::number(m_port) +
                   "\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\nViaProxyName \"tiny\"\n" + more);
        file.close();
        return start(QStringLiteral("tinyproxy"),
                     {QStringLiteral("-d"), QStringLiteral("-c"), file.fileName()});
    }
    bool startMicrosocks(const QStringList& more = {})
    {
        return start(QStringLiteral("microsocks"),
                     QStringList{QStringLiteral("-i"), QStringLiteral("127.0.0.1"), QStringLiteral("-p"),
                                 QString::number(m_port)} +
                         more);
    }

    QString url(const char* scheme, const char* login = "") const
    {
        return QString::fromUtf8(scheme) + QStringLiteral("://") + QString::fromUtf8(login) +
               QStringLiteral("127.0.0.1:") + QString::number(m_port);
    }

private:
    bool listens()
    {
        for (const QDeadlineTimer deadline(20'000); !deadline.hasExpired();) {
            QTcpSocket probe;
            probe.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
            if (probe.waitForConnected(1'000))
                return true;
            if (m_process.waitForFinished(20)) // ended, or not yet there
                return false;
        }
        return false;
    }

    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port = freePort();
};

Answer hello(const Seen&)
{
    return ok("hello");
}

} // namespace

void TestProxies::initTestCase()
{
    m_authorityFile = QString::fromStdString(m_authority.file("ca.pem", m_authority.pem()));
}

void TestProxies::forwards()
{
    Proxy proxy;
    QVERIFY2(proxy.startTinyproxy(), "tinyproxy does not run: install tinyproxy-bin");
    RawServer server(hello);
    const auto result = get(server.url("/a?b"), proxy.url("http"));
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.out.ends_with("\r\n\r\nhello"), result.out.c_str());
    QVERIFY(server.seen.at(0).has("Via: 1.1 tiny"));
    QCOMPARE(server.seen.at(0).target(), std::string("/a?b"));
}

void TestProxies::tunnels()
{
    Proxy proxy;
    QVERIFY(proxy.startTinyproxy());
    RawServer server(hello, tlsServer(m_authority.issue("IP:127.0.0.1"), m_authority.pem()));
    const auto result = get(server.url("/", "https"), proxy.url("http"));
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY2(result.out.starts_with("HTTP/1.1 200 OK\r\n"), result.out.c_str()); // not the proxy's 200
    QVERIFY(!server.seen.at(0).has("Via:"));                                     // it saw nothing of it
}

void TestProxies::wantsAPassword_data()
{
    QTest::addColumn<QByteArray>("login");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("wrong") << QByteArray("ada:wrong@") << false;
    QTest::newRow("right") << QByteArray("ada:p%2Es@") << true;
}

void TestProxies::wantsAPassword()
{
    QFETCH(const QByteArray, login);
    QFETCH(const bool, isGood);
    Proxy proxy;
    QVERIFY(proxy.startTinyproxy("BasicAuth ada p.s\n"));
    RawServer server(hello, tlsServer(m_authority.issue("IP:127.0.0.1"), m_authority.pem()));
    const auto result = get(server.url("/", "https"), proxy.url("http", login.constData()));
    QVERIFY2(result.status == (isGood ? 0 : 3), result.err.c_str());
    QCOMPARE(server.seen.size(), isGood ? 1U : 0U);
    QVERIFY(isGood || result.err.find("407") != std::string::npos ||
            result.err.find("401") != std::string::npos);
    QVERIFY(result.err.find("wrong") == std::string::npos);
}

void TestProxies::refusesAPort()
{
    Proxy proxy;
    QVERIFY(proxy.startTinyproxy("ConnectPort 443\n"));
    RawServer server(hello, tlsServer(m_authority.issue("IP:127.0.0.1"), m_authority.pem()));
    const auto result = get(server.url("/", "https"), proxy.url("http"));
    QCOMPARE(result.status, 3);
    QVERIFY2(result.err.starts_with("claimcheck-cli: "), result.err.c_str());
    QVERIFY2(result.err.find("403") != std::string::npos, result.err.c_str());
    QVERIFY(server.seen.empty());
}

void TestProxies::socks_data()
{
    QTest::addColumn<QByteArray>("scheme");
    QTest::addColumn<bool>("withPassword");
    QTest::addColumn<bool>("withTls");
    for (const bool withPassword : {false, true}) {
        for (const bool withTls : {false, true}) {
            const char* const scheme = withTls ? "socks5h" : "socks5";
            QTest::addRow("%s%s%s", scheme, withPassword ? ", password" : "", withTls ? ", TLS" : "")
                << QByteArray(scheme) << withPassword << withTls;
        }
    }
}

void TestProxies::socks()
{
    QFETCH(const QByteArray, scheme);
    QFETCH(const bool, withPassword);
    QFETCH(const bool, withTls);
    Proxy proxy;
    const QStringList login = withPassword ? words("-u ada -P secret") : QStringList();
    QVERIFY2(proxy.startMicrosocks(login), "microsocks does not run: install microsocks");
    const Issued identity = m_authority.issue("DNS:localhost");
    RawServer server(hello,
                     withTls ? tlsServer(identity, m_authority.pem()) : std::make_unique<QTcpServer>());
    const std::string url = server.url("/s", withTls ? "https" : "http", "localhost");
    const auto result = get(url, proxy.url(scheme.constData(), withPassword ? "ada:secret@" : ""));
    QVERIFY2(result.status == 0, result.err.c_str());
    QVERIFY(result.out.ends_with("\r\n\r\nhello"));
    QCOMPARE(server.seen.at(0).target(), std::string("/s"));
}

void TestProxies::socksRefused()
{
    Proxy proxy;
    QVERIFY(proxy.startMicrosocks(words("-u ada -P secret")));
    RawServer server(hello);
    const auto wrong = get(server.url(), proxy.url("socks5h", "ada:other@"));
    QCOMPARE(wrong.status, 3);
    QVERIFY2(wrong.err.find("the proxy refuses this name and password") != std::string::npos,
             wrong.err.c_str());
    QVERIFY(wrong.err.find("other") == std::string::npos);
    const auto unknown = get("http://no-such-host.invalid/", proxy.url("socks5h", "ada:secret@"));
    QCOMPARE(unknown.status, 3);
    QVERIFY(unknown.err.starts_with("claimcheck-cli: "));
    QVERIFY(server.seen.empty());
}

QTEST_GUILESS_MAIN(TestProxies)
#include "tst_proxies.moc"
