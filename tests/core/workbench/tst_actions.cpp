// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One signal for each action, whatever happens: what cannot be sent, nobody there, cancelled, replaced.

#include "recorder.h"

#include <QtCore/qsemaphore.h>
#include <QtCore/qthreadpool.h>
#include <QtNetwork/qhostaddress.h>
#include <QtNetwork/qtcpserver.h>
#include <QtNetwork/qtcpsocket.h>

#include <jose/base64url.h>

using namespace claimcheck;
using namespace claimcheck::test;

class TestActions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void aLoginThatCannotBeSentEndsAtOnce();
    void unreachableServers();
    void undefinedVariableEndsAtOnce();
    void cancels();
    void aNewActionEndsTheOldOne();
    void whatWaitsIsCancelledToo();
    void whatWaitsGivesWay();
    void manyTokensAreInspectedBeside();
    void keysComeFromAfar();
    void keysThatCannotBeFetchedSayWhy();
    void cancelledKeysDoNotCome();
    void dyingWhileBusyIsQuiet();

private:
    std::unique_ptr<Workbench> m_workbench;
    std::unique_ptr<Recorder> m_seen;
    std::string m_url;
};

void TestActions::init()
{
    m_workbench = std::make_unique<Workbench>();
    m_seen = std::make_unique<Recorder>(*m_workbench);
    const auto url = m_workbench->startDemo();
    QVERIFY_RESULT(url);
    m_url = *url;
}

void TestActions::cleanup()
{
    m_workbench.reset();
    m_seen.reset();
}

void TestActions::aLoginThatCannotBeSentEndsAtOnce()
{
    m_workbench->login(demoLogin("no url"));
    QCOMPARE(m_seen->logins.size(), std::size_t(1));
    QCOMPARE(m_seen->logins[0].error->kind, ErrorKind::Usage);
    QVERIFY(!m_seen->logins[0].exchange);
    QVERIFY(!m_workbench->isBusy());
}

void TestActions::unreachableServers()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
    const std::string url = "http://127.0.0.1:" + std::to_string(server.serverPort());
    server.close();
    m_workbench->login(demoLogin(url));
    QTRY_COMPARE(m_seen->logins.size(), std::size_t(1));
    QCOMPARE(m_seen->logins[0].error->kind, ErrorKind::Unreachable);
    m_workbench->send(get(url + "/x", collection::AuthMode::None));
    QTRY_COMPARE(m_seen->exchanges.size(), std::size_t(1));
    QCOMPARE(m_seen->exchanges[0].exchange.error->kind, ErrorKind::Unreachable);
    QVERIFY(!m_seen->exchanges[0].exchange.response);
}

void TestActions::undefinedVariableEndsAtOnce()
{
    m_workbench->send(get("{{nowhere}}/x"));
    QCOMPARE(m_seen->exchanges.size(), std::size_t(1));
    QVERIFY(describe(*m_seen->exchanges[0].exchange.error).find("nowhere") != std::string::npos);
    QCOMPARE(m_seen->exchanges[0].exchange.request.url, std::string("{{nowhere}}/x"));
    QVERIFY(!m_workbench->isBusy());
}

void TestActions::cancels()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress(QHostAddress::LocalHost)));
    const std::string url = "http://127.0.0.1:" + std::to_string(silent.serverPort());
    m_workbench->send(get(url, collection::AuthMode::None));
    QTRY_VERIFY(silent.hasPendingConnections());
    m_workbench->cancel();
    QTRY_COMPARE(m_seen->exchanges.size(), std::size_t(1));
    QCOMPARE(m_seen->exchanges[0].exchange.error->kind, ErrorKind::Cancelled);
    m_workbench->login(demoLogin(url));
    m_workbench->cancel();
    QTRY_COMPARE(m_seen->logins.size(), std::size_t(1));
    QCOMPARE(m_seen->logins[0].error->kind, ErrorKind::Cancelled);
    m_workbench->cancel(); // nothing runs: nothing happens
    QCoreApplication::processEvents();
    QCOMPARE(m_seen->logins.size(), std::size_t(1));
}

void TestActions::aNewActionEndsTheOldOne()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress(QHostAddress::LocalHost)));
    m_workbench->send(
        get("http://127.0.0.1:" + std::to_string(silent.serverPort()), collection::AuthMode::None));
    m_workbench->send(get(m_url + "/", collection::AuthMode::None));
    QTRY_COMPARE(m_seen->exchanges.size(), std::size_t(2));
    QCOMPARE(m_seen->exchanges[0].exchange.error->kind, ErrorKind::Cancelled);
    QCOMPARE(m_seen->exchanges[1].exchange.response->status, 200);
    QCOMPARE(m_seen->started, 2);
}

void TestActions::whatWaitsIsCancelledToo()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress(QHostAddress::LocalHost)));
    const std::string url = "http://127.0.0.1:" + std::to_string(silent.serverPort());
    m_workbench->send(get(url, collection::AuthMode::None));
    QTRY_VERIFY(silent.hasPendingConnections());
    m_workbench->login(demoLogin(m_url));
    m_workbench->cancel();
    QTRY_COMPARE(m_seen->exchanges.size(), std::size_t(1));
    QCOMPARE(m_seen->exchanges[0].exchange.error->kind, ErrorKind::Cancelled);
    QCOMPARE(m_seen->logins.size(), std::size_t(1));
    QCOMPARE(m_seen->logins[0].error->kind, ErrorKind::Cancelled);
    QVERIFY(!m_workbench->isBusy());
    QVERIFY(m_workbench->session() == nullptr);
}

