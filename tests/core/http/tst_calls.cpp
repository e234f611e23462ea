// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The life of a call: `done` comes once and from the event loop, never after its context or the client died,
// and cancelling is queued.

#include <QtCore/qeventloop.h>
#include <QtTest/qtest.h>

#include "rawserver.h"
#include "transports.h"

using namespace claimcheck;
using namespace claimcheck::http;
using namespace claimcheck::test;

class Calls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data() { addTransports(); }

    void doneIsNotCalledFromSend();
    void invalidRequestIsAnsweredFromTheLoop();
    void cancelIsQueued();
    void cancelAfterTheEndDoesNothing();
    void contextDeathAborts();
    void contextDeathJustBeforeDone();
    void clientDeathAborts();
    void doneMayDestroyTheClient();
    void doneMaySendAgain();
    void manyAtOnce();
};

namespace {

Request requestTo(const RawServer& server, const std::string& path = "/")
{
    Request request;
    request.url = server.url(path);
    return request;
}

Answer silence(const Seen&)
{
    return {};
}

} // namespace

void Calls::doneIsNotCalledFromSend()
{
    RawServer server([](const Seen&) { return ok("x"); });
    Client client(makeTransport(transportName()));
    int calls = 0;
    const Call call = client.send(requestTo(server), this, [&](Exchange) { ++calls; });
    QCOMPARE(calls, 0);
    QVERIFY(call.isRunning());
    QTRY_COMPARE(calls, 1);
    QVERIFY(!call.isRunning());
}

void Calls::invalidRequestIsAnsweredFromTheLoop()
{
    Client client(makeTransport(transportName()));
    std::optional<Exchange> result;
    Request request;
    request.url = "nonsense";
    client.send(request, this, [&](Exchange exchange) { result = std::move(exchange); });
    QVERIFY(!result);
    QTRY_VERIFY(result);
    QVERIFY_FAILED(*result, Usage);
    QVERIFY(result->hops.empty());
    QCOMPARE(result->request.url, std::string("nonsense"));
}

void Calls::cancelIsQueued()
{
    RawServer server(silence);
    Client client(makeTransport(transportName()));
    std::optional<Exchange> result;
    Call call =
        client.send(requestTo(server), this, [&](Exchange exchange) { result = std::move(exchange); });
    QTRY_COMPARE(server.seen.size(), 1U);
    call.cancel();
    call.cancel();
    QVERIFY(!result);
    QTRY_VERIFY(result);
    QVERIFY_FAILED(*result, Cancelled);
    QVERIFY(!call.isRunning());
}

void Calls::cancelAfterTheEndDoesNothing()
{
    RawServer server([](const Seen&) { return ok("x"); });
    Client client(makeTransport(transportName()));
    std::optional<Exchange> result;
    Call call =
        client.send(requestTo(server), this, [&](Exchange exchange) { result = std::move(exchange); });
    QTRY_VERIFY(result);
    call.cancel();
    QVERIFY_ANSWERED(*result);
    Call().cancel();
    QVERIFY(!Call().isRunning());
}

void Calls::contextDeathAborts()
{
    RawServer server(silence);
    Client client(makeTransport(transportName()));
    auto context = std::make_unique<QObject>();
    int calls = 0;
    const Call call = client.send(requestTo(server), context.get(), [&](Exchange) { ++calls; });
    QTRY_COMPARE(server.seen.size(), 1U);
    context.reset();
    QTRY_VERIFY(!call.isRunning());
    QTRY_COMPARE(server.open, 0);
    QCOMPARE(calls, 0);
}

void Calls::contextDeathJustBeforeDone()
{
    RawServer server([](const Seen&) { return ok("x"); });
    Client client(makeTransport(transportName()));
    auto context = std::make_unique<QObject>();
    int calls = 0;
    bool isOtherDone = false;
    client.send(requestTo(server), nullptr, [&](Exchange) { context.reset(); });
    client.send(requestTo(server), context.get(), [&](Exchange) { calls += context ? 0 : 1; });
    client.send(requestTo(server), nullptr, [&](Exchange) { isOtherDone = true; });
    QTRY_VERIFY(isOtherDone && !context);
    QCOMPARE(calls, 0);
}

void Calls::clientDeathAborts()
{
    RawServer server(silence);
    auto client = std::make_unique<Client>(makeTransport(transportName()));
    int calls = 0;
    Call call = client->send(requestTo(server), this, [&](Exchange) { ++calls; });
    QTRY_COMPARE(server.seen.size(), 1U);
    call.cancel();
    client.reset();
    QVERIFY(!call.isRunning());
    call.cancel();
    QTRY_COMPARE(server.open, 0);
    QCOMPARE(calls, 0);
}

void Calls::doneMayDestroyTheClient()
{
    RawServer server([](const Seen& seen) { return seen.target() == "/silent" ? Answer{} : ok("x"); });
    auto client = std::make_unique<Client>(makeTransport(transportName()));
    int calls = 0;
    client->send(requestTo(server, "/silent"), this, [&](Exchange) { calls += 100; });
    client->send(requestTo(server), this, [&](Exchange) {
        client.reset();
        ++calls;
    });
    QTRY_VERIFY(!client);
    QTRY_COMPARE(server.open, 0);
    QCOMPARE(calls, 1);
}

void Calls::doneMaySendAgain()
{
    RawServer server([](const Seen&) { return ok("x"); });
    Client client(makeTransport(transportName()));
    int calls = 0;
    client.send(requestTo(server), this, [&](Exchange) {
        ++calls;
        client.send(requestTo(server), this, [&](Exchange) { ++calls; });
    });
    QTRY_COMPARE(calls, 2);
}

void Calls::manyAtOnce()
{
    RawServer server([](const Seen& seen) { return ok(seen.target()); });
    Client client(makeTransport(transportName()));
    QStringList bodies;
    for (int i = 0; i < 30; ++i)
        client.send(requestTo(server, "/" + std::to_string(i)), this,
                    [&](const Exchange& exchange) { bodies.append(QString::fromUtf8(bodyOf(exchange))); });
    QTRY_COMPARE(bodies.size(), 30);
    bodies.removeDuplicates();
    QCOMPARE(bodies.size(), 30);
    QVERIFY(!bodies.contains(QString()));
}

QTEST_GUILESS_MAIN(Calls)
#include "tst_calls.moc"
