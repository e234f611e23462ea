// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The browser's way back, through a real socket: one answer, its own path and host, and nothing repeated.

#include <auth/redirectlistener.h>
#include <support/result.h>

#include <QtNetwork/qhostaddress.h>
#include <QtNetwork/qtcpsocket.h>
#include <QtTest/qtest.h>

using namespace claimcheck;

namespace {

class Browser
{
public:
    explicit Browser(quint16 port)
    {
        QObject::connect(&m_socket, &QTcpSocket::readyRead, [this] { m_received += m_socket.readAll(); });
        m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    }
    void get(const std::string& target, const std::string& host, const char* method = "GET")
    {
        m_received.clear();
        m_socket.write(QByteArray::fromStdString(std::string(method) + " " + target +
                                                 " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
    }
    const QByteArray& received() const { return m_received; }
    int status() const { return m_received.contains("\r\n\r\n") ? m_received.mid(9, 3).toInt() : 0; }
    QByteArray body() const
    {
        const qsizetype end = m_received.indexOf("\r\n\r\n");
        return end < 0 ? QByteArray() : m_received.mid(end + 4);
    }
    /// The page, too: what a test finds missing in half of it could still come.
    bool isWhole() const
    {
        const QByteArray lower = m_received.toLower();
        const qsizetype at = lower.indexOf("\r\ncontent-length:");
        return at >= 0 && status() != 0 &&
               body().size() >= lower.mid(at + 17, 10).trimmed().split('\r')[0].toInt();
    }
    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    bool isRefused() const { return m_socket.error() == QAbstractSocket::ConnectionRefusedError; }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};

} // namespace

class TestRedirectListener : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void namesItsAddress();
    void takesOneAnswer();
    void repeatsNothing();
    void refusesOthers_data();
    void refusesOthers();
    void silentConnectionsKeepNobodyOut();
    void mayEndInItsAnswer();
    void refusesAPathThatIsNone();

private:
    quint16 listen()
    {
        const auto uri = m_listener->listen();
        if (!uri)
            return 0;
        m_uri = *uri;
        m_host = uri->substr(7, uri->find('/', 7) - 7);
        return static_cast<quint16>(std::stoi(m_host.substr(m_host.find(':') + 1)));
    }

