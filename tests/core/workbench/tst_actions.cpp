// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One signal for each action, whatever happens: what cannot be sent, nobody there, cancelled, replaced.

#include "recorder.h"

#include <QtNetwork/qhostaddress.h>
#include <QtNetwork/qtcpserver.h>

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

void TestActions::dyingWhileBusyIsQuiet()
{
    m_workbench->send(get(m_url + "/", collection::AuthMode::None));
    m_workbench.reset();
    QCoreApplication::processEvents();
    QVERIFY(m_seen->exchanges.empty());
}

QTEST_GUILESS_MAIN(TestActions)
#include "tst_actions.moc"
