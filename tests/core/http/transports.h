// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The transports of this build as rows of a data-driven test, and a way to send and wait.

#pragma once

#include <QtCore/qeventloop.h>
#include <QtTest/qtest.h>

#include <http/client.h>
#include <http/engines.h>
#include <http/transport.h>

namespace claimcheck::test {

inline std::unique_ptr<http::Transport> makeTransport([[maybe_unused]] const QString& name)
{
#if CLAIMCHECK_CURL
    if (name == u"curl")
        return http::makeCurlTransport();
#endif
    return http::makeQtTransport();
}

/// One row per transport: `QFETCH_GLOBAL(QString, transport)`, from initTestCase_data().
inline void addTransports()
{
    QTest::addColumn<QString>("transport");
#if CLAIMCHECK_CURL
    QTest::newRow("curl") << QStringLiteral("curl");
#endif
    QTest::newRow("qt") << QStringLiteral("qt");
}

inline QString transportName()
{
    QFETCH_GLOBAL(QString, transport);
    return transport;
}

/// What Qt Network cannot do is expected to fail, by name: QEXPECT_QT_FAILS("why").
inline bool isCurl()
{
    return transportName() == u"curl";
}

/// A client whose exchanges are waited for.
class Sender
{
public:
    explicit Sender(const QString& transport) : client(makeTransport(transport)) {}

    http::Exchange send(http::Request request)
    {
        std::optional<http::Exchange> result;
        QEventLoop loop;
        client.send(std::move(request), nullptr, [&](http::Exchange exchange) {
            result = std::move(exchange);
            loop.quit();
        });
        loop.exec();
        return std::move(*result);
    }

    http::Exchange get(const std::string& url)
    {
        http::Request request;
        request.url = url;
        request.inactivityTimeout = Milliseconds(10'000);
        return send(request);
    }

    http::Client client;
};

/// What a failed assertion should say about an exchange.
inline QByteArray explain(const http::Exchange& exchange)
{
    if (exchange.error)
        return QByteArray::fromStdString(describe(*exchange.error));
    if (!exchange.response)
        return "neither answer nor error";
    return QByteArray::fromStdString(exchange.response->rawHead + exchange.response->body.read(200));
}

inline QByteArray bodyOf(const http::Exchange& exchange)
{
    return exchange.response ? QByteArray::fromStdString(exchange.response->body.read()) : QByteArray();
}

} // namespace claimcheck::test

#define QEXPECT_QT_FAILS(why)                                                                                \
    do {                                                                                                     \
        if (!isCurl())                                                                                       \
            QEXPECT_FAIL("", why, Abort);                                                                    \
    } while (false)

/// The exchange has an answer and no error.
#define QVERIFY_ANSWERED(expression)                                                                         \
    do {                                                                                                     \
        const ::claimcheck::http::Exchange& seen_ = (expression);                                            \
        QVERIFY2(seen_.response && !seen_.error, ::claimcheck::test::explain(seen_).constData());            \
    } while (false)

/// The exchange ended with an error of that kind.
#define QVERIFY_FAILED(expression, errorKind)                                                                \
    do {                                                                                                     \
        const ::claimcheck::http::Exchange& seen_ = (expression);                                            \
        QVERIFY2(seen_.error&& seen_.error->kind == ::claimcheck::ErrorKind::errorKind,                      \
                 ::claimcheck::test::explain(seen_).constData());                                            \
    } while (false)