    std::unique_ptr<auth::RedirectListener> m_listener;
    std::vector<std::string> m_taken;
    std::string m_uri;
    std::string m_host;
};

void TestRedirectListener::init()
{
    m_taken.clear();
    m_listener = std::make_unique<auth::RedirectListener>(
        [this](std::string target) { m_taken.push_back(std::move(target)); });
}

void TestRedirectListener::namesItsAddress()
{
    const quint16 port = listen();
    QVERIFY(port != 0);
    QCOMPARE(m_uri, "http://127.0.0.1:" + std::to_string(port) + "/callback");
    // Somebody is there, and nowhere else than on this path.
    Browser browser(port);
    browser.get("/callback", m_host);
    QTRY_COMPARE(browser.status(), 200);
    m_listener = std::make_unique<auth::RedirectListener>(
        [this](std::string target) { m_taken.push_back(std::move(target)); }, "/another/path");
    const quint16 another = listen();
    QVERIFY(another != 0);
    QCOMPARE(m_uri, "http://127.0.0.1:" + std::to_string(another) + "/another/path");
    Browser second(another);
    second.get("/callback", m_host);
    QTRY_COMPARE(second.status(), 404);
    Browser third(another);
    third.get("/another/path", m_host);
    QTRY_COMPARE(third.status(), 200);
}

void TestRedirectListener::takesOneAnswer()
{
    const quint16 port = listen();
    Browser browser(port);
    browser.get("/callback?code=abc&state=x", m_host);
    QTRY_COMPARE(browser.status(), 200);
    QTRY_COMPARE(m_taken, std::vector<std::string>{"/callback?code=abc&state=x"});
    // On the connection that is open still, and on a new one.
    browser.get("/callback?code=other&state=x", m_host);
    QTRY_COMPARE(browser.status(), 410);
    Browser second(port);
    QTRY_VERIFY(second.isRefused());
    QCOMPARE(m_taken.size(), std::size_t(1));
}

void TestRedirectListener::repeatsNothing()
{
    const quint16 port = listen();
    for (const char* target :
         {"/other?error=<script>alert(1)</script>", "/callback?code=abcdef&state=<b>x</b>"}) {
        Browser browser(port);
        browser.get(target, m_host);
        QTRY_VERIFY(browser.isWhole());
        QVERIFY(browser.body().contains("<title>Claimcheck</title>"));
        QVERIFY(!browser.received().contains("script>") && !browser.received().contains("abcdef") &&
                !browser.received().contains("<b>"));
        QVERIFY(browser.received().contains("Content-Security-Policy: default-src 'none'"));
        QVERIFY(browser.received().contains("Cache-Control: no-store"));
        QVERIFY(browser.received().contains("Referrer-Policy: no-referrer"));
    }
}

void TestRedirectListener::refusesOthers_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("status");
    QTest::newRow("host") << QByteArray("GET") << QByteArray("/callback?code=a") << QByteArray("evil.example")
                          << 421;
    QTest::newRow("localhost") << QByteArray("GET") << QByteArray("/callback?code=a")
                               << QByteArray("localhost") << 421;
    QTest::newRow("port") << QByteArray("GET") << QByteArray("/callback?code=a") << QByteArray("127.0.0.1:1")
                          << 421;
    QTest::newRow("host of the absolute form")
        << QByteArray("GET") << QByteArray("http://evil.example/callback?code=a") << QByteArray() << 421;
    QTest::newRow("path") << QByteArray("GET") << QByteArray("/favicon.ico") << QByteArray() << 404;
    QTest::newRow("path below") << QByteArray("GET") << QByteArray("/callback/x?code=a") << QByteArray()
                                << 404;
    QTest::newRow("method") << QByteArray("POST") << QByteArray("/callback?code=a") << QByteArray() << 405;
}

void TestRedirectListener::refusesOthers()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, host);
    QFETCH(int, status);
    const quint16 port = listen();
    Browser browser(port);
    browser.get(target.toStdString(), host.isEmpty() ? m_host : host.toStdString(), method.constData());
    QTRY_COMPARE(browser.status(), status);
    QVERIFY(m_taken.empty());
    // It goes on waiting for the right one, which is the only one that is ever told of.
    Browser right(port);
    right.get("/callback?code=b", m_host);
    QTRY_COMPARE(m_taken, std::vector<std::string>{"/callback?code=b"});
}

void TestRedirectListener::silentConnectionsKeepNobodyOut()
{
    const quint16 port = listen();
    std::vector<std::unique_ptr<Browser>> silent;
    for (int i = 0; i < 40; ++i) {
        silent.push_back(std::make_unique<Browser>(port));
        QTRY_VERIFY(silent.back()->isConnected());
    }
    Browser browser(port);
    browser.get("/callback?code=a", m_host);
    QTRY_COMPARE(browser.status(), 200);
    QCOMPARE(m_taken, std::vector<std::string>{"/callback?code=a"});
}

void TestRedirectListener::mayEndInItsAnswer()
{
    m_listener = std::make_unique<auth::RedirectListener>([this](const std::string& target) {
        m_taken.push_back(target);
        m_listener.reset();
    });
    const quint16 port = listen();
    Browser browser(port);
    browser.get("/callback?code=a", m_host);
    QTRY_COMPARE(m_taken.size(), std::size_t(1));
    QVERIFY(!m_listener);
    QTRY_VERIFY(browser.isWhole()); // the page is there all the same
    QCOMPARE(browser.status(), 200);
}

void TestRedirectListener::refusesAPathThatIsNone()
{
    for (const char* path : {"", "callback", "/a?b", "/a b"}) {
        auth::RedirectListener listener([](const std::string&) {}, path);
        const auto uri = listener.listen();
        QVERIFY2(!uri, path);
        QCOMPARE(uri.error().kind, ErrorKind::Usage);
    }
}

QTEST_GUILESS_MAIN(TestRedirectListener)
#include "tst_redirectlistener.moc"
