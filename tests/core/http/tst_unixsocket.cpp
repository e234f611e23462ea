// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// HTTP over a Unix socket, as Docker and systemd speak it: the URL says what is asked for, the socket where.

#include <QtCore/qtemporarydir.h>
#include <QtNetwork/qlocalserver.h>
#include <QtNetwork/qlocalsocket.h>
#include <QtTest/qtest.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class UnixSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }
    void cleanup()
    {
        m_server.close();
        m_server.disconnect(this);
        m_seen.clear();
    }

    void carriesARequest();
    void nobodyThere();
    void leavesItWithTheOrigin();
    void refusedBeforeSending();

private:
    /// Answers every request on `name` with these bytes.
    void listen(const QString& name, const QByteArray& answer)
    {
        connect(&m_server, &QLocalServer::newConnection, this, [this, answer] {
            QLocalSocket* const socket = m_server.nextPendingConnection();
            connect(socket, &QLocalSocket::readyRead, socket, [this, socket, answer] {
                m_seen += socket->readAll();
                socket->write(answer);
            });
        });
        QVERIFY(m_server.listen(name));
    }

    Request request(const QString& path) const
    {
        Request request;
        request.url = "http://service.test/containers?all=1";
        request.unixSocket = path.toStdString();
        return request;
    }

    QTemporaryDir m_folder;
    QLocalServer m_server;
    QByteArray m_seen;
};

void UnixSocket::carriesARequest()
{
    const QString path = m_folder.filePath(QStringLiteral("a.sock"));
    listen(path, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    Sender sender(transportName());
    const Exchange exchange = sender.send(request(path));
    QEXPECT_QT_FAILS("Qt Network has no HTTP over a Unix socket");
    QVERIFY_ANSWERED(exchange);
    QCOMPARE(bodyOf(exchange), QByteArray("hi"));
    QVERIFY(m_seen.startsWith("GET /containers?all=1 HTTP/1.1\r\nHost: service.test\r\n"));
}

void UnixSocket::nobodyThere()
{
    const QString path = m_folder.filePath(QStringLiteral("none.sock"));
    Sender sender(transportName());
    const Exchange exchange = sender.send(request(path));
    QVERIFY(exchange.error);
    QEXPECT_QT_FAILS("Qt Network has no HTTP over a Unix socket");
    QVERIFY_FAILED(exchange, Unreachable);
    QCOMPARE(exchange.error->what, "cannot reach the Unix socket " + path.toStdString());
}

/// Another host is not behind the first one's socket.
void UnixSocket::leavesItWithTheOrigin()
{
    RawServer other([](const Seen&) { return ok("other"); });
    const QString path = m_folder.filePath(QStringLiteral("b.sock"));
    listen(path, QByteArray::fromStdString("HTTP/1.1 302 Found\r\nLocation: " + other.url() +
                                           "\r\nContent-Length: 0\r\n\r\n"));
    Sender sender(transportName());
    const Exchange exchange = sender.send(request(path));
    QEXPECT_QT_FAILS("Qt Network has no HTTP over a Unix socket");
    QCOMPARE(bodyOf(exchange), QByteArray("other"));
    QCOMPARE(other.seen.size(), 1U);
}

void UnixSocket::refusedBeforeSending()
{
    Request both = request(QStringLiteral("/run/x.sock"));
    both.proxy = "http://127.0.0.1:1";
    Sender sender(transportName());
    QVERIFY_FAILED(sender.send(both), Usage);
    QVERIFY_FAILED(sender.send(request(QString(108, u'x'))), Usage);
}

QTEST_GUILESS_MAIN(UnixSocket)
#include "tst_unixsocket.moc"