void TestActions::whatWaitsGivesWay()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress(QHostAddress::LocalHost)));
    const std::string url = "http://127.0.0.1:" + std::to_string(silent.serverPort());
    m_workbench->login(demoLogin(url));
    m_workbench->send(get(m_url + "/waits", collection::AuthMode::None));
    m_workbench->login(demoLogin(m_url));
    QTRY_COMPARE(m_seen->logins.size(), std::size_t(2));
    QCOMPARE(m_seen->exchanges.size(), std::size_t(1));
    QCOMPARE(m_seen->exchanges[0].exchange.error->kind, ErrorKind::Cancelled);
    QCOMPARE(m_seen->exchanges[0].exchange.request.url, m_url + "/waits");
    QCOMPARE(m_seen->logins[0].error->kind, ErrorKind::Cancelled);
    QVERIFY(!m_seen->logins[1].error);
}

/// Answers the first request with this body and closes.
static void answerOnce(QTcpServer& server, const std::string& body, bool& isRead)
{
    QObject::connect(&server, &QTcpServer::newConnection, &server, [&server, &isRead, body] {
        QTcpSocket* socket = server.nextPendingConnection();
        QObject::connect(socket, &QTcpSocket::disconnected, &server, [&isRead] { isRead = true; });
        socket->write(QByteArray::fromStdString("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: "
                                                "close\r\nContent-Length: " +
                                                std::to_string(body.size()) + "\r\n\r\n" + body));
        socket->disconnectFromHost();
    });
}

void TestActions::manyTokensAreInspectedBeside()
{
    const std::string token = jose::encodeBase64Url(R"({"alg":"HS256"})") + '.' +
                              jose::encodeBase64Url(R"({"sub":"demo"})") + ".c2lnbmF0dXJl";
    QTcpServer server;
    bool isRead = false;
    answerOnce(server, token + '\n' + std::string(200'000, ' '), isRead);
    QVERIFY(server.listen(QHostAddress(QHostAddress::LocalHost)));
    // While nothing runs beside this thread, the exchange cannot end.
    QThreadPool& pool = *QThreadPool::globalInstance();
    const int threads = pool.maxThreadCount();
    pool.setMaxThreadCount(1);
    QSemaphore gate;
    pool.start([&gate] { gate.acquire(); });
    m_workbench->send(
        get("http://127.0.0.1:" + std::to_string(server.serverPort()), collection::AuthMode::None));
    QTRY_VERIFY(isRead);
    QCoreApplication::processEvents();
    const bool isOpen = m_seen->exchanges.empty() && m_workbench->isBusy();
    gate.release();
    QTRY_COMPARE(m_seen->exchanges.size(), std::size_t(1));
    pool.setMaxThreadCount(threads);
    QVERIFY(isOpen);
    QCOMPARE(m_seen->exchanges[0].tokens.size(), std::size_t(1));
    QCOMPARE(m_seen->exchanges[0].tokens[0].found.text, token);
    QVERIFY(!m_workbench->isBusy());
}

void TestActions::keysComeFromAfar()
{
    const keys::Source source{.jwksUrl = m_url + "/.well-known/jwks.json"};
    m_workbench->fetchKeys(source, std::nullopt);
    QVERIFY(m_seen->fetched.empty());
    QTRY_COMPARE(m_seen->fetched.size(), std::size_t(1));
    QVERIFY(m_seen->fetched[0].source == source);
    QVERIFY_RESULT(m_seen->fetched[0].set);
    QVERIFY(!m_seen->fetched[0].set->keys.empty());
}

void TestActions::keysThatCannotBeFetchedSayWhy()
{
    m_workbench->fetchKeys({.jwksUrl = m_url + "/nothing"}, std::nullopt);
    QTRY_COMPARE(m_seen->fetched.size(), std::size_t(1));
    QVERIFY(!m_seen->fetched[0].set);
    m_workbench->fetchKeys({.jwksUrl = "http://id.example/keys"}, std::nullopt); // not https
    QTRY_COMPARE(m_seen->fetched.size(), std::size_t(2));
    QCOMPARE(m_seen->fetched[1].set.error().kind, ErrorKind::Usage);
}

void TestActions::cancelledKeysDoNotCome()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress(QHostAddress::LocalHost)));
    m_workbench->fetchKeys({.jwksUrl = "http://127.0.0.1:" + std::to_string(silent.serverPort())},
                           std::nullopt);
    QTRY_VERIFY(silent.hasPendingConnections());
    QTcpSocket* asked = silent.nextPendingConnection();
    m_workbench->cancelKeys();
    QTRY_COMPARE(asked->state(), QAbstractSocket::UnconnectedState); // nobody waits there any more
    m_workbench->fetchKeys({.jwksUrl = m_url + "/.well-known/jwks.json"}, std::nullopt);
    QTRY_COMPARE(m_seen->fetched.size(), std::size_t(1));
    QVERIFY_RESULT(m_seen->fetched[0].set);
}

void TestActions::dyingWhileBusyIsQuiet()
{
    m_workbench->send(get(m_url + "/", collection::AuthMode::None));
    m_workbench.reset();
    QCoreApplication::processEvents();
    QVERIFY(m_seen->exchanges.empty());
}

QTEST_GUILESS_MAIN(TestActions)
#include "tst_actions.moc"
