// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pause of a run: between any two requests that are sent one after the other, of two iterations or rows
// too; none before the first and none behind the last.

#include <core/http/rawserver.h>
#include <core/store/folder.h>
#include <run/runner.h>

#include <QtCore/qelapsedtimer.h>
#include <QtCore/qtimer.h>
#include <QtTest/qtest.h>

using namespace claimcheck;
using namespace claimcheck::run;
using test::CollectionFolder;
using test::RawServer;
using test::Seen;

namespace {

constexpr Milliseconds tooLong{3'600'000}; ///< a run that waits for it does not end in time
constexpr int inTime = 30'000;             ///< ms

test::Answer answerFor(const Seen& seen)
{
    return seen.target() == "/fail" ? test::Answer{"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"}
                                    : test::ok("{}");
}

class PausedRun
{
public:
    PausedRun() : m_server(answerFor)
    {
        options.overrides = {{"host", m_server.url("")}, {"where", "a"}};
        addRequest("a");
    }
    void addRequest(const std::string& name)
    {
        m_folder.write(name + ".yml", "info: {name: " + name +
                                          ", type: http}\nhttp: {method: GET, url: \"{{host}}/{{where}}\"}\n"
                                          "runtime:\n  assertions:\n"
                                          "    - {expression: res.status, operator: eq, value: \"200\"}\n");
    }
    /// Whether it ended in time. It is stopped after so many requests, while it waits for the next one.
    bool run(std::size_t stopAfter = 0)
    {
        Runner runner(m_folder.open(), options);
        bool isFinished = false;
        QElapsedTimer clock;
        QObject::connect(&runner, &Runner::requestFinished, [&](const RequestResult& result) {
            if (clock.isValid() && result.wasSent)
                pauses.push_back(clock.elapsed());
            clock.start();
            if (++m_finished == stopAfter)
                QTimer::singleShot(10, &runner, &Runner::stop);
        });
        QObject::connect(&runner, &Runner::finished, [&](const Report& finished) {
            report = finished;
            isFinished = true;
        });
        return runner.start() && QTest::qWaitFor([&] { return isFinished; }, inTime);
    }
    std::size_t sent() const { return m_server.seen.size(); }

    Options options;
    Report report;
    std::vector<qint64> pauses; ///< ms from one answer to the next

private:
    CollectionFolder m_folder;
    RawServer m_server;
    std::size_t m_finished = 0;
};

} // namespace

class TestDelay : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pausesBetweenIterations();
    void pausesBetweenRows();
    void neitherBeforeTheFirstNorBehindTheLast();
    void eachAtATimeBeginsAtOnce();
    void aStopEndsThePauseBetweenIterations();
    void theFirstFailureEndsThePausesOfOthers();
};

void TestDelay::pausesBetweenIterations()
{
    PausedRun paused;
    paused.addRequest("b");
    paused.options.iterations = 3;
    paused.options.delay = Milliseconds(20);
    QVERIFY(paused.run());
    QCOMPARE(summary(paused.report), std::string("6 passed, 0 failed, 0 skipped"));
    QCOMPARE(paused.pauses.size(), std::size_t{5});
    for (const qint64 pause : paused.pauses)
        QVERIFY2(pause >= 19, qPrintable(QString::number(pause))); // a timer counts whole milliseconds
}

void TestDelay::pausesBetweenRows()
{
    PausedRun paused;
    paused.options.data = {{{"where", "x"}}, {{"where", "y"}}, {{"where", "z"}}};
    paused.options.delay = Milliseconds(20);
    QVERIFY(paused.run());
    QCOMPARE(paused.sent(), std::size_t{3});
    QCOMPARE(paused.pauses.size(), std::size_t{2});
    for (const qint64 pause : paused.pauses)
        QVERIFY2(pause >= 19, qPrintable(QString::number(pause)));
}

void TestDelay::neitherBeforeTheFirstNorBehindTheLast()
{
    PausedRun paused;
    paused.options.delay = tooLong;
    QVERIFY(paused.run());
    QCOMPARE(summary(paused.report), std::string("1 passed, 0 failed, 0 skipped"));
}

void TestDelay::eachAtATimeBeginsAtOnce()
{
    PausedRun paused;
    paused.options.iterations = 3;
    paused.options.jobs = 3;
    paused.options.delay = tooLong;
    QVERIFY(paused.run());
    QCOMPARE(summary(paused.report), std::string("3 passed, 0 failed, 0 skipped"));
}

void TestDelay::aStopEndsThePauseBetweenIterations()
{
    PausedRun paused;
    paused.options.iterations = 3;
    paused.options.delay = tooLong;
    QVERIFY(paused.run(1));
    QCOMPARE(summary(paused.report), std::string("1 passed, 0 failed, 2 skipped"));
    QCOMPARE(paused.sent(), std::size_t{1});
    QVERIFY(paused.report.isInterrupted);
}

void TestDelay::theFirstFailureEndsThePausesOfOthers()
{
    PausedRun paused;
    paused.addRequest("b");
    paused.options.data = {{{"where", "x"}}, {{"where", "fail"}}, {{"where", "y"}}};
    paused.options.jobs = 2;
    paused.options.bail = true;
    paused.options.delay = tooLong;
    QVERIFY(paused.run());
    QCOMPARE(summary(paused.report), std::string("1 passed, 1 failed, 4 skipped"));
}

QTEST_GUILESS_MAIN(TestDelay)
#include "tst_delay.moc"
